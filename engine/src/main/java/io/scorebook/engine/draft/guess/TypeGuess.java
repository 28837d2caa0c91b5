package io.scorebook.engine.draft.guess;

import io.scorebook.catalog.load.RawValue.Kind;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.profile.ColumnProfile;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The type of a column, and what speaks for it.
///
/// @param minutes whether it is written as `31:07`
/// @param misfits values that a load will reject
public record TypeGuess(
    ColumnType type, boolean minutes, long misfits, String why, Optional<String> doubt) {
  private static final int MONEY_SCALE = 2;
  private static final int USUAL_DIGITS = 18;
  private static final int MAX_DIGITS = 38;
  private static final int ENOUGH = 20;
  private static final int PER_CENT = 100;
  private static final Set<Kind> INTEGERS = EnumSet.of(Kind.INTEGER);
  private static final Set<Kind> EXACT = EnumSet.of(Kind.INTEGER, Kind.HUGE, Kind.DECIMAL);
  private static final Set<Kind> NUMBERS =
      EnumSet.of(Kind.INTEGER, Kind.HUGE, Kind.DECIMAL, Kind.DOUBLE);
  private static final Set<Kind> CLOCKS =
      EnumSet.of(Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE, Kind.CLOCK);
  private static final Set<Kind> EMPTY = EnumSet.of(Kind.EMPTY, Kind.BLANK);

  private record Candidate(ColumnType type, Set<Kind> kinds, String word) {}

  static TypeGuess of(ColumnProfile column, String name) {
    long filled = column.filled();
    if (filled == 0) {
      return new TypeGuess(
          Simple.STRING,
          false,
          0,
          "it is never filled",
          Optional.of("is never filled: its type is not known"));
    }
    if (column.count(Kind.CODE) > 0) {
      return codes(column);
    }
    for (Candidate candidate : candidates(column, name)) {
      long misfits = filled - column.count(candidate.kinds);
      if (misfits == 0 || isNear(misfits, filled)) {
        return guess(column, candidate, misfits, filled);
      }
    }
    return text(column, filled);
  }

  private static List<Candidate> candidates(ColumnProfile column, String name) {
    boolean clock = column.count(Kind.CLOCK) > 0 && Words.isMinutes(name);
    return List.of(
        new Candidate(Simple.BOOLEAN, EnumSet.of(Kind.BOOLEAN), "true or false"),
        new Candidate(Simple.LONG, INTEGERS, "an integer"),
        number(column),
        new Candidate(Simple.DOUBLE, clock ? CLOCKS : NUMBERS, clock ? "minutes" : "a number"),
        new Candidate(Simple.DATE, EnumSet.of(Kind.DATE, Kind.MIDNIGHT), "a date"),
        new Candidate(
            Simple.TIMESTAMP, EnumSet.of(Kind.LOCAL_TIME, Kind.MIDNIGHT), "a time without a zone"),
        new Candidate(Simple.TIMESTAMP_TZ, EnumSet.of(Kind.INSTANT), "a time with its zone"));
  }

  /// Amounts are kept exactly; what has more decimals is measured or computed.
  private static Candidate number(ColumnProfile column) {
    int digits = column.digits() + column.scale();
    if (column.count(Kind.DOUBLE) > 0 || column.scale() > MONEY_SCALE || digits > MAX_DIGITS) {
      return new Candidate(Simple.DOUBLE, NUMBERS, "a number");
    }
    int precision = digits <= USUAL_DIGITS ? USUAL_DIGITS : MAX_DIGITS;
    return new Candidate(new ColumnType.Decimal(precision, column.scale()), EXACT, "a decimal");
  }

  private static boolean isNear(long misfits, long filled) {
    return filled >= ENOUGH && misfits * PER_CENT <= filled;
  }

  private static TypeGuess guess(
      ColumnProfile column, Candidate candidate, long misfits, long filled) {
    String why = "%s in %,d of %,d values".formatted(candidate.word, filled - misfits, filled);
    Optional<String> doubt =
        misfits == 0
            ? Optional.empty()
            : Optional.of(
                "%,d of %,d values are not %s, as %s: a load rejects those rows until they are mended"
                    .formatted(misfits, filled, candidate.word, misfit(column, candidate.kinds)));
    boolean minutes = candidate.word.equals("minutes");
    return new TypeGuess(candidate.type, minutes, misfits, why, doubt);
  }

  private static String misfit(ColumnProfile column, Set<Kind> kinds) {
    return column.first().entrySet().stream()
        .filter(entry -> !kinds.contains(entry.getKey()) && !EMPTY.contains(entry.getKey()))
        .min(java.util.Map.Entry.comparingByKey())
        .map(entry -> entry.getValue().toString())
        .orElse("");
  }

  private static TypeGuess codes(ColumnProfile column) {
    String why = "digits that are no number, as %s".formatted(column.first().get(Kind.CODE));
    return new TypeGuess(Simple.STRING, false, 0, why, Optional.empty());
  }

  private static TypeGuess text(ColumnProfile column, long filled) {
    long dates = column.count(Kind.FOREIGN_DATE);
    if (dates * 2 > filled) {
      return new TypeGuess(
          Simple.STRING,
          false,
          0,
          "text in %,d of %,d values".formatted(filled, filled),
          Optional.of(
              "looks like dates, as %s, but only ISO 8601 (2015-10-27) is read as a date: text until the files say it so"
                  .formatted(column.first().get(Kind.FOREIGN_DATE))));
    }
    Optional<String> mixed =
        column.kinds().entrySet().stream()
            .filter(entry -> !EMPTY.contains(entry.getKey()) && entry.getKey() != Kind.TEXT)
            .filter(entry -> entry.getValue() * 2 > filled)
            .findFirst()
            .map(entry ->
                "is mixed: most values are as %s, others as %s; text until the files agree"
                    .formatted(
                        column.first().get(entry.getKey()),
                        misfit(column, EnumSet.of(entry.getKey()))));
    return new TypeGuess(
        Simple.STRING, false, 0, "text in %,d of %,d values".formatted(filled, filled), mixed);
  }

  public boolean isNumber() {
    return type == Simple.LONG || type == Simple.DOUBLE || type instanceof ColumnType.Decimal;
  }

  public boolean isTime() {
    return type == Simple.DATE || type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_TZ;
  }
}

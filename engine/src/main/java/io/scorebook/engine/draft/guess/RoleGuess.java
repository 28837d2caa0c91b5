package io.scorebook.engine.draft.guess;

import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.profile.ColumnProfile;
import java.math.BigDecimal;
import java.util.Optional;

/// What a column is for, and what speaks for it.
///
/// @param doubt what a person should look at
public record RoleGuess(Role role, String why, Optional<String> doubt) {
  private static final BigDecimal FIRST_YEAR = BigDecimal.valueOf(1900);
  private static final BigDecimal LAST_YEAR = BigDecimal.valueOf(2100);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int LONG_TEXT = 60;
  private static final int VERY_LONG_TEXT = 200;
  private static final int ENOUGH = 20;
  private static final int FEW_ROWS = 5;

  /// What a column can be for.
  public enum Role {
    /// Says which row it is, or which of another table; grouped by, never added up.
    IDENTIFIER,
    TIME,
    DIMENSION,
    SUM,
    AVERAGE,
    /// In the contract, not in the model.
    LEFT_OUT
  }

  static RoleGuess identifier(String why) {
    return new RoleGuess(Role.IDENTIFIER, why, Optional.empty());
  }

  static RoleGuess leftOut(String why) {
    return new RoleGuess(Role.LEFT_OUT, why, Optional.empty());
  }

  private static RoleGuess of(Role role, String why) {
    return new RoleGuess(role, why, Optional.empty());
  }

  private static RoleGuess doubtful(Role role, String why, String doubt) {
    return new RoleGuess(role, why, Optional.of(doubt));
  }

  /// Of a column that is neither in a key nor leads to another table.
  static RoleGuess of(DraftColumn column) {
    ColumnProfile profile = column.profile();
    if (profile.filled() == 0) {
      return leftOut("it is never filled");
    }
    if (column.pii().filter(pii -> !pii.what().equals("name")).isPresent()) {
      return leftOut(
          "it may be the %s of a person: nobody sees it before you say so"
              .formatted(column.pii().get().what()));
    }
    if (column.type().isTime()) {
      return of(Role.TIME, column.type().why());
    }
    if (column.type().isNumber()) {
      return number(column);
    }
    if (column.type().type() == Simple.STRING) {
      boolean free =
          profile.longest() > VERY_LONG_TEXT
              || (profile.longest() > LONG_TEXT
                  && profile.filled() >= ENOUGH
                  && profile.distinct() * 10 > profile.filled() * 9);
      if (free) {
        return leftOut(
            "free text of up to %,d characters, %,d different ones"
                .formatted(profile.longest(), profile.distinct()));
      }
    }
    return of(Role.DIMENSION, "%,d different values".formatted(profile.distinct()));
  }

  private static RoleGuess number(DraftColumn column) {
    String name = column.name();
    ColumnProfile profile = column.profile();
    boolean whole = column.type().type() == Simple.LONG;
    if (Words.isIdentifier(name)) {
      return of(Role.IDENTIFIER, "not summed: the name says that it identifies something");
    }
    if (whole && areYears(column)) {
      return of(Role.DIMENSION, "not summed: it looks like a year, " + range(profile));
    }
    if (whole && areDays(profile)) {
      return doubtful(
          Role.DIMENSION,
          "not summed: it looks like days written as one number, " + range(profile),
          "looks like days as 20151027: write them as 2015-10-27 to have a time dimension");
    }
    if (Words.isPlace(name) || Words.isLabel(name) || (whole && Words.isCalendar(name))) {
      return of(Role.DIMENSION, "not summed: the name says that it is a label or a place");
    }
    if (Words.isRunning(name)) {
      return doubtful(
          Role.AVERAGE,
          "not summed: the name says that it is a running total",
          "is called like a running total: its average says little; perhaps its last value is meant");
    }
    if (Words.isStock(name)) {
      return doubtful(
          Role.AVERAGE,
          "not summed: the name says that it is a stock, which does not add up over time",
          "is called like a stock: over time its last value holds (kind semiAdditive), here it is averaged");
    }
    if (Words.isRatio(name) || Words.isIntensity(name)) {
      return of(
          Role.AVERAGE,
          "not summed: the name says a share, a rate or a price, %s".formatted(range(profile)));
    }
    return byValues(column, profile, whole);
  }

  private static RoleGuess byValues(DraftColumn column, ColumnProfile profile, boolean whole) {
    boolean share =
        !whole
            && profile.min().filter(least -> least.signum() >= 0).isPresent()
            && profile.max().filter(most -> most.compareTo(BigDecimal.ONE) <= 0).isPresent();
    if (share) {
      return of(Role.AVERAGE, "not summed: it looks like a share, " + range(profile));
    }
    boolean numbersRows =
        whole
            && profile.rows() >= ENOUGH
            && column.isFull()
            && profile.distinct() == profile.rows()
            && isDense(profile);
    if (numbersRows) {
      return of(
          Role.IDENTIFIER,
          "not summed: it is unique in %,d of %,d rows and %s: it numbers them"
              .formatted(profile.distinct(), profile.rows(), range(profile)));
    }
    boolean flag =
        whole && profile.min().equals(Optional.of(BigDecimal.ZERO)) && isOne(profile.max());
    if (flag) {
      return of(Role.SUM, "only 0 and 1: its sum counts the rows with 1");
    }
    String why = "a number that is neither identifier, year, share nor price, " + range(profile);
    return profile.rows() < FEW_ROWS
        ? doubtful(Role.SUM, why, "is summed, but %d rows say little".formatted(profile.rows()))
        : of(Role.SUM, why);
  }

  private static boolean isOne(Optional<BigDecimal> number) {
    return number.filter(n -> n.compareTo(BigDecimal.ONE) == 0).isPresent();
  }

  /// Whether all numbers are years of our time.
  static boolean areYears(DraftColumn column) {
    return column.type().type() == Simple.LONG
        && column.profile().min().filter(n -> n.compareTo(FIRST_YEAR) >= 0).isPresent()
        && column.profile().max().filter(n -> n.compareTo(LAST_YEAR) <= 0).isPresent();
  }

  private static boolean areDays(ColumnProfile profile) {
    return isDay(profile.min()) && isDay(profile.max());
  }

  private static boolean isDay(Optional<BigDecimal> number) {
    return number
        .filter(n -> {
          long value = n.longValue();
          long year = value / 10_000;
          long month = value / 100 % 100;
          long day = value % 100;
          return year >= FIRST_YEAR.longValue()
              && year <= LAST_YEAR.longValue()
              && month >= 1
              && month <= 12
              && day >= 1
              && day <= 31;
        })
        .isPresent();
  }

  private static boolean isDense(ColumnProfile profile) {
    BigDecimal span = profile.max().orElseThrow().subtract(profile.min().orElseThrow());
    return span.compareTo(BigDecimal.valueOf(profile.rows()).multiply(BigDecimal.TWO)) <= 0
        && profile.min().orElseThrow().abs().compareTo(HUNDRED.multiply(HUNDRED)) <= 0;
  }

  private static String range(ColumnProfile profile) {
    return profile.min().isEmpty()
        ? "without a number"
        : "%s..%s"
            .formatted(
                profile.min().get().toPlainString(), profile.max().orElseThrow().toPlainString());
  }
}

package io.scorebook.engine.draft.profile;

import io.scorebook.catalog.load.RawValue;
import io.scorebook.catalog.load.RawValue.Kind;
import io.scorebook.engine.draft.profile.ColumnProfile.Example;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts what a column holds while its rows go by.
final class ColumnTally {
  private static final Kind[] KINDS = Kind.values();

  private final String name;
  private final int position;
  private final long[] kinds = new long[KINDS.length];
  private final @Nullable Example[] first = new @Nullable Example[KINDS.length];
  private int files;
  private int digits;
  private int scale;
  private int longest;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;
  private @Nullable BigDecimal min;
  private @Nullable BigDecimal max;

  ColumnTally(String name, int position) {
    this.name = name;
    this.position = position;
  }

  String name() {
    return name;
  }

  void seenInFile() {
    files++;
  }

  void add(RawValue value, Supplier<String> place) {
    int kind = value.kind().ordinal();
    if (kinds[kind]++ == 0) {
      String text = value.text();
      first[kind] = new Example(place.get(), text == null ? "" : text);
    }
    String text = value.text();
    if (text == null) {
      return;
    }
    longest = Math.max(longest, text.length());
    switch (value.kind()) {
      case INTEGER -> {
        long number = Long.parseLong(text);
        least = Math.min(least, number);
        greatest = Math.max(greatest, number);
        digits = Math.max(digits, value.digits());
      }
      case HUGE, DECIMAL, DOUBLE -> {
        BigDecimal number = new BigDecimal(text);
        min = min == null || number.compareTo(min) < 0 ? number : min;
        max = max == null || number.compareTo(max) > 0 ? number : max;
        digits = Math.max(digits, value.digits());
        scale = Math.max(scale, value.scale());
      }
      case EMPTY,
          BLANK,
          BOOLEAN,
          CLOCK,
          DATE,
          MIDNIGHT,
          LOCAL_TIME,
          INSTANT,
          FOREIGN_DATE,
          CODE,
          TEXT,
          NOT_FINITE,
          NESTED -> {}
    }
  }

  /// @param rows of the table
  /// @param distinct values, NULL being one
  ColumnProfile profile(long rows, int filesOfTable, long distinct) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    Map<Kind, Example> examples = new EnumMap<>(Kind.class);
    for (Kind kind : KINDS) {
      if (kinds[kind.ordinal()] > 0) {
        counts.put(kind, kinds[kind.ordinal()]);
        Example example = first[kind.ordinal()];
        if (example != null) {
          examples.put(kind, example);
        }
      }
    }
    long present = Arrays.stream(kinds).sum();
    counts.merge(Kind.EMPTY, rows - present, Long::sum); // rows of files without the column
    long nulls =
        counts.getOrDefault(Kind.EMPTY, 0L)
            + kinds[Kind.NOT_FINITE.ordinal()]
            + kinds[Kind.NESTED.ordinal()];
    return new ColumnProfile(
        name,
        position,
        files == filesOfTable,
        rows,
        counts,
        examples,
        digits,
        scale,
        extreme(min, least, least <= greatest, -1),
        extreme(max, greatest, least <= greatest, 1),
        longest,
        nulls > 0 ? Math.max(0, distinct - 1) : distinct);
  }

  private static Optional<BigDecimal> extreme(
      @Nullable BigDecimal exact, long number, boolean any, int sign) {
    if (!any) {
      return Optional.ofNullable(exact);
    }
    BigDecimal other = BigDecimal.valueOf(number);
    return Optional.of(exact == null || other.compareTo(exact) * sign > 0 ? other : exact);
  }
}

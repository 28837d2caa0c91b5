package io.scorebook.engine.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.jspecify.annotations.Nullable;

/// Functions that compiled expressions call: the beginnings of calendar units, a week's being its
/// Monday, and a divisor that may not be zero.
public final class Calendar {
  private Calendar() {}

  /// @param day days since 1970-01-01
  /// @return the first day of the unit
  public static @Nullable Integer floorDate(@Nullable Integer day, String unit) {
    return day == null
        ? null
        : (Integer) Math.toIntExact(floor(LocalDate.ofEpochDay(day), unit).toEpochDay());
  }

  /// @param moment milliseconds since 1970-01-01
  /// @return the first moment of the unit
  public static @Nullable Long floorTimestamp(@Nullable Long moment, String unit) {
    if (moment == null) {
      return null;
    }
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(moment), ZoneOffset.UTC);
    LocalDateTime floor =
        switch (TimeUnitRange.valueOf(unit)) {
          case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
          case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
          case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
          default -> floor(time.toLocalDate(), unit).atStartOfDay();
        };
    return floor.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static LocalDate floor(LocalDate date, String unit) {
    return switch (TimeUnitRange.valueOf(unit)) {
      case DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      case QUARTER -> date.withMonth((date.getMonthValue() - 1) / 3 * 3 + 1).withDayOfMonth(1);
      case YEAR -> date.withDayOfYear(1);
      default -> throw new IllegalArgumentException("Invalid unit: " + unit);
    };
  }

  public static @Nullable Double nonZero(@Nullable Double divisor) {
    if (divisor != null && divisor == 0) {
      throw new ArithmeticException("division by zero");
    }
    return divisor;
  }
}

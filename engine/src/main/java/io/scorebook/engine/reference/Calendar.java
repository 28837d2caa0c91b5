package io.scorebook.engine.reference;

import java.math.BigDecimal;
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
      case DAY, HOUR, MINUTE, SECOND -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      case QUARTER -> date.withMonth((date.getMonthValue() - 1) / 3 * 3 + 1).withDayOfMonth(1);
      case YEAR -> date.withDayOfYear(1);
      default -> throw new IllegalArgumentException("Invalid unit: " + unit);
    };
  }

  /// The day so many units later; at a month's end the last day that there is.
  public static @Nullable Integer addToDate(
      @Nullable String unit, @Nullable Long count, @Nullable Integer day) {
    return unit == null || count == null || day == null
        ? null
        : (Integer)
            Math.toIntExact(
                add(LocalDate.ofEpochDay(day).atStartOfDay(), unit, count)
                    .toLocalDate()
                    .toEpochDay());
  }

  public static @Nullable Long addToTimestamp(
      @Nullable String unit, @Nullable Long count, @Nullable Long moment) {
    return unit == null || count == null || moment == null
        ? null
        : (Long) add(time(moment), unit, count).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static LocalDateTime add(LocalDateTime time, String unit, long count) {
    return switch (TimeUnitRange.valueOf(unit)) {
      case YEAR -> time.plusYears(count);
      case QUARTER -> time.plusMonths(Math.multiplyExact(count, 3));
      case MONTH -> time.plusMonths(count);
      case WEEK -> time.plusWeeks(count);
      case DAY -> time.plusDays(count);
      case HOUR -> time.plusHours(count);
      case MINUTE -> time.plusMinutes(count);
      case SECOND -> time.plusSeconds(count);
      default -> throw new IllegalArgumentException("Invalid unit: " + unit);
    };
  }

  /// How many beginnings of the unit lie between.
  public static @Nullable Long difference(
      @Nullable String unit, @Nullable Long from, @Nullable Long to) {
    if (unit == null || from == null || to == null) {
      return null;
    }
    LocalDateTime start = time(floorTimestamp(from, unit));
    LocalDateTime end = time(floorTimestamp(to, unit));
    return switch (TimeUnitRange.valueOf(unit)) {
      case YEAR -> ChronoUnit.YEARS.between(start, end);
      case QUARTER -> ChronoUnit.MONTHS.between(start, end) / 3;
      case MONTH -> ChronoUnit.MONTHS.between(start, end);
      case WEEK -> ChronoUnit.WEEKS.between(start, end);
      case DAY -> ChronoUnit.DAYS.between(start, end);
      case HOUR -> ChronoUnit.HOURS.between(start, end);
      case MINUTE -> ChronoUnit.MINUTES.between(start, end);
      case SECOND -> ChronoUnit.SECONDS.between(start, end);
      default -> throw new IllegalArgumentException("Invalid unit: " + unit);
    };
  }

  /// Seconds since 1970-01-01.
  public static @Nullable BigDecimal epoch(@Nullable Long moment) {
    return moment == null ? null : BigDecimal.valueOf(moment, 3);
  }

  /// Seconds of the minute.
  public static @Nullable BigDecimal seconds(@Nullable Long moment) {
    return moment == null ? null : BigDecimal.valueOf(Math.floorMod(moment, 60_000L), 3);
  }

  private static LocalDateTime time(@Nullable Long moment) {
    return LocalDateTime.ofInstant(
        Instant.ofEpochMilli(java.util.Objects.requireNonNull(moment)), ZoneOffset.UTC);
  }

  public static @Nullable Double nonZero(@Nullable Double divisor) {
    if (divisor != null && divisor == 0) {
      throw new ArithmeticException("division by zero");
    }
    return divisor;
  }
}

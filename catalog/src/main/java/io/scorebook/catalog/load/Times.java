package io.scorebook.catalog.load;

import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Dates and times in ISO form, exactly or not at all.
final class Times {
  private static final int MICROS = 1_000_000;
  private static final int DATE_LENGTH = 10;

  private Times() {}

  static String form(ColumnType type) {
    return switch (type) {
      case Simple.DATE -> "a date as 2015-10-27";
      case Simple.TIMESTAMP -> "a time as 2015-10-27T19:30:00, without a zone";
      default -> "a time with its zone, as 2015-10-27T19:30:00Z";
    };
  }

  /// Days or microseconds since 1970, or null where the value is no such time. Of a date, a time of
  /// midnight may be written, as `2015-10-27 00:00:00`.
  static @Nullable Long parse(Object value, ColumnType type) {
    try {
      if (type == Simple.DATE) {
        return date(value);
      }
      return type == Simple.TIMESTAMP ? local(value) : instant(value);
    } catch (DateTimeException | ArithmeticException _) {
      return null;
    }
  }

  private static @Nullable Long date(Object value) {
    return switch (value) {
      case LocalDate date -> date.toEpochDay();
      case LocalDateTime time -> midnight(time);
      case String text -> {
        String stripped = text.strip();
        yield stripped.length() == DATE_LENGTH
            ? Long.valueOf(LocalDate.parse(stripped).toEpochDay())
            : midnight(LocalDateTime.parse(iso(stripped)));
      }
      default -> null;
    };
  }

  private static @Nullable Long midnight(LocalDateTime time) {
    return time.toLocalTime().equals(LocalTime.MIDNIGHT) ? time.toLocalDate().toEpochDay() : null;
  }

  private static @Nullable Long local(Object value) {
    return switch (value) {
      case LocalDateTime time -> micros(time.toInstant(ZoneOffset.UTC));
      case LocalDate date -> micros(date.atStartOfDay().toInstant(ZoneOffset.UTC));
      case String text -> micros(LocalDateTime.parse(iso(text.strip())).toInstant(ZoneOffset.UTC));
      default -> null;
    };
  }

  private static @Nullable Long instant(Object value) {
    return switch (value) {
      case Instant time -> micros(time);
      case OffsetDateTime time -> micros(time.toInstant());
      case String text -> micros(OffsetDateTime.parse(iso(text.strip())).toInstant());
      default -> null;
    };
  }

  private static String iso(String text) {
    return text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
        ? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1)
        : text;
  }

  private static @Nullable Long micros(Instant time) {
    if (time.getNano() % 1000 != 0) {
      return null; // finer than the type holds
    }
    long seconds = Math.multiplyExact(time.getEpochSecond(), (long) MICROS);
    return Math.addExact(
        seconds, ChronoUnit.MICROS.between(time.truncatedTo(ChronoUnit.SECONDS), time));
  }
}

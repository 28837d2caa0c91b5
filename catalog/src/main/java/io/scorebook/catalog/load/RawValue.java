package io.scorebook.catalog.load;

import io.scorebook.catalog.table.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One value of a file that no contract describes yet: what it looks like, by the same rules by
/// which a load reads values, and its text in one form for equal values (`12.0` is `12`).
///
/// @param text absent for what is empty, and for what no field can hold
/// @param digits before the point, of a number
/// @param scale digits behind the point as written, of a number
public record RawValue(Kind kind, @Nullable String text, int digits, int scale) {
  private static final RawValue EMPTY = new RawValue(Kind.EMPTY, null, 0, 0);
  private static final RawValue NESTED = new RawValue(Kind.NESTED, null, 0, 0);
  private static final RawValue NOT_FINITE = new RawValue(Kind.NOT_FINITE, null, 0, 0);
  private static final int MAX_DIGITS = 38;
  private static final int DATE_LENGTH = 10;
  private static final Pattern LEADING = Pattern.compile("-?0[0-9]+|\\+[0-9]+");
  private static final Pattern MINUTES = Pattern.compile("[0-9]{1,4}(\\.0+)?:[0-5]?[0-9]");
  private static final Pattern FOREIGN_DATE =
      Pattern.compile(
          "[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}([ T].*)?"
              + "|[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}([ T].*)?"
              + "|[0-9]{1,2}[ -]\\p{L}{3,9}\\.?[ ,-]+[0-9]{2,4}"
              + "|\\p{L}{3,9}\\.? [0-9]{1,2},? [0-9]{4}");

  /// What a value looks like.
  public enum Kind {
    EMPTY,
    /// Blanks only: nothing for all types but string.
    BLANK,
    BOOLEAN,
    /// An integer of 64 bits.
    INTEGER,
    /// An integer of more, at most 38 digits.
    HUGE,
    DECIMAL,
    /// A number in floating point, or one written with an exponent.
    DOUBLE,
    /// As `31:07`: minutes and seconds, or hours and minutes.
    CLOCK,
    /// As `2015-10-27`.
    DATE,
    /// A local time at midnight: a load takes it as a date too.
    MIDNIGHT,
    LOCAL_TIME,
    INSTANT,
    /// As `27/10/2015` or `Oct 27, 2015`: which day it is depends on who reads.
    FOREIGN_DATE,
    /// Digits that are no number: with zeros or a plus before them, or too many.
    CODE,
    TEXT,
    NOT_FINITE,
    /// A list, a record, bytes: no field of a contract can hold it.
    NESTED
  }

  /// Looks at a value as a reader of files gives it.
  public static RawValue of(@Nullable Object value) {
    return switch (value) {
      case null -> EMPTY;
      case String text -> text(text);
      case Boolean bool -> new RawValue(Kind.BOOLEAN, bool.toString(), 0, 0);
      case Integer _, Long _, Short _, Byte _, BigInteger _ -> integer(value.toString());
      case BigDecimal decimal -> decimal(decimal);
      case Double number -> floating(number, number.toString());
      case Float number -> floating(number, number.toString());
      case LocalDate date -> new RawValue(Kind.DATE, date.toString(), 0, 0);
      case LocalDateTime time -> local(time, time.toString());
      case Instant time -> instant(time, time.toString());
      case OffsetDateTime time -> instant(time, time.toString());
      default -> NESTED;
    };
  }

  private static RawValue text(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    String bare = text.strip();
    if (bare.isEmpty()) {
      return new RawValue(Kind.BLANK, text, 0, 0);
    }
    if (LEADING.matcher(bare).matches()) {
      return new RawValue(Kind.CODE, text, 0, 0);
    }
    if (Numbers.isPlainLong(bare)) {
      return new RawValue(Kind.INTEGER, bare.equals("-0") ? "0" : bare, bare.length(), 0);
    }
    if (Numbers.isNumberLike(bare)) {
      RawValue number = number(bare);
      return number == null ? other(text, bare) : number;
    }
    return other(text, bare);
  }

  private static @Nullable RawValue number(String text) {
    BigDecimal number = Numbers.decimal(text);
    if (number == null) {
      return null;
    }
    if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      double bits = number.doubleValue();
      return Double.isInfinite(bits) ? null : floating(bits, text);
    }
    if (number.stripTrailingZeros().scale() <= 0) {
      return integer(number.toBigInteger().toString());
    }
    return decimal(number);
  }

  private static RawValue integer(String digits) {
    int count = digits.startsWith("-") ? digits.length() - 1 : digits.length();
    try {
      return new RawValue(Kind.INTEGER, Long.toString(Long.parseLong(digits)), count, 0);
    } catch (NumberFormatException _) {
      return new RawValue(count <= MAX_DIGITS ? Kind.HUGE : Kind.CODE, digits, count, 0);
    }
  }

  private static RawValue decimal(BigDecimal number) {
    int digits = Math.max(1, number.precision() - number.scale());
    int scale = Math.max(0, number.scale());
    String text = plain(number);
    return digits + scale > MAX_DIGITS
        ? new RawValue(Kind.DOUBLE, text, 0, 0)
        : new RawValue(Kind.DECIMAL, text, digits, scale);
  }

  private static RawValue floating(double number, String text) {
    return Double.isFinite(number)
        ? new RawValue(Kind.DOUBLE, plain(new BigDecimal(text)), 0, 0)
        : NOT_FINITE;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static RawValue other(String text, String bare) {
    String lower = bare.length() <= 5 ? bare.toLowerCase(Locale.ROOT) : bare;
    if (lower.equals("true") || lower.equals("false")) {
      return new RawValue(Kind.BOOLEAN, lower, 0, 0);
    }
    char first = bare.charAt(0);
    if (first >= '0' && first <= '9') {
      if (MINUTES.matcher(bare).matches()) {
        return new RawValue(Kind.CLOCK, bare, 0, 0);
      }
      if (bare.length() >= DATE_LENGTH && bare.charAt(4) == '-') {
        RawValue time = time(bare);
        if (time != null) {
          return time;
        }
      }
    }
    return FOREIGN_DATE.matcher(bare).matches()
        ? new RawValue(Kind.FOREIGN_DATE, text, 0, 0)
        : new RawValue(Kind.TEXT, text, 0, 0);
  }

  private static @Nullable RawValue time(String text) {
    Long days = Times.parse(text, Simple.DATE);
    if (days != null) {
      Kind kind = text.length() == DATE_LENGTH ? Kind.DATE : Kind.MIDNIGHT;
      return new RawValue(kind, LocalDate.ofEpochDay(days).toString(), 0, 0);
    }
    Long micros = Times.parse(text, Simple.TIMESTAMP);
    if (micros != null) {
      return new RawValue(Kind.LOCAL_TIME, moment(micros).toLocalDateTime().toString(), 0, 0);
    }
    Long instant = Times.parse(text, Simple.TIMESTAMP_TZ);
    return instant == null ? null : new RawValue(Kind.INSTANT, moment(instant).toString(), 0, 0);
  }

  private static RawValue local(LocalDateTime time, String text) {
    if (Times.parse(time, Simple.DATE) != null) {
      return new RawValue(Kind.MIDNIGHT, time.toLocalDate().toString(), 0, 0);
    }
    return new RawValue(
        Times.parse(time, Simple.TIMESTAMP) == null ? Kind.NESTED : Kind.LOCAL_TIME, text, 0, 0);
  }

  private static RawValue instant(Object time, String text) {
    Long micros = Times.parse(time, Simple.TIMESTAMP_TZ);
    return micros == null
        ? new RawValue(Kind.NESTED, text, 0, 0)
        : new RawValue(Kind.INSTANT, moment(micros).toString(), 0, 0);
  }

  private static OffsetDateTime moment(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}

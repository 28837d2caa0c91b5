package io.scorebook.engine.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.calcite.linq4j.function.SemiStrict;
import org.jspecify.annotations.Nullable;

/// Casts of texts, and to texts; compiled expressions call them. NULL of NULL; a text that is no
/// such value fails, or is NULL where the cast is a try.
@SemiStrict
public final class Casts {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern FINE = Pattern.compile(".*\\.[0-9]{4,}");

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private Casts() {}

  /// @param type INTEGER and the like
  public static @Nullable Long toInteger(String text, String type, Boolean isTry) {
    return attempt(
        text,
        type,
        isTry,
        () -> {
          BigDecimal number = new BigDecimal(matching(text.strip(), INTEGER));
          return switch (type) {
            case "TINYINT" -> (long) number.byteValueExact();
            case "SMALLINT" -> (long) number.shortValueExact();
            case "INTEGER" -> (long) number.intValueExact();
            default -> number.longValueExact();
          };
        });
  }

  public static @Nullable BigDecimal toDecimal(
      String text, Long precision, Long scale, Boolean isTry) {
    return attempt(
        text,
        "DECIMAL(%d, %d)".formatted(precision, scale),
        isTry,
        () -> {
          BigDecimal number = new BigDecimal(matching(text.strip(), DECIMAL));
          if (number.scale() > scale) {
            throw new ArithmeticException();
          }
          BigDecimal exact = number.setScale(scale.intValue());
          if (exact.precision() > precision) {
            throw new ArithmeticException();
          }
          return exact;
        });
  }

  public static @Nullable Double toDouble(String text, Boolean isTry) {
    return attempt(text, "DOUBLE", isTry, () -> Double.parseDouble(matching(text.strip(), REAL)));
  }

  public static @Nullable Boolean toBoolean(String text, Boolean isTry) {
    return attempt(
        text,
        "BOOLEAN",
        isTry,
        () ->
            switch (text.strip().toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new ArithmeticException();
            });
  }

  public static @Nullable Integer toDate(String text, Boolean isTry) {
    return attempt(text, "DATE", isTry, () -> Math.toIntExact(LocalDate.parse(text).toEpochDay()));
  }

  public static @Nullable Integer toTime(String text, Boolean isTry) {
    return attempt(
        text, "TIME", isTry, () -> (int) (LocalTime.parse(coarse(text)).toNanoOfDay() / 1_000_000));
  }

  public static @Nullable Long toTimestamp(String text, Boolean isTry) {
    return attempt(
        text,
        "TIMESTAMP",
        isTry,
        () ->
            (text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(coarse(text).replace(' ', 'T')))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli());
  }

  private static String coarse(String text) {
    if (FINE.matcher(text).matches()) {
      throw new ArithmeticException();
    }
    return text;
  }

  private static String matching(String text, Pattern pattern) {
    if (!pattern.matcher(text).matches()) {
      throw new ArithmeticException();
    }
    return text;
  }

  private static <T> @Nullable T attempt(
      String text, String type, boolean isTry, Supplier<T> parse) {
    try {
      return parse.get();
    } catch (ArithmeticException | DateTimeException _) {
      if (isTry) {
        return null;
      }
      throw new ArithmeticException("'%s' is no %s".formatted(text, type));
    }
  }

  public static String decimalText(BigDecimal number, Long scale) {
    return number.setScale(scale.intValue()).toPlainString();
  }

  /// @param millis since 1970
  public static String timestampText(Long millis) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    return time.toLocalDate() + " " + TIME.format(time);
  }

  /// The binary number times ten to the power of the scale, rounded half away from zero.
  public static BigDecimal rounded(Double number, Long scale) {
    return new BigDecimal(number * Math.pow(10, scale))
        .setScale(0, RoundingMode.HALF_UP)
        .movePointLeft(scale.intValue())
        .setScale(scale.intValue());
  }
}

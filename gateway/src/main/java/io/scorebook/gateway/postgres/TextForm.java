package io.scorebook.gateway.postgres;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values as PostgreSQL writes them in text.
final class TextForm {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  /// Decimal exponents that are written out, as `%g` has it with 17 digits.
  private static final int SMALLEST_PLAIN = -5;

  private static final int LARGEST_PLAIN = 15;

  private TextForm() {}

  /// A whole number must fit the type that the client was told, also where text would hold it.
  static String of(Object value, Field field) {
    return field.type() == PgType.INT8 && value instanceof BigInteger
        ? Long.toString(BinaryForm.within(value, Long.MAX_VALUE))
        : value instanceof List<?> list && !field.isArray() ? vector(list) : of(value);
  }

  /// `int2vector` and `oidvector` have no braces.
  private static String vector(List<?> list) {
    return list.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  static String of(Object value) {
    return switch (value) {
      case Boolean truth -> truth ? "t" : "f";
      case Double number -> ofDouble(number);
      case Float number -> ofDouble(Double.parseDouble(number.toString()));
      case BigDecimal exact -> exact.toPlainString();
      case LocalDate date -> year(date) + era(date);
      case LocalDateTime time -> stamp(time) + era(time.toLocalDate());
      case OffsetDateTime moment -> {
        LocalDateTime utc = moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        yield stamp(utc) + "+00" + era(utc.toLocalDate());
      }
      case List<?> array ->
          array.stream().map(TextForm::element).collect(Collectors.joining(",", "{", "}"));
      default -> value.toString();
    };
  }

  private static String stamp(LocalDateTime time) {
    return year(time.toLocalDate()) + " " + TIME.format(time);
  }

  private static String year(LocalDate date) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    return "%04d-%02d-%02d".formatted(year, date.getMonthValue(), date.getDayOfMonth());
  }

  private static String era(LocalDate date) {
    return date.getYear() > 0 ? "" : " BC";
  }

  /// The shortest text that reads back as the same number.
  private static String ofDouble(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= SMALLEST_PLAIN + 1 && exponent < LARGEST_PLAIN) {
      return exact.toPlainString();
    }
    BigInteger digits = exact.unscaledValue();
    String text = digits.abs().toString();
    return "%s%s%se%s%02d"
        .formatted(
            digits.signum() < 0 ? "-" : "",
            text.charAt(0),
            text.length() == 1 ? "" : "." + text.substring(1),
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }

  private static String element(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    String text = of(value);
    boolean plain =
        !text.isEmpty()
            && !text.equalsIgnoreCase("NULL")
            && text.chars().noneMatch(c -> "{},\"\\".indexOf(c) >= 0 || Character.isWhitespace(c));
    return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

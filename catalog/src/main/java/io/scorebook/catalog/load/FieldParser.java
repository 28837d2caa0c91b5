package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.contract.Contract.Format;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Turns what a file holds into a value of a field's type, or says why it cannot.
final class FieldParser {
  private static final int MAX_SHOWN = 60;
  private static final Pattern SECONDS = Pattern.compile("[0-5]?[0-9]");

  private final Field field;
  private final int slot;
  private final double min;
  private final double max;
  private final long least;
  private final long greatest;
  private final boolean bounded;
  private final boolean asMinutes;

  FieldParser(Field field, int slot) {
    this.field = field;
    this.slot = slot;
    this.bounded = field.min().isPresent() || field.max().isPresent();
    this.asMinutes = field.format().filter(Format.MINUTES::equals).isPresent();
    this.min = field.min().map(BigDecimal::doubleValue).orElse(Double.NEGATIVE_INFINITY);
    this.least =
        field.min().map(bound -> nearest(bound, RoundingMode.CEILING)).orElse(Long.MIN_VALUE);
    this.greatest =
        field.max().map(bound -> nearest(bound, RoundingMode.FLOOR)).orElse(Long.MAX_VALUE);
    this.max = field.max().map(BigDecimal::doubleValue).orElse(Double.POSITIVE_INFINITY);
  }

  private static long nearest(BigDecimal bound, RoundingMode rounding) {
    return bound
        .setScale(0, rounding)
        .max(BigDecimal.valueOf(Long.MIN_VALUE))
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  String column() {
    return field.name();
  }

  /// Puts the value into the row; the answer is null, or the reason why the row is rejected.
  @Nullable String parse(@Nullable Object value, TypedRow row) {
    if (value == null || isBlank(value)) {
      return field.required() ? "'%s' is empty, but required".formatted(field.name()) : null;
    }
    return switch (field.type()) {
      case Simple.INTEGER -> integral(value, row, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Simple.LONG -> integral(value, row, Long.MIN_VALUE, Long.MAX_VALUE);
      case Simple.FLOAT, Simple.DOUBLE -> asMinutes ? minutes(value, row) : floating(value, row);
      case ColumnType.Decimal type -> decimal(value, row, type);
      case Simple.BOOLEAN -> bool(value, row);
      case Simple.STRING -> string(value, row);
      case Simple.DATE, Simple.TIMESTAMP, Simple.TIMESTAMP_TZ -> time(value, row);
      case Simple.TIME, Simple.BINARY ->
          throw new IllegalArgumentException("Invalid type of a contract: " + field.type());
    };
  }

  /// Appends the value of the row, or NULL.
  void append(TypedRow row, DuckDBAppender appender) throws SQLException {
    if (!row.present[slot]) {
      appender.appendNull();
      return;
    }
    switch (field.type()) {
      case Simple.INTEGER -> appender.append((int) row.longs[slot]);
      case Simple.LONG -> appender.append(row.longs[slot]);
      case Simple.FLOAT -> appender.append((float) row.doubles[slot]);
      case Simple.DOUBLE -> appender.append(row.doubles[slot]);
      case ColumnType.Decimal _ -> appender.append((BigDecimal) row.objects[slot]);
      case Simple.BOOLEAN -> appender.append(row.longs[slot] != 0);
      case Simple.STRING -> appender.append((String) row.objects[slot]);
      case Simple.DATE -> appender.appendEpochDays((int) row.longs[slot]);
      case Simple.TIMESTAMP, Simple.TIMESTAMP_TZ -> appender.appendEpochMicros(row.longs[slot]);
      case Simple.TIME, Simple.BINARY ->
          throw new IllegalArgumentException("Invalid type of a contract: " + field.type());
    }
  }

  private boolean isBlank(Object value) {
    return value instanceof String text
        && (text.isEmpty() || (field.type() != Simple.STRING && text.isBlank()));
  }

  private @Nullable String integral(Object value, TypedRow row, long lowest, long highest) {
    long number;
    if (value instanceof String text && Numbers.isPlainLong(text)) {
      number = Numbers.plainLong(text);
    } else if (value instanceof Integer || value instanceof Long) {
      number = ((Number) value).longValue();
    } else {
      BigDecimal exact = Numbers.decimal(value);
      if (exact == null) {
        return wrong(value, "an integer");
      }
      try {
        number = exact.longValueExact();
      } catch (ArithmeticException _) {
        return exact.stripTrailingZeros().scale() > 0
            ? wrong(value, "an integer")
            : tooLarge(value);
      }
    }
    if (number < lowest || number > highest) {
      return tooLarge(value);
    }
    row.set(slot, number);
    // At a bound itself, too, which may be one that no long can hold.
    return number <= least || number >= greatest ? range(number) : null;
  }

  private @Nullable String floating(Object value, TypedRow row) {
    double number =
        switch (value) {
          case String text -> Numbers.isNumberLike(text.strip()) ? parseDouble(text) : Double.NaN;
          case Number any -> any.doubleValue();
          default -> Double.NaN;
        };
    if (Double.isNaN(number)) {
      return wrong(value, "a number");
    }
    if (Double.isInfinite(field.type() == Simple.FLOAT ? (float) number : number)) {
      return tooLarge(value);
    }
    row.set(slot, number);
    return number < min || number > max ? range(value) : null;
  }

  private static double parseDouble(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  /// `31:07`; the seconds are a share of a minute. Some write `31.000000:07`.
  private @Nullable String minutes(Object value, TypedRow row) {
    if (!(value instanceof String text) || text.indexOf(':') < 0) {
      return floating(value, row);
    }
    int colon = text.indexOf(':');
    double whole = wholeMinutes(text.substring(0, colon));
    String rest = text.substring(colon + 1).strip();
    if (whole < 0 || !SECONDS.matcher(rest).matches()) {
      return wrong(value, "minutes as 31:07 or 31");
    }
    double number = whole + Integer.parseInt(rest) / 60.0;
    row.set(slot, number);
    return number < min || number > max ? range(value) : null;
  }

  /// A whole number of minutes, or less than 0 where it is none.
  private static double wholeMinutes(String text) {
    if (Numbers.isPlainLong(text)) {
      return Numbers.plainLong(text);
    }
    BigDecimal exact = Numbers.decimal(text);
    return exact == null || exact.stripTrailingZeros().scale() > 0 ? -1 : exact.doubleValue();
  }

  private @Nullable String decimal(Object value, TypedRow row, ColumnType.Decimal type) {
    BigDecimal exact = Numbers.decimal(value);
    if (exact == null) {
      return wrong(value, "a number");
    }
    BigDecimal stripped = exact.stripTrailingZeros();
    if (stripped.scale() > type.scale()) {
      return wrong(value, "a number of at most %d decimals".formatted(type.scale()));
    }
    BigDecimal scaled = stripped.setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (scaled.precision() > type.precision()) {
      return tooLarge(value);
    }
    row.set(slot, scaled);
    return bounded ? range(scaled) : null;
  }

  private @Nullable String bool(Object value, TypedRow row) {
    String text = value.toString().strip().toLowerCase(Locale.ROOT);
    switch (text) {
      case "true", "1" -> row.set(slot, 1L);
      case "false", "0" -> row.set(slot, 0L);
      default -> {
        return wrong(value, "true or false");
      }
    }
    return null;
  }

  private @Nullable String string(Object value, TypedRow row) {
    if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      return wrong(value, "a text");
    }
    String text = value.toString();
    if (text.indexOf('\0') >= 0) {
      return "'%s' holds a NUL character".formatted(field.name());
    }
    row.set(slot, (Object) text);
    return null;
  }

  private @Nullable String time(Object value, TypedRow row) {
    Long number = Times.parse(value, field.type());
    if (number == null) {
      return wrong(value, Times.form(field.type()));
    }
    row.set(slot, number.longValue());
    return null;
  }

  private @Nullable String range(Object value) {
    BigDecimal number = Numbers.decimal(value);
    if (field.min().isPresent() && (number == null || number.compareTo(field.min().get()) < 0)) {
      return "'%s' is %s, below the least of %s"
          .formatted(field.name(), show(value), field.min().get().toPlainString());
    }
    if (field.max().isPresent() && (number == null || number.compareTo(field.max().get()) > 0)) {
      return "'%s' is %s, above the greatest of %s"
          .formatted(field.name(), show(value), field.max().get().toPlainString());
    }
    return null;
  }

  private String wrong(Object value, String wanted) {
    return "'%s' is '%s', but must be %s".formatted(field.name(), show(value), wanted);
  }

  private String tooLarge(Object value) {
    return "'%s' is %s, too large for its type".formatted(field.name(), show(value));
  }

  private static String show(Object value) {
    String text = value.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}

package io.scorebook.gateway.reading;

import io.scorebook.semantic.plan.Plan.OutputType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names and values as SQL writes them, so that none can be read as anything else.
final class SqlText {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,38}(\\.\\d{1,38})?");

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private SqlText() {}

  static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// A pattern of LIKE around a text that has no wildcards of its own.
  static String pattern(String before, String text, String after) {
    String escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    String literal = text(before + escaped + after);
    return escaped.equals(text) ? literal : literal + " ESCAPE '\\'";
  }

  /// The literal of a value as an answer has it, with all of its digits.
  ///
  /// @param value as [io.scorebook.gateway.wire.Values#text]
  static String exact(OutputType type, String value) {
    return switch (type) {
      case DOUBLE ->
          "(" + (value.contains("E") ? value : value + "E0") + ")"; // else it would be a decimal
      case TIMESTAMP -> "TIMESTAMP '" + TIME.format(LocalDateTime.parse(value)) + "'";
      case STRING, INTEGER, DECIMAL, BOOLEAN, DATE ->
          literal(type, value)
              .orElseThrow(() -> new IllegalArgumentException("Invalid value of " + type));
    };
  }

  /// The literal of a value for a column; absent where it is no value of the type.
  ///
  /// @param value a text as a URL holds it, or a value of JSON
  static Optional<String> literal(OutputType type, Object value) {
    String written = String.valueOf(value);
    boolean isText = value instanceof String;
    try {
      return switch (type) {
        case STRING -> isText ? Optional.of(text(written)) : Optional.empty();
        case INTEGER, DECIMAL, DOUBLE ->
            value instanceof Boolean || isText && !NUMBER.matcher(written).matches()
                ? Optional.empty()
                : Optional.of("(" + new BigDecimal(written).toPlainString() + ")");
        case BOOLEAN ->
            written.equals("true") || written.equals("false")
                ? Optional.of(written.toUpperCase(Locale.ROOT))
                : Optional.empty();
        case DATE -> Optional.of("DATE '" + LocalDate.parse(written) + "'");
        case TIMESTAMP ->
            Optional.of(
                "TIMESTAMP '" + LocalDateTime.parse(written).toString().replace('T', ' ') + "'");
      };
    } catch (NumberFormatException | DateTimeException _) {
      return Optional.empty();
    }
  }
}

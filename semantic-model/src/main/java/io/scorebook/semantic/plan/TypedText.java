package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.FineTimes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;

/// Takes a text for a value of a type.
final class TypedText {
  private static final int MAX_DIGITS = 60;

  private TypedText() {}

  /// The value, as filters have it; empty where the text is none of the type.
  static Optional<Object> parse(String text, RelDataType type) {
    try {
      return switch (type.getSqlTypeName()) {
        case VARCHAR, CHAR -> text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        case TINYINT, SMALLINT, INTEGER, BIGINT ->
            number(text).filter(n -> n.stripTrailingZeros().scale() <= 0).map(n -> n);
        case DECIMAL, REAL, FLOAT, DOUBLE -> number(text).map(n -> n);
        case BOOLEAN ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            };
        case DATE -> Optional.of(LocalDate.parse(text).toString());
        case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
            Optional.of(LocalDateTime.parse(text))
                .filter(FineTimes::isKept)
                .map(LocalDateTime::toString);
        default -> Optional.empty();
      };
    } catch (NumberFormatException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> number(String text) {
    // BigDecimal reads the digits of all scripts; 1 is one of them.
    if (text.length() > MAX_DIGITS || text.chars().anyMatch(c -> c > '~')) {
      return Optional.empty();
    }
    var number = new BigDecimal(text);
    return Math.abs(number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS
        ? Optional.of(number)
        : Optional.empty();
  }
}

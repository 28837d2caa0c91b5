package io.scorebook.gateway.doors;

import io.scorebook.engine.answer.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a door tells of a question.
sealed interface Told {
  /// An answer.
  ///
  /// @param names of the columns
  /// @param types of the columns, as exact as the door tells them: `decimal(12,2)`
  /// @param rows values: String, Long, BigDecimal without zeros at the end, Double, Boolean,
  ///   LocalDate, LocalDateTime, OffsetDateTime of UTC, null
  record Rows(List<String> names, List<String> types, List<List<@Nullable Object>> rows)
      implements Told {
    @Override
    public String toString() {
      return "%s %s%n%s"
          .formatted(
              names,
              types,
              rows.stream()
                  .map(List::toString)
                  .collect(Collectors.joining(System.lineSeparator())));
    }
  }

  /// A refusal or a failure.
  ///
  /// @param state SQLSTATE
  record Refused(String state, String message) implements Told {}

  /// A number as all doors' numbers are compared.
  static BigDecimal exact(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  /// What a type of ours is called here.
  static String name(ValueType type) {
    return switch (type) {
      case ValueType.Decimal(int precision, int scale) ->
          "decimal(%d,%d)".formatted(precision, scale);
      case ValueType.Simple simple -> simple.name().toLowerCase(java.util.Locale.ROOT);
    };
  }
}

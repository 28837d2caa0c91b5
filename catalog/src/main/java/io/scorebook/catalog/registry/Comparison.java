package io.scorebook.catalog.registry;

import java.math.BigDecimal;
import java.util.List;

/// What a measured number has to be, in ODCS's words. The ends of a range belong to it.
public sealed interface Comparison {
  record Be(BigDecimal bound) implements Comparison {}

  record NotBe(BigDecimal bound) implements Comparison {}

  record GreaterThan(BigDecimal bound) implements Comparison {}

  record GreaterOrEqualTo(BigDecimal bound) implements Comparison {}

  record LessThan(BigDecimal bound) implements Comparison {}

  record LessOrEqualTo(BigDecimal bound) implements Comparison {}

  record Between(BigDecimal low, BigDecimal high) implements Comparison {}

  record NotBetween(BigDecimal low, BigDecimal high) implements Comparison {}

  /// Whether the number is as it has to be; by value, so that 1.0 is 1.
  default boolean holds(BigDecimal value) {
    return switch (this) {
      case Be(var bound) -> value.compareTo(bound) == 0;
      case NotBe(var bound) -> value.compareTo(bound) != 0;
      case GreaterThan(var bound) -> value.compareTo(bound) > 0;
      case GreaterOrEqualTo(var bound) -> value.compareTo(bound) >= 0;
      case LessThan(var bound) -> value.compareTo(bound) < 0;
      case LessOrEqualTo(var bound) -> value.compareTo(bound) <= 0;
      case Between(var low, var high) -> value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
      case NotBetween(var low, var high) -> value.compareTo(low) < 0 || value.compareTo(high) > 0;
    };
  }

  /// The standard's key: `mustBeLessThan`.
  default String key() {
    return switch (this) {
      case Be _ -> "mustBe";
      case NotBe _ -> "mustNotBe";
      case GreaterThan _ -> "mustBeGreaterThan";
      case GreaterOrEqualTo _ -> "mustBeGreaterOrEqualTo";
      case LessThan _ -> "mustBeLessThan";
      case LessOrEqualTo _ -> "mustBeLessOrEqualTo";
      case Between _ -> "mustBeBetween";
      case NotBetween _ -> "mustNotBeBetween";
    };
  }

  /// What stands under the key: a number, or two.
  default Object value() {
    return switch (this) {
      case Be(var bound) -> bound;
      case NotBe(var bound) -> bound;
      case GreaterThan(var bound) -> bound;
      case GreaterOrEqualTo(var bound) -> bound;
      case LessThan(var bound) -> bound;
      case LessOrEqualTo(var bound) -> bound;
      case Between(var low, var high) -> List.of(low, high);
      case NotBetween(var low, var high) -> List.of(low, high);
    };
  }

  /// In words, for people: `= 0`, `in 0 .. 1`.
  default String words() {
    return switch (this) {
      case Be(var bound) -> "= " + bound.toPlainString();
      case NotBe(var bound) -> "not = " + bound.toPlainString();
      case GreaterThan(var bound) -> "> " + bound.toPlainString();
      case GreaterOrEqualTo(var bound) -> ">= " + bound.toPlainString();
      case LessThan(var bound) -> "< " + bound.toPlainString();
      case LessOrEqualTo(var bound) -> "<= " + bound.toPlainString();
      case Between(var low, var high) ->
          "in %s .. %s".formatted(low.toPlainString(), high.toPlainString());
      case NotBetween(var low, var high) ->
          "not in %s .. %s".formatted(low.toPlainString(), high.toPlainString());
    };
  }
}

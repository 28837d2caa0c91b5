package io.scorebook.catalog.registry;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// Reads what a number must be: one of ODCS's `mustBe...` of a rule, and one alone.
final class ComparisonReader {
  static final List<String> KEYS =
      List.of(
          "mustBe",
          "mustNotBe",
          "mustBeGreaterThan",
          "mustBeGreaterOrEqualTo",
          "mustBeLessThan",
          "mustBeLessOrEqualTo",
          "mustBeBetween",
          "mustNotBeBetween");

  private final Findings findings;

  ComparisonReader(Findings findings) {
    this.findings = findings;
  }

  Optional<Comparison> read(Value.Mapping item) {
    List<String> given = KEYS.stream().filter(key -> item.find(key).isPresent()).toList();
    if (given.size() != 1) {
      findings.error(
          given.isEmpty() ? item.location() : item.locationOf(given.get(1)),
          given.isEmpty()
              ? "Cannot find what the value must be"
              : "Cannot compare by both '%s' and '%s'".formatted(given.get(0), given.get(1)),
          "give one of " + String.join(", ", KEYS));
      return Optional.empty();
    }
    String key = given.getFirst();
    return switch (key) {
      case "mustBe" -> number(item, key).map(Comparison.Be::new);
      case "mustNotBe" -> number(item, key).map(Comparison.NotBe::new);
      case "mustBeGreaterThan" -> number(item, key).map(Comparison.GreaterThan::new);
      case "mustBeGreaterOrEqualTo" -> number(item, key).map(Comparison.GreaterOrEqualTo::new);
      case "mustBeLessThan" -> number(item, key).map(Comparison.LessThan::new);
      case "mustBeLessOrEqualTo" -> number(item, key).map(Comparison.LessOrEqualTo::new);
      case "mustBeBetween" -> range(item, key).map(r -> new Comparison.Between(r.low, r.high));
      case "mustNotBeBetween" ->
          range(item, key).map(r -> new Comparison.NotBetween(r.low, r.high));
      default -> throw new IllegalStateException("Invalid comparison: " + key);
    };
  }

  private Optional<BigDecimal> number(Value.Mapping item, String key) {
    return item.find(key).flatMap(value -> number(value, key));
  }

  private Optional<BigDecimal> number(Value value, String key) {
    Object plain = value instanceof Value.Scalar scalar ? scalar.toPlain() : null;
    if (plain instanceof BigInteger whole) {
      return Optional.of(new BigDecimal(whole));
    }
    // A number of so many digits is no bound but an attack on who prints it.
    if (plain instanceof BigDecimal exact && Math.abs((long) exact.scale()) <= 1000) {
      return Optional.of(exact);
    }
    findings.error(value.location(), "Invalid '%s': must be a number".formatted(key));
    return Optional.empty();
  }

  private record Range(BigDecimal low, BigDecimal high) {}

  private Optional<Range> range(Value.Mapping item, String key) {
    List<BigDecimal> ends =
        item.items(key, findings).stream().flatMap(end -> number(end, key).stream()).toList();
    if (ends.size() != 2 || ends.get(0).compareTo(ends.get(1)) >= 0) {
      findings.error(
          item.locationOf(key),
          "Invalid '%s': must be two numbers, the smaller first".formatted(key));
      return Optional.empty();
    }
    return Optional.of(new Range(ends.get(0), ends.get(1)));
  }
}

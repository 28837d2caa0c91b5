package io.scorebook.engine.domain;

import io.scorebook.catalog.registry.Rule;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.question.Question;

/// A rule of quality in the words of the semantic model: what to ask to measure it.
public record BoundRule(PublicPort port, Rule rule, Asked asked) {

  /// A question whose answer is the measurement.
  public sealed interface Asked {}

  /// The first column of the only row is what is measured.
  public record Number(String sql) implements Asked {}

  /// The only row tells how many rows were looked at, and how many of them are counted.
  public record Counted(String sql, Rule.Unit unit) implements Asked {}

  /// Each row holds a value of the metric in its last column.
  public record Values(Question question) implements Asked {}

  /// The product with its version, and the port: `standings 1.0.0 standings`.
  public String of() {
    return of(port);
  }

  /// What [#of()] is for the rules of a port.
  public static String of(PublicPort port) {
    return "%s %s %s"
        .formatted(port.product().name(), port.product().version(), port.port().name());
  }
}

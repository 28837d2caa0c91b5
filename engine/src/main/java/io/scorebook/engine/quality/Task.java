package io.scorebook.engine.quality;

import io.scorebook.catalog.quality.Measured.Kind;
import io.scorebook.engine.domain.BoundRule;
import io.scorebook.semantic.plan.Plan;
import java.util.Optional;

/// Something to measure.
///
/// @param subject what its measurements are kept under
/// @param of the port with its product and version, or the model with its version
/// @param name of the rule, the level or the metric
/// @param bound what it has to be, in words
/// @param rule where it is one
public record Task(
    Kind kind,
    String subject,
    String of,
    String name,
    String bound,
    Plan plan,
    Optional<BoundRule> rule) {

  /// Whether it is about a product of this name, in any version.
  public boolean isOf(String product) {
    return kind != Kind.TARGET && of.startsWith(product + " ");
  }
}

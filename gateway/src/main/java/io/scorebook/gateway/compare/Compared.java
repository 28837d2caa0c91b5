package io.scorebook.gateway.compare;

import io.scorebook.engine.compare.ValueChange;
import io.scorebook.semantic.compare.Comparison;
import io.scorebook.semantic.model.SemanticModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Two versions compared, and where it was asked for their values.
///
/// @param values of the metrics that have another formula
public record Compared(
    SemanticModel before, SemanticModel after, Comparison comparison, Optional<Values> values) {

  /// @param snapshots the data that they are of, by table
  public record Values(Map<String, Long> snapshots, List<ValueChange> changes) {}
}

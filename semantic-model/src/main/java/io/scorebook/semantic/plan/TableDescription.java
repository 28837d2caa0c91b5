package io.scorebook.semantic.plan;

import java.util.List;
import java.util.Optional;

/// A table that SQL can ask: a dataset of the model, or an output port of a product.
public record TableDescription(
    String schema, String name, Optional<String> description, List<ColumnDescription> columns) {

  public TableDescription {
    columns = List.copyOf(columns);
  }

  /// @param role [Plan.Role#METRIC] columns are asked by `AGGREGATE(name)`
  public record ColumnDescription(
      String name,
      Plan.OutputType type,
      Plan.Role role,
      boolean nullable,
      Optional<String> description) {}
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.question.Question;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Turns questions about one model into plans. Immutable and safe to share.
public final class Planner {
  /// @param tables the tables of the catalog that the model's sources may name
  /// @param products the output ports that SQL sees beside the datasets
  public Planner(
      SemanticModel model, Collection<SourceTable> tables, Collection<ProductTable> products) {
    throw new UnsupportedOperationException();
  }

  /// Plans a question of metrics by dimensions.
  public Planning plan(Question question) {
    throw new UnsupportedOperationException();
  }

  /// Plans one SQL query over the datasets (schema = the model's name) and the product tables.
  public Planning plan(String sql) {
    throw new UnsupportedOperationException();
  }

  /// Plans the rows of a product's table.
  public Planning plan(ProductTable table) {
    throw new UnsupportedOperationException();
  }

  /// What SQL sees, datasets first.
  public List<TableDescription> tables() {
    throw new UnsupportedOperationException();
  }

  /// What a metric is.
  public Optional<MetricDescription> describe(String metric) {
    throw new UnsupportedOperationException();
  }
}

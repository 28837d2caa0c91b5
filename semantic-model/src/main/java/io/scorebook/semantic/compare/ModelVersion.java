package io.scorebook.semantic.compare;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Meanings;
import io.scorebook.semantic.plan.Planner;
import java.util.Optional;

/// One of two versions of a model, with what its names mean and, where its tables are known, the
/// types of its values.
public final class ModelVersion {
  private final SemanticModel model;
  private final Optional<Planner> planner;
  private final Meanings meanings;

  /// @param planner of this model; without it, only types that are written down are compared
  /// @throws IllegalArgumentException for a model that has not passed its checks
  public ModelVersion(SemanticModel model, Optional<Planner> planner) {
    this.model = model;
    this.planner = planner;
    this.meanings = new Meanings(model);
  }

  public SemanticModel model() {
    return model;
  }

  public Meanings meanings() {
    return meanings;
  }

  public Optional<Planner> planner() {
    return planner;
  }

  /// The type of a metric's values: as it is computed, else as it is written down.
  Optional<String> type(Metric metric) {
    return planner
        .flatMap(by -> by.describe(metric.name()))
        .map(described -> Change.lower(described.type()))
        .or(() -> metric.datatype().map(Change::lower));
  }

  /// The type of a field's values: as it is computed for a dimension, else as it is written down.
  Optional<String> type(Dataset dataset, Field field) {
    return planner.stream()
        .flatMap(by -> by.tables().stream())
        .filter(table -> table.schema().equals(model.name()) && table.name().equals(dataset.name()))
        .flatMap(table -> table.columns().stream())
        .filter(column -> column.name().equalsIgnoreCase(field.name()))
        .findFirst()
        .map(column -> Change.lower(column.type()))
        .or(() -> field.datatype().map(Change::lower));
  }
}

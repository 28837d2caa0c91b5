package io.scorebook.semantic.imports;

import io.scorebook.documents.Location;
import java.util.List;
import java.util.Optional;

/// A semantic model of MetricFlow: rows of one table, its entities and dimensions.
///
/// @param aggTime the time dimension that its measures are summed up by, where none says another
record FlowModel(
    String name,
    String table,
    Optional<String> description,
    Optional<String> aggTime,
    Optional<String> primaryEntity,
    List<Entity> entities,
    List<Dimension> dimensions,
    Location at) {

  /// @param type `primary`, `unique`, `natural` or `foreign`
  record Entity(String name, String type, String expression, Location at) {
    boolean isKey() {
      return type.equals("primary") || type.equals("unique");
    }

    boolean isColumn() {
      return expression.matches("[A-Za-z_]\\w*");
    }
  }

  /// @param grain of a time dimension
  record Dimension(
      String name,
      String expression,
      boolean isTime,
      String grain,
      Optional<String> description,
      Optional<String> label,
      Location at) {
    boolean isDay() {
      return isTime && !List.of("hour", "minute", "second", "millisecond").contains(grain);
    }
  }

  /// What a simple metric aggregates.
  ///
  /// @param settings the mapping that says it, with whatever else it has
  record Measure(FlowModel of, String name, String agg, String expression, Given settings) {}

  Optional<Dimension> findDimension(String wanted) {
    return dimensions.stream().filter(d -> d.name().equalsIgnoreCase(wanted)).findFirst();
  }

  Optional<Entity> findEntity(String wanted) {
    return entities.stream().filter(e -> e.name().equalsIgnoreCase(wanted)).findFirst();
  }

  /// The entity that its own dimensions are named by.
  Optional<String> primary() {
    return entities.stream()
        .filter(entity -> entity.type().equals("primary"))
        .map(Entity::name)
        .findFirst()
        .or(() -> primaryEntity);
  }
}

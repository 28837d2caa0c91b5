package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Relationship;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.util.ImmutableBitSet;

/// Whether a dimension names the entity of a sequence metric.
final class Entities {
  private Entities() {}

  /// A dimension names the entity where it is the entity's own key, or a unique key of the dataset
  /// that the entity's key leads to: `team` for the entity `team_games.team_id`.
  static boolean names(
      CompiledModel model, Dataset fact, Metric.OfEntity metric, String dimension) {
    return names(model, fact, metric.entity(), dimension);
  }

  /// @param fields of the entity, as `dataset.field`
  static boolean names(CompiledModel model, Dataset fact, List<String> fields, String dimension) {
    List<FieldPath> paths = model.candidates(fact, dimension);
    if (paths.size() != 1 || fields.size() != 1) {
      return false;
    }
    String field = fields.getFirst().substring(fields.getFirst().lastIndexOf('.') + 1);
    String entity = column(fact, field);
    FieldPath path = paths.getFirst();
    if (path.path().isEmpty()) {
      return column(fact, path.field().name()).equalsIgnoreCase(entity);
    }
    Relationship relationship = path.path().getFirst();
    return path.path().size() == 1
        && relationship.fromColumns().size() == 1
        && relationship.fromColumns().getFirst().equalsIgnoreCase(entity)
        && isUnique(path);
  }

  /// The source column of a field that is just that; else a name that no column has.
  static String column(Dataset fact, String field) {
    return fact.findField(field)
        .map(f -> f.expression().strip())
        .filter(expression -> expression.matches("\\w+"))
        .orElse(fact.name() + "." + field);
  }

  /// Whether the keys of a grouping set tell entities apart: each field of the entity is named by
  /// one.
  static boolean named(
      CompiledModel model,
      MetricQuery query,
      Dataset fact,
      List<String> fields,
      ImmutableBitSet set) {
    return fields.stream()
        .allMatch(field ->
            set.asList().stream()
                .map(key -> query.keys().get(key).value())
                .anyMatch(value ->
                    value instanceof RexInputRef reference
                        && names(
                            model,
                            fact,
                            List.of(field),
                            query.space().get(reference.getIndex()).name())));
  }

  /// Takes for granted that the names of entities in a grouping set are as unique as the model
  /// says: two entities of one name would share a group.
  static void assumeNames(
      CompiledModel model,
      AssumedKeys assumed,
      MetricQuery query,
      Dataset fact,
      List<String> fields,
      ImmutableBitSet set) {
    for (int key : set) {
      if (query.keys().get(key).value() instanceof RexInputRef reference) {
        String name = query.space().get(reference.getIndex()).name();
        for (String field : fields) {
          if (names(model, fact, List.of(field), name)) {
            FieldPath path = model.dimension(fact, name);
            if (!path.path().isEmpty()) {
              assumed.add(
                  new AssumedKey(path.dataset().name(), List.of(path.field().expression())));
            }
          }
        }
      }
    }
  }

  /// The dimensions that name an entity, for messages.
  static List<String> dimensions(CompiledModel model, Dataset fact, List<String> fields) {
    return fields.stream()
        .flatMap(field ->
            model.graph().dimensions(fact).keySet().stream()
                .filter(name -> names(model, fact, List.of(field), name)))
        .distinct()
        .toList();
  }

  /// How the entity is shown: the dimension that names it beyond its own key, where there is just
  /// one.
  static Optional<FieldPath> label(CompiledModel model, Dataset fact, Metric.OfEntity sequence) {
    List<FieldPath> labels =
        model.graph().dimensions(fact).entrySet().stream()
            .filter(names -> names(model, fact, sequence, names.getKey()))
            .map(names -> names.getValue().getFirst())
            .filter(path -> !path.path().isEmpty())
            .toList();
    return labels.size() == 1 ? Optional.of(labels.getFirst()) : Optional.empty();
  }

  private static boolean isUnique(FieldPath path) {
    String column = path.field().expression();
    return path.dataset().primaryKey().equals(List.of(column))
        || path.dataset().uniqueKeys().contains(List.of(column));
  }
}

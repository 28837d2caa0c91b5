package io.scorebook.semantic.plan;

import io.scorebook.semantic.explain.Explanation.Join;
import io.scorebook.semantic.explain.Explanation.Reach;
import io.scorebook.semantic.explain.Explanation.Rejected;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/// How fields are reached from a fact, and which other paths lead to a field of the same name, of
/// those that may be named.
final class Reaches {
  private final CompiledModel model;
  private final Visibility visible;
  private final JoinGraph graph;

  Reaches(CompiledModel model, Visibility visible) {
    this.model = model;
    this.visible = visible;
    this.graph = new JoinGraph(model.model(), visible);
  }

  /// @param name a dimension, without its grain
  Reach dimension(Dataset fact, String name) {
    FieldPath path = model.dimension(fact, name);
    return new Reach(
        name,
        fact.name(),
        path.dataset().name() + "." + path.field().name(),
        joins(path.path()),
        rejected(fact, name, path));
  }

  /// @param reference a field inside a metric
  Reach field(Dataset fact, FieldReference reference) {
    String field = reference.dataset().name() + "." + reference.name();
    return new Reach(field, fact.name(), field, joins(reference.path()), List.of());
  }

  private List<Join> joins(List<Relationship> path) {
    return path.stream()
        .map(step ->
            new Join(
                step.name(),
                step.from(),
                step.fromColumns(),
                step.to(),
                step.toColumns(),
                declared(dataset(step.to()), step.toColumns())))
        .toList();
  }

  private static Join.Declared declared(Dataset to, List<String> columns) {
    if (isSame(to.primaryKey(), columns)) {
      return Join.Declared.PRIMARY_KEY;
    }
    return to.uniqueKeys().stream().anyMatch(key -> isSame(key, columns))
        ? Join.Declared.UNIQUE_KEY
        : Join.Declared.RELATIONSHIP;
  }

  private static boolean isSame(List<String> some, List<String> others) {
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(some);
    return some.size() == others.size() && names.containsAll(others);
  }

  /// A field that the question may have had in mind: of the same name, or of the same dataset.
  private List<Rejected> rejected(Dataset fact, String name, FieldPath chosen) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    boolean isWritten = name.indexOf('.') >= 0;
    var rejected = new ArrayList<Rejected>();
    for (Dataset dataset : model.model().datasets()) {
      for (Field field : dataset.fields()) {
        boolean isSame = dataset.equals(chosen.dataset()) && field.equals(chosen.field());
        if (!field.isDimension() || !(field.name().equalsIgnoreCase(last) || isSame)) {
          continue;
        }
        for (List<Relationship> path : model.graph().paths(fact, dataset)) {
          var other = new FieldPath(path, dataset, field);
          if (!other.equals(chosen) && visible.has(other)) {
            rejected.add(
                new Rejected(
                    other.toString(),
                    isWritten ? "the question writes another path" : reason(other, name)));
          }
        }
      }
    }
    return rejected;
  }

  /// Follows the name from the field back to the fact, and says where it is lost.
  private String reason(FieldPath path, String wanted) {
    String name = path.field().name();
    for (Relationship step : path.path().reversed()) {
      String there = name;
      List<String> here =
          step.exposes()
              .map(exposes ->
                  exposes.entrySet().stream()
                      .filter(shown -> shown.getValue().equalsIgnoreCase(there))
                      .map(Map.Entry::getKey)
                      .toList())
              .orElse(List.of(there));
      if (here.isEmpty()) {
        return "'%s' exposes %s, not '%s'".formatted(step.name(), exposed(step), there);
      }
      name = here.stream().filter(wanted::equalsIgnoreCase).findFirst().orElse(here.getFirst());
      String shown = name;
      if (dataset(step.from()).findField(shown).filter(Field::isDimension).isPresent()) {
        return "'%s' has its own field '%s', which wins over a path".formatted(step.from(), shown);
      }
    }
    return name.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT))
        ? "the name means another field"
        : "it is called '%s' here".formatted(name);
  }

  private String exposed(Relationship step) {
    Map<String, String> all = step.exposes().orElse(Map.of());
    Map<String, List<FieldPath>> named = graph.dimensions(dataset(step.from()));
    List<String> names = all.keySet().stream().filter(named::containsKey).toList();
    if (all.isEmpty()) {
      return "nothing";
    }
    return names.isEmpty() ? "others" : "only '" + String.join("', '", names) + "'";
  }

  private Dataset dataset(String name) {
    return model
        .model()
        .findDataset(name)
        .orElseThrow(() -> new IllegalArgumentException("Invalid dataset: " + name));
  }
}

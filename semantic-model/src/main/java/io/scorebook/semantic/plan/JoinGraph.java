package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.model.SemanticModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which datasets and dimensions each dataset reaches along many-to-one relationships.
///
/// Only such paths are ever joined, so a join never multiplies a row of the fact it starts from.
final class JoinGraph {
  private final SemanticModel model;
  private final Map<String, Map<String, List<FieldPath>>> all = new HashMap<>();
  private final Map<String, Map<String, List<FieldPath>>> visible = new HashMap<>();

  JoinGraph(SemanticModel model, Visibility visibility) {
    this.model = model;
    for (Dataset dataset : model.datasets()) {
      Map<String, List<FieldPath>> names = exposed(dataset, Set.of());
      all.put(dataset.name(), names);
      // A name that means something hidden too does not come to mean something else by it.
      var seen = new TreeMap<String, List<FieldPath>>(names);
      seen.values().removeIf(paths -> !paths.stream().allMatch(visibility::has));
      visible.put(dataset.name(), seen);
    }
  }

  /// The names that a question about `fact` may use, each with every path that leads to it; more
  /// than one path makes the name ambiguous.
  Map<String, List<FieldPath>> dimensions(Dataset fact) {
    return visible.getOrDefault(fact.name(), Map.of());
  }

  /// Whether questions about one dataset or another may use a name.
  boolean isVisible(String name) {
    return visible.values().stream().anyMatch(names -> names.containsKey(name));
  }

  /// The names that mean something for `fact`, also to the metrics that others may not look into.
  Map<String, List<FieldPath>> allDimensions(Dataset fact) {
    return all.getOrDefault(fact.name(), Map.of());
  }

  /// All paths from one dataset to another; the empty path where they are the same.
  List<List<Relationship>> paths(Dataset from, Dataset to) {
    var found = new ArrayList<List<Relationship>>();
    search(from, to, List.of(), Set.of(), found);
    return found;
  }

  private void search(
      Dataset from,
      Dataset to,
      List<Relationship> path,
      Set<String> seen,
      List<List<Relationship>> found) {
    if (from.name().equals(to.name())) {
      found.add(path);
      return;
    }
    for (Relationship relationship : from(from, seen)) {
      var longer = new ArrayList<>(path);
      longer.add(relationship);
      search(target(relationship), to, longer, with(seen, from), found);
    }
  }

  private Map<String, List<FieldPath>> exposed(Dataset dataset, Set<String> seen) {
    var names = new TreeMap<String, List<FieldPath>>(String.CASE_INSENSITIVE_ORDER);
    for (Relationship relationship : from(dataset, seen)) {
      Map<String, List<FieldPath>> beyond = exposed(target(relationship), with(seen, dataset));
      Map<String, String> seenAs =
          relationship
              .exposes()
              .orElseGet(() -> {
                var all = new LinkedHashMap<String, String>();
                beyond.keySet().forEach(name -> all.put(name, name));
                return all;
              });
      seenAs.forEach((name, there) ->
          beyond
              .getOrDefault(there, List.of())
              .forEach(path ->
                  names
                      .computeIfAbsent(name, _ -> new ArrayList<>())
                      .add(path.behind(relationship))));
    }
    // A dataset's own field is what its name means there, whatever lies beyond.
    for (Field field : dataset.fields()) {
      if (field.isDimension()) {
        names.put(field.name(), List.of(new FieldPath(List.of(), dataset, field)));
      }
    }
    return names;
  }

  private List<Relationship> from(Dataset dataset, Set<String> seen) {
    return model.relationships().stream()
        .filter(r -> r.from().equalsIgnoreCase(dataset.name()))
        .filter(r -> !seen.contains(r.to().toLowerCase(Locale.ROOT)))
        .filter(r -> !r.to().equalsIgnoreCase(dataset.name()))
        .toList();
  }

  private Dataset target(Relationship relationship) {
    return model
        .findDataset(relationship.to())
        .orElseThrow(
            () -> new IllegalArgumentException("Invalid relationship: " + relationship.name()));
  }

  private static Set<String> with(Set<String> seen, Dataset dataset) {
    var more = new java.util.HashSet<>(seen);
    more.add(dataset.name().toLowerCase(Locale.ROOT));
    return more;
  }
}

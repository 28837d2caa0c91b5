package io.scorebook.semantic.check;

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
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which datasets and names each dataset reaches along its many-to-one relationships.
///
/// Paths visit a dataset once. A model may have more of them than can be looked at; what is known
/// is then incomplete, and the rule [JoinPaths] says so.
final class Reach {
  /// A person overlooks no more paths from one dataset.
  static final int MAX_PATHS = 1_000;

  private final SemanticModel model;
  private final Map<String, List<Path>> paths = new HashMap<>();
  private final Map<String, Map<String, List<Path>>> names = new HashMap<>();

  Reach(SemanticModel model) {
    this.model = model;
    for (Dataset dataset : model.datasets()) {
      List<Path> found = new ArrayList<>();
      follow(new Path(List.of(), dataset, dataset.name()), found);
      paths.putIfAbsent(key(dataset), List.copyOf(found));
      names.putIfAbsent(key(dataset), isBounded(dataset) ? visible(found, dataset) : Map.of());
    }
  }

  /// Relationships that lead from one dataset to another, one behind the other.
  ///
  /// @param seen the name under which a field at the end is seen at the beginning
  record Path(List<Relationship> steps, Dataset end, String seen) {
    @Override
    public String toString() {
      return steps.isEmpty()
          ? end.name()
          : steps.stream().map(Relationship::name).collect(Collectors.joining(" > "));
    }
  }

  /// The ways from one dataset to another; the empty one where they are the same.
  List<Path> paths(Dataset from, Dataset to) {
    return paths.getOrDefault(key(from), List.of()).stream()
        .filter(path -> path.end().name().equalsIgnoreCase(to.name()))
        .toList();
  }

  /// The names of dimensions that a question about the dataset may use, with the ways to each.
  Map<String, List<Path>> visible(Dataset dataset) {
    return names.getOrDefault(key(dataset), Map.of());
  }

  boolean isBounded(Dataset dataset) {
    return paths.getOrDefault(key(dataset), List.of()).size() < MAX_PATHS;
  }

  private void follow(Path path, List<Path> found) {
    if (found.size() >= MAX_PATHS) {
      return;
    }
    found.add(path);
    for (Relationship relationship : model.relationships()) {
      if (!relationship.from().equalsIgnoreCase(path.end().name())
          || visits(found.getFirst(), path, relationship)) {
        continue;
      }
      model
          .findDataset(relationship.to())
          .ifPresent(next -> {
            var steps = new ArrayList<>(path.steps());
            steps.add(relationship);
            follow(new Path(List.copyOf(steps), next, ""), found);
          });
    }
  }

  private static boolean visits(Path start, Path path, Relationship next) {
    return next.to().equalsIgnoreCase(start.end().name())
        || path.steps().stream().anyMatch(step -> step.to().equalsIgnoreCase(next.to()));
  }

  /// A dataset's own dimension is what its name means there, whatever lies beyond.
  private Map<String, List<Path>> visible(List<Path> found, Dataset start) {
    Map<String, List<Path>> visible = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Path path : found) {
      for (Field field : path.end().fields()) {
        if (field.isDimension()) {
          for (String name : seenAs(field.name(), path.steps())) {
            visible
                .computeIfAbsent(name, _ -> new ArrayList<>())
                .add(new Path(path.steps(), path.end(), field.name()));
          }
        }
      }
    }
    for (Field field : start.fields()) {
      if (field.isDimension()) {
        visible.put(field.name(), List.of(new Path(List.of(), start, field.name())));
      }
    }
    return visible;
  }

  /// The names under which a field at the end of the steps is seen at their beginning. A field that
  /// some dataset on the way has itself hides the one beyond.
  private List<String> seenAs(String field, List<Relationship> steps) {
    List<String> names = List.of(field);
    for (Relationship step : steps.reversed()) {
      List<String> before = new ArrayList<>();
      for (String name : names) {
        boolean hidden =
            !isLast(step, steps)
                && model
                    .findDataset(step.to())
                    .flatMap(dataset -> dataset.findField(name))
                    .filter(Field::isDimension)
                    .isPresent();
        if (!hidden) {
          exposed(step)
              .forEach((seen, there) -> {
                if (there.equalsIgnoreCase(name)) {
                  before.add(seen);
                }
              });
          if (step.exposes().isEmpty()) {
            before.add(name);
          }
        }
      }
      names = before;
    }
    return names;
  }

  private static boolean isLast(Relationship step, List<Relationship> steps) {
    return steps.getLast() == step;
  }

  private static Map<String, String> exposed(Relationship step) {
    return step.exposes().orElseGet(LinkedHashMap::new);
  }

  private static String key(Dataset dataset) {
    return dataset.name().toLowerCase(Locale.ROOT);
  }
}

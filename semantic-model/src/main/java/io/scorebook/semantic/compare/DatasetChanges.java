package io.scorebook.semantic.compare;

import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.model.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Datasets: their rows, what identifies one, their fields, and the dimensions that they reach.
final class DatasetChanges {
  private final ModelVersion before;
  private final ModelVersion after;
  private final List<Change> changes = new ArrayList<>();

  private DatasetChanges(ModelVersion before, ModelVersion after) {
    this.before = before;
    this.after = after;
  }

  static List<Change> of(ModelVersion before, ModelVersion after) {
    var all = new DatasetChanges(before, after);
    Matched<Dataset> matched =
        Matched.of(before.model().datasets(), after.model().datasets(), Dataset::name, all::isSame);
    for (Dataset old : matched.removed()) {
      all.changes.add(Change.removed(Kind.DATASET, old.name(), source(old), old.location()));
    }
    for (Dataset now : matched.added()) {
      all.changes.add(Change.added(Kind.DATASET, now.name(), source(now), now.location()));
    }
    for (var pair : matched.renamed()) {
      all.changes.add(
          Change.renamed(
              Kind.DATASET, pair.before().name(), pair.after().name(), pair.after().location()));
      all.compare(pair.before(), pair.after());
    }
    for (var pair : matched.same()) {
      all.compare(pair.before(), pair.after());
    }
    return all.changes;
  }

  private boolean isSame(Dataset old, Dataset now) {
    return before.meanings().rows(old).equals(after.meanings().rows(now))
        && key(old.primaryKey()).equals(key(now.primaryKey()));
  }

  private void compare(Dataset old, Dataset now) {
    if (!before.meanings().rows(old).equals(after.meanings().rows(now))) {
      add(Level.MAJOR, now, What.FORMULA, "it has other rows", source(old), source(now));
    }
    keys(old, now);
    changes.addAll(Words.changes(Kind.DATASET, now.name(), words(old), words(now), now.location()));
    changes.addAll(FieldChanges.of(before, old, after, now));
    dimensions(old, now);
  }

  private void keys(Dataset old, Dataset now) {
    Set<String> was = key(old.primaryKey());
    Set<String> is = key(now.primaryKey());
    if (!was.equals(is)) {
      add(
          was.isEmpty() ? Level.MINOR : Level.MAJOR,
          now,
          What.GRAIN,
          was.isEmpty() ? "it says what identifies a row" : "something else identifies a row",
          String.join(", ", was),
          String.join(", ", is));
    }
    Set<Set<String>> wasUnique =
        old.uniqueKeys().stream().map(DatasetChanges::key).collect(Collectors.toSet());
    Set<Set<String>> isUnique =
        now.uniqueKeys().stream().map(DatasetChanges::key).collect(Collectors.toSet());
    for (Set<String> key : wasUnique) {
      if (!isUnique.contains(key)) {
        add(Level.MAJOR, now, What.GRAIN, "a unique key is gone", String.join(", ", key), "");
      }
    }
    for (Set<String> key : isUnique) {
      if (!wasUnique.contains(key)) {
        add(Level.MINOR, now, What.GRAIN, "it has another unique key", "", String.join(", ", key));
      }
    }
  }

  /// The dimensions of other datasets that questions about this one see.
  private void dimensions(Dataset old, Dataset now) {
    Map<String, List<String>> was = before.meanings().dimensions(old);
    Map<String, List<String>> is = after.meanings().dimensions(now);
    var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(was.keySet());
    names.addAll(is.keySet());
    names.removeIf(name -> old.findField(name).isPresent() && now.findField(name).isPresent());
    // A field that comes or goes is told as such, unless its name goes on to mean something.
    names.removeIf(name ->
        old.findField(name).isPresent() && !is.containsKey(name)
            || now.findField(name).isPresent() && !was.containsKey(name));
    for (String name : names) {
      List<String> from = was.getOrDefault(name, List.of());
      List<String> to = is.getOrDefault(name, List.of());
      String dimension = now.name() + "." + name;
      if (from.isEmpty() || to.isEmpty()) {
        changes.add(
            Change.of(
                to.isEmpty() ? Level.MAJOR : Level.MINOR,
                Kind.DIMENSION,
                dimension,
                What.REACH,
                to.isEmpty()
                    ? "questions about '%s' cannot use it any more".formatted(now.name())
                    : "questions about '%s' can use it now".formatted(now.name()),
                "",
                "",
                now.location()));
      } else if (from.size() == 1 && to.size() > 1) {
        add(dimension, Level.MAJOR, "several paths lead to it now, so that it is refused", now);
      } else if (from.size() > 1 && to.size() == 1) {
        add(dimension, Level.MINOR, "just one path leads to it now", now);
      } else if (!Set.copyOf(from).equals(Set.copyOf(to))) {
        add(dimension, Level.MAJOR, "it means something else now", now);
      }
    }
  }

  private void add(String dimension, Level level, String how, Dataset at) {
    changes.add(
        Change.of(level, Kind.DIMENSION, dimension, What.REACH, how, "", "", at.location()));
  }

  private void add(Level level, Dataset now, What what, String how, String was, String is) {
    changes.add(Change.of(level, Kind.DATASET, now.name(), what, how, was, is, now.location()));
  }

  private static Set<String> key(List<String> columns) {
    return columns.stream()
        .map(column -> column.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> words(Dataset dataset) {
    return Map.of(
        "description", dataset.description().orElse(""),
        "synonyms", String.join(", ", dataset.synonyms()));
  }

  private static String source(Dataset dataset) {
    return switch (dataset.source()) {
      case Dataset.Source.Table(String namespace, String name) -> namespace + "." + name;
      case Dataset.Source.Query(String sql, _) -> sql.strip().replaceAll("\\s+", " ");
    };
  }
}

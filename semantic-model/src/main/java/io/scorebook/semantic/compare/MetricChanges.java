package io.scorebook.semantic.compare;

import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.MetricDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Metrics: what they compute, their types and targets, and what they can be grouped by.
final class MetricChanges {
  private final ModelVersion before;
  private final ModelVersion after;
  private final List<Change> changes = new ArrayList<>();

  private MetricChanges(ModelVersion before, ModelVersion after) {
    this.before = before;
    this.after = after;
  }

  static List<Change> of(ModelVersion before, ModelVersion after) {
    var all = new MetricChanges(before, after);
    Matched<Metric> matched =
        Matched.of(
            before.model().metrics(),
            after.model().metrics(),
            Metric::name,
            (old, now) -> before.meanings().metric(old).equals(after.meanings().metric(now)));
    for (Metric old : matched.removed()) {
      all.changes.add(Change.removed(Kind.METRIC, old.name(), Definition.of(old), old.location()));
    }
    for (Metric now : matched.added()) {
      all.changes.add(Change.added(Kind.METRIC, now.name(), Definition.of(now), now.location()));
    }
    for (var pair : matched.renamed()) {
      all.changes.add(
          Change.renamed(
              Kind.METRIC, pair.before().name(), pair.after().name(), pair.after().location()));
    }
    for (var pair : matched.same()) {
      all.compare(pair.before(), pair.after());
    }
    return all.changes;
  }

  private void compare(Metric old, Metric now) {
    if (!before.meanings().metric(old).equals(after.meanings().metric(now))) {
      changes.add(formula(old, now));
    }
    Types.change(Kind.METRIC, now.name(), before.type(old), after.type(now), now.location())
        .ifPresent(changes::add);
    if (!before.meanings().evidence(old).equals(after.meanings().evidence(now))) {
      changes.add(
          Change.of(
              Level.MAJOR,
              Kind.METRIC,
              now.name(),
              What.FORMULA,
              "its evidence shows the entity by something else",
              "",
              "",
              now.location()));
    }
    target(old, now);
    reach(old, now);
    changes.addAll(Words.changes(Kind.METRIC, now.name(), words(old), words(now), now.location()));
  }

  private Change formula(Metric old, Metric now) {
    boolean isItsOwn = !Definition.normal(old).equals(Definition.normal(now));
    List<String> through = isItsOwn ? List.of() : Parts.changed(before, old, after, now);
    String how =
        isItsOwn || through.isEmpty()
            ? "its formula changed"
            : "it is written as before, but is made of what changed: " + String.join(", ", through);
    return new Change(
        Level.MAJOR,
        Kind.METRIC,
        now.name(),
        What.FORMULA,
        "metric '%s': %s".formatted(now.name(), how),
        Optional.of(Definition.of(old)),
        Optional.of(Definition.of(now)),
        through,
        now.location());
  }

  private void target(Metric old, Metric now) {
    Optional<Metric.Target> was = old.head().target();
    Optional<Metric.Target> is = now.head().target();
    boolean same =
        was.isPresent() == is.isPresent()
            && was.map(t ->
                    t.direction() == is.orElseThrow().direction()
                        && t.value().compareTo(is.orElseThrow().value()) == 0)
                .orElse(true);
    if (!same) {
      changes.add(
          Change.of(
              was.isEmpty() ? Level.MINOR : Level.MAJOR,
              Kind.METRIC,
              now.name(),
              was.isEmpty() ? What.ADDED : is.isEmpty() ? What.REMOVED : What.FORMULA,
              was.isEmpty()
                  ? "it has a target now"
                  : is.isEmpty() ? "its target is gone" : "its target changed",
              was.map(MetricChanges::words).orElse(""),
              is.map(MetricChanges::words).orElse(""),
              now.location()));
    }
  }

  private static String words(Metric.Target target) {
    return "%s %s".formatted(Change.lower(target.direction()).replace('_', ' '), target.value());
  }

  /// Of a metric on one dataset, its dimensions are that dataset's, and told there.
  private void reach(Metric old, Metric now) {
    Optional<MetricDescription> was = before.planner().flatMap(by -> by.describe(old.name()));
    Optional<MetricDescription> is = after.planner().flatMap(by -> by.describe(now.name()));
    if (was.isEmpty() || is.isEmpty()) {
      return;
    }
    if (was.get().datasets().size() > 1 || is.get().datasets().size() > 1) {
      var lost = new TreeSet<>(was.get().dimensions());
      is.get().dimensions().forEach(lost::remove);
      var won = new TreeSet<>(is.get().dimensions());
      was.get().dimensions().forEach(won::remove);
      if (!lost.isEmpty()) {
        add(now, Level.MAJOR, "it cannot be grouped by %s any more", lost);
      }
      if (!won.isEmpty()) {
        add(now, Level.MINOR, "it can be grouped by %s now", won);
      }
    }
    for (List<String> required : is.get().requires()) {
      boolean isNew = was.get().requires().stream().noneMatch(old1 -> required.containsAll(old1));
      if (isNew) {
        add(now, Level.MAJOR, "a question has to group by one of %s now", new TreeSet<>(required));
      }
    }
  }

  private void add(Metric now, Level level, String how, TreeSet<String> names) {
    changes.add(
        Change.of(
            level,
            Kind.METRIC,
            now.name(),
            What.REACH,
            how.formatted(String.join(", ", names)),
            "",
            "",
            now.location()));
  }

  private static Map<String, String> words(Metric metric) {
    return Map.of(
        "description", metric.description().orElse(""),
        "synonyms", String.join(", ", metric.synonyms()));
  }
}

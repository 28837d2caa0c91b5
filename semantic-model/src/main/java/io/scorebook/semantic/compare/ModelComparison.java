package io.scorebook.semantic.compare;

import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.model.SemanticModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares two versions of a model by what they mean.
///
/// Removed, renamed, retyped, another grain, another formula: major. Added: minor. Words: patch. A
/// formula that is written differently but is the same
/// ([io.scorebook.semantic.expression.NormalForm]) is no change; one that is written as before over
/// something that changed is one.
public final class ModelComparison {
  private ModelComparison() {}

  /// All changes, and the version of the model that they ask for.
  public static Comparison compare(ModelVersion before, ModelVersion after) {
    List<Change> changes = changes(before, after);
    return new Comparison(
        changes,
        Demand.of(
                "model " + after.model().name(),
                before.model().version(),
                after.model().version(),
                Comparison.strongest(changes))
            .stream()
            .toList());
  }

  /// All changes.
  public static List<Change> changes(ModelVersion before, ModelVersion after) {
    if (before.model().hash().equals(after.model().hash())
        && before.planner().isEmpty()
        && after.planner().isEmpty()) {
      return List.of();
    }
    var changes = new ArrayList<Change>();
    changes.addAll(ofModel(before.model(), after.model()));
    changes.addAll(DatasetChanges.of(before, after));
    changes.addAll(RelationshipChanges.of(before, after));
    changes.addAll(MetricChanges.of(before, after));
    return changes;
  }

  private static List<Change> ofModel(SemanticModel before, SemanticModel after) {
    var changes = new ArrayList<Change>();
    if (!before.name().equals(after.name())) {
      changes.add(Change.renamed(Kind.MODEL, before.name(), after.name(), after.location()));
    }
    changes.addAll(
        Words.changes(
            Kind.MODEL,
            after.name(),
            Map.of("description", before.description().orElse("")),
            Map.of("description", after.description().orElse("")),
            after.location()));
    var was = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    was.addAll(before.conformed());
    var is = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    is.addAll(after.conformed());
    for (String name : was) {
      if (!is.contains(name)) {
        changes.add(conformed(after, Level.MAJOR, name, "is no longer the same on all datasets"));
      }
    }
    for (String name : is) {
      if (!was.contains(name)) {
        changes.add(conformed(after, Level.MINOR, name, "means the same on all datasets now"));
      }
    }
    calendars(before, after, changes);
    return changes;
  }

  private static Change conformed(SemanticModel model, Level level, String name, String how) {
    return Change.of(
        level,
        Kind.MODEL,
        model.name(),
        What.REACH,
        "the dimension '%s' %s (conformed)".formatted(name, how),
        "",
        "",
        model.conformedAt());
  }

  /// A calendar says how filters meet time, so that each change of one may be another answer.
  private static void calendars(SemanticModel before, SemanticModel after, List<Change> changes) {
    Map<String, String> was = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    was.putAll(before.calendars());
    Map<String, String> is = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    is.putAll(after.calendars());
    var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(was.keySet());
    names.addAll(is.keySet());
    for (String name : names) {
      Optional<String> old = Optional.ofNullable(was.get(name));
      Optional<String> now = Optional.ofNullable(is.get(name));
      boolean same = old.isPresent() && now.isPresent() && old.get().equalsIgnoreCase(now.get());
      if (!same) {
        boolean addsOnly = old.isEmpty() && before.calendarsOf(now.orElse("")).isEmpty();
        changes.add(
            Change.of(
                addsOnly && !isTimed(before, now.orElse("")) ? Level.MINOR : Level.MAJOR,
                Kind.MODEL,
                after.name(),
                What.FORMULA,
                "the calendar '%s' changed".formatted(name),
                old.map(time -> name + " over " + time).orElse(""),
                now.map(time -> name + " over " + time).orElse(""),
                after.location()));
      }
    }
  }

  /// Whether a metric looks along the time: what its filters mean changes with a calendar.
  private static boolean isTimed(SemanticModel model, String time) {
    return model.metrics().stream()
        .anyMatch(metric ->
            metric instanceof io.scorebook.semantic.model.Metric.OverTime over
                && over.time().equalsIgnoreCase(time));
  }
}

package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.TargetMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The columns of an answer have different names: dimensions, metrics, the evidence of sequence
/// metrics, and `grouping`.
final class NameClashes implements Rule {
  /// The column of an answer that says which keys a row is grouped by.
  private static final String GROUPING = "grouping";

  private static final List<String> EVIDENCE = List.of("_start", "_end", "_entity");

  @Override
  public void check(Subject subject, Findings findings) {
    Map<String, Metric> evidence = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Metric metric : subject.model().metrics()) {
      beside(metric).forEach(name -> evidence.put(name, metric));
    }
    Set<String> told = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Metric metric : subject.model().metrics()) {
      Metric other = evidence.get(metric.name());
      if (other != null) {
        findings.error(
            metric.location(),
            "Cannot name a metric '%s': so is what stands beside metric '%s' called"
                .formatted(metric.name(), other.name()));
      }
      if (metric.name().equalsIgnoreCase(GROUPING)) {
        findings.error(
            metric.location(),
            "Cannot name a metric '%s': so is the column of grouping sets called"
                .formatted(metric.name()));
      }
      for (Dataset fact : subject.facts(metric)) {
        checkDimensions(subject, metric, fact, told, findings);
      }
    }
  }

  /// The columns that a metric may have beside its own.
  private static List<String> beside(Metric metric) {
    List<String> names = new ArrayList<>();
    if (metric instanceof Metric.Sequence sequence && sequence.hasEvidence()) {
      EVIDENCE.forEach(suffix -> names.add(metric.name() + suffix));
    }
    if (metric.head().target().isPresent()) {
      names.addAll(TargetMetrics.names(metric.name()));
    }
    return names;
  }

  private static void checkDimensions(
      Subject subject, Metric metric, Dataset fact, Set<String> told, Findings findings) {
    Map<String, List<Reach.Path>> dimensions = subject.reach().visible(fact);
    List<String> names = new ArrayList<>(List.of(metric.name()));
    names.addAll(beside(metric));
    for (String name : names) {
      if (dimensions.containsKey(name)) {
        findings.error(
            metric.location(),
            name.equals(metric.name())
                ? "Cannot name a metric '%s': dataset '%s', which it aggregates, has a dimension of that name"
                    .formatted(name, fact.name())
                : "Cannot name a metric '%s': '%s', which stands beside it, is a dimension of dataset '%s'"
                    .formatted(metric.name(), name, fact.name()),
            "rename one of them");
      }
    }
    if (dimensions.containsKey(GROUPING) && told.add(fact.name())) {
      findings.error(
          fact.location(),
          "Cannot have a dimension '%s' on dataset '%s': so is the column of grouping sets called"
              .formatted(GROUPING, fact.name()),
          "rename it");
    }
  }
}

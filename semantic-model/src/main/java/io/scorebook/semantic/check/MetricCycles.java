package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// No metric is defined by itself, directly or through others.
final class MetricCycles implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    Set<String> done = new HashSet<>();
    for (Metric metric : subject.model().metrics()) {
      follow(subject, metric, new ArrayList<>(), done, findings);
    }
  }

  private static void follow(
      Subject subject, Metric metric, List<String> path, Set<String> done, Findings findings) {
    String name = metric.name().toLowerCase(Locale.ROOT);
    int before = path.indexOf(name);
    if (before >= 0) {
      List<String> cycle = new ArrayList<>(path.subList(before, path.size()));
      cycle.add(name);
      findings.error(
          metric.expressionAt(),
          "Cannot define metric '%s' by itself: %s"
              .formatted(metric.name(), String.join(" > ", cycle)));
      return;
    }
    boolean isOfRows = metric instanceof Metric.Sequence || metric instanceof Metric.Conversion;
    if (!done.contains(name) && !isOfRows) {
      path.add(name);
      subject
          .shape(metric)
          .ifPresent(shape ->
              shape.names().stream()
                  .flatMap(other -> subject.model().findMetric(other.toString()).stream())
                  .forEach(other -> follow(subject, other, path, done, findings)));
      path.removeLast();
    }
    done.add(name);
  }
}

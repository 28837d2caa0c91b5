package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Metric;
import java.util.Set;
import java.util.TreeSet;

/// A metric that no product, no test and no other metric has in it may be one that nobody needs.
final class DeadMetrics implements Rule {
  private final Set<String> used = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  DeadMetrics(Set<String> used) {
    this.used.addAll(used);
  }

  @Override
  public void check(Subject subject, Findings findings) {
    Set<String> alive = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    alive.addAll(used);
    for (Metric metric : subject.model().metrics()) {
      subject.shape(metric).stream()
          .flatMap(shape -> shape.names().stream())
          .forEach(name -> alive.add(name.toString()));
    }
    for (Metric metric : subject.model().metrics()) {
      if (!alive.contains(metric.name())) {
        findings.hint(
            metric.location(),
            "Cannot find a product, a test or a metric that uses metric '%s'"
                .formatted(metric.name()),
            "give it a test, or leave it out");
      }
    }
  }
}

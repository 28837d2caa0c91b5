package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.List;
import java.util.stream.Collectors;

/// The fields of one aggregate are on one dataset and on what it reaches by one path each: its rows
/// are those that are aggregated, and no join multiplies them.
final class MetricFacts implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      subject
          .shape(metric)
          .ifPresent(shape ->
              shape.aggregates().forEach(aggregate -> check(subject, metric, aggregate, findings)));
    }
  }

  private static void check(
      Subject subject, Metric metric, MetricShape.Aggregate aggregate, Findings findings) {
    List<Dataset> datasets =
        aggregate.references().stream()
            .flatMap(reference -> subject.model().findDataset(reference.dataset()).stream())
            .distinct()
            .toList();
    boolean bounded = datasets.stream().allMatch(subject.reach()::isBounded);
    if (datasets.size() > 1 && bounded && subject.factOf(aggregate.references()).isEmpty()) {
      findings.error(
          Parsed.place(metric.expressionAt(), aggregate.call().getParserPosition()),
          "Cannot aggregate over %s together in metric '%s': none of them reaches the others by one"
                  .formatted(
                      datasets.stream()
                          .map(dataset -> "'" + dataset.name() + "'")
                          .collect(Collectors.joining(" and ")),
                      metric.name())
              + " many-to-one path",
          "add a relationship, or aggregate each by itself");
    }
  }
}

package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Metric;

/// The expression of a metric is made of the aggregates that there are, and aggregates something.
final class MetricForm implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      subject.shape(metric).ifPresent(shape -> check(metric, shape, findings));
    }
  }

  private static void check(Metric metric, MetricShape shape, Findings findings) {
    shape
        .misplaced()
        .forEach(problem ->
            findings.error(
                Parsed.place(metric.expressionAt(), problem.position()),
                "%s, as metric '%s' does".formatted(problem.why(), metric.name())));
    boolean isOfRows = metric instanceof Metric.Sequence || metric instanceof Metric.Conversion;
    if (!isOfRows
        && shape.aggregates().isEmpty()
        && shape.names().isEmpty()
        && shape.misplaced().isEmpty()) {
      findings.error(
          metric.expressionAt(),
          "Cannot use metric '%s': it aggregates nothing".formatted(metric.name()),
          "write an aggregate such as SUM(dataset.field), or name other metrics");
    }
    for (MetricShape.Aggregate aggregate : shape.aggregates()) {
      int arguments = aggregate.arguments().size();
      if (arguments != 1 || aggregate.references().isEmpty()) {
        findings.error(
            Parsed.place(metric.expressionAt(), aggregate.call().getParserPosition()),
            "Cannot tell which rows '%s' of metric '%s' aggregates"
                .formatted(aggregate.call().toString().replace("`", ""), metric.name()),
            "write %s(dataset.field)".formatted(aggregate.function()));
      }
    }
  }
}

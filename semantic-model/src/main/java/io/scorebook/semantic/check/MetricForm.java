package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import java.util.List;
import java.util.stream.Collectors;

/// The expression of a metric is made of the aggregates that there are, and aggregates something.
final class MetricForm implements Rule {
  private static final int SHOWN = 3;

  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      subject.shape(metric).ifPresent(shape -> check(subject, metric, shape, findings));
    }
  }

  private static void check(Subject subject, Metric metric, MetricShape shape, Findings findings) {
    shape
        .misplaced()
        .forEach(problem -> {
          Location place = Parsed.place(metric.expressionAt(), problem.position());
          String why = "%s, as metric '%s' does".formatted(problem.why(), metric.name());
          problem
              .mend()
              .ifPresentOrElse(
                  mend -> findings.error(place, why, mend), () -> findings.error(place, why));
        });
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
      check(subject, metric, aggregate, findings);
    }
  }

  private static void check(
      Subject subject, Metric metric, MetricShape.Aggregate aggregate, Findings findings) {
    boolean ofRows = aggregate.isOfRows();
    String written = aggregate.call().toString().replace("`", "");
    if (aggregate.arguments().size() != 1 && !ofRows) {
      findings.error(
          place(metric, aggregate),
          "Cannot tell which rows '%s' of metric '%s' aggregates".formatted(written, metric.name()),
          "write %s(dataset.field)".formatted(aggregate.function()));
      return;
    }
    List<Dataset> counted = subject.countedRows(metric);
    if (aggregate.references().isEmpty() && counted.size() != 1) {
      findings.error(
          place(metric, aggregate),
          "Cannot tell which rows '%s' of metric '%s' aggregates: there are those of %s"
              .formatted(
                  written,
                  metric.name(),
                  counted.stream().map(Dataset::name).collect(Collectors.joining(", "))),
          "write %s"
              .formatted(
                  counted.stream()
                      .map(dataset -> aggregate.function() + "(" + countable(dataset) + ")")
                      .limit(SHOWN)
                      .collect(Collectors.joining(" or "))));
    }
  }

  private static Location place(Metric metric, MetricShape.Aggregate aggregate) {
    return Parsed.place(metric.expressionAt(), aggregate.call().getParserPosition());
  }

  /// A field that every row has, where one is declared.
  private static String countable(Dataset dataset) {
    return dataset.name()
        + "."
        + dataset.primaryKey().stream()
            .findFirst()
            .or(() -> dataset.fields().stream().map(Field::name).findFirst())
            .orElse("field");
  }
}

package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/// Within aggregates and predicates metrics name fields, as `dataset.field`; outside aggregates
/// they name metrics.
final class MetricReferences implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      subject.shape(metric).ifPresent(shape -> check(subject, metric, shape, findings));
    }
  }

  private static void check(Subject subject, Metric metric, MetricShape shape, Findings findings) {
    for (MetricShape.Aggregate aggregate : shape.aggregates()) {
      aggregate
          .references()
          .forEach(reference -> checkField(subject, metric, reference.written(), findings));
    }
    for (SqlIdentifier name : shape.names()) {
      switch (metric) {
        case Metric.Expression _,
            Metric.Cumulative _,
            Metric.Rolling _,
            Metric.Prior _,
            Metric.SemiAdditive _,
            Metric.Fixed _,
            Metric.Nested _,
            Metric.Rank _ ->
            checkMetric(subject, metric, name, findings);
        case Metric.Streak _, Metric.Conversion _ -> checkField(subject, metric, name, findings);
        case Metric.Window _ -> {} // SequenceExpressions: there must be nothing outside
      }
    }
  }

  private static void checkMetric(
      Subject subject, Metric metric, SqlIdentifier name, Findings findings) {
    Location place = Parsed.place(metric.expressionAt(), name.getParserPosition());
    if (name.names.size() > 1) {
      findings.error(
          place,
          "Cannot use the field '%s' outside an aggregate, as metric '%s' does"
              .formatted(name, metric.name()),
          "write an aggregate of it, such as SUM(%s)".formatted(name));
      return;
    }
    if (subject.model().findMetric(name.getSimple()).isEmpty()) {
      List<String> known = subject.model().metrics().stream().map(Metric::name).toList();
      findings.error(
          place,
          "Cannot find the metric '%s', which metric '%s' names".formatted(name, metric.name()),
          Suggestions.clause(name.getSimple(), known));
    }
  }

  static void checkField(Subject subject, Metric metric, SqlIdentifier name, Findings findings) {
    checkField(
        subject,
        metric,
        String.join(".", name.names),
        Parsed.place(metric.expressionAt(), name.getParserPosition()),
        findings);
  }

  /// @param reference as written
  static void checkField(
      Subject subject, Metric metric, String reference, Location place, Findings findings) {
    String[] parts = reference.split("\\.", -1);
    if (parts.length != 2) {
      findings.error(
          place,
          "Cannot use '%s' as a field of metric '%s'".formatted(reference, metric.name()),
          "write dataset.field");
      return;
    }
    Optional<Dataset> dataset = subject.model().findDataset(parts[0]);
    if (dataset.isEmpty()) {
      findings.error(
          place,
          "Cannot find the dataset '%s', which metric '%s' names"
              .formatted(parts[0], metric.name()),
          Suggestions.clause(
              parts[0], subject.model().datasets().stream().map(Dataset::name).toList()));
      return;
    }
    if (!subject.has(dataset.get(), parts[1]).orElse(false)) {
      findings.error(
          place,
          "Cannot find the field '%s', which metric '%s' names".formatted(reference, metric.name()),
          Suggestions.clause(parts[1], subject.names(dataset.get())));
    }
  }
}

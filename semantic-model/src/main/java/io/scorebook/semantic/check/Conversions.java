package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import org.apache.calcite.sql.SqlIdentifier;

/// What follows an event is a condition on one row, of the dataset of the event or of what it
/// reaches.
final class Conversions implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      if (metric instanceof Metric.Conversion conversion) {
        check(subject, conversion, findings);
        checkDays(subject, conversion, findings);
      }
    }
  }

  private static void check(Subject subject, Metric.Conversion metric, Findings findings) {
    Parsed parsed = Parsed.expression(metric.then(), metric.thenAt());
    switch (parsed) {
      case Parsed.Failed(var location, String why) ->
          findings.error(
              location, "Cannot parse 'then' of metric '%s': %s".formatted(metric.name(), why));
      case Parsed.Tree(var tree) -> {
        MetricShape shape = MetricShape.of(tree);
        if (!shape.aggregates().isEmpty() || !shape.misplaced().isEmpty()) {
          findings.error(
              metric.thenAt(),
              "Cannot use 'then' of metric '%s': it is no condition on one row"
                  .formatted(metric.name()),
              "write a condition such as dataset.field > 10");
        }
        for (SqlIdentifier name : shape.names()) {
          MetricReferences.checkField(
              subject, metric, String.join(".", name.names), metric.thenAt(), findings);
          checkReached(subject, metric, String.join(".", name.names), findings);
        }
      }
      case Parsed.Absent _ -> {}
    }
  }

  /// Days are counted by the first field of the order.
  private static void checkDays(Subject subject, Metric.Conversion metric, Findings findings) {
    if (metric.order().isEmpty() || !(metric.within() instanceof Metric.Rolling.Frame.Days)) {
      return;
    }
    String first = metric.order().getFirst();
    subject
        .datasetOf(first)
        .flatMap(dataset -> dataset.findField(first.substring(first.lastIndexOf('.') + 1)))
        .filter(field -> !hasDays(field))
        .ifPresent(_ ->
            findings.error(
                metric.location(),
                "Cannot count days by '%s', the first field of 'order' of metric '%s': it is no date or time"
                    .formatted(first, metric.name()),
                "let 'order' begin with a field of the datatype Date or DateTime, or say 'within' in rows"));
  }

  private static boolean hasDays(Field field) {
    return field.isTime() && field.datatype().filter(type -> type == Field.DataType.TIME).isEmpty();
  }

  private static void checkReached(
      Subject subject, Metric.Conversion metric, String field, Findings findings) {
    Dataset dataset = subject.entityDataset(metric).orElse(null);
    if (dataset == null || !subject.reach().isBounded(dataset)) {
      return;
    }
    subject
        .datasetOf(field)
        .filter(other -> subject.reach().paths(dataset, other).size() != 1)
        .ifPresent(other ->
            findings.error(
                metric.thenAt(),
                "Cannot use the field '%s' for metric '%s': not one path leads from dataset '%s' to '%s'"
                    .formatted(field, metric.name(), dataset.name(), other.name())));
  }
}

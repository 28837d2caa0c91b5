package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.expression.NormalForm;
import io.scorebook.semantic.model.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/// A KPI is defined once: no two metrics are the same but for their names.
final class RepeatedMetrics implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    Map<List<Object>, Metric> known = new HashMap<>();
    for (Metric metric : subject.model().metrics()) {
      Optional<SqlNode> tree = subject.parse(metric).tree();
      if (tree.isEmpty()) {
        continue;
      }
      Metric first =
          known.putIfAbsent(List.of(NormalForm.of(tree.get()), settings(metric)), metric);
      if (first != null) {
        findings.warning(
            metric.location(),
            "Cannot tell metric '%s' from '%s' on line %d: they are defined alike"
                .formatted(metric.name(), first.name(), first.location().line()),
            "keep one, and give it the other's name as a synonym");
      }
    }
  }

  /// All of a metric but its head and its expression.
  private static List<Object> settings(Metric metric) {
    return switch (metric) {
      case Metric.Expression _ -> List.of();
      case Metric.Streak(_, _, var mode, var atLeast, var entity, var order, var onNull) ->
          List.of(mode, atLeast, entity, order, onNull);
      case Metric.Window(_, _, var mode, var rows, var entity, var order) ->
          List.of(mode, rows, entity, order);
      case Metric.Cumulative(_, _, var time, var restart) -> List.of(time, restart);
      case Metric.Rolling(_, _, var time, var frame, var entity, var order, var combine) ->
          List.of(time, frame, entity, order, combine);
      case Metric.Prior(_, _, var time, var unit, var periods) -> List.of(time, unit, periods);
      case Metric.SemiAdditive(_, _, var time, var take, var entity) -> List.of(time, take, entity);
      case Metric.Fixed(_, _, var grain, var dimensions) -> List.of(grain, dimensions);
      case Metric.Nested(_, _, var include, var aggregate) -> List.of(include, aggregate);
      case Metric.Rank(_, _, var entity, var direction) -> List.of(entity, direction);
      case Metric.Conversion(
              _,
              _,
              var then,
              _,
              var within,
              var entity,
              var order,
              var of,
              var result) ->
          List.of(then, within, entity, order, of, result);
    };
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Metric;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The metrics beside one that has a target: the target, and whether it is reached.
public final class TargetMetrics {
  private static final String TARGET = "_target";
  private static final String ON_TARGET = "_on_target";

  private TargetMetrics() {}

  /// The names that a metric with a target takes beside its own.
  public static List<String> names(String metric) {
    return List.of(metric + TARGET, metric + ON_TARGET);
  }

  static List<CompiledMetric> of(CompiledMetric metric, Metric.Target target) {
    SqlNode value =
        SqlLiteral.createExactNumeric(target.value().toPlainString(), SqlParserPos.ZERO);
    SqlOperator comparison =
        switch (target.direction()) {
          case AT_LEAST -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
          case AT_MOST -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
        };
    return List.of(
        new CompiledMetric(
            metric.name() + TARGET, value, metric.leaves(), metric.role(), metric.name()),
        new CompiledMetric(
            metric.name() + ON_TARGET,
            comparison.createCall(SqlParserPos.ZERO, metric.above(), value),
            metric.leaves(),
            metric.role(),
            metric.name()));
  }
}

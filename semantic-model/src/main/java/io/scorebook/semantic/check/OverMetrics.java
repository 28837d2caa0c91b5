package io.scorebook.semantic.check;

import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/// Windows in metrics: a metric has one value for each group, whatever the groups of the question
/// are, and a window over them would be another at each grouping. What people mean by it is a kind
/// of metric, or a field.
final class OverMetrics {
  private OverMetrics() {}

  /// What is told of a window in a metric, with the way to say it otherwise.
  static MetricShape.Misplaced refusal(SqlCall over) {
    SqlNode inner = over.operand(0);
    while (inner.getKind() == SqlKind.IGNORE_NULLS || inner.getKind() == SqlKind.RESPECT_NULLS) {
      inner = ((SqlCall) inner).operand(0);
    }
    String name =
        inner instanceof SqlCall call
            ? call.getOperator().getName().toUpperCase(Locale.ROOT)
            : "a function";
    String instead =
        switch (name) {
          case "RANK", "DENSE_RANK" -> "the kind 'rank' says it of groups";
          case "ROW_NUMBER", "NTILE", "PERCENT_RANK", "CUME_DIST" ->
              "the kind 'rank' gives places of groups";
          case "LAG", "LEAD" -> "the kind 'prior' gives the value of another period";
          case "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE" ->
              "the kind 'semiAdditive' takes the first or last of each entity";
          default ->
              "the kinds 'cumulative' and 'rolling' say it along time, and 'fixed' at another grain";
        };
    return new MetricShape.Misplaced(
        over.getParserPosition(),
        "Cannot have a window (%s ... OVER), whose value would change with the groups that are asked for"
            .formatted(name),
        Optional.of(instead + ", and a field may have a window over its dataset's rows"));
  }
}

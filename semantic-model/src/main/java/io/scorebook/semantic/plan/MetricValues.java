package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/// The value of a metric in a stitched row, where each of its leaves is a column.
final class MetricValues {
  private MetricValues() {}

  /// @param builder with the stitched rows on its stack
  static RexNode of(
      Expressions expressions, RelBuilder builder, MetricQuery query, CompiledMetric metric) {
    int first = query.keys().size() + 1;
    return expressions.scalar(
        metric.above(),
        identifier -> {
          Leaf leaf = metric.leaves().get(identifier.getSimple());
          if (leaf == null) {
            throw new IllegalArgumentException("Invalid leaf: " + identifier);
          }
          return builder.field(first + query.leaves().indexOf(leaf));
        });
  }
}

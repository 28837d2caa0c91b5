package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/// The windows of N rows, one that ends at each row; its value is NULL where it is not full.
final class WindowStage {
  private final SequenceStage stage;
  private final Metric.Window window;
  private final SqlAggFunction function;
  private final SqlNode argument;

  /// @throws IllegalArgumentException where the expression is not one plain aggregate
  WindowStage(SequenceStage stage, Metric.Window window, SqlNode expression) {
    this.stage = stage;
    this.window = window;
    if (!(expression instanceof SqlCall call)
        || !(MetricCompiler.function(call) instanceof SqlAggFunction aggregate)
        || call.getFunctionQuantifier() != null
        || call.operandCount() != 1) {
      throw new IllegalArgumentException(
          "Invalid metric '%s': must be one aggregate of one field".formatted(window.name()));
    }
    this.function = aggregate;
    this.argument = call.operand(0);
  }

  /// Columns: partition, value.
  RelBuilder values() {
    RelBuilder builder = stage.push(argument);
    var columns = new ArrayList<RexNode>(stage.partition(builder));
    columns.add(value(builder));
    return builder.project(columns, stage.names("value"), true);
  }

  /// Columns of [SequenceStage#evidenceNames].
  RelBuilder candidates() {
    RelBuilder builder = stage.push(argument);
    var columns = new ArrayList<RexNode>(stage.partition(builder));
    columns.add(value(builder));
    columns.add(
        builder
            .aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
            .over()
            .partitionBy(stage.partition(builder))
            .orderBy(stage.orderColumns(builder))
            .rowsUnbounded()
            .toRex());
    columns.add(frame(builder, SqlStdOperatorTable.FIRST_VALUE, stage.firstOrderColumn(builder)));
    columns.add(stage.firstOrderColumn(builder));
    columns.add(stage.shownEntity(builder));
    return builder.project(columns, stage.evidenceNames(), true);
  }

  private RexNode value(RelBuilder builder) {
    RexNode filled = frame(builder, SqlStdOperatorTable.COUNT);
    return stage.when(
        builder,
        builder.equals(filled, builder.literal(window.rows())),
        frame(builder, function, stage.value(builder)));
  }

  private RexNode frame(RelBuilder builder, SqlAggFunction function, RexNode... arguments) {
    return builder
        .aggregateCall(function, arguments)
        .over()
        .partitionBy(stage.partition(builder))
        .orderBy(stage.orderColumns(builder))
        .rowsBetween(
            RexWindowBounds.preceding(builder.literal(window.rows() - 1)),
            RexWindowBounds.CURRENT_ROW)
        .toRex();
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// The runs of a streak.
final class StreakStage {
  private final SequenceStage stage;
  private final Metric.Streak streak;
  private final SqlNode predicate;

  StreakStage(SequenceStage stage, Metric.Streak streak, SqlNode predicate) {
    this.stage = stage;
    this.streak = streak;
    this.predicate = predicate;
  }

  private RexNode breaks(RelBuilder builder) {
    return builder.call(
        streak.onNull() == Metric.Streak.OnNull.BREAK
            ? SqlStdOperatorTable.IS_NOT_TRUE
            : SqlStdOperatorTable.IS_FALSE,
        stage.value(builder));
  }

  private RelBuilder.OverCall running(RelBuilder builder, RelBuilder.AggCall call) {
    return call.over()
        .partitionBy(stage.partition(builder))
        .orderBy(stage.orderColumns(builder))
        .rowsBetween(RexWindowBounds.UNBOUNDED_PRECEDING, RexWindowBounds.CURRENT_ROW);
  }

  /// Columns: partition, value. Rows are numbered once; then only the rows that end a run count: a
  /// run is as long as the numbers between two of them. Behind the last row stands one more end.
  RelBuilder lengths() {
    RelBuilder builder = stage.push(predicate);
    RexNode counted = stage.value(builder);
    var columns = new ArrayList<RexNode>(stage.partition(builder));
    columns.add(breaks(builder));
    columns.add(
        running(
                builder,
                streak.onNull() == Metric.Streak.OnNull.BREAK
                    ? builder.aggregateCall(SqlStdOperatorTable.COUNT)
                    : builder.aggregateCall(SqlStdOperatorTable.COUNT, counted))
            .toRex());
    RelNode numbered = builder.project(columns, stage.names("breaks", "position"), true).build();
    return switch (streak.mode()) {
      case LONGEST -> longest(builder, numbered);
      case CURRENT -> current(builder, numbered);
      case COUNT -> counted(longest(builder, numbered));
    };
  }

  /// 1 for each run that is long enough, else 0.
  private RelBuilder counted(RelBuilder builder) {
    var columns = new ArrayList<RexNode>(stage.partition(builder));
    columns.add(
        builder.call(
            SqlStdOperatorTable.CASE,
            builder.call(
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                builder.field("value"),
                builder.literal((long) streak.atLeast())),
            builder.literal(1L),
            builder.literal(0L)));
    return builder.project(columns, stage.names("value"), true);
  }

  private RelBuilder longest(RelBuilder builder, RelNode numbered) {
    builder.push(numbered).filter(builder.field("breaks"));
    var ends = new ArrayList<RexNode>(stage.partition(builder));
    ends.add(builder.field("position"));
    builder.project(ends, stage.names("position"), true);
    builder
        .push(numbered)
        .aggregate(
            builder.groupKey(stage.partition(builder)),
            builder.max("last", builder.field("position")));
    var behind = new ArrayList<RexNode>(stage.partition(builder));
    behind.add(builder.call(SqlStdOperatorTable.PLUS, builder.field("last"), builder.literal(1L)));
    builder.project(behind, stage.names("position"), true).union(true);
    RexNode before =
        builder
            .aggregateCall(
                SqlStdOperatorTable.LAG,
                builder.field("position"),
                builder.literal(1),
                builder.literal(0L))
            .over()
            .partitionBy(stage.partition(builder))
            .orderBy(builder.field("position"))
            .rowsUnbounded()
            .toRex();
    var lengths = new ArrayList<RexNode>(stage.partition(builder));
    lengths.add(
        builder.call(
            SqlStdOperatorTable.MINUS,
            builder.call(SqlStdOperatorTable.MINUS, builder.field("position"), before),
            builder.literal(1L)));
    return builder.project(lengths, stage.names("value"), true);
  }

  private RelBuilder current(RelBuilder builder, RelNode numbered) {
    builder
        .push(numbered)
        .aggregate(
            builder.groupKey(stage.partition(builder)),
            builder.max("last", builder.field("position")),
            builder
                .aggregateCall(SqlStdOperatorTable.MAX, builder.field("position"))
                .filter(builder.field("breaks"))
                .as("broken"));
    var columns = new ArrayList<RexNode>(stage.partition(builder));
    columns.add(
        builder.call(
            SqlStdOperatorTable.MINUS,
            builder.field("last"),
            orZero(builder, builder.field("broken"))));
    return builder.project(columns, stage.names("value"), true);
  }

  private static RexNode orZero(RelBuilder builder, RexNode value) {
    return builder.call(
        SqlStdOperatorTable.CASE, builder.isNull(value), builder.literal(0L), value);
  }

  /// Columns of [SequenceStage#evidenceNames], a row for each run. Rows between two breaks share
  /// the number of breaks before them: that is their run.
  RelBuilder runs() {
    RelBuilder builder = stage.push(predicate);
    RexNode run =
        running(
                builder,
                builder.aggregateCall(
                    SqlStdOperatorTable.SUM,
                    builder.call(
                        SqlStdOperatorTable.CASE,
                        breaks(builder),
                        builder.literal(1),
                        builder.literal(0))))
            .toRex();
    var columns = new ArrayList<RexNode>(stage.partition(builder));
    columns.add(run);
    columns.add(builder.call(SqlStdOperatorTable.IS_TRUE, stage.value(builder)));
    columns.add(stage.firstOrderColumn(builder));
    columns.add(stage.shownEntity(builder));
    builder.project(columns, stage.names("run", "holds", "at", "who"), true);
    RexNode holds = builder.field("holds");
    RexNode at = builder.field("at");
    builder.aggregate(
        builder.groupKey(ImmutableBitSet.range(stage.partitionCount() + 1)),
        builder.aggregateCall(SqlStdOperatorTable.COUNT).filter(holds).as("length"),
        builder.aggregateCall(SqlStdOperatorTable.MIN, at).filter(holds).as("start"),
        builder.aggregateCall(SqlStdOperatorTable.MAX, at).filter(holds).as("end"),
        builder.aggregateCall(SqlStdOperatorTable.COUNT, at).filter(holds).as("placed"),
        builder.aggregateCall(SqlStdOperatorTable.MIN, builder.field("who")).as("who"));
    if (streak.mode() == Metric.Streak.Mode.CURRENT) {
      keepLast(builder);
    }
    var output = new ArrayList<RexNode>(stage.partition(builder));
    output.add(builder.field("length"));
    output.add(builder.field("run"));
    output.add(builder.field("start"));
    // NULLs come last: where a row of the run has no place in the order, neither has its last.
    output.add(
        stage.when(
            builder,
            builder.equals(builder.field("placed"), builder.field("length")),
            builder.field("end")));
    output.add(builder.field("who"));
    return builder.project(output, stage.evidenceNames(), true);
  }

  private void keepLast(RelBuilder builder) {
    RexNode last =
        builder
            .aggregateCall(SqlStdOperatorTable.MAX, builder.field("run"))
            .over()
            .partitionBy(stage.partition(builder))
            .toRex();
    builder
        .projectPlus(builder.alias(last, "last"))
        .filter(builder.equals(builder.field("run"), builder.field("last")));
  }
}

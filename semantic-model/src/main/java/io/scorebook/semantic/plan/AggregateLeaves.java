package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// All plain aggregates of one fact in one Aggregate over the query's grouping sets: one scan of
/// the rows, and nothing rolled up that does not add up.
final class AggregateLeaves {
  private final Expressions expressions;
  private final MetricQuery query;
  private final LeafRows rows;

  AggregateLeaves(Expressions expressions, MetricQuery query, LeafRows rows) {
    this.expressions = expressions;
    this.query = query;
    this.rows = rows;
  }

  /// @return columns: all keys, the grouping id, the leaves
  RelNode plan(Dataset fact, List<Leaf> leaves) {
    var columns = new ArrayList<LeafRows.Column>();
    var calls = new ArrayList<Call>();
    for (Leaf leaf : leaves) {
      calls.add(call(leaf, columns));
    }
    int keys = query.keys().size();
    RelBuilder builder = rows.push(fact, ImmutableBitSet.range(keys), columns);
    var aggregates = new ArrayList<RelBuilder.AggCall>();
    boolean oneSet = query.sets().size() == 1;
    if (!oneSet) {
      aggregates.add(
          builder
              .aggregateCall(
                  SqlStdOperatorTable.GROUPING, builder.fields(ImmutableBitSet.range(keys)))
              .as("grouping"));
    }
    for (int i = 0; i < calls.size(); i++) {
      aggregates.add(calls.get(i).on(builder, keys).as("v" + i));
    }
    builder.aggregate(builder.groupKey(ImmutableBitSet.range(keys), query.sets()), aggregates);
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    output.add(
        expressions
            .cluster()
            .getRexBuilder()
            .ensureType(
                Stitch.groupingType(expressions),
                oneSet
                    ? builder.literal(query.groupingId(query.sets().getFirst()))
                    : builder.field(keys),
                false));
    int first = keys + (oneSet ? 0 : 1);
    for (int i = 0; i < calls.size(); i++) {
      output.add(builder.field(first + i));
    }
    return builder.project(output, Stitch.names(query.keys().size(), leaves.size()), true).build();
  }

  /// @param arguments columns behind the keys
  /// @param filter a column behind the keys, or -1
  private record Call(
      SqlAggFunction function, boolean distinct, List<Integer> arguments, int filter) {
    RelBuilder.AggCall on(RelBuilder builder, int keys) {
      RelBuilder.AggCall call =
          builder
              .aggregateCall(
                  function, arguments.stream().map(i -> builder.field(keys + i)).toList())
              .distinct(distinct);
      return filter < 0 ? call : call.filter(builder.field(keys + filter));
    }
  }

  private Call call(Leaf leaf, List<LeafRows.Column> columns) {
    return switch (leaf) {
      case Leaf.Aggregate(_, var function, var distinct, var arguments, var filter, _) ->
          new Call(
              function,
              distinct,
              arguments.stream().map(a -> add(columns, new LeafRows.Column.OfFields(a))).toList(),
              filter.map(f -> add(columns, new LeafRows.Column.OfFields(isTrue(f)))).orElse(-1));
      case Leaf.AdHoc(_, var function, var distinct, var arguments, var filter) ->
          new Call(
              function,
              distinct,
              arguments.stream()
                  .map(a -> add(columns, new LeafRows.Column.OfDimensions(a)))
                  .toList(),
              filter
                  .map(f ->
                      add(
                          columns,
                          new LeafRows.Column.OfDimensions(
                              expressions
                                  .cluster()
                                  .getRexBuilder()
                                  .makeCall(SqlStdOperatorTable.IS_TRUE, f))))
                  .orElse(-1));
      case Leaf.Reached _,
          Leaf.Sequence _,
          Leaf.Conversion _,
          Leaf.LookBack _,
          Leaf.Last _,
          Leaf.Earlier _,
          Leaf.Regrained _,
          Leaf.Nested _,
          Leaf.Ranked _ ->
          throw new IllegalArgumentException("Invalid plain leaf: " + leaf);
    };
  }

  private static SqlNode isTrue(SqlNode condition) {
    return SqlStdOperatorTable.IS_TRUE.createCall(condition.getParserPosition(), condition);
  }

  /// One column for equal expressions.
  private static int add(List<LeafRows.Column> columns, LeafRows.Column column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).toString().equals(column.toString())) {
        return i;
      }
    }
    columns.add(column);
    return columns.size() - 1;
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Aggregates over a dataset through the rows of a fact that leads to it, at one grouping set: each
/// row that the group's rows lead to counts once, however many of them lead there.
final class ReachedLeaves {
  private final Dataset fact;
  private final Dataset dataset;
  private final Relationship last;
  private final LeafRows rows;

  ReachedLeaves(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      Dataset fact,
      Dataset dataset) {
    this.fact = fact;
    this.dataset = dataset;
    this.last = model.graph().paths(fact, dataset).getFirst().getLast();
    this.rows = new LeafRows(model, expressions, query);
  }

  /// @return columns: the keys of the set, then the leaves
  RelNode plan(ImmutableBitSet set, List<Leaf.Reached> leaves) {
    int keys = set.cardinality();
    var columns = new ArrayList<LeafRows.Column>();
    for (String column : last.toColumns()) {
      columns.add(
          new LeafRows.Column.OfFields(
              new SqlIdentifier(List.of(dataset.name(), column), SqlParserPos.ZERO)));
    }
    int reached = keys + columns.size();
    for (Leaf.Reached leaf : leaves) {
      columns.add(new LeafRows.Column.OfFields(leaf.base().arguments().getFirst()));
      columns.add(new LeafRows.Column.OfFields(condition(leaf.base())));
    }
    RelBuilder builder = rows.push(fact, set, columns);
    builder.distinct();
    var counted = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    RexNode exists = builder.isNotNull(builder.field(keys));
    for (int i = 0; i < leaves.size(); i++) {
      counted.add(builder.field(reached + 2 * i));
      counted.add(
          builder.call(
              SqlStdOperatorTable.IS_TRUE,
              builder.and(exists, builder.field(reached + 2 * i + 1))));
    }
    builder.project(counted);
    var calls = new ArrayList<RelBuilder.AggCall>();
    for (int i = 0; i < leaves.size(); i++) {
      calls.add(
          builder
              .aggregateCall(leaves.get(i).base().function(), builder.field(keys + 2 * i))
              .filter(builder.field(keys + 2 * i + 1))
              .as("v" + i));
    }
    return builder.aggregate(builder.groupKey(ImmutableBitSet.range(keys)), calls).build();
  }

  /// The filter of the aggregate; without one, what always holds.
  private static SqlNode condition(Leaf.Aggregate base) {
    return base.filter()
        .<SqlNode>map(
            filter -> SqlStdOperatorTable.IS_TRUE.createCall(filter.getParserPosition(), filter))
        .orElseGet(() -> org.apache.calcite.sql.SqlLiteral.createBoolean(true, SqlParserPos.ZERO));
  }
}

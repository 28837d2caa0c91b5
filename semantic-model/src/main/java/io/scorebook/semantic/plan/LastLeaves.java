package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Semi-additive aggregates at one grouping set: of each entity in a group only the rows of its
/// first or last time count.
final class LastLeaves {
  private final CompiledModel model;
  private final MetricQuery query;
  private final Dataset fact;
  private final Metric.SemiAdditive metric;
  private final LeafRows rows;

  LastLeaves(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      Dataset fact,
      Metric.SemiAdditive metric) {
    this.model = model;
    this.query = query;
    this.fact = fact;
    this.metric = metric;
    this.rows = new LeafRows(model, expressions, query);
  }

  /// @return columns: the keys of the set, then the leaves
  RelNode plan(ImmutableBitSet set, List<Leaf.Last> leaves) {
    int keys = set.cardinality();
    int entities = metric.entity().size();
    var columns = new ArrayList<LeafRows.Column>();
    metric.entity().forEach(name -> columns.add(field(name)));
    columns.add(new LeafRows.Column.OfPath(model.dimension(fact, metric.time())));
    var arguments = new ArrayList<Integer>();
    var filters = new ArrayList<Integer>();
    for (Leaf.Last leaf : leaves) {
      arguments.add(keys + columns.size());
      columns.add(new LeafRows.Column.OfFields(leaf.base().arguments().getFirst()));
      filters.add(leaf.base().filter().isPresent() ? keys + columns.size() : -1);
      leaf.base()
          .filter()
          .ifPresent(filter -> columns.add(new LeafRows.Column.OfFields(isTrue(filter))));
    }
    RelBuilder builder = rows.push(fact, set, columns);
    RexNode time = builder.field(keys + entities);
    boolean latest = metric.take() == Metric.SemiAdditive.Take.LAST;
    RexNode place =
        builder
            .aggregateCall(SqlStdOperatorTable.RANK)
            .over()
            .partitionBy(builder.fields(ImmutableBitSet.range(keys + entities)))
            .orderBy(builder.nullsLast(latest ? builder.desc(time) : time))
            .rangeUnbounded()
            .toRex();
    RexNode counts =
        builder.and(builder.isNotNull(time), builder.equals(place, builder.literal(1L)));
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    output.add(counts);
    for (int i = 0; i < leaves.size(); i++) {
      output.add(builder.field(arguments.get(i)));
      output.add(filters.get(i) < 0 ? builder.literal(true) : builder.field(filters.get(i)));
    }
    builder.project(output);
    var calls = new ArrayList<RelBuilder.AggCall>();
    var chosen = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    for (int i = 0; i < leaves.size(); i++) {
      chosen.add(builder.field(keys + 1 + 2 * i));
      chosen.add(
          builder.call(
              SqlStdOperatorTable.IS_TRUE,
              builder.and(builder.field(keys), builder.field(keys + 2 + 2 * i))));
    }
    builder.project(chosen);
    for (int i = 0; i < leaves.size(); i++) {
      Leaf.Aggregate base = leaves.get(i).base();
      calls.add(
          builder
              .aggregateCall(base.function(), builder.field(keys + 2 * i))
              .distinct(base.distinct())
              .filter(builder.field(keys + 2 * i + 1))
              .as("v" + i));
    }
    return builder
        .aggregate(builder.groupKey(ImmutableBitSet.range(keys)), calls)
        .project(
            IntStream.range(0, keys + leaves.size())
                .mapToObj(i -> (RexNode) builder.field(i))
                .toList())
        .build();
  }

  private static LeafRows.Column field(String name) {
    return new LeafRows.Column.OfFields(
        new SqlIdentifier(List.of(name.split("\\.", -1)), SqlParserPos.ZERO));
  }

  private static SqlNode isTrue(SqlNode condition) {
    return SqlStdOperatorTable.IS_TRUE.createCall(condition.getParserPosition(), condition);
  }
}

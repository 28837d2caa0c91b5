package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
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
  private final Expressions expressions;
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
    this.expressions = expressions;
    this.query = query;
    this.fact = fact;
    this.metric = metric;
    this.rows = new LeafRows(model, expressions, query);
  }

  /// @return columns: the keys of the set, then the leaves
  RelNode plan(ImmutableBitSet set, List<Leaf.Last> leaves) {
    return TimeSpine.find(model, expressions, query, set)
        .filter(spine -> spine.axis().isTime(model, fact, metric.time()))
        .map(spine -> filled(spine, set, leaves))
        .orElseGet(() -> ofRows(set, leaves));
  }

  /// A period without rows has what the last one before it had, also where filters on time leave
  /// that out.
  private RelNode filled(TimeSpine spine, ImmutableBitSet set, List<Leaf.Last> leaves) {
    var split = new TimeSplit(model, expressions, query, fact, metric.name(), metric.time());
    ImmutableBitSet others = set.except(spine.timeKeys());
    ImmutableBitSet along = others.set(spine.filled());
    int keys = set.cardinality();
    RelBuilder builder = expressions.relBuilder().push(spine.empty(fact));
    var empty = new ArrayList<RexNode>();
    along.forEachInt(key -> empty.add(builder.field(set.asList().indexOf(key))));
    empty.add(builder.literal(true));
    empty.addAll(builder.fields(ImmutableBitSet.range(keys)));
    RelNode before =
        new LastLeaves(model, expressions, query.withBefore(split.rows()), fact, metric)
            .ofRows(along, leaves);
    int width = along.cardinality();
    leaves.forEach(leaf ->
        empty.add(
            builder
                .getRexBuilder()
                .makeNullLiteral(
                    before
                        .getRowType()
                        .getFieldList()
                        .get(width + leaves.indexOf(leaf))
                        .getType())));
    builder.project(empty, List.of(), true);
    var rows = builder.peek().getRowType().getFieldList();
    builder.push(before);
    var full = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(width)));
    full.add(builder.literal(false));
    for (int i = 0; i < keys; i++) {
      full.add(builder.getRexBuilder().makeNullLiteral(rows.get(width + 1 + i).getType()));
    }
    full.addAll(builder.fields(ImmutableBitSet.range(width, width + leaves.size())));
    builder.project(full, List.of(), true);
    builder.union(true);
    carry(builder, along.asList().indexOf(spine.filled()), width, keys, leaves.size());
    builder.push(ofRows(set, leaves));
    return builder.union(true).build();
  }

  /// From columns (shared keys with the period, whether empty, keys, values) to the keys and values
  /// of the empty ones.
  private static void carry(RelBuilder builder, int period, int width, int keys, int leaves) {
    ImmutableBitSet shared = ImmutableBitSet.range(width).clear(period);
    RexNode none = builder.getRexBuilder().makeNullLiteral(builder.field(period).getType());
    RexNode present =
        builder.call(SqlStdOperatorTable.CASE, builder.field(width), none, builder.field(period));
    builder.projectPlus(builder.alias(present, "present"));
    int end = width + 1 + keys + leaves;
    RexNode last =
        builder
            .aggregateCall(SqlStdOperatorTable.MAX, builder.field(end))
            .over()
            .partitionBy(builder.fields(shared))
            .orderBy(builder.nullsLast(builder.field(period)))
            .rangeBetween(RexWindowBounds.UNBOUNDED_PRECEDING, RexWindowBounds.CURRENT_ROW)
            .toRex();
    builder.projectPlus(builder.alias(last, "last"));
    var partition = new ArrayList<RexNode>(builder.fields(shared));
    partition.add(builder.field(end + 1));
    var output =
        new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(width + 1, width + 1 + keys)));
    output.add(builder.field(width));
    for (int i = width + 1 + keys; i < end; i++) {
      RexNode value =
          builder
              .aggregateCall(SqlStdOperatorTable.MAX, builder.field(i))
              .over()
              .partitionBy(partition)
              .rowsUnbounded()
              .toRex();
      output.add(
          builder.call(
              SqlStdOperatorTable.CASE,
              builder.isNotNull(builder.field(end + 1)),
              value,
              builder.getRexBuilder().makeNullLiteral(builder.field(i).getType())));
    }
    builder.project(output, List.of(), true);
    builder.filter(builder.field(keys));
    var kept = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    kept.addAll(builder.fields(ImmutableBitSet.range(keys + 1, keys + 1 + leaves)));
    builder.project(kept, List.of(), true);
  }

  private RelNode ofRows(ImmutableBitSet set, List<Leaf.Last> leaves) {
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

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// The value of a metric in a stitched row, where each of its computed leaves is a column.
final class MetricValues {
  private final CompiledModel model;
  private final Expressions expressions;
  private final RelBuilder builder;
  private final MetricQuery query;

  private MetricValues(
      CompiledModel model, Expressions expressions, RelBuilder builder, MetricQuery query) {
    this.model = model;
    this.expressions = expressions;
    this.builder = builder;
    this.query = query;
  }

  /// @param builder with the stitched rows on its stack
  static RexNode of(
      CompiledModel model,
      Expressions expressions,
      RelBuilder builder,
      MetricQuery query,
      CompiledMetric metric) {
    return new MetricValues(model, expressions, builder, query).value(metric);
  }

  private RexNode value(CompiledMetric metric) {
    // Also of those that the expression leaves out, as the target of a rank does.
    metric.leaves().values().stream()
        .filter(Leaf.Ranked.class::isInstance)
        .forEach(leaf -> setsWithPlaces((Leaf.Ranked) leaf));
    return expressions.scalar(
        metric.above(),
        identifier -> {
          Leaf leaf = metric.leaves().get(identifier.getSimple());
          if (leaf == null) {
            throw new IllegalArgumentException("Invalid leaf: " + identifier);
          }
          return leaf instanceof Leaf.Ranked ranked
              ? rank(ranked)
              : builder.field(query.keys().size() + 1 + query.leaves().indexOf(leaf));
        });
  }

  /// The place of a row among those of its grouping set with the same other keys. Keys that the
  /// entity determines do not part it from others; a set without the entity has no places.
  private RexNode rank(Leaf.Ranked leaf) {
    Metric.Rank metric = leaf.metric();
    int keys = query.keys().size();
    List<ImmutableBitSet> sets = setsWithPlaces(leaf);
    sets.forEach(set ->
        Entities.assumeNames(
            model,
            AssumedKeys.of(expressions.cluster()),
            query,
            leaf.fact(),
            metric.entity(),
            set));
    ImmutableBitSet others =
        new EntityKeys(
                model,
                expressions,
                query,
                leaf.fact(),
                metric.entity(),
                ImmutableBitSet.range(keys))
            .others();
    RexNode value = value(leaf.inner());
    var partition = new ArrayList<RexNode>(builder.fields(others));
    partition.add(builder.field(keys));
    RexNode place =
        builder
            .aggregateCall(SqlStdOperatorTable.RANK)
            .over()
            .partitionBy(partition)
            .orderBy(
                builder.nullsLast(
                    metric.direction() == Metric.Rank.Direction.DESC ? builder.desc(value) : value))
            .rangeUnbounded()
            .toRex();
    var isRanked = new ArrayList<RexNode>();
    for (ImmutableBitSet set : sets) {
      isRanked.add(builder.equals(builder.field(keys), builder.literal(query.groupingId(set))));
    }
    var types = expressions.cluster().getTypeFactory();
    var nullable = types.createTypeWithNullability(types.createSqlType(SqlTypeName.BIGINT), true);
    return builder.call(
        SqlStdOperatorTable.CASE,
        builder.and(builder.isNotNull(value), builder.or(isRanked)),
        expressions.cluster().getRexBuilder().ensureType(nullable, place, true),
        expressions.cluster().getRexBuilder().makeNullLiteral(nullable));
  }

  /// The grouping sets that name the entity of a rank.
  ///
  /// @throws Refusal where none does
  private List<ImmutableBitSet> setsWithPlaces(Leaf.Ranked leaf) {
    Metric.Rank metric = leaf.metric();
    List<ImmutableBitSet> sets =
        query.sets().stream()
            .filter(set -> Entities.named(model, query, leaf.fact(), metric.entity(), set))
            .toList();
    if (sets.isEmpty()) {
      List<String> names = Entities.dimensions(model, leaf.fact(), metric.entity());
      throw new Refusal(
          Issue.Code.NOT_GROUPABLE,
          metric.name(),
          "Cannot rank by '%s' what the question does not group by; group by %s"
              .formatted(metric.name(), String.join(" or ", names)),
          names);
    }
    return sets;
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Sequence metrics: the values of one streak or window at one grouping set.
///
/// Runs do not roll up: a run within a team and season is not a run within the team. So each
/// grouping set has a stage of its own, partitioned by the entity and the keys of the set. Keys
/// that the entity determines (a player's name) do not part its rows: they are looked up
/// afterwards, for one row an entity.
final class SequenceLeaves {
  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;
  private final LeafRows rows;

  SequenceLeaves(CompiledModel model, Expressions expressions, MetricQuery query, LeafRows rows) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
    this.rows = rows;
  }

  /// @param facets what is wanted of the metric, in the order of the output
  /// @return columns: the keys of the set, then the facets
  RelNode plan(Dataset fact, Metric.Sequence metric, ImmutableBitSet set, List<Leaf.Facet> facets) {
    if (!fact.primaryKey().isEmpty()) {
      AssumedKeys.of(expressions.cluster()).add(AssumedKeys.order(fact));
    }
    boolean withEvidence = !Set.copyOf(facets).equals(Set.of(Leaf.Facet.VALUE));
    SqlAggFunction combine = combine(metric);
    boolean smallest = combine == SqlStdOperatorTable.MIN;
    var entityKeys = new EntityKeys(model, expressions, query, fact, metric.entity(), set);
    var stage =
        new SequenceStage(
            expressions,
            rows,
            fact,
            metric,
            entityKeys.others(),
            facets.contains(Leaf.Facet.ENTITY)
                ? Entities.label(model, fact, metric)
                : Optional.empty());
    RelBuilder candidates = candidates(stage, metric, withEvidence);
    int entity = metric.entity().size();
    if (!entityKeys.isEmpty()) {
      // First the best of each entity, then its keys; rows of one entity share them.
      int partition = stage.partitionCount();
      RelBuilder ofEntities =
          withEvidence
              ? choose(candidates, partition, 0, smallest)
              : best(candidates, partition, combine);
      candidates = entityKeys.lookUp(ofEntities);
    }
    int keys = set.cardinality();
    return withEvidence
        ? show(stage, metric, choose(candidates, keys, entity, smallest), keys, facets)
        : best(candidates, keys, combine).build();
  }

  private static RelBuilder candidates(
      SequenceStage stage, Metric.Sequence metric, boolean withEvidence) {
    return switch (metric) {
      case Metric.Streak streak -> {
        var runs = new StreakStage(stage, streak, parse(streak.name(), streak.expression()));
        yield withEvidence ? runs.runs() : runs.lengths();
      }
      case Metric.Window window -> {
        var windows = new WindowStage(stage, window, parse(window.name(), window.expression()));
        yield withEvidence ? windows.candidates() : windows.values();
      }
    };
  }

  /// The best value of each group; a group whose entities have none keeps its row, with NULL.
  private static RelBuilder best(RelBuilder builder, int keys, SqlAggFunction combine) {
    return builder.aggregate(
        builder.groupKey(ImmutableBitSet.range(keys)),
        builder.aggregateCall(combine, builder.field("value")).as("value"));
  }

  /// How the values of an entity, and those of several, become one.
  private static SqlAggFunction combine(Metric.Sequence metric) {
    return switch (metric) {
      case Metric.Streak streak ->
          switch (streak.mode()) {
            case LONGEST, CURRENT -> SqlStdOperatorTable.MAX;
            case COUNT -> SqlStdOperatorTable.SUM;
          };
      case Metric.Window window ->
          switch (window.mode()) {
            case BEST -> SqlStdOperatorTable.MAX;
            case WORST -> SqlStdOperatorTable.MIN;
          };
    };
  }

  /// The best candidate of each group: of equal entities the smallest, of equal runs the earliest.
  ///
  /// @param entity the number of entity columns behind the keys
  private static RelBuilder choose(RelBuilder builder, int keys, int entity, boolean smallest) {
    RexNode value = builder.field("value");
    var order = new ArrayList<RexNode>();
    order.add(builder.nullsLast(smallest ? value : builder.desc(value)));
    order.addAll(builder.fields(ImmutableBitSet.range(keys, keys + entity)));
    order.add(builder.field("number"));
    RexNode place =
        builder
            .aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
            .over()
            .partitionBy(builder.fields(ImmutableBitSet.range(keys)))
            .orderBy(order)
            .rowsUnbounded()
            .toRex();
    int width = builder.fields().size();
    builder
        .projectPlus(builder.alias(place, "place"))
        .filter(builder.equals(builder.field("place"), builder.literal(1)));
    return builder.project(builder.fields(ImmutableBitSet.range(width)));
  }

  private static RelNode show(
      SequenceStage stage,
      Metric.Sequence metric,
      RelBuilder builder,
      int keys,
      List<Leaf.Facet> facets) {
    // No run and no full window: nothing that the value could be seen in. Its ends may be NULL
    // also where there is a run: of rows that have no place in time.
    RexNode shown =
        switch (metric) {
          case Metric.Streak _ -> builder.greaterThan(builder.field("value"), builder.literal(0));
          case Metric.Window _ -> builder.isNotNull(builder.field("value"));
        };
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    for (Leaf.Facet facet : facets) {
      output.add(
          switch (facet) {
            case VALUE -> builder.field("value");
            case START -> stage.when(builder, shown, builder.field("start"));
            case END -> stage.when(builder, shown, builder.field("end"));
            case ENTITY -> stage.when(builder, shown, builder.field("who"));
          });
    }
    builder.project(
        output, IntStream.range(0, output.size()).mapToObj(i -> "o" + i).toList(), true);
    // A total is one row, also where there are no rows.
    return keys > 0
        ? builder.build()
        : builder
            .aggregate(
                builder.groupKey(),
                builder.fields().stream()
                    .map(field -> builder.aggregateCall(SqlStdOperatorTable.MAX, field))
                    .toList())
            .build();
  }

  private static SqlNode parse(String metric, String text) {
    try {
      return Sql.parseExpression(text);
    } catch (SqlParseException e) {
      throw new IllegalArgumentException(
          "Invalid metric '%s': %s".formatted(metric, e.getMessage()), e);
    }
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Leaves whose value is that of other leaves at another place, at one grouping set: in an earlier
/// period, at a coarser grain, or at a finer one.
///
/// The groups of the question and the values of the other place are stacked; a window over what
/// they share brings each value to its groups. A NULL key is a key like any other there, and no
/// group is lost or doubled.
final class ElsewhereLeaves {
  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;

  ElsewhereLeaves(CompiledModel model, Expressions expressions, MetricQuery query) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
  }

  /// The values of an earlier period.
  ///
  /// @return columns: the keys of the set, then the leaves
  RelNode earlier(ImmutableBitSet set, Dataset fact, Metric.Prior metric, List<Leaf> bases) {
    var split = new TimeSplit(model, expressions, query, fact, metric.name(), metric.time());
    ImmutableBitSet periods = split.periods(set);
    var step = new PeriodStep(model, expressions, query, fact, metric);
    if (periods.cardinality() != 1) {
      throw step.refusal();
    }
    int period = periods.nth(0);
    MetricQuery here = query.at(set);
    int keys = here.keys().size();
    int at = set.asList().indexOf(period);
    RelBuilder builder = expressions.relBuilder();
    // The period that a group looks up, and that a value is of.
    pushGroups(builder, here);
    RexNode lookedUp = step.back(query.keys().get(period), builder.field(at));
    List<RexNode> nothing = nulls(bases);
    stackable(builder, keys, lookedUp, true, nothing);
    builder.push(Stitch.plan(model, expressions, here.withBefore(split.rows()).withLeaves(bases)));
    stackable(
        builder,
        keys,
        rex().ensureType(lookedUp.getType(), builder.field(at), true),
        false,
        IntStream.range(0, bases.size())
            .mapToObj(
                i -> rex().ensureType(nothing.get(i).getType(), builder.field(keys + 1 + i), true))
            .toList());
    builder.union(true);
    var shared = new ArrayList<RexNode>();
    for (int key = 0; key < keys; key++) {
      if (key != at) {
        shared.add(builder.field(key));
      }
    }
    shared.add(builder.field(keys));
    return bring(builder, keys, shared, Optional.of(builder.isNotNull(builder.field(keys))), bases);
  }

  /// The values of a coarser grain.
  ///
  /// @return columns: the keys of the set, then the leaves
  RelNode regrained(ImmutableBitSet set, Dataset fact, Metric.Fixed metric, List<Leaf> bases) {
    var grain = new GrainSplit(model, expressions, query, fact, metric);
    ImmutableBitSet kept = grain.keys(set);
    MetricQuery here = query.at(set);
    int keys = here.keys().size();
    RelBuilder builder = expressions.relBuilder();
    pushGroups(builder, here);
    RexNode none = builder.literal(0);
    List<RexNode> nothing = nulls(bases);
    stackable(builder, keys, none, true, nothing);
    RelNode coarse =
        Stitch.plan(
            model, expressions, query.at(kept).withBefore(grain.filters()).withLeaves(bases));
    builder.push(coarse);
    var values = new ArrayList<RexNode>();
    int found = 0;
    for (int key : set) {
      values.add(
          kept.get(key)
              ? builder.field(found++)
              : rex().makeNullLiteral(nullable(here.keys().get(values.size()).value())));
    }
    values.add(none);
    values.add(builder.literal(false));
    for (int i = 0; i < bases.size(); i++) {
      values.add(
          rex()
              .ensureType(
                  nothing.get(i).getType(), builder.field(kept.cardinality() + 1 + i), true));
    }
    builder.project(values, names(keys, bases.size()), true);
    builder.union(true);
    List<RexNode> shared =
        kept.asList().stream()
            .map(key -> (RexNode) builder.field(set.asList().indexOf(key)))
            .toList();
    return bring(builder, keys, shared, Optional.empty(), bases);
  }

  /// The values of a metric at a finer grain, aggregated.
  ///
  /// @return columns: the keys of the set, then the value
  RelNode nested(ImmutableBitSet set, Leaf.Nested leaf) {
    MetricQuery here = query.at(set);
    var space = new ArrayList<>(query.space());
    var keys = new ArrayList<>(here.keys());
    // The dimensions that it includes stand behind those of the question.
    var included = new DimensionSpace(model, expressions, leaf.facts());
    for (String name : leaf.metric().include()) {
      keys.add(
          new MetricQuery.Key(name, RexUtil.shift(included.resolve(name), query.space().size())));
    }
    space.addAll(included.dimensions());
    var finer =
        new MetricQuery(
            space,
            keys,
            List.of(ImmutableBitSet.range(keys.size())),
            query.before(),
            leaf.inner().computed().distinct().toList(),
            Optional.empty());
    RelBuilder builder = expressions.relBuilder().push(Stitch.plan(model, expressions, finer));
    RexNode value = MetricValues.of(model, expressions, builder, finer, leaf.inner());
    int count = here.keys().size();
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(count)));
    output.add(value);
    builder.project(output);
    return builder
        .aggregate(
            builder.groupKey(ImmutableBitSet.range(count)),
            builder.aggregateCall(function(leaf.metric()), builder.field(count)).as("v0"))
        .build();
  }

  /// The groups of the question, each once: also those that only another fact has, since the value
  /// is not of a group's own rows.
  private void pushGroups(RelBuilder builder, MetricQuery here) {
    Set<Dataset> facts = query.facts();
    facts.forEach(fact -> builder.push(Stitch.plan(model, expressions, here.groupsOf(fact))));
    if (facts.size() > 1) {
      builder.union(false, facts.size());
    }
  }

  private static SqlAggFunction function(Metric.Nested metric) {
    return switch (metric.aggregate()) {
      case SUM -> SqlStdOperatorTable.SUM;
      case AVG -> SqlStdOperatorTable.AVG;
      case MIN -> SqlStdOperatorTable.MIN;
      case MAX -> SqlStdOperatorTable.MAX;
    };
  }

  private List<RexNode> nulls(List<Leaf> leaves) {
    var types = new LeafTypes(model, expressions);
    return leaves.stream().map(leaf -> (RexNode) rex().makeNullLiteral(types.of(leaf))).toList();
  }

  /// Columns: the keys, what is shared beside them, whether it is a group, the values.
  private void stackable(
      RelBuilder builder, int keys, RexNode link, boolean isGroup, List<RexNode> values) {
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    output.add(link);
    output.add(builder.literal(isGroup));
    output.addAll(values);
    builder.project(output, names(keys, values.size()), true);
  }

  private static List<String> names(int keys, int values) {
    var names = new ArrayList<String>();
    IntStream.range(0, keys).forEach(i -> names.add("k" + i));
    names.add("link");
    names.add("shown");
    IntStream.range(0, values).forEach(i -> names.add("v" + i));
    return names;
  }

  /// Brings the values to the groups that share the columns; each value stands in one row.
  private RelNode bring(
      RelBuilder builder,
      int keys,
      List<RexNode> shared,
      Optional<RexNode> condition,
      List<Leaf> leaves) {
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys + 2)));
    for (int i = 0; i < leaves.size(); i++) {
      RexNode value =
          builder
              .aggregateCall(SqlStdOperatorTable.MAX, builder.field(keys + 2 + i))
              .over()
              .partitionBy(shared)
              .rowsUnbounded()
              .toRex();
      output.add(
          condition
              .map(holds ->
                  builder.call(
                      SqlStdOperatorTable.CASE,
                      holds,
                      value,
                      rex().makeNullLiteral(nullable(value))))
              .orElse(value));
    }
    builder.project(output, names(keys, leaves.size()), true);
    builder.filter(builder.field(keys + 1));
    var shown = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    for (int i = 0; i < leaves.size(); i++) {
      shown.add(builder.field(keys + 2 + i));
    }
    return builder.project(shown).build();
  }

  private org.apache.calcite.rel.type.RelDataType nullable(RexNode value) {
    return expressions.cluster().getTypeFactory().createTypeWithNullability(value.getType(), true);
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}

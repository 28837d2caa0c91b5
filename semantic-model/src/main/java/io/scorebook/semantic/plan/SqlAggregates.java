package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.GroupValue;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.plan.SqlCalls.Asked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// An Aggregate over a dataset as a [MetricQuery]; and one more for each FILTER on a metric, joined
/// to it by the keys.
final class SqlAggregates {
  private final CompiledModel model;
  private final Expressions expressions;
  private final UnaryOperator<RelNode> subQueries;
  private final Aggregate aggregate;
  private final SqlChain chain;
  private final SqlCalls calls;

  /// @param rows of the aggregate, as a chain over the dataset
  SqlAggregates(
      CompiledModel model,
      Expressions expressions,
      UnaryOperator<RelNode> subQueries,
      Aggregate aggregate,
      RelNode rows) {
    this.model = model;
    this.expressions = expressions;
    this.subQueries = subQueries;
    this.aggregate = aggregate;
    this.chain = SqlChain.of(rows);
    this.calls = new SqlCalls(model, chain, rex());
  }

  /// The leaves that are computed under one filter, and where they stand in the joined row.
  ///
  /// @param metrics their values stand behind the leaves
  private record Part(
      Optional<RexNode> filter, LinkedHashSet<Leaf> leaves, LinkedHashSet<CompiledMetric> metrics) {
    Part(Optional<RexNode> filter) {
      this(filter, new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    void add(CompiledMetric metric) {
      metric.computed().forEach(leaves::add);
      metrics.add(metric);
    }
  }

  RelNode plan() {
    Dataset dataset = chain.scan().dataset();
    chain.filters().forEach(calls::refuseInCondition);
    List<Asked> asked = aggregate.getAggCallList().stream().map(calls::read).toList();
    var facts = new LinkedHashSet<Dataset>();
    facts.add(dataset);
    asked.forEach(one -> {
      if (one instanceof Asked.Value(CompiledMetric metric, _, _)) {
        facts.addAll(metric.facts());
      }
    });
    var space = new DimensionSpace(model, expressions, facts);
    List<MetricQuery.Key> keys = keys(space);
    var parts = new LinkedHashMap<String, Part>();
    Part main = new Part(Optional.empty());
    parts.put("", main);
    var leaves = new ArrayList<Optional<Leaf>>();
    for (Asked one : asked) {
      leaves.add(
          switch (one) {
            case Asked.Grouping _ -> Optional.empty();
            case Asked.Plain plain -> Optional.of(adHoc(dataset, plain, space));
            case Asked.Value(CompiledMetric metric, var filter, var otherwise) -> {
              part(parts, filter, space).add(metric);
              yield otherwise.map(condition -> count(dataset, inSpace(condition, space)));
            }
          });
      leaves.getLast().ifPresent(main.leaves()::add);
    }
    List<RexNode> before = chain.filters().stream().map(filter -> inSpace(filter, space)).toList();
    RelBuilder builder = join(parts, keys, before, space, dataset);
    return output(builder, parts, keys, asked, leaves);
  }

  private List<MetricQuery.Key> keys(DimensionSpace space) {
    var keys = new ArrayList<MetricQuery.Key>();
    for (int key : aggregate.getGroupSet()) {
      RexNode value = chain.fields().get(key);
      calls.refuseInKey(value);
      keys.add(
          new MetricQuery.Key(
              aggregate.getInput().getRowType().getFieldNames().get(key), inSpace(value, space)));
    }
    return keys;
  }

  private Part part(Map<String, Part> parts, Optional<RexNode> filter, DimensionSpace space) {
    return parts.computeIfAbsent(
        filter.map(RexNode::toString).orElse(""),
        _ -> new Part(filter.map(f -> inSpace(f, space))));
  }

  private Leaf adHoc(Dataset dataset, Asked.Plain plain, DimensionSpace space) {
    return new Leaf.AdHoc(
        dataset,
        plain.call().getAggregation(),
        plain.call().isDistinct(),
        plain.arguments().stream().map(argument -> inSpace(argument, space)).toList(),
        plain.filter().map(filter -> inSpace(filter, space)));
  }

  private static Leaf count(Dataset dataset, RexNode condition) {
    return new Leaf.AdHoc(
        dataset, SqlStdOperatorTable.COUNT, false, List.of(), Optional.of(condition));
  }

  /// From columns of the dataset's table to dimensions of the question.
  private RexNode inSpace(RexNode node, DimensionSpace space) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return space.resolve(chain.name(reference.getIndex()));
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery outer = (RexSubQuery) super.visitSubQuery(query);
            return outer.clone(SqlValues.rows(expressions, query, subQueries));
          }
        });
  }

  /// Pushes rows of the keys, the grouping id, the leaves of the first part, and the values of the
  /// metrics of each part in turn.
  private RelBuilder join(
      Map<String, Part> parts,
      List<MetricQuery.Key> keys,
      List<RexNode> before,
      DimensionSpace space,
      Dataset dataset) {
    RelBuilder builder = expressions.relBuilder();
    boolean first = true;
    for (Part part : parts.values()) {
      boolean makesGroups = first && (part.leaves().isEmpty() || parts.size() > 1);
      var filters = new ArrayList<RexNode>(before);
      part.filter().ifPresent(filters::add);
      var query =
          new MetricQuery(
              space.dimensions(),
              keys,
              aggregate.getGroupSets().stream().map(this::relative).toList(),
              Optional.ofNullable(RexUtil.composeConjunction(rex(), filters, true)),
              List.copyOf(part.leaves()),
              makesGroups ? Optional.of(dataset) : Optional.empty());
      AskedQueries.of(expressions.cluster()).add(query, part.metrics(), List.of());
      builder.push(Stitch.plan(model, expressions, query));
      var columns = new ArrayList<RexNode>();
      columns.addAll(
          builder.fields(
              ImmutableBitSet.range(keys.size() + 1 + (first ? part.leaves().size() : 0))));
      var empty = new ArrayList<RexNode>();
      for (CompiledMetric metric : part.metrics()) {
        columns.add(MetricValues.of(model, expressions, builder, query, metric));
        empty.add(ofNoRows(builder, query, metric));
      }
      builder.project(columns, names(columns.size()), true);
      if (!first) {
        join(builder, keys.size() + 1, empty);
      }
      first = false;
    }
    return builder;
  }

  private static List<String> names(int columns) {
    return IntStream.range(0, columns).mapToObj(i -> "c" + i).toList();
  }

  /// What a metric is where no row is left: a count is 0.
  private RexNode ofNoRows(RelBuilder builder, MetricQuery query, CompiledMetric metric) {
    return expressions.scalar(
        metric.above(),
        name -> {
          Leaf leaf = Optional.ofNullable(metric.leaves().get(name.getSimple())).orElseThrow();
          int at = query.leaves().indexOf(leaf);
          RelDataType type =
              at < 0
                  ? Stitch.groupingType(expressions)
                  : builder.field(query.keys().size() + 1 + at).getType();
          return leaf.isCount()
              ? rex().makeExactLiteral(java.math.BigDecimal.ZERO, type)
              : rex()
                  .makeNullLiteral(
                      expressions.cluster().getTypeFactory().createTypeWithNullability(type, true));
        });
  }

  /// Joins the last two by their keys and grouping id, and keeps the values of both.
  private void join(RelBuilder builder, int width, List<RexNode> empty) {
    int left = builder.peek(1).getRowType().getFieldCount();
    var conditions = new ArrayList<RexNode>();
    for (int i = 0; i < width; i++) {
      conditions.add(
          builder.call(
              SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
              builder.field(2, 0, i),
              builder.field(2, 1, i)));
    }
    builder.join(JoinRelType.LEFT, conditions);
    var kept = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(left)));
    for (int i = 0; i < empty.size(); i++) {
      RexNode value = builder.field(left + width + i);
      kept.add(
          builder.call(
              SqlStdOperatorTable.CASE,
              builder.isNull(builder.field(left + width - 1)),
              rex().ensureType(value.getType(), empty.get(i), true),
              value));
    }
    builder.project(kept, names(kept.size()), true);
  }

  private RelNode output(
      RelBuilder builder,
      Map<String, Part> parts,
      List<MetricQuery.Key> keys,
      List<Asked> asked,
      List<Optional<Leaf>> leaves) {
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys.size())));
    List<Leaf> plain = List.copyOf(parts.values().iterator().next().leaves());
    for (int i = 0; i < asked.size(); i++) {
      Optional<RexNode> own =
          leaves.get(i).map(leaf -> builder.field(keys.size() + 1 + plain.indexOf(leaf)));
      output.add(
          switch (asked.get(i)) {
            case Asked.Grouping(AggregateCall call) -> grouping(builder, keys, call);
            case Asked.Plain _ -> own.orElseThrow();
            case Asked.Value(CompiledMetric metric, var filter, _) -> {
              RexNode value = builder.field(position(parts, keys.size(), filter, metric));
              yield own.map(others -> zeroIfAny(builder, value, others)).orElse(value);
            }
          });
    }
    var typed = new ArrayList<RexNode>();
    for (int i = 0; i < output.size(); i++) {
      typed.add(
          rex()
              .ensureType(
                  GroupValue.withoutMeasure(aggregate.getRowType().getFieldList().get(i).getType()),
                  output.get(i),
                  true));
    }
    return builder.project(typed, aggregate.getRowType().getFieldNames(), true).build();
  }

  private static RexNode zeroIfAny(RelBuilder builder, RexNode value, RexNode others) {
    return builder.call(
        SqlStdOperatorTable.CASE,
        builder.and(builder.isNull(value), builder.greaterThan(others, builder.literal(0))),
        builder.cast(builder.literal(0), value.getType().getSqlTypeName()),
        value);
  }

  /// The column of a metric's value under a filter.
  private static int position(
      Map<String, Part> parts, int keys, Optional<RexNode> filter, CompiledMetric metric) {
    int at = keys + 1 + parts.values().iterator().next().leaves().size();
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      if (part.getKey().equals(filter.map(RexNode::toString).orElse(""))) {
        return at + List.copyOf(part.getValue().metrics()).indexOf(metric);
      }
      at += part.getValue().metrics().size();
    }
    throw new IllegalArgumentException("Invalid metric: " + metric.name());
  }

  private ImmutableBitSet relative(ImmutableBitSet set) {
    List<Integer> keys = aggregate.getGroupSet().asList();
    return ImmutableBitSet.of(set.asList().stream().map(keys::indexOf).toList());
  }

  /// GROUPING(a, b) from the grouping id of the row.
  private RexNode grouping(RelBuilder builder, List<MetricQuery.Key> all, AggregateCall call) {
    List<Integer> keys = aggregate.getGroupSet().asList();
    RexNode value = builder.literal(0L);
    for (ImmutableBitSet absolute : aggregate.getGroupSets()) {
      ImmutableBitSet set = relative(absolute);
      long bits = 0;
      for (int argument : call.getArgList()) {
        bits = bits * 2 + (set.get(keys.indexOf(argument)) ? 0 : 1);
      }
      value =
          builder.call(
              SqlStdOperatorTable.CASE,
              builder.equals(
                  builder.field(all.size()),
                  builder.literal(MetricQuery.groupingId(all.size(), set))),
              builder.literal(bits),
              value);
    }
    return value;
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}

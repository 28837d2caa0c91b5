package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Brings the leaves of a query together: one row for each grouping set and key that any leaf has.
///
/// Each leaf is aggregated on its own rows first; then the leaves are stacked and grouped once more
/// by (set, keys), where each value comes from exactly one row. So no row of one leaf meets
/// another's, a side without rows loses nothing, and a NULL key is a key like any other.
final class Stitch {
  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;

  private Stitch(CompiledModel model, Expressions expressions, MetricQuery query) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
  }

  /// @return columns: all keys (NULL where a set lacks them), the grouping id, the leaves in their
  ///   order
  static RelNode plan(CompiledModel model, Expressions expressions, MetricQuery query) {
    return new Stitch(model, expressions, query).plan();
  }

  static RelDataType groupingType(Expressions expressions) {
    return expressions.cluster().getTypeFactory().createSqlType(SqlTypeName.BIGINT);
  }

  static List<String> names(int keys, int leaves) {
    return Stream.of(
            IntStream.range(0, keys).mapToObj(i -> "k" + i),
            Stream.of("grouping_id"),
            IntStream.range(0, leaves).mapToObj(i -> "v" + i))
        .flatMap(names -> names)
        .toList();
  }

  /// Some leaves with their values, in the common form.
  private record Part(RelNode rel, List<Leaf> leaves) {}

  private RelNode plan() {
    var rows = new LeafRows(model, expressions, query);
    var parts = new ArrayList<Part>();
    query.leaves().stream()
        .flatMap(Leaf::assumed)
        .forEach(AssumedKeys.of(expressions.cluster())::add);
    for (Dataset fact : query.facts()) {
      List<Leaf> plain =
          query.leaves().stream()
              .filter(leaf -> leaf.fact().equals(fact))
              .filter(leaf -> leaf instanceof Leaf.Aggregate || leaf instanceof Leaf.AdHoc)
              .distinct()
              .toList();
      if (!plain.isEmpty() || query.rows().filter(fact::equals).isPresent()) {
        parts.add(new Part(new AggregateLeaves(expressions, query, rows).plan(fact, plain), plain));
      }
    }
    byStage().forEach((stage, leaves) -> parts.addAll(stage(rows, stage, leaves)));
    for (ImmutableBitSet set : query.sets()) {
      TimeSpine.find(model, expressions, query, set)
          .ifPresent(spine -> parts.add(new Part(widen(spine.groups(), set, 0), List.of())));
    }
    return parts.size() == 1
        ? inOrder(parts.getFirst().rel(), parts.getFirst().leaves())
        : stack(parts);
  }

  /// What leaves have in common that are computed together.
  private record Stage(Class<? extends Leaf> kind, Object of) {}

  private Map<Stage, List<Leaf>> byStage() {
    var stages = new LinkedHashMap<Stage, List<Leaf>>();
    for (Leaf leaf : query.leaves()) {
      Optional<Object> of =
          switch (leaf) {
            case Leaf.Aggregate _, Leaf.AdHoc _, Leaf.Ranked _ -> Optional.empty();
            case Leaf.Sequence sequence -> Optional.of(sequence.metric());
            case Leaf.Conversion conversion -> Optional.of(conversion.metric());
            case Leaf.Reached reached ->
                Optional.of(List.of(reached.fact().name(), reached.dataset().name()));
            case Leaf.LookBack(Leaf.Aggregate base, TimeFrame frame) ->
                Optional.of(List.of(base.fact().name(), frame));
            case Leaf.Last(Leaf.Aggregate base, var metric) ->
                Optional.of(List.of(base.fact().name(), metric.name()));
            case Leaf.Earlier(Leaf base, var metric) ->
                Optional.of(List.of(base.fact().name(), metric.name()));
            case Leaf.Regrained(Leaf base, var metric) ->
                Optional.of(List.of(base.fact().name(), metric.name()));
            case Leaf.Nested nested -> Optional.of(nested);
          };
      of.ifPresent(common -> {
        List<Leaf> leaves =
            stages.computeIfAbsent(new Stage(leaf.getClass(), common), _ -> new ArrayList<>());
        if (!leaves.contains(leaf)) {
          leaves.add(leaf);
        }
      });
    }
    return stages;
  }

  private List<Part> stage(LeafRows rows, Stage stage, List<Leaf> leaves) {
    Dataset fact = leaves.getFirst().fact();
    if (stage.of() instanceof Metric.Conversion metric) {
      RelNode rel =
          new ConversionLeaves(model, expressions, query, fact, metric)
              .plan(cast(leaves, Leaf.Conversion.class));
      return List.of(new Part(rel, leaves));
    }
    return query.sets().stream()
        .map(set -> new Part(widen(atSet(rows, set, fact, leaves), set, leaves.size()), leaves))
        .toList();
  }

  /// Columns: the keys of the set, then the leaves.
  private RelNode atSet(LeafRows rows, ImmutableBitSet set, Dataset fact, List<Leaf> leaves) {
    var elsewhere = new ElsewhereLeaves(model, expressions, query);
    return switch (leaves.getFirst()) {
      case Leaf.Sequence sequence ->
          new SequenceLeaves(model, expressions, query, rows)
              .plan(
                  fact,
                  sequence.metric(),
                  set,
                  cast(leaves, Leaf.Sequence.class).stream().map(Leaf.Sequence::facet).toList());
      case Leaf.Reached reached ->
          new ReachedLeaves(model, expressions, query, fact, reached.dataset())
              .plan(set, cast(leaves, Leaf.Reached.class));
      case Leaf.LookBack lookBack ->
          new LookBackLeaves(model, expressions, query, fact, lookBack.frame())
              .plan(set, cast(leaves, Leaf.LookBack.class));
      case Leaf.Last last ->
          new LastLeaves(model, expressions, query, fact, last.metric())
              .plan(set, cast(leaves, Leaf.Last.class));
      case Leaf.Earlier earlier ->
          elsewhere.earlier(
              set,
              fact,
              earlier.metric(),
              cast(leaves, Leaf.Earlier.class).stream().map(Leaf.Earlier::base).toList());
      case Leaf.Regrained regrained ->
          elsewhere.regrained(
              set,
              fact,
              regrained.metric(),
              cast(leaves, Leaf.Regrained.class).stream().map(Leaf.Regrained::base).toList());
      case Leaf.Nested nested -> elsewhere.nested(set, nested);
      case Leaf.Aggregate _, Leaf.AdHoc _, Leaf.Conversion _, Leaf.Ranked _ ->
          throw new IllegalArgumentException("Invalid leaf of one set: " + leaves);
    };
  }

  private static <T extends Leaf> List<T> cast(List<Leaf> leaves, Class<T> kind) {
    return leaves.stream().map(kind::cast).toList();
  }

  /// From the keys of one set to all keys and the grouping id.
  private RelNode widen(RelNode values, ImmutableBitSet set, int leaves) {
    RelBuilder builder = expressions.relBuilder().push(values);
    var output = new ArrayList<RexNode>();
    int at = 0;
    for (int key = 0; key < query.keys().size(); key++) {
      output.add(
          set.get(key)
              ? builder.field(at++)
              : rex().makeNullLiteral(nullable(query.keys().get(key).value().getType())));
    }
    output.add(grouping(query.groupingId(set)));
    for (int leaf = 0; leaf < leaves; leaf++) {
      output.add(builder.field(set.cardinality() + leaf));
    }
    return builder.project(output, names(query.keys().size(), leaves), true).build();
  }

  private RelNode stack(List<Part> parts) {
    List<Leaf> leaves = parts.stream().flatMap(part -> part.leaves().stream()).distinct().toList();
    int keys = query.keys().size();
    RelBuilder builder = expressions.relBuilder();
    for (Part part : parts) {
      builder.push(part.rel());
      var output = new ArrayList<RexNode>();
      for (int key = 0; key < keys; key++) {
        output.add(
            rex()
                .ensureType(
                    nullable(query.keys().get(key).value().getType()), builder.field(key), true));
      }
      output.add(builder.field(keys));
      for (Leaf leaf : leaves) {
        int at = part.leaves().indexOf(leaf);
        output.add(
            at < 0
                ? rex().makeNullLiteral(typeOf(parts, leaf))
                : rex().ensureType(typeOf(parts, leaf), builder.field(keys + 1 + at), true));
      }
      builder.project(output, names(keys, leaves.size()), true);
    }
    builder.union(true, parts.size());
    var values = new ArrayList<RelBuilder.AggCall>();
    for (int i = 0; i < leaves.size(); i++) {
      values.add(builder.max("v" + i, builder.field(keys + 1 + i)));
    }
    builder.aggregate(builder.groupKey(ImmutableBitSet.range(keys + 1)), values);
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys + 1)));
    for (int i = 0; i < leaves.size(); i++) {
      RexNode value = builder.field(keys + 1 + i);
      // A count over no rows is 0, also where only another leaf has the group.
      output.add(
          leaves.get(i).isCount()
              ? builder.call(
                  SqlStdOperatorTable.CASE,
                  builder.isNull(value),
                  rex().makeExactLiteral(java.math.BigDecimal.ZERO, value.getType()),
                  value)
              : value);
    }
    RelNode stacked = builder.project(output, names(keys, leaves.size()), true).build();
    return inOrder(stacked, leaves);
  }

  /// One column for each leaf of the query, in its order.
  private RelNode inOrder(RelNode rel, List<Leaf> leaves) {
    RelBuilder builder = expressions.relBuilder().push(rel);
    int keys = query.keys().size();
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys + 1)));
    for (Leaf leaf : query.leaves()) {
      output.add(builder.field(keys + 1 + leaves.indexOf(leaf)));
    }
    return builder.project(output, names(keys, query.leaves().size()), true).build();
  }

  private RelDataType typeOf(List<Part> parts, Leaf leaf) {
    for (Part part : parts) {
      int at = part.leaves().indexOf(leaf);
      if (at >= 0) {
        return nullable(
            part.rel().getRowType().getFieldList().get(query.keys().size() + 1 + at).getType());
      }
    }
    throw new IllegalArgumentException("Invalid leaf: " + leaf);
  }

  private RexNode grouping(long id) {
    return rex().makeExactLiteral(java.math.BigDecimal.valueOf(id), groupingType(expressions));
  }

  private RelDataType nullable(RelDataType type) {
    return expressions.cluster().getTypeFactory().createTypeWithNullability(type, true);
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}

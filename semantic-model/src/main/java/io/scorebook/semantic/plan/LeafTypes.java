package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// The types of leaves, without a question: a leaf that needs certain keys has its type without
/// them.
final class LeafTypes {
  private final CompiledModel model;
  private final Expressions expressions;

  LeafTypes(CompiledModel model, Expressions expressions) {
    this.model = model;
    this.expressions = expressions;
  }

  /// The type of the leaf's values; they may be NULL.
  RelDataType of(Leaf leaf) {
    RelDataType type =
        switch (leaf) {
          case Leaf.Aggregate _, Leaf.AdHoc _, Leaf.Sequence _, Leaf.Conversion _ -> planned(leaf);
          case Leaf.Reached reached -> of(reached.base());
          case Leaf.LookBack(Leaf.Aggregate base, _) -> of(base);
          case Leaf.Last(Leaf.Aggregate base, _) -> of(base);
          case Leaf.Earlier(Leaf base, _) -> of(base);
          case Leaf.Regrained(Leaf base, _) -> of(base);
          case Leaf.Nested nested -> planned(nested);
          case Leaf.Ranked _ ->
              expressions.cluster().getTypeFactory().createSqlType(SqlTypeName.BIGINT);
        };
    return expressions.cluster().getTypeFactory().createTypeWithNullability(type, true);
  }

  private RelDataType planned(Leaf leaf) {
    var query =
        new MetricQuery(
            List.of(),
            List.of(),
            List.of(ImmutableBitSet.of()),
            Optional.empty(),
            List.of(leaf),
            Optional.empty());
    return Stitch.plan(model, expressions, query).getRowType().getFieldList().getLast().getType();
  }

  /// The type of a metric's values.
  RelDataType of(CompiledMetric metric) {
    var rex = expressions.cluster().getRexBuilder();
    RelBuilder builder = expressions.relBuilder();
    List<Leaf> leaves = List.copyOf(metric.leaves().values());
    builder.values(
        expressions
            .cluster()
            .getTypeFactory()
            .createStructType(
                leaves.stream().map(this::of).toList(),
                java.util.stream.IntStream.range(0, leaves.size())
                    .mapToObj(i -> "v" + i)
                    .toList()));
    RelDataType type =
        expressions
            .scalar(
                metric.above(),
                identifier ->
                    rex.makeInputRef(
                        builder.peek(),
                        leaves.indexOf(metric.leaves().get(identifier.getSimple()))))
            .getType();
    return expressions.cluster().getTypeFactory().createTypeWithNullability(type, true);
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// The events of a conversion, and those that were followed as wanted, at all grouping sets.
///
/// What follows an event is looked for among all rows of its entity that the filters leave,
/// whatever group they belong to; the event then counts in its own group.
final class ConversionLeaves {
  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;
  private final Dataset fact;
  private final Metric.Conversion metric;

  ConversionLeaves(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      Dataset fact,
      Metric.Conversion metric) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
    this.fact = fact;
    this.metric = metric;
  }

  /// @return columns: all keys, the grouping id, the leaves
  RelNode plan(List<Leaf.Conversion> leaves) {
    AssumedKeys.of(expressions.cluster()).add(AssumedKeys.order(fact));
    int keys = query.keys().size();
    int entities = metric.entity().size();
    List<String> order = order();
    var columns = new ArrayList<LeafRows.Column>();
    Stream.concat(metric.entity().stream(), order.stream())
        .forEach(name -> columns.add(field(name)));
    columns.add(new LeafRows.Column.OfFields(isTrue(leaves.getFirst().event())));
    columns.add(new LeafRows.Column.OfFields(isTrue(leaves.getFirst().then())));
    RelBuilder builder =
        new LeafRows(model, expressions, query).push(fact, ImmutableBitSet.range(keys), columns);
    int ordered = keys + entities;
    RexNode event = builder.field(ordered + order.size());
    RexNode then = builder.field(ordered + order.size() + 1);
    List<RexNode> inOrder =
        IntStream.range(ordered, ordered + order.size())
            .mapToObj(i -> (RexNode) builder.nullsLast(builder.field(i)))
            .toList();
    RexNode followed;
    RexNode converted;
    switch (metric.within()) {
      case Metric.Rolling.Frame.Rows(int count) -> {
        RexWindowBound last = RexWindowBounds.following(builder.literal(count));
        followed = some(builder, ordered, keys, inOrder, builder.literal(1), last);
        converted =
            some(builder, ordered, keys, inOrder, when(builder, then, builder.literal(1)), last);
      }
      case Metric.Rolling.Frame.Days(int count) -> {
        // Days are counted by the first field of the order.
        if (!Grain.isOf(builder.field(ordered).getType())) {
          throw new IllegalArgumentException(
              "Invalid metric '%s': its days are counted by '%s', which is no date or time"
                  .formatted(metric.name(), metric.order().getFirst()));
        }
        RexNode at = Grain.DAY.of(rex(), builder.field(ordered));
        followed = within(builder, ordered, keys, inOrder, at, at, count);
        converted = within(builder, ordered, keys, inOrder, at, when(builder, then, at), count);
      }
    }
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    for (Leaf.Conversion leaf : leaves) {
      output.add(
          builder.call(
              SqlStdOperatorTable.IS_TRUE,
              leaf.converted()
                  ? builder.and(event, converted)
                  : switch (metric.of()) {
                    case ALL -> event;
                    case FOLLOWED -> builder.and(event, followed);
                  }));
    }
    builder.project(output);
    return count(builder, keys, leaves.size());
  }

  private RelNode count(RelBuilder builder, int keys, int leaves) {
    var calls = new ArrayList<RelBuilder.AggCall>();
    boolean oneSet = query.sets().size() == 1;
    if (!oneSet) {
      calls.add(
          builder
              .aggregateCall(
                  SqlStdOperatorTable.GROUPING, builder.fields(ImmutableBitSet.range(keys)))
              .as("grouping"));
    }
    for (int i = 0; i < leaves; i++) {
      calls.add(
          builder
              .aggregateCall(SqlStdOperatorTable.COUNT)
              .filter(builder.field(keys + i))
              .as("v" + i));
    }
    builder.aggregate(builder.groupKey(ImmutableBitSet.range(keys), query.sets()), calls);
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    output.add(
        rex()
            .ensureType(
                Stitch.groupingType(expressions),
                oneSet
                    ? builder.literal(query.groupingId(query.sets().getFirst()))
                    : builder.field(keys),
                false));
    for (int i = 0; i < leaves; i++) {
      output.add(builder.field(keys + (oneSet ? 0 : 1) + i));
    }
    return builder.project(output, Stitch.names(keys, leaves), true).build();
  }

  /// Whether any of the following rows, up to the last of the frame, has the value.
  private static RexNode some(
      RelBuilder builder,
      int ordered,
      int keys,
      List<RexNode> inOrder,
      RexNode value,
      RexWindowBound last) {
    return builder.call(
        SqlStdOperatorTable.GREATER_THAN,
        builder
            .aggregateCall(SqlStdOperatorTable.COUNT, value)
            .over()
            .partitionBy(builder.fields(ImmutableBitSet.range(keys, ordered)))
            .orderBy(inOrder)
            .rowsBetween(RexWindowBounds.following(builder.literal(1)), last)
            .toRex(),
        builder.literal(0L));
  }

  /// Whether the first following day that is not NULL lies within so many days.
  private RexNode within(
      RelBuilder builder,
      int ordered,
      int keys,
      List<RexNode> inOrder,
      RexNode at,
      RexNode day,
      int days) {
    RexNode first =
        builder
            .aggregateCall(SqlStdOperatorTable.MIN, day)
            .over()
            .partitionBy(builder.fields(ImmutableBitSet.range(keys, ordered)))
            .orderBy(inOrder)
            .rowsBetween(
                RexWindowBounds.following(builder.literal(1)), RexWindowBounds.UNBOUNDED_FOLLOWING)
            .toRex();
    RexNode end =
        rex()
            .makeCall(
                at.getType(),
                SqlStdOperatorTable.DATETIME_PLUS,
                List.of(
                    at,
                    rex()
                        .makeIntervalLiteral(
                            java.math.BigDecimal.valueOf(days * 86_400_000L),
                            new SqlIntervalQualifier(TimeUnit.DAY, null, SqlParserPos.ZERO))));
    return builder.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, first, end);
  }

  private RexNode when(RelBuilder builder, RexNode condition, RexNode value) {
    return builder.call(
        SqlStdOperatorTable.CASE,
        condition,
        value,
        rex()
            .makeNullLiteral(
                expressions
                    .cluster()
                    .getTypeFactory()
                    .createTypeWithNullability(value.getType(), true)));
  }

  /// The primary key makes the order total.
  private List<String> order() {
    return Stream.concat(
            metric.order().stream(), fact.primaryKey().stream().map(key -> fact.name() + "." + key))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .distinct()
        .filter(name -> metric.entity().stream().noneMatch(name::equalsIgnoreCase))
        .toList();
  }

  private static LeafRows.Column field(String name) {
    return new LeafRows.Column.OfFields(
        new SqlIdentifier(List.of(name.split("\\.", -1)), SqlParserPos.ZERO));
  }

  private static SqlNode isTrue(SqlNode condition) {
    return SqlStdOperatorTable.IS_TRUE.createCall(condition.getParserPosition(), condition);
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Cumulative and rolling aggregates at one grouping set.
///
/// Every row sees the rows before it in a window over all keys but periods; then each group takes
/// what its last row sees. Filters on time choose which rows are shown, not which are seen. A row
/// without a time belongs to no period: it is seen by none and sees nothing.
final class LookBackLeaves {
  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;
  private final Dataset fact;
  private final TimeFrame frame;

  LookBackLeaves(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      Dataset fact,
      TimeFrame frame) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
    this.fact = fact;
    this.frame = frame;
  }

  /// Where the columns behind the keys of the set stand.
  private final class Layout {
    final List<LeafRows.Column> columns = new ArrayList<>();
    final int keys;
    final int time;
    final int shown;
    final int restart;
    final int entity;
    final int order;
    final int orders;
    final int arguments;

    Layout(ImmutableBitSet set, TimeSplit split, List<Leaf.LookBack> leaves) {
      keys = set.cardinality();
      time = add(new LeafRows.Column.OfPath(model.dimension(fact, frame.time())));
      shown =
          split.shown().isPresent()
              ? add(new LeafRows.Column.OfDimensions(split.shown().get()))
              : -1;
      restart =
          frame.restart().isPresent()
              ? add(
                  new LeafRows.Column.OfPath(
                      model.dimension(
                          fact,
                          Grain.find(frame.restart().get()).isPresent()
                              ? frame.time()
                              : frame.restart().get())))
              : -1;
      entity = keys + columns.size();
      frame.entity().forEach(name -> add(field(name)));
      order = keys + columns.size();
      List<String> names = frame.order().isEmpty() ? List.of() : order();
      names.forEach(name -> add(field(name)));
      orders = names.size();
      arguments = keys + columns.size();
      leaves.forEach(leaf -> add(new LeafRows.Column.OfFields(argument(leaf.base()))));
    }

    EmptyPeriods.Places places(ImmutableBitSet set, List<Leaf.LookBack> leaves) {
      return new EmptyPeriods.Places(
          set.cardinality(),
          time,
          shown,
          restart,
          entity,
          order,
          arguments,
          arguments + leaves.size());
    }

    private int add(LeafRows.Column column) {
      columns.add(column);
      return keys + columns.size() - 1;
    }
  }

  private static LeafRows.Column field(String name) {
    return new LeafRows.Column.OfFields(
        new SqlIdentifier(List.of(name.split("\\.", -1)), SqlParserPos.ZERO));
  }

  /// The primary key makes the order total.
  private List<String> order() {
    return Stream.concat(
            frame.order().stream(), fact.primaryKey().stream().map(key -> fact.name() + "." + key))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .distinct()
        .filter(name -> frame.entity().stream().noneMatch(name::equalsIgnoreCase))
        .toList();
  }

  /// What is aggregated; NULL where the filter does not hold.
  private static SqlNode argument(Leaf.Aggregate base) {
    SqlNode argument = base.arguments().getFirst();
    return base.filter()
        .<SqlNode>map(filter ->
            SqlCase.createSwitched(
                SqlParserPos.ZERO,
                null,
                org.apache.calcite.sql.SqlNodeList.of(filter),
                org.apache.calcite.sql.SqlNodeList.of(argument),
                org.apache.calcite.sql.SqlLiteral.createNull(SqlParserPos.ZERO)))
        .orElse(argument);
  }

  /// @return columns: the keys of the set, then the leaves
  RelNode plan(ImmutableBitSet set, List<Leaf.LookBack> leaves) {
    if (!frame.entity().isEmpty()
        && frame.combine().isEmpty()
        && !Entities.named(model, query, fact, frame.entity(), set)) {
      throw notNamed();
    }
    if (frame.combine().isEmpty()) {
      Entities.assumeNames(
          model, AssumedKeys.of(expressions.cluster()), query, fact, frame.entity(), set);
    }
    if (!frame.order().isEmpty() && !fact.primaryKey().isEmpty()) {
      AssumedKeys.of(expressions.cluster()).add(AssumedKeys.order(fact));
    }
    var split = new TimeSplit(model, expressions, query, fact, frame.metric(), frame.time());
    ImmutableBitSet periods = split.periods(set);
    var layout = new Layout(set, split, leaves);
    RelBuilder builder =
        new LeafRows(model, expressions, query.withBefore(split.rows()))
            .push(fact, set, layout.columns);
    Optional<EmptyPeriods> empty =
        TimeSpine.find(model, expressions, query, set)
            .filter(spine -> spine.axis().isTime(model, fact, frame.time()))
            .map(spine ->
                new EmptyPeriods(model, expressions, query, fact, frame, spine, set, periods));
    boolean ofRows = frame.rolling().orElse(null) instanceof Metric.Rolling.Frame.Rows;
    if (!ofRows) {
      empty.ifPresent(rows -> rows.add(builder, layout.places(set, leaves)));
    }
    see(builder, periods, set, layout, leaves, empty.isPresent() && !ofRows);
    if (ofRows) {
      empty.ifPresent(
          rows -> rows.carry(builder, layout.places(set, leaves), inOrder(builder, layout)));
    }
    if (layout.shown >= 0) {
      builder.filter(builder.field(layout.shown));
    }
    last(builder, layout);
    List<Integer> output =
        IntStream.concat(
                IntStream.range(0, layout.keys),
                IntStream.range(layout.arguments, layout.arguments + leaves.size()))
            .boxed()
            .toList();
    builder.project(builder.fields(output));
    return frame.entity().isEmpty() && layout.keys > 0
        ? builder.build()
        : combine(builder, layout.keys, leaves.size());
  }

  private Refusal notNamed() {
    List<String> names = Entities.dimensions(model, fact, frame.entity());
    return new Refusal(
        Issue.Code.NOT_GROUPABLE,
        frame.metric(),
        "Cannot compute '%s' above its entity: how the values of several become one is not declared; group by %s"
            .formatted(frame.metric(), String.join(" or ", names)),
        names);
  }

  /// Replaces the arguments by what each row sees of them.
  private void see(
      RelBuilder builder,
      ImmutableBitSet periods,
      ImmutableBitSet set,
      Layout layout,
      List<Leaf.LookBack> leaves,
      boolean hasEmpty) {
    var partition = new ArrayList<RexNode>();
    int at = 0;
    for (int key : set) {
      if (!periods.get(key)) {
        partition.add(builder.field(at));
      }
      at++;
    }
    RexNode time = builder.field(layout.time);
    if (layout.restart >= 0) {
      RexNode value = builder.field(layout.restart);
      partition.add(
          Grain.find(frame.restart().orElseThrow())
              .map(grain -> grain.of(rex(), value))
              .orElse(value));
    }
    for (int i = layout.entity; i < layout.order; i++) {
      partition.add(builder.field(i));
    }
    partition.add(builder.isNull(time));
    var columns = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(layout.arguments)));
    for (int i = 0; i < leaves.size(); i++) {
      Leaf.Aggregate base = leaves.get(i).base();
      RexNode seen =
          over(builder, layout, partition, base.function(), base.distinct(), layout.arguments + i);
      RexNode value =
          builder.call(
              SqlStdOperatorTable.CASE,
              builder.and(builder.isNotNull(time), full(builder, layout, partition)),
              seen,
              rex().makeNullLiteral(nullable(seen)));
      columns.add(
          hasEmpty && base.isCount()
              ? builder.call(
                  SqlStdOperatorTable.CASE,
                  builder.and(
                      builder.field(layout.arguments + leaves.size()), builder.isNull(value)),
                  rex().makeExactLiteral(java.math.BigDecimal.ZERO, seen.getType()),
                  value)
              : value);
    }
    builder.project(
        columns, builder.peek().getRowType().getFieldNames().subList(0, columns.size()), true);
  }

  private RexNode full(RelBuilder builder, Layout layout, List<RexNode> partition) {
    return frame.rolling().orElse(null) instanceof Metric.Rolling.Frame.Rows(int count)
        ? builder.equals(
            over(builder, layout, partition, SqlStdOperatorTable.COUNT, false, -1),
            builder.literal((long) count))
        : builder.literal(true);
  }

  private RexNode over(
      RelBuilder builder,
      Layout layout,
      List<RexNode> partition,
      SqlAggFunction function,
      boolean distinct,
      int argument) {
    RelBuilder.OverCall call =
        builder
            .aggregateCall(function, argument < 0 ? List.of() : List.of(builder.field(argument)))
            .distinct(distinct)
            .over()
            .partitionBy(partition);
    return switch (frame.rolling().orElse(null)) {
      case null ->
          call.orderBy(builder.nullsLast(builder.field(layout.time)))
              .rangeBetween(RexWindowBounds.UNBOUNDED_PRECEDING, RexWindowBounds.CURRENT_ROW)
              .toRex();
      case Metric.Rolling.Frame.Days(int count) ->
          call.orderBy(builder.nullsLast(Grain.DAY.of(rex(), builder.field(layout.time))))
              .rangeBetween(RexWindowBounds.preceding(days(count - 1)), RexWindowBounds.CURRENT_ROW)
              .toRex();
      case Metric.Rolling.Frame.Rows(int count) ->
          call.orderBy(inOrder(builder, layout))
              .rowsBetween(
                  RexWindowBounds.preceding(builder.literal(count - 1)),
                  RexWindowBounds.CURRENT_ROW)
              .toRex();
    };
  }

  private static List<RexNode> inOrder(RelBuilder builder, Layout layout) {
    return IntStream.range(layout.order, layout.order + layout.orders)
        .mapToObj(i -> (RexNode) builder.nullsLast(builder.field(i)))
        .toList();
  }

  private RexNode days(int count) {
    return rex()
        .makeIntervalLiteral(
            java.math.BigDecimal.valueOf(count * 86_400_000L),
            new SqlIntervalQualifier(TimeUnit.DAY, null, SqlParserPos.ZERO));
  }

  /// Keeps the last row of each group and entity.
  private static void last(RelBuilder builder, Layout layout) {
    var partition = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(layout.keys)));
    for (int i = layout.entity; i < layout.order; i++) {
      partition.add(builder.field(i));
    }
    var order = new ArrayList<RexNode>();
    order.add(builder.isNull(builder.field(layout.time)));
    if (layout.orders == 0) {
      order.add(builder.desc(builder.field(layout.time)));
    }
    for (int i = layout.order; i < layout.order + layout.orders; i++) {
      order.add(builder.nullsFirst(builder.desc(builder.field(i))));
    }
    RexNode place =
        builder
            .aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
            .over()
            .partitionBy(partition)
            .orderBy(order)
            .rowsUnbounded()
            .toRex();
    builder
        .projectPlus(builder.alias(place, "place"))
        .filter(builder.equals(builder.field("place"), builder.literal(1)));
  }

  /// One row for each group, and one in total also where there are no rows. Without a way to
  /// combine them a group has the value of its one entity: where it has several, since none of them
  /// has the name that it is grouped by, it has none.
  private RelNode combine(RelBuilder builder, int keys, int leaves) {
    SqlAggFunction function =
        switch (frame.combine().orElse(Metric.Rolling.Combine.MAX)) {
          case SUM -> SqlStdOperatorTable.SUM;
          case MIN -> SqlStdOperatorTable.MIN;
          case MAX -> SqlStdOperatorTable.MAX;
        };
    var calls = new ArrayList<RelBuilder.AggCall>();
    for (int i = 0; i < leaves; i++) {
      calls.add(builder.aggregateCall(function, builder.field(keys + i)).as("v" + i));
    }
    calls.add(builder.countStar("entities"));
    builder.aggregate(builder.groupKey(ImmutableBitSet.range(keys)), calls);
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(keys)));
    for (int i = 0; i < leaves; i++) {
      RexNode value = builder.field(keys + i);
      output.add(
          frame.combine().isPresent()
              ? value
              : builder.call(
                  SqlStdOperatorTable.CASE,
                  builder.equals(builder.field("entities"), builder.literal(1L)),
                  value,
                  rex().makeNullLiteral(nullable(value))));
    }
    return builder.project(output).build();
  }

  private org.apache.calcite.rel.type.RelDataType nullable(RexNode value) {
    return expressions.cluster().getTypeFactory().createTypeWithNullability(value.getType(), true);
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}

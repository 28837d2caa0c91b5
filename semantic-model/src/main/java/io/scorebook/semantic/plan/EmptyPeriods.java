package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// What a look back sees in a period that is filled and has no rows: what a row on the period's
/// last day would see.
///
/// Such a row is put among the others, with nothing to aggregate. Of a calendar's period the days
/// are not known without rows: there the last row of an earlier period stands for it, and what
/// needs the days is refused.
final class EmptyPeriods {
  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;
  private final Dataset fact;
  private final TimeFrame frame;
  private final TimeSpine spine;
  private final ImmutableBitSet set;
  private final ImmutableBitSet periods;

  /// Where the columns stand: the keys first, `shown` and `restart` -1 where there are none.
  ///
  /// @param values of the leaves, or their arguments
  /// @param end behind the last of them
  record Places(
      int keys, int time, int shown, int restart, int entity, int order, int values, int end) {}

  /// @throws Refusal where what a row would see is not known
  EmptyPeriods(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      Dataset fact,
      TimeFrame frame,
      TimeSpine spine,
      ImmutableBitSet set,
      ImmutableBitSet periods) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
    this.fact = fact;
    this.frame = frame;
    this.spine = spine;
    this.set = set;
    this.periods = periods;
    if (spine.isCalendar()) {
      boolean ofDays = frame.rolling().orElse(null) instanceof Metric.Rolling.Frame.Days;
      boolean ofOther = frame.restart().filter(restart -> restartKey(restart) < 0).isPresent();
      if (ofDays || ofOther) {
        throw new Refusal(
            Issue.Code.NOT_GROUPABLE,
            frame.metric(),
            "Cannot fill '%s' for '%s': which days a period of it without rows has is not known; fill a grain of '%s'"
                .formatted(query.keys().get(spine.filled()).name(), frame.metric(), frame.time()),
            List.of(frame.time()));
      }
    }
  }

  /// The key that is the period with which the metric begins anew; -1 where none is.
  private int restartKey(String restart) {
    if (Grain.find(restart).isPresent()) {
      return -1;
    }
    FieldPath path = model.dimension(fact, restart);
    return set.asList().stream()
        .filter(key ->
            query.keys().get(key).value() instanceof RexInputRef reference
                && model
                    .dimension(fact, query.space().get(reference.getIndex()).name())
                    .equals(path))
        .findFirst()
        .orElse(-1);
  }

  /// Adds a row for each empty period, and a last column that tells them from the others.
  void add(RelBuilder builder, Places at) {
    stack(builder, at, List.of());
    var output = new ArrayList<RexNode>(builder.fields());
    RexNode isEmpty = builder.field(at.end());
    if (spine.isCalendar()) {
      output.set(
          at.time(),
          when(builder, isEmpty, latest(builder, at, at.time()), builder.field(at.time())));
    }
    if (at.restart() >= 0
        && Grain.find(frame.restart().orElseThrow()).isEmpty()
        && restartKey(frame.restart().orElseThrow()) < 0) {
      // The calendar goes on as it was.
      output.set(
          at.restart(),
          when(builder, isEmpty, latest(builder, at, at.restart()), builder.field(at.restart())));
    }
    builder.project(output, builder.peek().getRowType().getFieldNames(), true);
  }

  /// Adds a row for each empty period and entity, with the values of the entity's last row before
  /// it; and a last column as above.
  ///
  /// @param inOrder how the rows of an entity follow each other
  void carry(RelBuilder builder, Places at, List<RexNode> inOrder) {
    RexNode number =
        builder
            .aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
            .over()
            .partitionBy(partition(builder, at))
            .orderBy(inOrder)
            .rowsUnbounded()
            .toRex();
    RexNode time = builder.field(at.time());
    RexNode numbered =
        when(builder, builder.isNotNull(time), number, rex().makeNullLiteral(nullable(number)));
    stack(builder, at, List.of(numbered));
    RexNode isEmpty = builder.field(at.end());
    RexNode link =
        when(builder, isEmpty, latest(builder, at, at.end() + 1), builder.field(at.end() + 1));
    builder.project(
        with(builder.fields(ImmutableBitSet.range(at.end() + 1)), link), List.of(), true);
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(at.end() + 1)));
    for (int i = at.values(); i < at.end(); i++) {
      var shared = partition(builder, at);
      shared.add(builder.field(at.end() + 1));
      RexNode carried =
          builder
              .aggregateCall(SqlStdOperatorTable.MAX, builder.field(i))
              .over()
              .partitionBy(shared)
              .rowsUnbounded()
              .toRex();
      output.set(
          i,
          when(
              builder,
              builder.and(builder.field(at.end()), builder.isNotNull(builder.field(at.end() + 1))),
              carried,
              builder.field(i)));
    }
    builder.project(output, List.of(), true);
  }

  /// The largest value of a column among the rows up to the period, each entity's for itself.
  private RexNode latest(RelBuilder builder, Places at, int column) {
    RexNode along =
        spine.isCalendar()
            ? builder.field(set.asList().indexOf(spine.filled()))
            : builder.field(at.time());
    return builder
        .aggregateCall(SqlStdOperatorTable.MAX, builder.field(column))
        .over()
        .partitionBy(partition(builder, at))
        .orderBy(builder.nullsLast(along))
        .rangeBetween(RexWindowBounds.UNBOUNDED_PRECEDING, RexWindowBounds.CURRENT_ROW)
        .toRex();
  }

  private List<RexNode> partition(RelBuilder builder, Places at) {
    var partition = new ArrayList<RexNode>();
    int place = 0;
    for (int key : set) {
      if (!periods.get(key)) {
        partition.add(builder.field(place));
      }
      place++;
    }
    IntStream.range(at.entity(), at.order()).forEach(i -> partition.add(builder.field(i)));
    return partition;
  }

  /// The rows, then those of the empty periods. Columns: as before, whether it is of an empty
  /// period, what is more (of the others NULL).
  private void stack(RelBuilder builder, Places at, List<RexNode> more) {
    RelNode rows = builder.build();
    builder.push(rows);
    var real = new ArrayList<RexNode>(builder.fields());
    real.add(builder.literal(false));
    real.addAll(more);
    builder.project(real, List.of(), true);
    List<RelDataTypeField> types = builder.peek().getRowType().getFieldList();
    pushEmpty(builder, at, rows);
    int entities = at.order() - at.entity();
    var empty = new ArrayList<RexNode>();
    for (int i = 0; i < types.size(); i++) {
      RelDataType type =
          expressions
              .cluster()
              .getTypeFactory()
              .createTypeWithNullability(types.get(i).getType(), true);
      RexNode lastDay = builder.field(at.keys());
      RexNode value;
      if (i < at.keys()) {
        value = builder.field(i);
      } else if (i == at.time()) {
        value = new Days(expressions).at(lastDay, type, Days.LAST_SECOND);
      } else if (i == at.shown() || i == at.end()) {
        value = builder.literal(true);
      } else if (i == at.restart()) {
        value = restart(builder, lastDay, type);
      } else if (i >= at.entity() && i < at.entity() + entities) {
        value = builder.field(at.keys() + 1 + i - at.entity());
      } else {
        value = rex().makeNullLiteral(type);
      }
      empty.add(rex().ensureType(type, value, true));
    }
    builder.project(empty, List.of(), true);
    builder.union(true);
  }

  private RexNode restart(RelBuilder builder, RexNode lastDay, RelDataType type) {
    String restart = frame.restart().orElseThrow();
    if (Grain.find(restart).isPresent()) {
      return new Days(expressions).at(lastDay, type, Days.LAST_SECOND);
    }
    int key = restartKey(restart);
    return key < 0 ? rex().makeNullLiteral(type) : builder.field(set.asList().indexOf(key));
  }

  /// The empty periods: the keys, the last day, and the entities that the other keys have.
  private void pushEmpty(RelBuilder builder, Places at, RelNode rows) {
    builder.push(spine.empty(fact));
    if (at.order() == at.entity()) {
      return;
    }
    builder.push(rows);
    builder.project(partition(builder, at), List.of(), true);
    int width = builder.peek().getRowType().getFieldCount();
    int others = width - (at.order() - at.entity());
    builder.aggregate(builder.groupKey(ImmutableBitSet.range(width)));
    var same = new ArrayList<RexNode>();
    int place = 0;
    int other = 0;
    for (int key : set) {
      if (!periods.get(key)) {
        same.add(
            builder.isNotDistinctFrom(builder.field(2, 0, place), builder.field(2, 1, other++)));
      }
      place++;
    }
    builder.join(JoinRelType.INNER, same.isEmpty() ? builder.literal(true) : builder.and(same));
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(at.keys() + 1)));
    output.addAll(
        builder.fields(ImmutableBitSet.range(at.keys() + 1 + others, at.keys() + 1 + width)));
    builder.project(output, List.of(), true);
  }

  private static List<RexNode> with(List<RexNode> fields, RexNode more) {
    var all = new ArrayList<RexNode>(fields);
    all.add(more);
    return all;
  }

  private RexNode when(RelBuilder builder, RexNode condition, RexNode then, RexNode otherwise) {
    return builder.call(SqlStdOperatorTable.CASE, condition, then, otherwise);
  }

  private RelDataType nullable(RexNode value) {
    return expressions.cluster().getTypeFactory().createTypeWithNullability(value.getType(), true);
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}

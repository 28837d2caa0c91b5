package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Tells of each row of an answer whether its period is incomplete: not over yet by the last day of
/// the data, or cut by a filter on time.
///
/// The data of a question reach to the first of its facts' last days, whatever is filtered. A
/// period of days is over when they reach its last day; one of a calendar when they reach a later
/// one. It is cut where a filter on time leaves out its first or its last day; where calendars are
/// keys or filters, whose days only the data tell, where it leaves out a row of the period.
final class PartialPeriods {
  static final String COLUMN = "period_partial";

  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;
  private final Set<Dataset> facts;
  private final TimeAxis axis;
  private final List<RexNode> conditions;
  private final ImmutableBitSet calendars;

  /// @throws Refusal where no key is a period, or keys are of two times
  PartialPeriods(CompiledModel model, Expressions expressions, MetricQuery query) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
    this.facts = query.facts();
    List<TimeAxis> axes =
        query.keys().stream()
            .filter(key -> isPeriod(key))
            .flatMap(key -> TimeAxis.find(model, query, facts, key).stream())
            .distinct()
            .toList();
    if (axes.size() != 1) {
      throw new Refusal(
          Issue.Code.INVALID_QUESTION,
          axes.isEmpty() ? COLUMN : axes.get(1).time(),
          axes.isEmpty()
              ? "Cannot tell which periods are incomplete: no dimension is a period; group by a grain of a time, or by a calendar"
              : "Cannot tell which periods are incomplete: there are periods of '%s' and of '%s'"
                  .formatted(axes.getFirst().time(), axes.get(1).time()),
          List.of());
    }
    this.axis = axes.getFirst();
    this.conditions = axis.conditions(query.before(), "which periods are incomplete");
    this.calendars =
        ImmutableBitSet.of(
            query.keys().stream().filter(axis::isCalendar).map(axis::calendar).toList());
  }

  /// A moment is no period.
  private static boolean isPeriod(MetricQuery.Key key) {
    return !Grain.isOf(key.value().getType()) || Grain.of(key.value()).isPresent();
  }

  private List<Integer> periods(ImmutableBitSet set) {
    return set.asList().stream()
        .filter(key -> axis.has(query.keys().get(key)) && isPeriod(query.keys().get(key)))
        .toList();
  }

  /// Adds the column to rows that begin with the keys and the grouping id.
  void add(RelBuilder builder) {
    int width = builder.peek().getRowType().getFieldCount();
    int keys = query.keys().size();
    builder.push(reached());
    builder.join(JoinRelType.INNER, builder.literal(true));
    int excluded = builder.peek().getRowType().getFieldCount();
    if (query.sets().stream().anyMatch(this::isCutByRows)) {
      joinExcluded(builder);
    }
    var cases = new ArrayList<RexNode>();
    RexNode none = rex().makeNullLiteral(bool());
    for (ImmutableBitSet set : query.sets()) {
      List<Integer> periods = periods(set);
      if (!periods.isEmpty()) {
        var partial = new ArrayList<RexNode>();
        partial.add(builder.and(periods.stream().map(key -> isOpen(builder, key, width)).toList()));
        if (!hasCalendar(set)) {
          partial.addAll(cuts(builder, periods));
        }
        if (isCutByRows(set)) {
          partial.add(builder.isNotNull(builder.field(excluded)));
        }
        cases.add(builder.equals(builder.field(keys), builder.literal(query.groupingId(set))));
        cases.add(
            builder.call(
                SqlStdOperatorTable.CASE,
                builder.and(
                    periods.stream().map(key -> builder.isNotNull(builder.field(key))).toList()),
                rex().ensureType(bool(), isTrue(builder, builder.or(partial)), true),
                none));
      }
    }
    cases.add(none);
    RexNode partial = builder.call(SqlStdOperatorTable.CASE, cases);
    var output = new ArrayList<RexNode>(builder.fields(ImmutableBitSet.range(width)));
    output.add(builder.alias(partial, COLUMN));
    builder.project(output);
  }

  private static RexNode isTrue(RelBuilder builder, RexNode condition) {
    return builder.call(SqlStdOperatorTable.IS_TRUE, condition);
  }

  /// Whether the data do not reach the end of a key's period.
  private RexNode isOpen(RelBuilder builder, int key, int reached) {
    MetricQuery.Key period = query.keys().get(key);
    if (axis.isCalendar(period)) {
      RexNode last = builder.field(reached + 1 + calendars.asList().indexOf(axis.calendar(period)));
      return builder.or(
          builder.isNull(last),
          builder.call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, builder.field(key), last));
    }
    RexNode last = builder.field(reached);
    return builder.or(builder.isNull(last), builder.greaterThan(end(builder, key), last));
  }

  private RexNode end(RelBuilder builder, int key) {
    return new Days(expressions)
        .last(builder.field(key), Grain.of(query.keys().get(key).value()).orElseThrow());
  }

  /// Whether conditions leave out the first or the last of the days that all the periods have.
  private List<RexNode> cuts(RelBuilder builder, List<Integer> periods) {
    RexNode first = builder.field(periods.getFirst());
    RexNode last = end(builder, periods.getFirst());
    for (int key : periods.subList(1, periods.size())) {
      first = choose(builder, SqlStdOperatorTable.GREATER_THAN, builder.field(key), first);
      last = choose(builder, SqlStdOperatorTable.LESS_THAN, end(builder, key), last);
    }
    var cuts = new ArrayList<RexNode>();
    for (RexNode condition : conditions) {
      if (isEdged(condition)) {
        cuts.add(
            builder.not(
                isTrue(
                    builder,
                    builder.and(at(condition, first, 0), at(condition, last, Days.LAST_SECOND)))));
      }
    }
    return cuts;
  }

  private static RexNode choose(
      RelBuilder builder, SqlOperator compare, RexNode one, RexNode other) {
    return builder.call(SqlStdOperatorTable.CASE, builder.call(compare, one, other), one, other);
  }

  private RexNode at(RexNode condition, RexNode day, long seconds) {
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return new Days(expressions).at(day, reference.getType(), seconds);
          }
        });
  }

  private boolean hasCalendar(ImmutableBitSet set) {
    return periods(set).stream().anyMatch(key -> axis.isCalendar(query.keys().get(key)));
  }

  /// Whether what the filters leave out of a set's periods is looked for among the rows.
  private boolean isCutByRows(ImmutableBitSet set) {
    return !periods(set).isEmpty()
        && !conditions.isEmpty()
        && (hasCalendar(set) || !conditions.stream().allMatch(this::isEdged));
  }

  /// Whether a condition that holds on the first and the last day of a period holds between.
  private boolean isEdged(RexNode condition) {
    return axis.days().contains(RelOptUtil.InputFinder.bits(condition))
        && switch (condition.getKind()) {
          case LESS_THAN,
              LESS_THAN_OR_EQUAL,
              GREATER_THAN,
              GREATER_THAN_OR_EQUAL,
              EQUALS,
              IS_NOT_NULL ->
              true;
          default -> false;
        };
  }

  /// Joins the periods that have rows which the filters leave out; the first of the new columns is
  /// NULL for the others.
  private void joinExcluded(RelBuilder builder) {
    List<Integer> keys =
        query.sets().stream().flatMap(set -> periods(set).stream()).distinct().toList();
    int parts = 0;
    for (ImmutableBitSet set : query.sets()) {
      if (isCutByRows(set)) {
        for (Dataset fact : facts) {
          builder.push(excluded(fact, set, keys));
          parts++;
        }
      }
    }
    builder.union(true, parts);
    // By itself a union of one part lets repeated rows through.
    builder.distinct();
    int grouping = query.keys().size();
    var same = new ArrayList<RexNode>();
    same.add(builder.equals(builder.field(2, 0, grouping), builder.field(2, 1, 0)));
    for (int i = 0; i < keys.size(); i++) {
      same.add(
          builder.isNotDistinctFrom(builder.field(2, 0, keys.get(i)), builder.field(2, 1, 1 + i)));
    }
    builder.join(JoinRelType.LEFT, builder.and(same));
  }

  /// Columns: the grouping id, then the keys; NULL where the set lacks one.
  private RelNode excluded(Dataset fact, ImmutableBitSet set, List<Integer> keys) {
    List<Integer> periods = periods(set);
    RexNode left =
        rex()
            .makeCall(
                SqlStdOperatorTable.NOT,
                rex()
                    .makeCall(
                        SqlStdOperatorTable.IS_TRUE,
                        TimeAxis.all(expressions, conditions).orElseThrow()));
    RelBuilder builder =
        new LeafRows(model, expressions, query.withBefore(Optional.empty()))
            .push(
                fact, ImmutableBitSet.of(periods), List.of(new LeafRows.Column.OfDimensions(left)));
    builder.filter(builder.field(periods.size()));
    var output = new ArrayList<RexNode>();
    output.add(
        rex()
            .ensureType(
                Stitch.groupingType(expressions), builder.literal(query.groupingId(set)), false));
    List<Integer> inOrder = ImmutableBitSet.of(periods).asList();
    for (int key : keys) {
      int at = inOrder.indexOf(key);
      RelDataType type =
          expressions
              .cluster()
              .getTypeFactory()
              .createTypeWithNullability(query.keys().get(key).value().getType(), true);
      output.add(
          at < 0 ? rex().makeNullLiteral(type) : rex().ensureType(type, builder.field(at), true));
    }
    return builder.project(output, List.of(), true).build();
  }

  /// One row: the last day that the data of all facts reach, then the last period of each calendar
  /// that is a key. NULL where a fact has no rows.
  private RelNode reached() {
    RelBuilder builder = expressions.relBuilder();
    int columns = 1 + calendars.cardinality();
    for (Dataset fact : facts) {
      pushReached(builder, fact);
    }
    if (facts.size() > 1) {
      builder.union(true, facts.size());
    }
    var calls = new ArrayList<RelBuilder.AggCall>();
    for (int i = 0; i < columns; i++) {
      calls.add(builder.min("r" + i, builder.field(i)));
    }
    for (int i = 0; i < columns; i++) {
      calls.add(builder.count(false, "c" + i, builder.field(i)));
    }
    builder.aggregate(builder.groupKey(), calls);
    var output = new ArrayList<RexNode>();
    for (int i = 0; i < columns; i++) {
      RexNode value = builder.field(i);
      output.add(
          builder.call(
              SqlStdOperatorTable.CASE,
              builder.equals(builder.field(columns + i), builder.literal((long) facts.size())),
              value,
              rex().makeNullLiteral(value.getType())));
    }
    return builder.project(output, List.of(), true).build();
  }

  private void pushReached(RelBuilder builder, Dataset fact) {
    var keys = new ArrayList<MetricQuery.Key>();
    boolean ofMoments = false;
    if (axis.days().isEmpty()) {
      keys.add(new MetricQuery.Key("day", rex().makeNullLiteral(date())));
    } else {
      int place = axis.days().nth(0);
      RelDataType type = query.space().get(place).type();
      ofMoments = type.getSqlTypeName() != SqlTypeName.DATE;
      keys.add(new MetricQuery.Key("day", Grain.DAY.of(rex(), new RexInputRef(place, type))));
    }
    calendars.forEachInt(place ->
        keys.add(
            new MetricQuery.Key(
                "c" + place, new RexInputRef(place, query.space().get(place).type()))));
    builder.push(
        new LeafRows(model, expressions, query.withKeys(keys).withBefore(Optional.empty()))
            .push(fact, ImmutableBitSet.range(keys.size()), List.of())
            .build());
    var calls = new ArrayList<RelBuilder.AggCall>();
    for (int i = 0; i < keys.size(); i++) {
      calls.add(builder.max("m" + i, builder.field(i)));
    }
    builder.aggregate(builder.groupKey(), calls);
    if (ofMoments) {
      // A moment leaves the rest of its day open.
      var output = new ArrayList<RexNode>(builder.fields());
      output.set(0, new Days(expressions).later(builder.field(0), Grain.DAY, -1));
      builder.project(output, List.of(), true);
    }
  }

  private RelDataType date() {
    var types = expressions.cluster().getTypeFactory();
    return types.createTypeWithNullability(types.createSqlType(SqlTypeName.DATE), true);
  }

  private RelDataType bool() {
    var types = expressions.cluster().getTypeFactory();
    return types.createTypeWithNullability(types.createSqlType(SqlTypeName.BOOLEAN), true);
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}

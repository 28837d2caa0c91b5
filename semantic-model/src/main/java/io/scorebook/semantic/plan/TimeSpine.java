package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// The groups of one grouping set whose periods are filled: each group of the other keys with every
/// period from the first to the last.
///
/// Periods are made of days, on which the filters on time are evaluated as on any row; or of the
/// whole numbers of a calendar. What calendar a day belongs to only the data tells: beside
/// calendars that are keys or filtered by, days are made from the first to the last that each of
/// their values has.
final class TimeSpine {
  /// The most groups that a question may show with all their periods.
  static final int MAX_GROUPS = 1_000_000;

  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;
  private final MetricQuery.Fill fill;
  private final ImmutableBitSet set;
  private final TimeAxis axis;

  /// The key whose periods are filled.
  private final int filled;

  /// Calendars that keys or filters use, beside the one that is filled.
  private final ImmutableBitSet calendars;

  private final List<RexNode> conditions;

  private TimeSpine(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      ImmutableBitSet set,
      int filled,
      TimeAxis axis) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
    this.fill = query.fill().orElseThrow();
    this.set = set;
    this.filled = filled;
    this.axis = axis;
    this.conditions = axis.conditions(query.before(), "which periods there are");
    ImmutableBitSet.Builder used = ImmutableBitSet.builder();
    conditions.forEach(c -> used.addAll(RelOptUtil.InputFinder.bits(c)));
    timeKeys()
        .forEach(key -> used.addAll(RelOptUtil.InputFinder.bits(query.keys().get(key).value())));
    ImmutableBitSet others = used.build().intersect(axis.calendars());
    this.calendars = isCalendar() ? others.except(ImmutableBitSet.of(place())) : others;
  }

  /// The spine of a set; empty where none of its keys is filled.
  static Optional<TimeSpine> find(
      CompiledModel model, Expressions expressions, MetricQuery query, ImmutableBitSet set) {
    if (query.fill().isEmpty()) {
      return Optional.empty();
    }
    MetricQuery.Fill fill = query.fill().get();
    return set.asList().stream()
        .filter(key -> fill.has(query.keys().get(key)))
        .findFirst()
        .map(key ->
            new TimeSpine(
                model,
                expressions,
                query,
                set,
                key,
                TimeAxis.find(model, query, fill.facts().getFirst(), query.keys().get(key))
                    .orElseThrow()));
  }

  TimeAxis axis() {
    return axis;
  }

  /// The key whose periods are filled.
  int filled() {
    return filled;
  }

  /// Whether the periods are those of a calendar.
  boolean isCalendar() {
    return axis.isCalendar(query.keys().get(filled));
  }

  private int place() {
    return axis.calendar(query.keys().get(filled));
  }

  /// The keys of the set that are on this time.
  ImmutableBitSet timeKeys() {
    return ImmutableBitSet.of(
        set.asList().stream().filter(key -> axis.has(query.keys().get(key))).toList());
  }

  /// Columns: the keys of the set, then the last day of the period; for a calendar NULL.
  RelNode groups() {
    ImmutableBitSet times = timeKeys();
    ImmutableBitSet others = set.except(times);
    List<Integer> shared = times.asList().stream().filter(this::isOtherCalendar).toList();
    RelBuilder builder = expressions.relBuilder().push(periods());
    int width = times.cardinality() + 1;
    if (!others.isEmpty()) {
      pushGroups(builder, others, shared);
      var together = new ArrayList<RexNode>();
      for (int i = 0; i < shared.size(); i++) {
        together.add(
            builder.equals(
                builder.field(2, 0, times.asList().indexOf(shared.get(i))),
                builder.field(2, 1, others.cardinality() + i)));
      }
      builder.join(
          JoinRelType.INNER, together.isEmpty() ? builder.literal(true) : builder.and(together));
    }
    var output = new ArrayList<RexNode>();
    for (int key : set) {
      output.add(
          times.get(key)
              ? builder.field(times.asList().indexOf(key))
              : builder.field(width + others.asList().indexOf(key)));
    }
    output.add(builder.field(width - 1));
    return builder.project(output, names(set.cardinality()), true).build();
  }

  private static List<String> names(int keys) {
    var names = new ArrayList<String>();
    IntStream.range(0, keys).forEach(i -> names.add("k" + i));
    names.add("last_day");
    return names;
  }

  /// The groups that a fact has no rows in: columns as above.
  RelNode empty(Dataset fact) {
    int keys = set.cardinality();
    RelBuilder builder = expressions.relBuilder().push(groups());
    builder.project(with(builder.fields(), builder.literal(0)), List.of(), true);
    builder.push(rows(fact, set.asList().stream().map(k -> query.keys().get(k).value()).toList()));
    var present = new ArrayList<RexNode>(builder.fields());
    present.add(rex().makeNullLiteral(dayType()));
    present.add(builder.literal(1));
    builder.project(present, List.of(), true);
    builder.union(true);
    builder.aggregate(
        builder.groupKey(ImmutableBitSet.range(keys)),
        builder.max("last_day", builder.field(keys)),
        builder.max("present", builder.field(keys + 1)));
    builder.filter(builder.equals(builder.field(keys + 1), builder.literal(0)));
    return builder.project(builder.fields(ImmutableBitSet.range(keys + 1))).build();
  }

  private static List<RexNode> with(List<RexNode> fields, RexNode more) {
    var all = new ArrayList<RexNode>(fields);
    all.add(more);
    return all;
  }

  /// A calendar that is a key, beside the one that is filled.
  private boolean isOtherCalendar(int key) {
    return key != filled && axis.isCalendar(query.keys().get(key));
  }

  /// The distinct other keys, with the calendars among the keys behind them.
  private void pushGroups(RelBuilder builder, ImmutableBitSet others, List<Integer> shared) {
    var values = new ArrayList<RexNode>();
    others.forEachInt(key -> values.add(query.keys().get(key).value()));
    shared.forEach(key -> values.add(query.keys().get(key).value()));
    pushRows(builder, values);
    builder.aggregate(builder.groupKey(ImmutableBitSet.range(values.size())));
  }

  /// Columns: the keys on time, then the last day.
  private RelNode periods() {
    RelBuilder builder = expressions.relBuilder().push(days());
    // Columns: the day or number, then the calendars.
    var output = new ArrayList<RexNode>();
    for (int key : timeKeys()) {
      RexNode value = query.keys().get(key).value();
      output.add(rex().ensureType(value.getType(), at(value, builder, 0), true));
    }
    int keys = output.size();
    output.add(isCalendar() ? rex().makeNullLiteral(dayType()) : builder.field(0));
    builder.project(output, List.of(), true);
    return builder
        .aggregate(
            builder.groupKey(ImmutableBitSet.range(keys)),
            builder.max("last_day", builder.field(keys)))
        .build();
  }

  /// A value over dimensions, on a row of [#days]; times lie at so many seconds of the day.
  private RexNode at(RexNode value, RelBuilder builder, long seconds) {
    return value.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            int place = reference.getIndex();
            RexNode found =
                calendars.get(place)
                    ? builder.field(1 + calendars.asList().indexOf(place))
                    : builder.field(0);
            return new Days(expressions).at(found, reference.getType(), seconds);
          }
        });
  }

  /// Each day, or number of the calendar, with the values of the other calendars; those that the
  /// filters leave.
  private RelNode days() {
    RelBuilder builder = expressions.relBuilder();
    if (calendars.isEmpty()) {
      builder.push(range());
      new Numbers(expressions).between(builder);
      builder.project(List.of(builder.field(0)), List.of("at"), true);
    } else {
      int width = calendars.cardinality();
      builder.push(ranges());
      builder.aggregate(
          builder.groupKey(),
          builder.min("first", builder.field(width)),
          builder.max("last", builder.field(width + 1)));
      new Numbers(expressions).between(builder);
      builder.push(ranges());
      builder.join(
          JoinRelType.INNER,
          builder.call(
              SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
              builder.field(2, 0, 0),
              builder.field(2, 1, width)),
          builder.call(
              SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
              builder.field(2, 0, 0),
              builder.field(2, 1, width + 1)));
      var output = new ArrayList<RexNode>();
      output.add(builder.field(0));
      output.addAll(builder.fields(ImmutableBitSet.range(2, 2 + width)));
      builder.project(output, List.of(), true);
    }
    for (RexNode condition : conditions) {
      ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
      // What day a number of a calendar has, the data has said already.
      if (!isCalendar() || !axis.days().intersects(used)) {
        builder.filter(
            builder.or(at(condition, builder, 0), at(condition, builder, Days.LAST_SECOND)));
      }
    }
    return builder.build();
  }

  /// One row, or none where there is nothing between: the first and the last day or number, of the
  /// rows or as the filters say.
  private RelNode range() {
    RelBuilder builder = expressions.relBuilder();
    pushRows(builder, List.of(value()));
    builder.project(List.of(builder.field(0), builder.literal(1)), List.of("at", "seen"), true);
    ImmutableBitSet compared = isCalendar() ? ImmutableBitSet.of(place()) : axis.days();
    var extent = new Extent(compared, axis.conditions(fill.filters(), "which periods there are"));
    RelDataType type = value().getType();
    Optional<RexNode> first = extent.first(rex()).map(v -> rex().ensureType(type, v, true));
    Optional<RexNode> last = extent.last(rex()).map(v -> rex().ensureType(type, v, true));
    List<RexNode> bounds =
        java.util.stream.Stream.of(first, last).flatMap(Optional::stream).toList();
    for (RexNode bound : bounds) {
      builder.values(new String[] {"one"}, 1);
      builder.project(List.of(bound, builder.literal(0)), List.of("at", "seen"), true);
    }
    if (!bounds.isEmpty()) {
      builder.union(true, 1 + bounds.size());
    }
    builder.aggregate(
        builder.groupKey(),
        builder.min("first", builder.field(0)),
        builder.max("last", builder.field(0)),
        builder.max("seen", builder.field(1)));
    if (bounds.size() < 2) {
      builder.filter(builder.equals(builder.field(2), builder.literal(1)));
    }
    return builder.project(List.of(builder.field(0), last(builder.field(1)))).build();
  }

  /// The period of the last day is shown to its end.
  private RexNode last(RexNode day) {
    return isCalendar()
        ? day
        : new Days(expressions).last(day, Grain.of(query.keys().get(filled).value()).orElseThrow());
  }

  /// For each of the other calendars' values the first and the last day or number.
  private RelNode ranges() {
    RelBuilder builder = expressions.relBuilder();
    var values = new ArrayList<RexNode>();
    calendars.forEachInt(
        place -> values.add(new RexInputRef(place, query.space().get(place).type())));
    values.add(value());
    pushRows(builder, values);
    int width = calendars.cardinality();
    return builder
        .filter(builder.isNotNull(builder.field(width)))
        .aggregate(
            builder.groupKey(ImmutableBitSet.range(width)),
            builder.min("first", builder.field(width)),
            builder.max("last", builder.field(width)))
        .build();
  }

  /// The day, or the number of the calendar, over dimensions.
  private RexNode value() {
    if (isCalendar()) {
      return query.keys().get(filled).value();
    }
    int place = axis.days().nth(0);
    return Grain.DAY.of(rex(), new RexInputRef(place, query.space().get(place).type()));
  }

  private RelDataType dayType() {
    return expressions
        .cluster()
        .getTypeFactory()
        .createTypeWithNullability(
            expressions.cluster().getTypeFactory().createSqlType(SqlTypeName.DATE), true);
  }

  /// Values over the rows of all facts that the filters leave.
  private void pushRows(RelBuilder builder, List<RexNode> values) {
    fill.facts().forEach(fact -> builder.push(rows(fact, values)));
    if (fill.facts().size() > 1) {
      builder.union(true, fill.facts().size());
    }
  }

  private RelNode rows(Dataset fact, List<RexNode> values) {
    var keys = new ArrayList<MetricQuery.Key>();
    values.forEach(value -> keys.add(new MetricQuery.Key("s" + keys.size(), value)));
    return new LeafRows(model, expressions, query.withKeys(keys))
        .push(fact, ImmutableBitSet.range(keys.size()), List.of())
        .build();
  }

  /// Looks whether the spine would be too large: finds one row where it is.
  RelNode excess() {
    ImmutableBitSet others = set.except(timeKeys());
    List<Integer> shared = timeKeys().asList().stream().filter(this::isOtherCalendar).toList();
    RelBuilder builder = expressions.relBuilder();
    // How many periods, and how many groups, for each value of the calendars that are keys.
    builder.push(periods());
    List<Integer> at = shared.stream().map(timeKeys().asList()::indexOf).toList();
    builder.aggregate(builder.groupKey(builder.fields(at)), builder.countStar("periods"));
    if (!others.isEmpty()) {
      pushGroups(builder, others, shared);
      builder.aggregate(
          builder.groupKey(
              ImmutableBitSet.range(others.cardinality(), others.cardinality() + shared.size())),
          builder.countStar("groups"));
      var together = new ArrayList<RexNode>();
      for (int i = 0; i < shared.size(); i++) {
        together.add(builder.equals(builder.field(2, 0, i), builder.field(2, 1, i)));
      }
      builder.join(
          JoinRelType.INNER, together.isEmpty() ? builder.literal(true) : builder.and(together));
      builder.project(
          List.of(
              builder.call(
                  SqlStdOperatorTable.MULTIPLY,
                  builder.field("periods"),
                  builder.field("groups"))));
    } else {
      builder.project(List.of(builder.field("periods")));
    }
    builder.aggregate(builder.groupKey(), builder.sum(false, "rows", builder.field(0)));
    builder.filter(builder.greaterThan(builder.field(0), builder.literal(MAX_GROUPS)));
    builder.project(List.of(builder.literal(1)), List.of("found"), true);
    int width = calendars.cardinality();
    if (calendars.isEmpty()) {
      builder.push(range());
    } else {
      builder.push(ranges());
      builder.aggregate(
          builder.groupKey(),
          builder.min("first", builder.field(width)),
          builder.max("last", builder.field(width + 1)));
    }
    builder.filter(new Numbers(expressions).areTooMany(rex(), builder.field(0), builder.field(1)));
    builder.project(List.of(builder.literal(1)), List.of("found"), true);
    return builder.union(true).build();
  }

  /// What is said where it is too large.
  Issue tooLarge() {
    String key = query.keys().get(filled).name();
    return new Issue(
        Issue.Code.INVALID_QUESTION,
        "Cannot fill '%s': that would make more than %,d rows, or more than %,d %s from the first to the last; filter on '%s', or group by less"
            .formatted(
                key, MAX_GROUPS, Numbers.MAX, isCalendar() ? "periods" : "days", axis.time()),
        Optional.of(key),
        List.of(),
        Optional.empty());
  }

  /// @throws Refusal where the keys are none that can be filled
  static void check(CompiledModel model, MetricQuery query) {
    MetricQuery.Fill fill = query.fill().orElseThrow();
    for (ImmutableBitSet set : query.sets()) {
      List<MetricQuery.Key> keys =
          set.asList().stream().map(query.keys()::get).filter(fill::has).toList();
      for (MetricQuery.Key key : keys) {
        TimeAxis axis =
            TimeAxis.find(model, query, fill.facts(), key)
                .orElseThrow(() -> notFilled(key, "it is no time and no calendar"));
        if (axis.isCalendar(key) && !SqlTypeUtil.isIntType(key.value().getType())) {
          throw notFilled(key, "the values of the calendar are no whole numbers");
        }
        if (!axis.isCalendar(key)
            && key.value() instanceof RexInputRef
            && key.value().getType().getSqlTypeName() != SqlTypeName.DATE) {
          throw notFilled(key, "it has no periods; fill %s.day".formatted(key.name()));
        }
        if (keys.size() > 1) {
          throw notFilled(
              key,
              "the question has '%s' beside it in one set; fill the finer of them"
                  .formatted(
                      keys.stream().filter(k -> !k.equals(key)).findFirst().orElseThrow().name()));
        }
        for (int other : set) {
          MetricQuery.Key beside = query.keys().get(other);
          if (axis.isCalendar(key) && !beside.equals(key) && axis.has(beside)) {
            throw notFilled(
                key,
                "what '%s' there is in a period of it without rows is not known; fill '%s'"
                    .formatted(beside.name(), beside.name()));
          }
        }
      }
    }
  }

  private static Refusal notFilled(MetricQuery.Key key, String why) {
    return new Refusal(
        Issue.Code.INVALID_QUESTION,
        key.name(),
        "Cannot fill '%s': %s".formatted(key.name(), why),
        List.of());
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}

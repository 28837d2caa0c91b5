package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/// A time dimension as one query uses it: itself, its grains, and the calendars over it.
///
/// @param time the name of the dimension
/// @param days places in the query's space of the dimension itself
/// @param calendars places of calendars over it
record TimeAxis(MetricQuery query, String time, ImmutableBitSet days, ImmutableBitSet calendars) {

  /// The axis that a key lies on; empty where it is no time.
  static Optional<TimeAxis> find(
      CompiledModel model, MetricQuery query, Dataset fact, MetricQuery.Key key) {
    return RelOptUtil.InputFinder.bits(key.value()).asList().stream()
        .findFirst()
        .flatMap(place -> time(model, fact, query.space().get(place)))
        .map(time -> of(model, query, fact, time));
  }

  /// The axis that a key lies on for all of several facts: the places of each that all of them
  /// have.
  static Optional<TimeAxis> find(
      CompiledModel model, MetricQuery query, Collection<Dataset> facts, MetricQuery.Key key) {
    List<Optional<TimeAxis>> found =
        facts.stream().map(fact -> find(model, query, fact, key)).toList();
    if (found.isEmpty() || found.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return found.stream()
        .map(Optional::orElseThrow)
        .reduce((one, other) ->
            new TimeAxis(
                query,
                one.time,
                one.days.intersect(other.days),
                one.calendars.intersect(other.calendars)))
        .filter(axis -> axis.has(key));
  }

  private static TimeAxis of(CompiledModel model, MetricQuery query, Dataset fact, String time) {
    ImmutableBitSet all = places(model, query, fact, time);
    FieldPath path = model.dimension(fact, time);
    ImmutableBitSet days =
        ImmutableBitSet.of(
            all.asList().stream()
                .filter(i -> model.dimension(fact, query.space().get(i).name()).equals(path))
                .toList());
    return new TimeAxis(query, time, days, all.except(days));
  }

  private static Optional<String> time(
      CompiledModel model, Dataset fact, MetricQuery.Dimension dimension) {
    FieldPath path = model.dimension(fact, dimension.name());
    Field field = path.field();
    if (field.isTime() && Grain.isOf(dimension.type())) {
      // Calendars name the dimension, which the question may write with its dataset.
      return model.model().calendars().values().stream()
          .filter(time -> model.candidates(fact, time).equals(List.of(path)))
          .findFirst()
          .or(() -> Optional.of(dimension.name()));
    }
    return model.model().calendars().entrySet().stream()
        .filter(calendar -> model.candidates(fact, calendar.getKey()).equals(List.of(path)))
        .map(java.util.Map.Entry::getValue)
        .findFirst();
  }

  /// Places in the query's space of a time dimension and of the calendars over it that a fact sees.
  static ImmutableBitSet places(CompiledModel model, MetricQuery query, Dataset fact, String time) {
    List<FieldPath> paths =
        Stream.concat(
                Stream.of(model.dimension(fact, time)),
                model.model().calendarsOf(time).stream()
                    .map(name -> model.candidates(fact, name))
                    .filter(candidates -> candidates.size() == 1)
                    .map(List::getFirst))
            .toList();
    var places = new ArrayList<Integer>();
    for (int i = 0; i < query.space().size(); i++) {
      if (paths.contains(model.dimension(fact, query.space().get(i).name()))) {
        places.add(i);
      }
    }
    return ImmutableBitSet.of(places);
  }

  /// Whether the dimension is this one for a fact.
  boolean isTime(CompiledModel model, Dataset fact, String name) {
    return model.dimension(fact, name).equals(model.dimension(fact, time));
  }

  boolean has(MetricQuery.Key key) {
    return days.union(calendars).intersects(RelOptUtil.InputFinder.bits(key.value()));
  }

  /// Whether a key is a calendar, whose periods have no days of their own.
  boolean isCalendar(MetricQuery.Key key) {
    return calendars.intersects(RelOptUtil.InputFinder.bits(key.value()));
  }

  /// The calendar that a key is.
  int calendar(MetricQuery.Key key) {
    return ((RexInputRef) key.value()).getIndex();
  }

  /// The conditions on time among those of a filter.
  ///
  /// @throws Refusal for one on time and something else
  List<RexNode> conditions(Optional<RexNode> filter, String what) {
    ImmutableBitSet all = days.union(calendars);
    var found = new ArrayList<RexNode>();
    for (RexNode condition : filter.map(RelOptUtil::conjunctions).orElse(List.of())) {
      ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
      if (all.intersects(used) && !all.contains(used)) {
        throw new Refusal(
            Issue.Code.INVALID_FILTER,
            time,
            "Cannot tell %s under a filter that has both '%s' and '%s' in it; write them apart"
                .formatted(what, time, query.space().get(used.except(all).nth(0)).name()),
            List.of());
      }
      if (all.intersects(used)) {
        found.add(condition);
      }
    }
    return found;
  }

  static Optional<RexNode> all(Expressions expressions, List<RexNode> conditions) {
    return Optional.ofNullable(
        RexUtil.composeConjunction(expressions.cluster().getRexBuilder(), conditions, true));
  }
}

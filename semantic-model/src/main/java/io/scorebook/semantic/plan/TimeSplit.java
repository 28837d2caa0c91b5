package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// How a question meets a time dimension: which of its keys are periods of it, and which of its
/// filters choose periods rather than rows.
///
/// A metric that looks back takes rows from before the periods that are shown; so a filter on time,
/// or on a calendar over it, must not reach those rows.
final class TimeSplit {
  private final Expressions expressions;
  private final MetricQuery query;
  private final String metric;
  private final String time;

  /// Places in the query's space of the time dimension and of the calendars over it.
  private final ImmutableBitSet dimensions;

  TimeSplit(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      Dataset fact,
      String metric,
      String time) {
    this.expressions = expressions;
    this.query = query;
    this.metric = metric;
    this.time = time;
    this.dimensions = TimeAxis.places(model, query, fact, time);
  }

  /// The keys of a set that are periods.
  ///
  /// @throws Refusal for a key of which periods have no end, such as the month of any year
  ImmutableBitSet periods(ImmutableBitSet set) {
    var periods = new ArrayList<Integer>();
    for (int key : set) {
      RexNode value = query.keys().get(key).value();
      if (isOnTime(value, "the key '%s'".formatted(query.keys().get(key).name()))) {
        if (!isPeriod(value)) {
          throw new Refusal(
              Issue.Code.NOT_GROUPABLE,
              query.keys().get(key).name(),
              "Cannot group '%s' by '%s': its periods do not follow each other; group by %s, by a grain of it or by a calendar"
                  .formatted(metric, query.keys().get(key).name(), time),
              List.of(time));
        }
        periods.add(key);
      }
    }
    return ImmutableBitSet.of(periods);
  }

  /// Whether larger values lie later: the time itself, its beginning of a period, its year.
  private static boolean isPeriod(RexNode value) {
    return switch (value) {
      case RexInputRef _ -> true;
      case RexCall call when call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CAST ->
          isPeriod(call.getOperands().getFirst());
      case RexCall call when call.getKind() == SqlKind.EXTRACT ->
          call.getOperands().getFirst().toString().equals("FLAG(YEAR)")
              && isPeriod(call.getOperands().getLast());
      default -> false;
    };
  }

  /// The filters that choose periods, if there are any.
  Optional<RexNode> shown() {
    return filters(true);
  }

  /// The filters that choose rows, if there are any.
  Optional<RexNode> rows() {
    return filters(false);
  }

  private Optional<RexNode> filters(boolean onTime) {
    List<RexNode> chosen =
        query.before().stream()
            .flatMap(before -> RelOptUtil.conjunctions(before).stream())
            .filter(filter -> isOnTime(filter, "a filter") == onTime)
            .toList();
    return Optional.ofNullable(
        RexUtil.composeConjunction(expressions.cluster().getRexBuilder(), chosen, true));
  }

  private boolean isOnTime(RexNode node, String what) {
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(node);
    long onTime = used.asList().stream().filter(dimensions::get).count();
    if (onTime > 0 && onTime < used.cardinality()) {
      throw new Refusal(
          what.startsWith("the key") ? Issue.Code.NOT_GROUPABLE : Issue.Code.INVALID_FILTER,
          metric,
          "Cannot tell for '%s', which looks back in time, what %s means that has both time and %s in it; write them apart"
              .formatted(
                  metric,
                  what,
                  used.asList().stream()
                      .filter(index -> !dimensions.get(index))
                      .map(index -> "'" + query.space().get(index).name() + "'")
                      .findFirst()
                      .orElse("")),
          List.of());
    }
    return onTime > 0;
  }
}

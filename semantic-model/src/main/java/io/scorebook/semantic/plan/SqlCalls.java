package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.expression.GroupValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/// What the aggregate calls of a query over a dataset ask for: metrics, or plain aggregates over
/// dimensions. Expressions are over the dataset's columns.
final class SqlCalls {
  private static final Set<SqlTypeName> WHOLE =
      Set.of(SqlTypeName.SMALLINT, SqlTypeName.INTEGER, SqlTypeName.BIGINT);
  private static final Set<SqlTypeName> WIDE =
      Set.of(SqlTypeName.BIGINT, SqlTypeName.DECIMAL, SqlTypeName.DOUBLE);

  private final CompiledModel model;
  private final SqlChain chain;
  private final RexBuilder rex;

  SqlCalls(CompiledModel model, SqlChain chain, RexBuilder rex) {
    this.model = model;
    this.chain = chain;
    this.rex = rex;
  }

  sealed interface Asked {
    /// A metric, over the rows that the filter chooses.
    ///
    /// @param otherwise a condition: where the metric is NULL and a row fulfils this, it is 0
    record Value(CompiledMetric metric, Optional<RexNode> filter, Optional<RexNode> otherwise)
        implements Asked {}

    record Plain(AggregateCall call, List<RexNode> arguments, Optional<RexNode> filter)
        implements Asked {}

    record Grouping(AggregateCall call) implements Asked {}
  }

  Asked read(AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    if (kind == SqlKind.GROUPING || kind == SqlKind.GROUPING_ID) {
      return new Asked.Grouping(call);
    }
    List<RexNode> arguments = call.getArgList().stream().map(chain.fields()::get).toList();
    Optional<RexNode> filter =
        call.hasFilter() ? Optional.of(chain.fields().get(call.filterArg)) : Optional.empty();
    filter.ifPresent(this::refuseInCondition);
    arguments.forEach(SqlCalls::refuseWindow);
    if (kind == SqlKind.AGG_M2V || call.getAggregation() instanceof GroupValue) {
      return new Asked.Value(named(call, arguments.getFirst()), filter, Optional.empty());
    }
    Optional<String> metric =
        arguments.stream().map(chain::metricIn).flatMap(Optional::stream).findFirst();
    if (metric.isPresent()) {
      return overMetric(call, model.metric(metric.get()), arguments, filter);
    }
    if (!Aggregates.isKnown(call.getAggregation())
        || !call.getCollation().getFieldCollations().isEmpty()) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL,
          "Cannot use %s over the rows of '%s'; there are %s and the metrics"
              .formatted(
                  call.getAggregation().getName(),
                  chain.scan().dataset().name(),
                  String.join(", ", Aggregates.names())));
    }
    return new Asked.Plain(call, arguments, filter);
  }

  private CompiledMetric named(AggregateCall call, RexNode argument) {
    RexInputRef reference =
        SqlChain.metric(argument)
            .orElseThrow(() ->
                new Refusal(
                    Issue.Code.UNSUPPORTED_SQL,
                    "Cannot use AGGREGATE of an expression or of a dimension; name one metric, and compute around AGGREGATE"));
    if (call.isDistinct()) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL, "Cannot use DISTINCT in AGGREGATE; a metric has its own");
    }
    return model.metric(chain.name(reference.getIndex()));
  }

  /// A plain aggregate of a metric's column.
  private Asked overMetric(
      AggregateCall call,
      CompiledMetric metric,
      List<RexNode> arguments,
      Optional<RexNode> filter) {
    RexNode argument = arguments.getFirst();
    boolean plain = SqlChain.metric(argument).isPresent() || isExact(metric, call, argument);
    if (arguments.size() == 1 && plain) {
      MetricSums.check(model, metric, call);
      return new Asked.Value(metric, filter, Optional.empty());
    }
    if (arguments.size() == 1
        && call.getAggregation().getKind() == SqlKind.SUM
        && !call.isDistinct()
        && argument instanceof RexCall choice
        && choice.getKind() == SqlKind.CASE
        && choice.getOperands().size() == 3
        && chain.metricIn(choice.getOperands().getFirst()).isEmpty()
        && isMetric(choice.getOperands().get(1))
        && (isNull(choice.getOperands().get(2)) || isZero(choice.getOperands().get(2)))) {
      MetricSums.check(model, metric, call);
      return chosen(metric, choice, filter);
    }
    throw new Refusal(
        Issue.Code.UNSUPPORTED_SQL,
        metric.name(),
        "Cannot use %s of an expression over the metric '%s'; write the arithmetic around AGGREGATE(%s), and conditions as AGGREGATE(%s) FILTER (WHERE ...)"
            .formatted(
                call.getAggregation().getName(), metric.name(), metric.name(), metric.name()),
        List.of("AGGREGATE(" + metric.name() + ")"));
  }

  /// `SUM(CAST(metric AS type))`, where no digit of a whole number is lost.
  private static boolean isExact(CompiledMetric metric, AggregateCall call, RexNode argument) {
    return call.getAggregation().getKind() == SqlKind.SUM
        && argument.getKind() == SqlKind.CAST
        && isMetric(argument)
        && MetricSums.addsUp(metric)
        && WIDE.contains(argument.getType().getSqlTypeName())
        && WHOLE.contains(GroupValue.withoutMeasure(uncast(argument).getType()).getSqlTypeName());
  }

  /// `SUM(CASE WHEN condition THEN metric ELSE 0 END)`.
  private Asked chosen(CompiledMetric metric, RexCall choice, Optional<RexNode> filter) {
    RexNode condition = choice.getOperands().getFirst();
    refuseInCondition(condition);
    RexNode holds = rex.makeCall(SqlStdOperatorTable.IS_TRUE, condition);
    RexNode fails = rex.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, condition);
    return new Asked.Value(
        metric,
        Optional.of(and(filter, holds)),
        isZero(choice.getOperands().get(2)) ? Optional.of(and(filter, fails)) : Optional.empty());
  }

  private RexNode and(Optional<RexNode> filter, RexNode condition) {
    var both = new ArrayList<RexNode>();
    filter.ifPresent(both::add);
    both.add(condition);
    return RexUtil.composeConjunction(rex, both);
  }

  private static boolean isMetric(RexNode node) {
    return SqlChain.metric(uncast(node)).isPresent();
  }

  private static boolean isNull(RexNode node) {
    return uncast(node) instanceof RexLiteral literal && literal.isNull();
  }

  private static boolean isZero(RexNode node) {
    return uncast(node) instanceof RexLiteral literal
        && !literal.isNull()
        && literal.getValue() instanceof java.math.BigDecimal number
        && number.signum() == 0;
  }

  private static RexNode uncast(RexNode node) {
    return node instanceof RexCall call
            && (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.V2M)
        ? uncast(call.getOperands().getFirst())
        : node;
  }

  /// Conditions choose rows; a metric is of many.
  void refuseInCondition(RexNode condition) {
    chain
        .metricIn(condition)
        .ifPresent(name -> {
          throw new Refusal(
              Issue.Code.UNSUPPORTED_SQL,
              name,
              "Cannot choose the rows of groups by the metric '%s'; write the condition in HAVING, on AGGREGATE(%s)"
                  .formatted(name, name),
              List.of("AGGREGATE(" + name + ")"));
        });
    refuseWindow(condition);
  }

  void refuseInKey(RexNode key) {
    chain
        .metricIn(key)
        .ifPresent(name -> {
          throw new Refusal(
              Issue.Code.UNSUPPORTED_SQL,
              name,
              "Cannot group by the metric '%s'; write AGGREGATE(%s) in a subquery with GROUP BY, and group around it"
                  .formatted(name, name),
              List.of("AGGREGATE(" + name + ")"));
        });
    refuseWindow(key);
  }

  private static void refuseWindow(RexNode node) {
    if (RexOver.containsOver(node)) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL, "Cannot aggregate a window function over a dataset's rows");
    }
  }
}

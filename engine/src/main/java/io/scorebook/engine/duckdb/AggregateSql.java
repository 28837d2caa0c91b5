package io.scorebook.engine.duckdb;

import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.expression.Percentile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes aggregate calls: what is here is run, what is not is refused by name.
final class AggregateSql {
  private final Aggregate aggregate;
  private final List<String> inputs;

  /// @param inputs what the columns of the aggregate's input are called
  AggregateSql(Aggregate aggregate, List<String> inputs) {
    this.aggregate = aggregate;
    this.inputs = inputs;
  }

  static boolean isApproximate(RelDataType type) {
    return SqlTypeName.APPROX_TYPES.contains(type.getSqlTypeName());
  }

  String render(AggregateCall call) {
    if (!call.collation.getFieldCollations().isEmpty()
        || call.isApproximate()
        || call.ignoreNulls()
        || call.distinctKeys != null) {
      throw SqlTypes.unsupported("the aggregate " + call);
    }
    String text =
        switch (call.getAggregation().getKind()) {
          case COUNT -> count(call);
          case SUM -> sum(call);
          case SUM0 -> "coalesce(%s, 0)".formatted(sum(call));
          case MIN -> call("min", call);
          case MAX, ANY_VALUE -> call("max", call); // any value: always the same one
          case AVG -> average(call);
          case ARG_MIN -> call("arg_min_null", call);
          case ARG_MAX -> call("arg_max_null", call);
          case SINGLE_VALUE ->
              "CASE WHEN %s > 1 THEN error('more than one value') ELSE %s END"
                  .formatted(filtered("count(*)", call), call("first", call));
          case GROUPING, GROUPING_ID -> grouping(call);
          case STDDEV_SAMP -> call("stddev_samp", call);
          case STDDEV_POP -> call("stddev_pop", call);
          case VAR_SAMP -> call("var_samp", call);
          case VAR_POP -> call("var_pop", call);
          case LITERAL_AGG -> LiteralSql.render((RexLiteral) call.rexList.getFirst());
          default -> byName(call);
        };
    return LiteralSql.cast(text, call.getType());
  }

  private String count(AggregateCall call) {
    List<String> arguments = arguments(call);
    if (arguments.isEmpty()) {
      return filtered("count(*)", call);
    }
    if (arguments.size() == 1) {
      return call("count", call);
    }
    // SQL counts the rows where no argument is NULL.
    String known =
        arguments.stream().map(a -> a + " IS NOT NULL").collect(Collectors.joining(" AND "));
    String counted = call.isDistinct() ? "(" + String.join(", ", arguments) + ")" : "TRUE";
    return filtered(
        "count(%sCASE WHEN %s THEN %s END)"
            .formatted(call.isDistinct() ? "DISTINCT " : "", known, counted),
        call);
  }

  /// Sums of doubles are compensated, so that they depend less on the order of the rows.
  private String sum(AggregateCall call) {
    return call(isApproximate(call.getType()) ? "fsum" : "sum", call);
  }

  private String average(AggregateCall call) {
    if (!isApproximate(call.getType())) {
      throw SqlTypes.unsupported("an average of type " + call.getType());
    }
    RelDataType argument =
        aggregate
            .getInput()
            .getRowType()
            .getFieldList()
            .get(call.getArgList().getFirst())
            .getType();
    return call(isApproximate(argument) ? "favg" : "avg", call);
  }

  private String byName(AggregateCall call) {
    if (call.getAggregation() instanceof Percentile percentile) {
      return percentile(percentile, call);
    }
    if (call.getAggregation() == Aggregates.APPROX_COUNT_DISTINCT) {
      return call("approx_count_distinct", call);
    }
    throw SqlTypes.unsupported("the aggregate " + call.getAggregation().getName());
  }

  /// DuckDB interpolates decimals as decimals; here it is done with doubles.
  private String percentile(Percentile percentile, AggregateCall call) {
    String argument = arguments(call).getFirst();
    return filtered(
        "%s(%s%s, %s%s)"
            .formatted(
                percentile.isContinuous() ? "quantile_cont" : "quantile_disc",
                call.isDistinct() ? "DISTINCT " : "",
                percentile.isContinuous() ? "CAST(%s AS DOUBLE)".formatted(argument) : argument,
                percentile.fraction().toPlainString(),
                percentile.isDescending() ? " ORDER BY " + argument + " DESC" : ""),
        call);
  }

  private String grouping(AggregateCall call) {
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return "0";
    }
    return "grouping(%s)".formatted(String.join(", ", arguments(call)));
  }

  private String call(String function, AggregateCall call) {
    return filtered(
        "%s(%s%s)"
            .formatted(
                function, call.isDistinct() ? "DISTINCT " : "", String.join(", ", arguments(call))),
        call);
  }

  private String filtered(String text, AggregateCall call) {
    return call.hasFilter()
        ? "%s FILTER (WHERE %s)".formatted(text, inputs.get(call.filterArg))
        : text;
  }

  private List<String> arguments(AggregateCall call) {
    return call.getArgList().stream().map(inputs::get).toList();
  }

  /// The GROUP BY clause; empty where there is one group of all rows.
  String groupBy() {
    List<Integer> keys = aggregate.getGroupSet().asList();
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return keys.isEmpty() ? "" : " GROUP BY " + names(keys);
    }
    return aggregate.getGroupSets().stream()
        .map(set -> "(" + names(set.asList()) + ")")
        .collect(Collectors.joining(", ", " GROUP BY GROUPING SETS (", ")"));
  }

  private String names(List<Integer> columns) {
    return columns.stream().map(inputs::get).collect(Collectors.joining(", "));
  }

  /// The columns of the aggregate: its keys, then its calls.
  List<String> columns() {
    List<Integer> keys = aggregate.getGroupSet().asList();
    return IntStream.range(0, keys.size() + aggregate.getAggCallList().size())
        .mapToObj(i ->
            i < keys.size()
                ? inputs.get(keys.get(i))
                : render(aggregate.getAggCallList().get(i - keys.size())))
        .toList();
  }
}

package io.scorebook.engine.duckdb;

import io.scorebook.engine.sql.AggregateSql;
import io.scorebook.engine.sql.Dialect;
import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.expression.Percentile;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/// DuckDB's words for what a plan means.
enum DuckDbDialect implements Dialect {
  INSTANCE;

  @Override
  public String engine() {
    return "DuckDB";
  }

  @Override
  public String type(RelDataType type) {
    return SqlTypes.of(type);
  }

  @Override
  public String literal(RexLiteral literal) {
    return LiteralSql.render(literal);
  }

  @Override
  public String converted(String operand, RelDataType from, RexCall call) {
    return CastSql.render(operand, from, call);
  }

  @Override
  public String function(RexCall call, List<String> arguments) {
    return FunctionSql.render(call, arguments);
  }

  @Override
  public String now(String name) {
    String moment = "CAST(current_timestamp AS TIMESTAMP)";
    return switch (name) {
      case "CURRENT_DATE" -> "CAST(%s AS DATE)".formatted(moment);
      case "CURRENT_TIME" -> "CAST(%s AS TIME)".formatted(moment);
      default -> moment;
    };
  }

  @Override
  public String truth(SqlKind test, String operand) {
    return "(%s %s)".formatted(operand, test.name().replace('_', ' '));
  }

  @Override
  public String integerDivision() {
    return "//";
  }

  @Override
  public String interval(RexLiteral literal) {
    return LiteralSql.interval(literal);
  }

  @Override
  public String interval(RexLiteral unit, String times) {
    return "(%s * %s)".formatted(LiteralSql.interval(unit), times);
  }

  @Override
  public String beginning(TimeUnitRange unit, String moment, RelDataType type) {
    return switch (unit) {
      case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND ->
          "date_trunc('%s', %s)".formatted(unit.name().toLowerCase(Locale.ROOT), moment);
      default -> throw unsupported("FLOOR to " + unit);
    };
  }

  @Override
  public String part(TimeUnitRange unit, String moment, RelDataType type) {
    return switch (unit) {
      case YEAR,
          ISOYEAR,
          QUARTER,
          MONTH,
          WEEK,
          DAY,
          DOY,
          ISODOW,
          HOUR,
          MINUTE,
          SECOND,
          MILLISECOND ->
          "extract(%s FROM %s)".formatted(unit.name().toLowerCase(Locale.ROOT), moment);
      // DuckDB counts the days of a week from Sunday = 0.
      case DOW -> "(extract(dow FROM %s) + 1)".formatted(moment);
      default -> throw unsupported("EXTRACT of " + unit);
    };
  }

  @Override
  public String trimmed(SqlTrimFunction.Flag side, String text, String characters) {
    String name =
        switch (side) {
          case BOTH -> "trim";
          case LEADING -> "ltrim";
          case TRAILING -> "rtrim";
        };
    return "%s(%s, %s)".formatted(name, text, characters);
  }

  @Override
  public String position(String text, String part) {
    return "strpos(%s, %s)".formatted(text, part);
  }

  @Override
  public String aggregate(
      AggregateCall call,
      List<String> arguments,
      List<RelDataType> types,
      UnaryOperator<String> filtered) {
    String listed = (call.isDistinct() ? "DISTINCT " : "") + String.join(", ", arguments);
    UnaryOperator<String> called = function -> filtered.apply("%s(%s)".formatted(function, listed));
    return switch (call.getAggregation().getKind()) {
      // Sums of doubles are compensated, so that they depend less on the order of the rows.
      case SUM -> called.apply(sum(call));
      case SUM0 -> "coalesce(%s, 0)".formatted(called.apply(sum(call)));
      case MIN -> called.apply("min");
      case MAX, ANY_VALUE -> called.apply("max"); // any value: always the same one
      case AVG -> called.apply(average(call, types.getFirst()));
      case ARG_MIN -> called.apply("arg_min_null");
      case ARG_MAX -> called.apply("arg_max_null");
      case SINGLE_VALUE ->
          "CASE WHEN %s > 1 THEN error('more than one value') ELSE %s END"
              .formatted(filtered.apply("count(*)"), called.apply("first"));
      case STDDEV_SAMP -> called.apply("stddev_samp");
      case STDDEV_POP -> called.apply("stddev_pop");
      case VAR_SAMP -> called.apply("var_samp");
      case VAR_POP -> called.apply("var_pop");
      default -> {
        if (call.getAggregation() instanceof Percentile percentile) {
          yield percentile(percentile, call, arguments.getFirst(), filtered);
        }
        if (call.getAggregation() == Aggregates.APPROX_COUNT_DISTINCT) {
          yield called.apply("approx_count_distinct");
        }
        throw unsupported("the aggregate " + call.getAggregation().getName());
      }
    };
  }

  private static String sum(AggregateCall call) {
    return AggregateSql.isApproximate(call.getType()) ? "fsum" : "sum";
  }

  private String average(AggregateCall call, RelDataType argument) {
    if (!AggregateSql.isApproximate(call.getType())) {
      throw unsupported("an average of type " + call.getType());
    }
    return AggregateSql.isApproximate(argument) ? "favg" : "avg";
  }

  /// DuckDB interpolates decimals as decimals; here it is done with doubles.
  private static String percentile(
      Percentile percentile, AggregateCall call, String argument, UnaryOperator<String> filtered) {
    return filtered.apply(
        "%s(%s%s, %s%s)"
            .formatted(
                percentile.isContinuous() ? "quantile_cont" : "quantile_disc",
                call.isDistinct() ? "DISTINCT " : "",
                percentile.isContinuous() ? "CAST(%s AS DOUBLE)".formatted(argument) : argument,
                percentile.fraction().toPlainString(),
                percentile.isDescending() ? " ORDER BY " + argument + " DESC" : ""));
  }

  @Override
  public String windowSum(boolean approximate) {
    return approximate ? "fsum" : "sum";
  }

  @Override
  public String overRows(String function, String arguments, boolean ignoreNulls, String window) {
    return "%s(%s%s) OVER (%s)"
        .formatted(function, arguments, ignoreNulls ? " IGNORE NULLS" : "", window);
  }

  @Override
  public boolean hasDistinctOverRows() {
    return true;
  }

  @Override
  public String notKept() {
    return " NOT MATERIALIZED";
  }

  @Override
  public boolean hasSemiJoin() {
    return true;
  }

  @Override
  public boolean hasFullJoinOnNulls() {
    return true;
  }

  @Override
  public String page(String limit, String offset) {
    return limit + offset;
  }
}

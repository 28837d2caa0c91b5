package io.scorebook.engine.trino;

import io.scorebook.engine.sql.Dialect;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/// Trino's words for what a plan means.
enum TrinoDialect implements Dialect {
  INSTANCE;

  private static final int MAX_DECIMAL = 38;
  private static final Set<TimeUnitRange> CLOCK =
      Set.of(TimeUnitRange.HOUR, TimeUnitRange.MINUTE, TimeUnitRange.SECOND);

  @Override
  public String engine() {
    return "Trino";
  }

  @Override
  public String type(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> "BOOLEAN";
      case TINYINT -> "TINYINT";
      case SMALLINT -> "SMALLINT";
      case INTEGER, NULL -> "INTEGER";
      case BIGINT -> "BIGINT";
      case REAL -> "REAL";
      case FLOAT, DOUBLE -> "DOUBLE";
      case DECIMAL -> decimal(type);
      case CHAR, VARCHAR -> "VARCHAR";
      case BINARY, VARBINARY -> "VARBINARY";
      case DATE -> "DATE";
      case TIME -> "TIME(6)";
      case TIMESTAMP -> "TIMESTAMP(6)";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> "TIMESTAMP(6) WITH TIME ZONE";
      default -> throw unsupported("the type " + type);
    };
  }

  private String decimal(RelDataType type) {
    if (type.getPrecision() > MAX_DECIMAL || type.getScale() > type.getPrecision()) {
      throw unsupported("the type " + type);
    }
    return "DECIMAL(%d, %d)".formatted(type.getPrecision(), type.getScale());
  }

  @Override
  public String literal(RexLiteral literal) {
    RelDataType type = literal.getType();
    if (literal.isNull()) {
      return cast("NULL", type);
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> String.valueOf(literal.getValueAs(Boolean.class)).toUpperCase(Locale.ROOT);
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE ->
          cast(Dialect.quoted(String.valueOf(literal.getValue())), type);
      case CHAR, VARCHAR -> Dialect.quoted(required(literal, NlsString.class).getValue());
      case DATE -> cast(Dialect.quoted(required(literal, DateString.class).toString()), type);
      case TIME -> cast(Dialect.quoted(required(literal, TimeString.class).toString()), type);
      case TIMESTAMP ->
          cast(Dialect.quoted(required(literal, TimestampString.class).toString()), type);
      default -> throw unsupported("a literal of type " + type);
    };
  }

  private static <T> T required(RexLiteral literal, Class<T> type) {
    T value = literal.getValueAs(type);
    if (value == null) {
      throw new IllegalArgumentException("Invalid literal: " + literal);
    }
    return value;
  }

  @Override
  public String converted(String operand, RelDataType from, RexCall call) {
    return TrinoCasts.render(operand, from, call);
  }

  @Override
  public String function(RexCall call, List<String> arguments) {
    return TrinoFunctions.render(call, arguments);
  }

  @Override
  public String now(String name) {
    String moment = "CAST(current_timestamp AT TIME ZONE 'UTC' AS TIMESTAMP(6))";
    return switch (name) {
      case "CURRENT_DATE" -> "CAST(%s AS DATE)".formatted(moment);
      case "CURRENT_TIME" -> "CAST(%s AS TIME(6))".formatted(moment);
      default -> moment;
    };
  }

  /// Trino has no IS TRUE.
  @Override
  public String truth(SqlKind test, String operand) {
    return switch (test) {
      case IS_TRUE -> "coalesce(%s, FALSE)".formatted(operand);
      case IS_NOT_TRUE -> "(NOT coalesce(%s, FALSE))".formatted(operand);
      case IS_FALSE -> "(NOT coalesce(%s, TRUE))".formatted(operand);
      case IS_NOT_FALSE -> "coalesce(%s, TRUE)".formatted(operand);
      default -> throw unsupported(test.sql);
    };
  }

  @Override
  public String integerDivision() {
    return "/";
  }

  @Override
  public String interval(RexLiteral literal) {
    BigDecimal value = required(literal, BigDecimal.class);
    SqlTypeName type = literal.getType().getSqlTypeName();
    if (type.isYearMonth()) {
      return "INTERVAL '%d' MONTH".formatted(value.intValueExact());
    }
    BigDecimal[] days = value.divideAndRemainder(BigDecimal.valueOf(86_400_000));
    return days[1].signum() == 0
        ? "INTERVAL '%d' DAY".formatted(days[0].intValueExact())
        : "INTERVAL '%s' SECOND"
            .formatted(value.movePointLeft(3).stripTrailingZeros().toPlainString());
  }

  @Override
  public String interval(RexLiteral unit, String times) {
    return "(%s * %s)".formatted(interval(unit), times);
  }

  @Override
  public String beginning(TimeUnitRange unit, String moment, RelDataType type) {
    if (type.getSqlTypeName() == SqlTypeName.DATE && CLOCK.contains(unit)) {
      return moment; // a date has no hours
    }
    return switch (unit) {
      case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND ->
          "date_trunc('%s', %s)".formatted(unit.name().toLowerCase(Locale.ROOT), moment);
      default -> throw unsupported("FLOOR to " + unit);
    };
  }

  @Override
  public String part(TimeUnitRange unit, String moment, RelDataType type) {
    boolean isDate = type.getSqlTypeName() == SqlTypeName.DATE;
    String time = isDate ? "CAST(%s AS TIMESTAMP(6))".formatted(moment) : moment;
    return switch (unit) {
      case YEAR, QUARTER, MONTH, WEEK, DAY ->
          "%s(%s)".formatted(unit.name().toLowerCase(Locale.ROOT), moment);
      case ISOYEAR -> "year_of_week(%s)".formatted(moment);
      case DOY -> "day_of_year(%s)".formatted(moment);
      case ISODOW -> "day_of_week(%s)".formatted(moment);
      // Trino's days of the week are counted from Monday = 1.
      case DOW -> "(day_of_week(%s) %% 7 + 1)".formatted(moment);
      case HOUR, MINUTE, SECOND -> "%s(%s)".formatted(unit.name().toLowerCase(Locale.ROOT), time);
      case MILLISECOND -> "(second(%s) * 1000 + millisecond(%s))".formatted(time, time);
      default -> throw unsupported("EXTRACT of " + unit);
    };
  }

  @Override
  public String trimmed(SqlTrimFunction.Flag side, String text, String characters) {
    return "trim(%s %s FROM %s)".formatted(side, characters, text);
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
    return TrinoAggregates.render(call, arguments, filtered);
  }

  @Override
  public String windowSum(boolean approximate) {
    return "sum";
  }

  @Override
  public String overRows(String function, String arguments, boolean ignoreNulls, String window) {
    return "%s(%s)%s OVER (%s)"
        .formatted(function, arguments, ignoreNulls ? " IGNORE NULLS" : "", window);
  }

  @Override
  public boolean hasDistinctOverRows() {
    return false;
  }

  @Override
  public String notKept() {
    return "";
  }

  @Override
  public boolean hasSemiJoin() {
    return false;
  }

  @Override
  public boolean hasFullJoinOnNulls() {
    return false;
  }

  @Override
  public String page(String limit, String offset) {
    return offset + limit;
  }
}

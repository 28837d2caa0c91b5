package io.scorebook.engine.duckdb;

import static io.scorebook.engine.duckdb.LiteralSql.cast;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes row-level expressions: what is here is run, what is not is refused by name.
///
/// Where DuckDB means something else by the same word (the remainder of a cast, the first day of a
/// week's number, the length of a fixed text), the text says what the plan means.
final class ExpressionSql {
  private final RexBuilder rexBuilder;
  private final IntFunction<String> fields;

  /// @param fields what each input column is called
  ExpressionSql(RexBuilder rexBuilder, IntFunction<String> fields) {
    this.rexBuilder = rexBuilder;
    this.fields = fields;
  }

  String render(RexNode node) {
    return switch (node) {
      case RexInputRef ref -> fields.apply(ref.getIndex());
      case RexLiteral literal -> LiteralSql.render(literal);
      case RexOver over -> new WindowSql(this).render(over);
      case RexCall call -> call(call);
      default -> throw SqlTypes.unsupported("the expression " + node);
    };
  }

  List<String> render(List<RexNode> nodes) {
    return nodes.stream().map(this::render).toList();
  }

  private String call(RexCall call) {
    return switch (call.getKind()) {
      case AND -> infix(call, "AND");
      case OR -> infix(call, "OR");
      case NOT -> "(NOT %s)".formatted(operand(call, 0));
      case EQUALS -> infix(call, "=");
      case NOT_EQUALS -> infix(call, "<>");
      case LESS_THAN -> infix(call, "<");
      case LESS_THAN_OR_EQUAL -> infix(call, "<=");
      case GREATER_THAN -> infix(call, ">");
      case GREATER_THAN_OR_EQUAL -> infix(call, ">=");
      case IS_DISTINCT_FROM -> infix(call, "IS DISTINCT FROM");
      case IS_NOT_DISTINCT_FROM -> infix(call, "IS NOT DISTINCT FROM");
      case IS_NULL -> postfix(call, "IS NULL");
      case IS_NOT_NULL -> postfix(call, "IS NOT NULL");
      case IS_TRUE -> postfix(call, "IS TRUE");
      case IS_NOT_TRUE -> postfix(call, "IS NOT TRUE");
      case IS_FALSE -> postfix(call, "IS FALSE");
      case IS_NOT_FALSE -> postfix(call, "IS NOT FALSE");
      case IS_UNKNOWN -> postfix(call, "IS NULL");
      case SEARCH -> render(RexUtil.expandSearch(rexBuilder, null, call));
      case CASE -> caseWhen(call);
      case COALESCE -> cast(function(call, "coalesce"), call.getType());
      case NULLIF -> function(call, "nullif");
      case PLUS -> plusMinus(call, "+");
      case MINUS -> plusMinus(call, "-");
      case TIMES -> arithmetic(call, "*");
      case DIVIDE -> divide(call);
      case MOD -> arithmetic(call, "%");
      case MINUS_PREFIX -> cast("(-%s)".formatted(operand(call, 0)), call.getType());
      case PLUS_PREFIX -> operand(call, 0);
      case CAST, SAFE_CAST ->
          CastSql.render(operand(call, 0), call.getOperands().get(0).getType(), call);
      case LIKE -> like(call);
      case FLOOR -> floor(call);
      case CEIL -> ceil(call);
      case EXTRACT -> extract(call);
      case TRIM -> trim(call);
      case POSITION -> position(call);
      case CHAR_LENGTH -> function(call, "length");
      default -> byName(call);
    };
  }

  private String byName(RexCall call) {
    return switch (call.getOperator().getName()) {
      case "||" -> infix(call, "||");
      case "CURRENT_DATE" -> "CAST(CAST(current_timestamp AS TIMESTAMP) AS DATE)";
      case "CURRENT_TIME" -> "CAST(CAST(current_timestamp AS TIMESTAMP) AS TIME)";
      case "CURRENT_TIMESTAMP" -> "CAST(current_timestamp AS TIMESTAMP)";
      default -> FunctionSql.render(call, render(call.getOperands()));
    };
  }

  private String operand(RexCall call, int index) {
    return render(call.getOperands().get(index));
  }

  private String infix(RexCall call, String operator) {
    return render(call.getOperands()).stream()
        .collect(Collectors.joining(" " + operator + " ", "(", ")"));
  }

  private String postfix(RexCall call, String operator) {
    return "(%s %s)".formatted(operand(call, 0), operator);
  }

  private String function(RexCall call, String name) {
    return name + "(" + String.join(", ", render(call.getOperands())) + ")";
  }

  private String caseWhen(RexCall call) {
    var text = new StringBuilder("CASE");
    int last = call.getOperands().size() - 1;
    for (int i = 0; i < last; i += 2) {
      text.append(" WHEN ").append(operand(call, i)).append(" THEN ").append(operand(call, i + 1));
    }
    // Branches of several exact types meet in one of DuckDB's choosing; the plan's is written.
    return cast(text.append(" ELSE ").append(operand(call, last)).append(" END").toString(), call);
  }

  private static String cast(String text, RexNode node) {
    return LiteralSql.cast(text, node.getType());
  }

  private static String cast(String text, RelDataType type) {
    return LiteralSql.cast(text, type);
  }

  /// Arithmetic is done in the type of the result, so that it overflows where the plan's type does
  /// and not where an operand's type does.
  private String arithmetic(RexCall call, String operator) {
    RelDataType type = call.getType();
    if (SqlTypeName.INT_TYPES.contains(type.getSqlTypeName())) {
      return call.getOperands().stream()
          .map(operand ->
              isInteger(operand.getType()) ? cast(render(operand), type) : render(operand))
          .collect(
              Collectors.joining(
                  " " + operator + " ", "CAST((", ") AS " + SqlTypes.of(type) + ")"));
    }
    return cast(infix(call, operator), type);
  }

  private String plusMinus(RexCall call, String operator) {
    if (SqlTypeFamily.DATETIME.contains(call.getType())) {
      RexNode moment = call.getOperands().get(0);
      RexNode by = call.getOperands().get(1);
      return cast("(%s %s %s)".formatted(render(moment), operator, interval(by)), call);
    }
    if (SqlTypeName.INTERVAL_TYPES.contains(call.getType().getSqlTypeName())) {
      throw SqlTypes.unsupported("the difference of two moments");
    }
    return arithmetic(call, operator);
  }

  private String interval(RexNode node) {
    if (node instanceof RexLiteral literal) {
      return LiteralSql.interval(literal);
    }
    if (node instanceof RexCall call && call.getKind() == SqlKind.TIMES) {
      RexNode left = call.getOperands().get(0);
      boolean leftIsInterval = SqlTypeName.INTERVAL_TYPES.contains(left.getType().getSqlTypeName());
      RexNode unit = leftIsInterval ? left : call.getOperands().get(1);
      RexNode times = leftIsInterval ? call.getOperands().get(1) : left;
      return "(%s * %s)".formatted(interval(unit), render(times));
    }
    throw SqlTypes.unsupported("the interval " + node);
  }

  /// A division by zero fails: DuckDB is set so.
  private String divide(RexCall call) {
    SqlTypeName type = call.getType().getSqlTypeName();
    if (SqlTypeName.INT_TYPES.contains(type)) {
      return arithmetic(call, "//");
    }
    if (SqlTypeName.APPROX_TYPES.contains(type)) {
      return call.getOperands().stream()
          .map(operand -> "CAST(%s AS DOUBLE)".formatted(render(operand)))
          .collect(Collectors.joining(" / ", "(", ")"));
    }
    throw SqlTypes.unsupported(
        "the division %s (cast an operand to DOUBLE)".formatted(call.getType()));
  }

  private String like(RexCall call) {
    return call.getOperands().size() == 2
        ? "(%s LIKE %s)".formatted(operand(call, 0), operand(call, 1))
        : "(%s LIKE %s ESCAPE %s)".formatted(operand(call, 0), operand(call, 1), operand(call, 2));
  }

  private String floor(RexCall call) {
    if (isInteger(call.getOperands().getFirst().getType())) {
      return operand(call, 0);
    }
    if (call.getOperands().size() == 1) {
      return cast(function(call, "floor"), call);
    }
    return cast("date_trunc('%s', %s)".formatted(unit(call, 1), operand(call, 0)), call);
  }

  private String ceil(RexCall call) {
    if (call.getOperands().size() > 1) {
      throw SqlTypes.unsupported("CEIL to a time unit");
    }
    return isInteger(call.getOperands().getFirst().getType())
        ? operand(call, 0)
        : cast(function(call, "ceil"), call);
  }

  private static String unit(RexCall call, int operand) {
    TimeUnitRange unit = timeUnit(call, operand);
    return switch (unit) {
      case YEAR -> "year";
      case QUARTER -> "quarter";
      case MONTH -> "month";
      case WEEK -> "week"; // from Monday
      case DAY -> "day";
      case HOUR -> "hour";
      case MINUTE -> "minute";
      case SECOND -> "second";
      default -> throw SqlTypes.unsupported("FLOOR to " + unit);
    };
  }

  private static TimeUnitRange timeUnit(RexCall call, int operand) {
    if (call.getOperands().get(operand) instanceof RexLiteral literal
        && literal.getValue() instanceof TimeUnitRange unit) {
      return unit;
    }
    throw SqlTypes.unsupported("the time unit of " + call);
  }

  private String extract(RexCall call) {
    TimeUnitRange unit = timeUnit(call, 0);
    String part =
        switch (unit) {
          case YEAR -> "year";
          case ISOYEAR -> "isoyear";
          case QUARTER -> "quarter";
          case MONTH -> "month";
          case WEEK -> "week";
          case DAY -> "day";
          case DOY -> "doy";
          case ISODOW -> "isodow";
          case DOW -> "dow";
          case HOUR -> "hour";
          case MINUTE -> "minute";
          case SECOND -> "second";
          case MILLISECOND -> "millisecond";
          default -> throw SqlTypes.unsupported("EXTRACT of " + unit);
        };
    String value = "extract(%s FROM %s)".formatted(part, operand(call, 1));
    // SQL counts the days of a week from Sunday = 1, DuckDB from Sunday = 0.
    return cast(unit == TimeUnitRange.DOW ? "(%s + 1)".formatted(value) : value, call);
  }

  private String trim(RexCall call) {
    SqlTrimFunction.Flag flag =
        call.getOperands().get(0) instanceof RexLiteral literal
            ? literal.getValueAs(SqlTrimFunction.Flag.class)
            : null;
    if (flag == null) {
      throw SqlTypes.unsupported("the function " + call);
    }
    String name =
        switch (flag) {
          case BOTH -> "trim";
          case LEADING -> "ltrim";
          case TRAILING -> "rtrim";
        };
    return "%s(%s, %s)".formatted(name, operand(call, 2), operand(call, 1));
  }

  private String position(RexCall call) {
    if (call.getOperands().size() != 2) {
      throw SqlTypes.unsupported("POSITION from a place");
    }
    return cast("strpos(%s, %s)".formatted(operand(call, 1), operand(call, 0)), call);
  }

  private static boolean isInteger(RelDataType type) {
    return SqlTypeName.INT_TYPES.contains(type.getSqlTypeName());
  }
}

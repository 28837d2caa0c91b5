package io.scorebook.engine.sql;

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
/// Where an engine means something else by the same word (the remainder of a cast, the first day of
/// a week's number, the length of a fixed text), its [Dialect] says what the plan means.
final class ExpressionSql {
  private final Dialect dialect;
  private final RexBuilder rexBuilder;
  private final IntFunction<String> fields;

  /// @param fields what each input column is called
  ExpressionSql(Dialect dialect, RexBuilder rexBuilder, IntFunction<String> fields) {
    this.dialect = dialect;
    this.rexBuilder = rexBuilder;
    this.fields = fields;
  }

  Dialect dialect() {
    return dialect;
  }

  String render(RexNode node) {
    return switch (node) {
      case RexInputRef ref -> fields.apply(ref.getIndex());
      // A NULL that nothing gives a type fits everywhere, one of some type does not.
      case RexLiteral literal when isUntyped(literal.getType()) -> "NULL";
      case RexLiteral literal -> dialect.literal(literal);
      case RexOver over -> new WindowSql(this).render(over);
      case RexCall call -> call(call);
      default -> throw dialect.unsupported("the expression " + node);
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
      case IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          dialect.truth(call.getKind(), operand(call, 0));
      case IS_UNKNOWN -> postfix(call, "IS NULL");
      case SEARCH -> render(RexUtil.expandSearch(rexBuilder, null, call));
      case CASE -> caseWhen(call);
      case COALESCE ->
          cast("coalesce(%s)".formatted(String.join(", ", inOneType(call))), call.getType());
      case NULLIF -> function(call, "nullif");
      case PLUS -> plusMinus(call, "+");
      case MINUS -> plusMinus(call, "-");
      case TIMES -> arithmetic(call, "*");
      case DIVIDE -> divide(call);
      case MOD -> arithmetic(call, "%");
      case MINUS_PREFIX -> cast("(-%s)".formatted(operand(call, 0)), call.getType());
      case PLUS_PREFIX -> operand(call, 0);
      case CAST, SAFE_CAST ->
          dialect.converted(operand(call, 0), call.getOperands().get(0).getType(), call);
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
      case "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP" ->
          dialect.now(call.getOperator().getName());
      case "GREATEST", "LEAST" -> dialect.function(call, inOneType(call));
      default -> dialect.function(call, render(call.getOperands()));
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
      text.append(" WHEN ").append(operand(call, i));
      text.append(" THEN ").append(inTypeOf(call, call.getOperands().get(i + 1)));
    }
    // Branches of several exact types meet in one of DuckDB's choosing; the plan's is written.
    text.append(" ELSE ").append(inTypeOf(call, call.getOperands().get(last))).append(" END");
    return cast(text.toString(), call);
  }

  private List<String> inOneType(RexCall call) {
    return call.getOperands().stream().map(operand -> inTypeOf(call, operand)).toList();
  }

  /// One of several values that the call gives: an engine that brings decimals to a type of its own
  /// choosing takes one without their fraction where they are long.
  private String inTypeOf(RexCall call, RexNode operand) {
    boolean exact =
        call.getType().getSqlTypeName() == SqlTypeName.DECIMAL
            && SqlTypeName.EXACT_TYPES.contains(operand.getType().getSqlTypeName());
    return exact && operand.getType().getScale() != call.getType().getScale()
        ? cast(render(operand), call.getType())
        : render(operand);
  }

  private String cast(String text, RexNode node) {
    return cast(text, node.getType());
  }

  private String cast(String text, RelDataType type) {
    return isUntyped(type) ? text : dialect.cast(text, type);
  }

  private static boolean isUntyped(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.NULL;
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
                  " " + operator + " ", "CAST((", ") AS " + dialect.type(type) + ")"));
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
      throw dialect.unsupported("the difference of two moments");
    }
    return arithmetic(call, operator);
  }

  private String interval(RexNode node) {
    if (node instanceof RexLiteral literal) {
      return dialect.interval(literal);
    }
    if (node instanceof RexCall call && call.getKind() == SqlKind.TIMES) {
      RexNode left = call.getOperands().get(0);
      boolean leftIsInterval = SqlTypeName.INTERVAL_TYPES.contains(left.getType().getSqlTypeName());
      RexNode unit = leftIsInterval ? left : call.getOperands().get(1);
      RexNode times = leftIsInterval ? call.getOperands().get(1) : left;
      if (unit instanceof RexLiteral literal) {
        return dialect.interval(literal, render(times));
      }
    }
    throw dialect.unsupported("the interval " + node);
  }

  /// Nothing is divided by zero: the plan says NULL there.
  private String divide(RexCall call) {
    SqlTypeName type = call.getType().getSqlTypeName();
    if (SqlTypeName.INT_TYPES.contains(type)) {
      return arithmetic(call, dialect.integerDivision());
    }
    if (SqlTypeName.APPROX_TYPES.contains(type)) {
      return call.getOperands().stream()
          .map(operand -> "CAST(%s AS DOUBLE)".formatted(render(operand)))
          .collect(Collectors.joining(" / ", "(", ")"));
    }
    throw dialect.unsupported(
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
    return cast(
        dialect.beginning(
            timeUnit(call, 1), operand(call, 0), call.getOperands().getFirst().getType()),
        call);
  }

  private String ceil(RexCall call) {
    if (call.getOperands().size() > 1) {
      throw dialect.unsupported("CEIL to a time unit");
    }
    return isInteger(call.getOperands().getFirst().getType())
        ? operand(call, 0)
        : cast(function(call, "ceil"), call);
  }

  private TimeUnitRange timeUnit(RexCall call, int operand) {
    if (call.getOperands().get(operand) instanceof RexLiteral literal
        && literal.getValue() instanceof TimeUnitRange unit) {
      return unit;
    }
    throw dialect.unsupported("the time unit of " + call);
  }

  private String extract(RexCall call) {
    return cast(
        dialect.part(timeUnit(call, 0), operand(call, 1), call.getOperands().get(1).getType()),
        call);
  }

  private String trim(RexCall call) {
    SqlTrimFunction.Flag flag =
        call.getOperands().get(0) instanceof RexLiteral literal
            ? literal.getValueAs(SqlTrimFunction.Flag.class)
            : null;
    if (flag == null) {
      throw dialect.unsupported("the function " + call);
    }
    return dialect.trimmed(flag, operand(call, 2), operand(call, 1));
  }

  private String position(RexCall call) {
    if (call.getOperands().size() != 2) {
      throw dialect.unsupported("POSITION from a place");
    }
    return cast(dialect.position(operand(call, 1), operand(call, 0)), call);
  }

  private static boolean isInteger(RelDataType type) {
    return SqlTypeName.INT_TYPES.contains(type.getSqlTypeName());
  }
}

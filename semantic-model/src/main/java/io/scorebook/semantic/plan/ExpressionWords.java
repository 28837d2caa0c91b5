package io.scorebook.semantic.plan;

import io.scorebook.semantic.question.Filter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/// Expressions as an analyst would write them.
final class ExpressionWords {
  private final RexBuilder rex;
  private final IntFunction<String> names;

  /// @param names of the columns that expressions refer to
  ExpressionWords(RexBuilder rex, IntFunction<String> names) {
    this.rex = rex;
    this.names = names;
  }

  static String of(SqlNode node) {
    return node.toSqlString(config ->
            config
                .withDialect(AnsiSqlDialect.DEFAULT)
                .withQuoteAllIdentifiers(false)
                .withAlwaysUseParentheses(false)
                .withLineFolding(org.apache.calcite.sql.SqlWriterConfig.LineFolding.WIDE)
                .withLineLength(0))
        .getSql()
        .replace("`", "")
        .replaceAll("\\s+", " ");
  }

  static String of(Filter filter) {
    return switch (filter) {
      case Filter.Comparison(String field, Filter.Op op, List<?> values) ->
          values.isEmpty()
              ? field + " " + op.symbol()
              : op == Filter.Op.IN || op == Filter.Op.NOT_IN
                  ? field
                      + " "
                      + op.symbol()
                      + values.stream()
                          .map(ExpressionWords::value)
                          .collect(Collectors.joining(", ", " (", ")"))
                  : field + " " + op.symbol() + " " + value(values.getFirst());
      case Filter.And(List<Filter> of) ->
          of.stream().map(ExpressionWords::of).collect(Collectors.joining(" and ", "(", ")"));
      case Filter.Or(List<Filter> of) ->
          of.stream().map(ExpressionWords::of).collect(Collectors.joining(" or ", "(", ")"));
      case Filter.Not(Filter of) -> "not (" + of(of) + ")";
    };
  }

  private static String value(Object value) {
    return switch (value) {
      case String text -> "'" + text.replace("'", "''") + "'";
      case BigDecimal decimal -> decimal.toPlainString();
      default -> String.valueOf(value);
    };
  }

  String of(RexNode node) {
    return switch (node) {
      case RexInputRef reference -> names.apply(reference.getIndex());
      case RexSubQuery _ -> "(a subquery)";
      case RexLiteral literal -> literal(literal);
      case RexCall call -> call(call);
      default -> node.toString();
    };
  }

  private static String literal(RexLiteral literal) {
    if (literal.isNull()) {
      return "NULL";
    }
    return switch (literal.getTypeName()) {
      case CHAR, VARCHAR -> "'" + literal.getValueAs(String.class).replace("'", "''") + "'";
      case DATE -> "'" + literal.getValueAs(DateString.class) + "'";
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          "'" + literal.getValueAs(TimestampString.class) + "'";
      default ->
          literal.getValue() instanceof BigDecimal number
              ? number.toPlainString()
              : String.valueOf(literal.getValue());
    };
  }

  private String call(RexCall call) {
    List<RexNode> operands = call.getOperands();
    if (call.getKind() == SqlKind.SEARCH) {
      return of(RexUtil.expandSearch(rex, null, call));
    }
    if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
      return of(operands.getFirst());
    }
    if (call.getKind() == SqlKind.FLOOR
        && operands.size() == 2
        && operands.getLast() instanceof RexLiteral unit
        && unit.getValue() instanceof TimeUnitRange range) {
      return of(operands.getFirst()) + "." + range.name().toLowerCase(Locale.ROOT);
    }
    if (call.getOperator() instanceof SqlBinaryOperator) {
      return operands.stream()
          .map(operand -> isNested(call, operand) ? "(" + of(operand) + ")" : of(operand))
          .collect(Collectors.joining(" " + call.getOperator().getName() + " "));
    }
    if (call.getOperator() instanceof SqlPostfixOperator) {
      return of(operands.getFirst()) + " " + call.getOperator().getName();
    }
    if (call.getKind() == SqlKind.LIKE) {
      return of(operands.get(0)) + " LIKE " + of(operands.get(1));
    }
    return call.getOperator().getName()
        + operands.stream().map(this::of).collect(Collectors.joining(", ", "(", ")"));
  }

  private static boolean isNested(RexCall outer, RexNode operand) {
    return operand instanceof RexCall inner
        && inner.getOperator() instanceof SqlBinaryOperator
        && inner.getOperator().getLeftPrec() <= outer.getOperator().getLeftPrec();
  }
}

package io.scorebook.semantic.expression;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/// What the rewritings of functions are made of.
final class Rewrites {
  private Rewrites() {}

  /// The same arguments, so many of them, for another function.
  static UnaryOperator<SqlCall> to(SqlOperator operator, String syntax, int arguments) {
    return call -> {
      check(call, syntax, arguments, arguments);
      return call(operator, call, call.getOperandList());
    };
  }

  /// @throws Misuse for a call with fewer or more arguments
  static void check(SqlCall call, String syntax, int least, int most) {
    if (call.operandCount() < least || call.operandCount() > most) {
      throw new Misuse(
          call,
          "Cannot use %s with %d arguments; write %s"
              .formatted(call.getOperator().getName(), call.operandCount(), syntax));
    }
  }

  static SqlCall call(SqlOperator operator, SqlCall from, SqlNode... arguments) {
    return call(operator, from, List.of(arguments));
  }

  static SqlCall call(SqlOperator operator, SqlCall from, List<? extends SqlNode> arguments) {
    return new SqlBasicCall(operator, List.copyOf(arguments), from.getParserPosition());
  }

  static SqlNode number(int value, SqlParserPos position) {
    return SqlLiteral.createExactNumeric(BigDecimal.valueOf(value).toString(), position);
  }

  static SqlNode text(String value, SqlParserPos position) {
    return SqlLiteral.createCharString(value, position);
  }
}

package io.scorebook.semantic.expression;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Functions of numbers.
final class NumberRewrites {
  private NumberRewrites() {}

  static void addTo(Map<String, UnaryOperator<SqlCall>> rewrites) {
    rewrites.put("ABS", Rewrites.to(Scalars.ABS, "ABS(x)", 1));
    rewrites.put("SIGN", Rewrites.to(Scalars.SIGN, "SIGN(x)", 1));
    rewrites.put("CEILING", Rewrites.to(SqlStdOperatorTable.CEIL, "CEILING(x)", 1));
    rewrites.put("MOD", Rewrites.to(SqlStdOperatorTable.MOD, "MOD(x, y)", 2));
    rewrites.put("ROUND", call -> digits(call, Scalars.ROUND));
    rewrites.put("TRUNC", call -> digits(call, Scalars.TRUNC));
    rewrites.put("TRUNCATE", call -> digits(call, Scalars.TRUNC));
    for (String name :
        new String[] {
          "SQRT", "EXP", "LN", "LOG10", "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "RADIANS",
          "DEGREES"
        }) {
      rewrites.put(name, Rewrites.to(Scalars.real(name, 1), name + "(x)", 1));
    }
    rewrites.put("POWER", Rewrites.to(Scalars.real("POWER", 2), "POWER(x, y)", 2));
    rewrites.put("ATAN2", Rewrites.to(Scalars.real("ATAN2", 2), "ATAN2(y, x)", 2));
    SqlFunction log = Scalars.real("LOG", 2);
    rewrites.put("LOG", Rewrites.to(log, "LOG(base, x), LN(x) or LOG10(x)", 2));
    SqlFunction pi = Scalars.real("PI", 0);
    rewrites.put("PI", Rewrites.to(pi, "PI()", 0));
  }

  private static SqlCall digits(SqlCall call, SqlFunction function) {
    String name = call.getOperator().getName();
    Rewrites.check(call, "%s(x) or %s(x, d)".formatted(name, name), 1, 2);
    return Rewrites.call(
        function,
        call,
        call.operand(0),
        call.operandCount() == 2 ? call.operand(1) : Rewrites.number(0, call.getParserPosition()));
  }
}

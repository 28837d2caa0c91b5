package io.scorebook.semantic.expression;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Functions that choose among their arguments.
final class ConditionRewrites {
  private ConditionRewrites() {}

  static void addTo(Map<String, UnaryOperator<SqlCall>> rewrites) {
    for (String name : new String[] {"IF", "IFF"}) {
      rewrites.put(
          name,
          call -> {
            Rewrites.check(call, name + "(condition, yes, no)", 3, 3);
            return choose(call, call.operand(0), call.operand(1), call.operand(2));
          });
    }
    for (String name : new String[] {"IFNULL", "NVL"}) {
      rewrites.put(name, Rewrites.to(SqlStdOperatorTable.COALESCE, name + "(value, default)", 2));
    }
    rewrites.put(
        "NVL2",
        call -> {
          Rewrites.check(call, "NVL2(value, if not null, if null)", 3, 3);
          return choose(
              call,
              Rewrites.call(SqlStdOperatorTable.IS_NOT_NULL, call, (SqlNode) call.operand(0)),
              call.operand(1),
              call.operand(2));
        });
    rewrites.put("TRY_CAST", Rewrites.to(SqlLibraryOperators.SAFE_CAST, "TRY_CAST(s AS type)", 2));
    rewrites.put("ZEROIFNULL", call -> withZero(call, SqlStdOperatorTable.COALESCE));
    rewrites.put("NULLIFZERO", call -> withZero(call, SqlStdOperatorTable.NULLIF));
    rewrites.put("GREATEST", call -> several(call, Scalars.GREATEST));
    rewrites.put("LEAST", call -> several(call, Scalars.LEAST));
  }

  private static SqlCall choose(SqlCall call, SqlNode condition, SqlNode yes, SqlNode no) {
    return new SqlCase(
        call.getParserPosition(), null, SqlNodeList.of(condition), SqlNodeList.of(yes), no);
  }

  private static SqlCall withZero(SqlCall call, org.apache.calcite.sql.SqlOperator operator) {
    Rewrites.check(call, call.getOperator().getName() + "(x)", 1, 1);
    return Rewrites.call(
        operator, call, call.operand(0), Rewrites.number(0, call.getParserPosition()));
  }

  private static SqlCall several(SqlCall call, org.apache.calcite.sql.SqlFunction function) {
    Rewrites.check(call, function.getName() + "(a, b)", 2, Integer.MAX_VALUE);
    return Rewrites.call(function, call, call.getOperandList());
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.GroupValue;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// Names the columns `AGGREGATE(wins)` of a query after their metrics, where it gives no name.
final class MetricNames {
  private MetricNames() {}

  static SqlNode alias(SqlNode statement) {
    statement.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call instanceof SqlSelect select && select.getSelectList() != null) {
              select.setSelectList(aliased(select.getSelectList()));
            }
            return super.visit(call);
          }
        });
    return statement;
  }

  private static SqlNodeList aliased(SqlNodeList items) {
    return items.stream()
        .map(item ->
            item instanceof SqlCall call
                    && call.getOperator() == GroupValue.INSTANCE
                    && call.operand(0) instanceof SqlIdentifier metric
                ? SqlStdOperatorTable.AS.createCall(
                    item.getParserPosition(),
                    item,
                    new SqlIdentifier(metric.names.getLast(), SqlParserPos.ZERO))
                : item)
        .collect(SqlNodeList.toList(items.getParserPosition()));
  }
}

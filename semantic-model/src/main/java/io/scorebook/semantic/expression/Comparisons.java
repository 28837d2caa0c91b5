package io.scorebook.semantic.expression;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Conditions that say the same, written in one way, also where a side is NULL: comparisons to the
/// right, `NOT` as far inside as it goes, `BETWEEN` and `IN` as what they stand for.
final class Comparisons {
  private Comparisons() {}

  /// The call in its simplest form; itself where it has no other.
  static SqlNode simplified(SqlCall call) {
    return switch (call.getKind()) {
      case GREATER_THAN -> flipped(SqlStdOperatorTable.LESS_THAN, call);
      case GREATER_THAN_OR_EQUAL -> flipped(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, call);
      case NOT ->
          call.operand(0) instanceof SqlCall inner
              ? negated(inner).map(Comparisons::simplifiedNode).orElse(call)
              : call;
      case BETWEEN -> between(call);
      case IN -> among(call).orElse(call);
      case NOT_IN -> among(call).map(any -> negated((SqlCall) any).orElse(call)).orElse(call);
      default -> call;
    };
  }

  static SqlNode equal(SqlNode one, SqlNode other) {
    return call(SqlStdOperatorTable.EQUALS, one, other);
  }

  private static SqlNode simplifiedNode(SqlNode node) {
    return node instanceof SqlCall call ? simplified(call) : node;
  }

  private static SqlNode flipped(SqlOperator operator, SqlCall call) {
    return call(operator, call.operand(1), call.operand(0));
  }

  /// What a condition's opposite is; empty where there is no other way to write it than `NOT`.
  private static Optional<SqlNode> negated(SqlCall call) {
    SqlNode first = call.operandCount() > 0 ? call.operand(0) : call;
    return switch (call.getKind()) {
      case NOT -> Optional.of(first);
      case EQUALS -> Optional.of(call(SqlStdOperatorTable.NOT_EQUALS, call));
      case NOT_EQUALS -> Optional.of(call(SqlStdOperatorTable.EQUALS, call));
      case LESS_THAN -> Optional.of(call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, call));
      case LESS_THAN_OR_EQUAL -> Optional.of(call(SqlStdOperatorTable.GREATER_THAN, call));
      case GREATER_THAN -> Optional.of(call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, call));
      case GREATER_THAN_OR_EQUAL -> Optional.of(call(SqlStdOperatorTable.LESS_THAN, call));
      case IS_NULL -> Optional.of(call(SqlStdOperatorTable.IS_NOT_NULL, first));
      case IS_NOT_NULL -> Optional.of(call(SqlStdOperatorTable.IS_NULL, first));
      case AND -> Optional.of(each(SqlStdOperatorTable.OR, call));
      case OR -> Optional.of(each(SqlStdOperatorTable.AND, call));
      case BETWEEN, IN, NOT_IN -> {
        SqlNode simpler = simplified(call);
        yield simpler instanceof SqlCall other && other != call ? negated(other) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static SqlNode each(SqlOperator operator, SqlCall call) {
    return call(
        operator,
        call.getOperandList().stream()
            .map(operand -> call(SqlStdOperatorTable.NOT, operand))
            .toArray(SqlNode[]::new));
  }

  private static SqlNode between(SqlCall call) {
    if (!(call.getOperator() instanceof SqlBetweenOperator operator)
        || operator.flag != SqlBetweenOperator.Flag.ASYMMETRIC) {
      return call;
    }
    SqlNode value = call.operand(0);
    return operator.isNegated()
        ? call(
            SqlStdOperatorTable.OR,
            call(SqlStdOperatorTable.LESS_THAN, value, call.operand(1)),
            call(SqlStdOperatorTable.LESS_THAN, call.operand(2), value))
        : call(
            SqlStdOperatorTable.AND,
            call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, call.operand(1), value),
            call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, value, call.operand(2)));
  }

  /// Equal to any of some literals.
  private static Optional<SqlNode> among(SqlCall call) {
    SqlNode value = call.operand(0);
    if (!(call.operand(1) instanceof SqlNodeList list)
        || list.isEmpty()
        || value.getKind() == SqlKind.ROW
        || !list.stream().allMatch(SqlLiteral.class::isInstance)) {
      return Optional.empty();
    }
    List<SqlNode> equal = list.stream().map(one -> equal(value, one)).toList();
    return Optional.of(
        equal.stream()
            .reduce((one, other) -> call(SqlStdOperatorTable.OR, one, other))
            .orElseThrow());
  }

  private static SqlNode call(SqlOperator operator, SqlCall of) {
    return call(operator, of.operand(0), of.operand(1));
  }

  private static SqlNode call(SqlOperator operator, SqlNode... operands) {
    return operator.createCall(SqlParserPos.ZERO, operands);
  }
}

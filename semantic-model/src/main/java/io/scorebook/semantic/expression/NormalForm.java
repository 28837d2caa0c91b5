package io.scorebook.semantic.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// An expression as text that is the same however it is written: layout, the case of names and
/// functions, needless parentheses, and the order of what `AND`, `OR`, `+`, `*`, `=` and `<>` join
/// make no difference. Expressions of different text may still mean the same.
public final class NormalForm {
  private NormalForm() {}

  public static String of(SqlNode expression) {
    return text(expression);
  }

  private static String text(@Nullable SqlNode node) {
    return switch (node) {
      case null -> "_";
      case SqlIdentifier name -> String.join(".", name.names).toLowerCase(Locale.ROOT);
      case SqlNodeList list ->
          list.stream().map(NormalForm::text).collect(Collectors.joining(", ", "[", "]"));
      case SqlCall call -> call(call);
      default -> node.toString();
    };
  }

  private static String call(SqlCall call) {
    var operands = new ArrayList<String>();
    switch (call.getKind()) {
      case AND, OR, PLUS, TIMES -> {
        collect(call, call.getKind(), operands);
        operands.sort(null);
      }
      case EQUALS, NOT_EQUALS -> {
        call.getOperandList().forEach(operand -> operands.add(text(operand)));
        operands.sort(null);
      }
      default -> call.getOperandList().forEach(operand -> operands.add(text(operand)));
    }
    String quantifier =
        call.getFunctionQuantifier() == null ? "" : call.getFunctionQuantifier() + " ";
    return call.getOperator().getName().toUpperCase(Locale.ROOT)
        + "("
        + quantifier
        + String.join(", ", operands)
        + ")";
  }

  private static void collect(SqlCall call, SqlKind kind, List<String> operands) {
    for (SqlNode operand : call.getOperandList()) {
      if (operand instanceof SqlCall inner
          && inner.getKind() == kind
          && inner.operandCount() == 2) {
        collect(inner, kind, operands);
      } else {
        operands.add(text(operand));
      }
    }
  }
}

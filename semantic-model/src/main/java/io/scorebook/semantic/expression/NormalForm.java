package io.scorebook.semantic.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/// An expression as text that is the same however it is written. No difference is made by:
///
/// - layout, the case of names and functions, needless parentheses;
/// - the order of what `AND`, `OR`, `+`, `*`, `=` and `<>` join, and a condition said twice;
/// - whole numbers that are added or multiplied, written out (`2 * 3`, `6`);
/// - the side of a comparison (`a > b`, `b < a`), and those that [Comparisons] knows to be alike;
/// - `FILTER (WHERE c)` behind an aggregate, and `CASE WHEN c THEN x END` in it.
///
/// Expressions of different text may still mean the same; those of one text always do, but for the
/// last digits of floating-point numbers that are added or multiplied in another order.
public final class NormalForm {
  private NormalForm() {}

  public static String of(SqlNode expression) {
    return text(expression);
  }

  private static String text(@Nullable SqlNode node) {
    return switch (node) {
      case null -> "_";
      case SqlIdentifier name ->
          name.names.stream()
              .map(part -> part.indexOf('.') < 0 ? part : "\"" + part + "\"")
              .collect(Collectors.joining("."))
              .toLowerCase(Locale.ROOT);
      case SqlNodeList list ->
          list.stream().map(NormalForm::text).collect(Collectors.joining(", ", "[", "]"));
      case SqlCase choice -> choice(choice);
      case SqlCall call -> call(call);
      default -> node.toString();
    };
  }

  private static String call(SqlCall written) {
    SqlNode simpler = Comparisons.simplified(written);
    if (!(simpler instanceof SqlCall call)) {
      return text(simpler);
    }
    if (call.getKind() == SqlKind.FILTER
        && call.operand(0) instanceof SqlCall inner
        && Aggregates.find(inner).isPresent()) {
      return aggregate(inner, Optional.of(call.operand(1)));
    }
    if (Aggregates.find(call).isPresent()) {
      return aggregate(call, Optional.empty());
    }
    var operands = new ArrayList<String>();
    switch (call.getKind()) {
      case AND, OR -> {
        collect(call, call.getKind(), operands);
        List<String> distinct = operands.stream().distinct().sorted().toList();
        if (distinct.size() == 1) {
          return distinct.getFirst();
        }
        return written(call, distinct);
      }
      case PLUS -> {
        collect(call, call.getKind(), operands);
        fold(operands, BigDecimal::add);
      }
      case TIMES -> {
        collect(call, call.getKind(), operands);
        fold(operands, BigDecimal::multiply);
      }
      case MINUS_PREFIX -> {
        if (call.operand(0) instanceof SqlNumericLiteral number) {
          return "-" + number;
        }
        operands.add(text(call.operand(0)));
      }
      case EQUALS, NOT_EQUALS -> {
        call.getOperandList().forEach(operand -> operands.add(text(operand)));
        operands.sort(null);
      }
      default -> call.getOperandList().forEach(operand -> operands.add(text(operand)));
    }
    boolean isFolded =
        operands.size() == 1 && (call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.TIMES);
    return isFolded ? operands.getFirst() : written(call, operands);
  }

  private static String written(SqlCall call, List<String> operands) {
    String quantifier =
        call.getFunctionQuantifier() == null ? "" : call.getFunctionQuantifier() + " ";
    return call.getOperator().getName().toUpperCase(Locale.ROOT)
        + "("
        + quantifier
        + String.join(", ", operands)
        + ")";
  }

  /// An aggregate leaves NULLs out, so that a condition is the same before it and in it.
  private static String aggregate(SqlCall call, Optional<SqlNode> filter) {
    var conditions = new ArrayList<SqlNode>();
    filter.ifPresent(conditions::add);
    if (call.operandCount() != 1) {
      return filtered(
          written(call, call.getOperandList().stream().map(NormalForm::text).toList()), conditions);
    }
    SqlNode value = call.operand(0);
    while (value instanceof SqlCase choice
        && choice.getValueOperand() == null
        && choice.getWhenOperands().size() == 1
        && isNull(choice.getElseOperand())
        && choice.getThenOperands().get(0) != null) {
      conditions.add(choice.getWhenOperands().get(0));
      value = choice.getThenOperands().get(0);
    }
    boolean distinctSaysNothing =
        Aggregates.find(call)
            .filter(found -> found.getKind() == SqlKind.MIN || found.getKind() == SqlKind.MAX)
            .isPresent();
    String plain =
        distinctSaysNothing
            ? "%s(%s)".formatted(call.getOperator().getName().toUpperCase(Locale.ROOT), text(value))
            : written(call, List.of(text(value)));
    return filtered(plain, conditions);
  }

  private static String filtered(String aggregate, List<SqlNode> conditions) {
    if (conditions.isEmpty()) {
      return aggregate;
    }
    var all = new ArrayList<String>();
    conditions.forEach(condition -> add(condition, SqlKind.AND, all));
    return "FILTER(%s, %s)"
        .formatted(
            aggregate, all.stream().distinct().sorted().collect(Collectors.joining(" AND ")));
  }

  private static String choice(SqlCase choice) {
    var branches = new ArrayList<String>();
    SqlNode value = choice.getValueOperand();
    for (int i = 0; i < choice.getWhenOperands().size(); i++) {
      SqlNode when = choice.getWhenOperands().get(i);
      branches.add(value == null ? text(when) : text(Comparisons.equal(value, when)));
      branches.add(text(choice.getThenOperands().get(i)));
    }
    branches.add(isNull(choice.getElseOperand()) ? "_" : text(choice.getElseOperand()));
    return "CASE(%s)".formatted(String.join(", ", branches));
  }

  private static boolean isNull(@Nullable SqlNode node) {
    return node == null || org.apache.calcite.sql.SqlUtil.isNullLiteral(node, false);
  }

  private static void collect(SqlCall call, SqlKind kind, List<String> operands) {
    call.getOperandList().forEach(operand -> add(operand, kind, operands));
    operands.sort(null);
  }

  private static void add(SqlNode operand, SqlKind kind, List<String> operands) {
    SqlNode plain = operand instanceof SqlCall call ? Comparisons.simplified(call) : operand;
    if (plain instanceof SqlCall inner && inner.getKind() == kind && inner.operandCount() == 2) {
      inner.getOperandList().forEach(one -> add(one, kind, operands));
    } else {
      operands.add(text(plain));
    }
  }

  /// Makes one of all whole numbers, where it stays an ordinary one.
  private static void fold(List<String> operands, BinaryOperator<BigDecimal> with) {
    List<String> numbers = operands.stream().filter(text -> text.matches("-?\\d{1,9}")).toList();
    numbers.stream()
        .map(BigDecimal::new)
        .reduce(with)
        .filter(all -> all.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0)
        .ifPresent(all -> {
          numbers.forEach(operands::remove);
          operands.add(all.toPlainString());
          operands.sort(null);
        });
  }
}

package io.scorebook.semantic.expression;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/// `team = ANY (ARRAY['ABY', 'ASH'])` and `team = ANY ('{ABY,ASH}')`, as drivers write a list for
/// PostgreSQL, and PostgreSQL itself where it asks another server: a list of values, as behind IN.
final class ArrayChoices {
  private ArrayChoices() {}

  /// Puts the elements in place of the arrays of a parsed text.
  ///
  /// @throws Misuse for a text that is no array
  static SqlNode lists(SqlNode parsed) {
    SqlNode replaced =
        parsed.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                SqlNode visited = super.visit(call);
                return visited instanceof SqlCall inner
                        && inner.getOperator() instanceof SqlQuantifyOperator operator
                        && inner.operand(1) instanceof SqlNodeList list
                        && list.size() == 1
                    ? chosen(inner, operator, list.get(0))
                    : visited;
              }
            });
    return replaced == null ? parsed : replaced;
  }

  private static SqlNode chosen(SqlCall call, SqlQuantifyOperator operator, SqlNode array) {
    List<SqlNode> elements;
    if (array instanceof SqlCall constructor
        && constructor.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
      elements = constructor.getOperandList();
    } else if (array instanceof SqlCharStringLiteral text) {
      elements = new Elements(text).all();
    } else {
      return call;
    }
    SqlParserPos position = call.getParserPosition();
    boolean any = operator.getKind() == SqlKind.SOME;
    if (elements.isEmpty()) {
      return SqlLiteral.createBoolean(!any, position);
    }
    SqlNode left = call.operand(0);
    var list = new SqlNodeList(elements, array.getParserPosition());
    if (any && operator.comparisonKind == SqlKind.EQUALS) {
      return SqlStdOperatorTable.IN.createCall(position, left, list);
    }
    if (!any && operator.comparisonKind == SqlKind.NOT_EQUALS) {
      return SqlStdOperatorTable.NOT_IN.createCall(position, left, list);
    }
    SqlOperator comparison = comparison(operator.comparisonKind);
    SqlOperator junction = any ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND;
    return elements.stream()
        .map(element -> (SqlNode) comparison.createCall(position, left, element))
        .reduce((one, other) -> junction.createCall(position, one, other))
        .orElseThrow();
  }

  private static SqlOperator comparison(SqlKind kind) {
    return switch (kind) {
      case EQUALS -> SqlStdOperatorTable.EQUALS;
      case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
      case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
      case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
      case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
      case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
      default -> throw new IllegalArgumentException("Invalid comparison: " + kind);
    };
  }

  /// The elements of an array that is written as a text: `{a,"b, c",NULL}`.
  private static final class Elements {
    private final SqlNode at;
    private final String text;
    private final List<SqlNode> elements = new ArrayList<>();
    private int next = 1;

    private Elements(SqlCharStringLiteral literal) {
      this.at = literal;
      this.text = literal.getValueAs(NlsString.class).getValue().strip();
    }

    private List<SqlNode> all() {
      if (!text.startsWith("{") || !text.endsWith("}")) {
        throw noArray();
      }
      if (text.substring(1, text.length() - 1).isBlank()) {
        return List.of();
      }
      do {
        element();
      } while (text.charAt(next++) == ',');
      if (next != text.length()) {
        throw noArray();
      }
      return elements;
    }

    private void element() {
      blanks();
      boolean quoted = peek() == '"';
      String value = quoted ? quoted() : plain();
      blanks();
      if (peek() != ',' && peek() != '}') {
        throw noArray();
      }
      SqlParserPos position = at.getParserPosition();
      elements.add(
          !quoted && value.equalsIgnoreCase("NULL")
              ? SqlLiteral.createNull(position)
              : Rewrites.text(value, position));
    }

    private String quoted() {
      var value = new StringBuilder();
      for (next++; peek() != '"'; next++) {
        next += peek() == '\\' ? 1 : 0;
        value.append(peek());
      }
      next++;
      return value.toString();
    }

    private String plain() {
      var value = new StringBuilder();
      for (; peek() != ',' && peek() != '}'; next++) {
        if (peek() == '{' || peek() == '"') {
          throw noArray();
        }
        next += peek() == '\\' ? 1 : 0;
        value.append(peek());
      }
      if (value.toString().isBlank()) {
        throw noArray();
      }
      return value.toString().strip();
    }

    private void blanks() {
      while (Character.isWhitespace(peek())) {
        next++;
      }
    }

    private char peek() {
      if (next >= text.length()) {
        throw noArray();
      }
      return text.charAt(next);
    }

    private Misuse noArray() {
      return new Misuse(at, "Cannot read '%s' as an array; write IN (a, b)".formatted(text));
    }
  }
}

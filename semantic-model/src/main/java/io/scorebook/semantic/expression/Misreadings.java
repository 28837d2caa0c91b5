package io.scorebook.semantic.expression;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// What the parser reads otherwise than PostgreSQL: it would be another number without a word.
final class Misreadings {
  private static final Set<SqlKind> ARITHMETIC =
      Set.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE, SqlKind.MOD);

  private static final Pattern NUMBER = Pattern.compile("\\d[\\d_]*(\\.\\d*)?([eE][+-]?\\d*)?");

  private Misreadings() {}

  /// To the parser `0x1F` is a 0 that is called x1F.
  ///
  /// @throws SqlParseException for such a number
  static void checkNumbers(String text) throws SqlParseException {
    for (Token token : Token.of(text)) {
      if (token.kind() == Token.Kind.NUMBER && !NUMBER.matcher(token.text()).matches()) {
        throw new SqlParseException(
            "Cannot read the number '%s'; write its decimal digits".formatted(token.text()),
            Lines.at(text, token.start()),
            null,
            null,
            null);
      }
    }
  }

  /// @throws Misuse for such a text
  static void check(SqlNode parsed) {
    parsed.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (ARITHMETIC.contains(call.getKind())) {
              call.getOperandList().forEach(Misreadings::refuseText);
            }
            if (call instanceof SqlWindow window) {
              refuseFrame(window);
            }
            return super.visit(call);
          }
        });
  }

  /// To PostgreSQL `a + b || c` is `(a + b) || c`, to the parser `a + (b || c)`.
  private static void refuseText(SqlNode operand) {
    if (operand instanceof SqlCall call && call.getOperator() == SqlStdOperatorTable.CONCAT) {
      throw new Misuse(
          call,
          "Cannot compute with a text of '||'; write brackets around what is computed: (a + b) || c");
    }
  }

  /// The parser reads over the frame that is added to a window with a name.
  private static void refuseFrame(SqlWindow window) {
    if (window.getRefName() != null
        && (window.getLowerBound() != null || window.getUpperBound() != null)) {
      throw new Misuse(
          window,
          "Cannot add a frame to the window '%s'; write the whole window: OVER (PARTITION BY ... ORDER BY ... ROWS ...)"
              .formatted(window.getRefName().getSimple()));
    }
  }
}

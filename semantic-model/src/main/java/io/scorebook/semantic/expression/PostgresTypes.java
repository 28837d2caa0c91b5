package io.scorebook.semantic.expression;

import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's `numeric`: where it says no digits it is of any there; here it has 10 behind the
/// point, where the standard's has none.
final class PostgresTypes {
  private static final int MAX_DIGITS = 38;
  private static final int OPEN_SCALE = 10;

  private PostgresTypes() {}

  /// Puts the standard's types in place of them in a parsed text.
  static SqlNode standard(SqlNode node) {
    SqlNode replaced =
        node.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlDataTypeSpec type) {
                if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
                    && basic.getTypeName().getSimple().equals("DECIMAL")
                    && basic.getPrecision() < 0) {
                  return new SqlDataTypeSpec(
                      new SqlBasicTypeNameSpec(
                          SqlTypeName.DECIMAL, MAX_DIGITS, OPEN_SCALE, type.getParserPosition()),
                      type.getParserPosition());
                }
                return type;
              }
            });
    return replaced == null ? node : replaced;
  }

  /// A backslash in a pattern is itself by the standard, and takes away the meaning of the next
  /// sign in PostgreSQL; a query says which.
  ///
  /// @throws Misuse for such a pattern without ESCAPE
  static void checkPatterns(SqlNode node) {
    node.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.LIKE && call.operandCount() == 2) {
              checkPattern(call.operand(1));
            }
            return super.visit(call);
          }
        });
  }

  /// Also one that is put together, as of a parameter: `'%' || ? || '%'`.
  private static void checkPattern(SqlNode pattern) {
    pattern.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlLiteral literal) {
            if (literal instanceof SqlCharStringLiteral text
                && String.valueOf(text.getValue()).contains("\\")) {
              throw new Misuse(
                  text,
                  "Cannot use a backslash in a pattern without a word about it; write ESCAPE '\\' behind"
                      + " the pattern, or ESCAPE '!' where it is itself");
            }
            return super.visit(literal);
          }
        });
  }
}

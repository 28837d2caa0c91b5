package io.scorebook.semantic.expression;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Gives the functions of a parsed text the one meaning that they have here.
final class Functions {
  private Functions() {}

  static SqlNode resolve(SqlNode parsed) throws SqlParseException {
    try {
      SqlNode resolved =
          parsed.accept(
              new SqlShuttle() {
                @Override
                public @Nullable SqlNode visit(SqlCall call) {
                  SqlCall ordered =
                      call.getKind() == SqlKind.WITHIN_GROUP ? Aggregates.withinGroup(call) : call;
                  return super.visit(ordered) instanceof SqlCall visited
                      ? Aggregates.resolve(visited)
                      : null;
                }
              });
      return ExactDivision.mark(resolved == null ? parsed : resolved);
    } catch (Misuse misuse) {
      throw misuse.toParseException();
    }
  }
}

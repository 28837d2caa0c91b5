package io.scorebook.semantic.check;

import io.scorebook.semantic.expression.SqlWords;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;

/// What Calcite says against SQL, in a form for findings.
final class SqlProblem {
  private SqlProblem() {}

  static SqlParserPos position(CalciteContextException e) {
    return e.getPosLine() < 1
        ? SqlParserPos.ZERO
        : new SqlParserPos(e.getPosLine(), e.getPosColumn());
  }

  /// The innermost message, since the outer ones only say where.
  static String reason(Throwable problem) {
    if (problem instanceof StackOverflowError) {
      return "it is nested too deep";
    }
    Throwable inner = problem;
    while (inner.getCause() != null && inner.getCause().getMessage() != null) {
      inner = inner.getCause();
    }
    return SqlWords.meaning(inner.getMessage());
  }
}

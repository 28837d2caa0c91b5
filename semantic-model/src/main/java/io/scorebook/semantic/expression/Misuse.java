package io.scorebook.semantic.expression;

import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Text that is SQL, but calls a function as it cannot be called.
final class Misuse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SqlNode at;
  private final String why;

  Misuse(SqlNode at, String why) {
    super(why);
    this.at = at;
    this.why = why;
  }

  /// The same, as the parser says what is wrong.
  SqlParseException toParseException() {
    return new SqlParseException(why, at.getParserPosition(), null, null, this);
  }

  /// The same, as the validator says what is wrong.
  CalciteContextException toContextException() {
    SqlParserPos place = at.getParserPosition();
    return new CalciteContextException(
        why,
        this,
        place.getLineNum(),
        place.getColumnNum(),
        place.getEndLineNum(),
        place.getEndColumnNum());
  }
}

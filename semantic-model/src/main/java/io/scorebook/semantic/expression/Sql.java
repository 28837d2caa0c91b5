package io.scorebook.semantic.expression;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/// The SQL that is spoken here: names in double quotes, case kept and not compared.
///
/// The parser is Calcite's Babel, for its few reserved words (`date`, which begins a literal, is
/// still one, and as a name has to be quoted); its conformance is LENIENT, since Babel's rewrites
/// keys of grouping sets.
public final class Sql {
  public static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withLex(Lex.JAVA)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withConformance(SqlConformanceEnum.LENIENT)
          .withParserFactory(SqlBabelParserImpl.FACTORY)
          .withIdentifierMaxLength(128);

  private Sql() {}

  /// Parses a scalar or aggregate expression, with its functions and division given their meaning.
  public static SqlNode parseExpression(String text) throws SqlParseException {
    return Functions.resolve(SqlParser.create(text, CONFIG).parseExpression());
  }

  /// Parses one query, with its functions and division given their meaning; a statement of another
  /// kind parses too, and is for the caller to refuse.
  public static SqlNode parseStatement(String text) throws SqlParseException {
    return Functions.resolve(SqlParser.create(text, CONFIG).parseStmt());
  }

  /// One expression divided by another, exactly.
  public static SqlNode ratio(SqlNode dividend, SqlNode divisor) {
    return ExactDivision.DIVIDE.createCall(SqlParserPos.ZERO, dividend, divisor);
  }
}

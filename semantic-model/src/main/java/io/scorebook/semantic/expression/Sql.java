package io.scorebook.semantic.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
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

  /// What is quoted or said beside, and a word before a literal.
  private static final Pattern WORDS =
      Pattern.compile(
          "'[^']*'|\"[^\"]*\"|--[^\\n]*|/\\*.*?\\*/|\\bTIMESTAMP_NTZ\\b(?=\\s*')",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Sql() {}

  /// Parses a scalar or aggregate expression, with its functions and division given their meaning.
  public static SqlNode parseExpression(String text) throws SqlParseException {
    return Functions.expression(SqlParser.create(words(text), CONFIG).parseExpression());
  }

  /// Parses one query, with its functions and division given their meaning; a statement of another
  /// kind parses too, and is for the caller to refuse.
  public static SqlNode parseStatement(String text) throws SqlParseException {
    return Functions.resolve(SqlParser.create(words(text), CONFIG).parseStmt());
  }

  /// Ossie's word before a timestamp without time zone is that of a plain one; nothing changes its
  /// place.
  private static String words(String text) {
    return WORDS
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                found.group().equalsIgnoreCase("TIMESTAMP_NTZ") ? "TIMESTAMP    " : found.group()));
  }

  /// One expression divided by another, exactly.
  public static SqlNode ratio(SqlNode dividend, SqlNode divisor) {
    return ExactDivision.DIVIDE.createCall(SqlParserPos.ZERO, dividend, divisor);
  }

  /// Whether a call of a parsed expression is a division.
  public static boolean isRatio(SqlCall call) {
    return call.getOperator() == ExactDivision.DIVIDE || call.getKind() == SqlKind.DIVIDE;
  }

  /// Parses what a caller asks: with the names of types that PostgreSQL has, and the values of
  /// metrics.
  public static SqlNode parseQuery(Spelling spelling) throws SqlParseException {
    Misreadings.checkNumbers(spelling.text());
    SqlNode parsed = PostgresTypes.standard(SqlParser.create(spelling.text(), CONFIG).parseStmt());
    try {
      PostgresTypes.checkPatterns(parsed);
      Misreadings.check(parsed);
      parsed = ArrayChoices.lists(parsed);
    } catch (Misuse misuse) {
      throw misuse.toParseException();
    }
    return GroupValue.mark(Functions.resolve(parsed));
  }
}

package io.scorebook.gateway.session;

import io.scorebook.semantic.expression.Spelling;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.plan.Issue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// The `?` of a query. The parser says where they are, so that a question mark in a text, a name or
/// a comment stays one; each is replaced by the literal of its value.
public final class SqlParameters {
  private static final DateTimeFormatter TIMESTAMP =
      new java.time.format.DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(java.util.Locale.ROOT);

  /// Of a number: no column holds as many, and written out it may have thousands of millions.
  private static final int MOST_DIGITS = 1000;

  private SqlParameters() {}

  /// How many parameters a query has; none where it cannot be parsed, which its planning tells.
  public static int count(String sql) {
    return sql.indexOf('?') < 0 ? 0 : find(sql).size();
  }

  /// The query with its parameters put in, in their order.
  ///
  /// @param values String, whole numbers, BigDecimal, Double, Float, Boolean, LocalDate,
  ///   LocalDateTime or null
  /// @throws ProblemException where there are more or fewer values than parameters, or a value has
  ///   no literal
  public static String bind(String sql, List<? extends @Nullable Object> values) {
    if (sql.indexOf('?') < 0 && values.isEmpty()) {
      return sql;
    }
    List<SqlParserPos> places = find(sql);
    if (places.size() != values.size()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "Cannot run the query: it has %d parameters (?), and %d values are given"
              .formatted(places.size(), values.size()));
    }
    var bound = new StringBuilder();
    int from = 0;
    for (int i = 0; i < places.size(); i++) {
      int at = offset(sql, places.get(i));
      bound.append(sql, from, at).append(literal(values.get(i), i + 1));
      from = at + 1;
    }
    return bound.append(sql, from, sql.length()).toString();
  }

  private static List<SqlParserPos> find(String sql) {
    Spelling spelling = Spelling.of(sql);
    SqlNode query;
    try {
      query = SqlParser.create(spelling.text(), Sql.CONFIG).parseQuery();
    } catch (SqlParseException e) {
      if (e.getCause() instanceof StackOverflowError deep) {
        throw Desk.tooDeep(deep);
      }
      var place = e.getPos() == null ? null : spelling.original(e.getPos());
      throw new ProblemException(
          Problem.of(
              List.of(
                  new Issue(
                      Issue.Code.SYNTAX,
                      "Cannot parse the query: " + firstLine(e),
                      Optional.empty(),
                      List.of(),
                      place == null
                          ? Optional.empty()
                          : Optional.of(
                              new Issue.Position(place.getLineNum(), place.getColumnNum()))))),
          e);
    } catch (StackOverflowError e) {
      throw Desk.tooDeep(e);
    }
    var places = new ArrayList<SqlParserPos>();
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            places.add(spelling.original(parameter.getParserPosition()));
            return null;
          }
        });
    // The tree may hold them in another order than the text, as LIMIT before WHERE.
    places.sort(
        Comparator.comparingInt(SqlParserPos::getLineNum)
            .thenComparingInt(SqlParserPos::getColumnNum));
    return places;
  }

  private static String firstLine(SqlParseException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static int offset(String sql, SqlParserPos place) {
    int at = 0;
    for (int line = 1; line < place.getLineNum(); line++) {
      while (sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
        at++;
      }
      at += sql.startsWith("\r\n", at) ? 2 : 1;
    }
    at += place.getColumnNum() - 1;
    if (at >= sql.length() || sql.charAt(at) != '?') {
      throw new IllegalArgumentException("Invalid place of a parameter: " + place);
    }
    return at;
  }

  /// The literal of a value, of the types that [#bind] names.
  ///
  /// @param number of the parameter, from 1
  /// @throws ProblemException where it has none
  public static String literal(@Nullable Object value, int number) {
    return switch (value) {
      case null -> "NULL";
      case String text -> "'" + text.replace("'", "''") + "'";
      case Boolean truth -> truth ? "TRUE" : "FALSE";
      case Byte whole -> signed(whole.toString());
      case Short whole -> signed(whole.toString());
      case Integer whole -> signed(whole.toString());
      case Long whole -> signed(whole.toString());
      case BigInteger whole -> signed(whole.toString());
      case BigDecimal exact when isWritten(exact) -> signed(exact.toPlainString());
      case BigDecimal _ ->
          throw new ProblemException(
              Problem.of(
                  ErrorCode.INVALID_VALUE,
                  "Cannot use a number of more than %d digits as parameter %d"
                      .formatted(MOST_DIGITS, number)));
      case Float single when Float.isFinite(single) -> approximate(single.toString());
      case Double approximate when Double.isFinite(approximate) ->
          approximate(approximate.toString());
      case LocalDate date -> "DATE '" + date + "'";
      case LocalDateTime time -> "TIMESTAMP '" + TIMESTAMP.format(time) + "'";
      default ->
          throw new ProblemException(
              ErrorCode.UNSUPPORTED,
              "Cannot use a %s as parameter %d; write it into the query"
                  .formatted(value.getClass().getSimpleName(), number));
    };
  }

  private static boolean isWritten(BigDecimal number) {
    return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
  }

  private static String approximate(String text) {
    return signed(text.indexOf('E') >= 0 ? text : text + "E0");
  }

  /// In brackets, so that a minus before it does not make a comment of the two.
  private static String signed(String text) {
    return text.startsWith("-") ? "(" + text + ")" : text;
  }
}

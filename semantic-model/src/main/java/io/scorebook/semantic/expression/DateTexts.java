package io.scorebook.semantic.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/// `TO_CHAR(date, 'YYYY-MM')`: of the formats of PostgreSQL those that are made of digits alone,
/// which are places in the text of a time.
final class DateTexts {
  private static final Pattern TOKEN =
      Pattern.compile("YYYY|MM|DD|HH24|MI|SS|Q|\"([^\"]*)\"|[-/:., ]");

  /// Where a part stands in `2024-01-31 10:30:00`.
  private static final Map<String, int[]> PLACES =
      Map.of(
          "YYYY", new int[] {1, 4},
          "MM", new int[] {6, 2},
          "DD", new int[] {9, 2},
          "HH24", new int[] {12, 2},
          "MI", new int[] {15, 2},
          "SS", new int[] {18, 2});

  private DateTexts() {}

  static void addTo(Map<String, UnaryOperator<SqlCall>> rewrites) {
    rewrites.put("TO_CHAR", DateTexts::text);
  }

  private static SqlCall text(SqlCall call) {
    Rewrites.check(call, "TO_CHAR(date, 'YYYY-MM')", 2, 2);
    if (!(call.operand(1) instanceof SqlCharStringLiteral literal)) {
      throw new Misuse(call.operand(1), "Cannot use a format that is computed; write 'YYYY-MM'");
    }
    String format = String.valueOf(literal.getValueAs(NlsString.class).getValue());
    SqlParserPos position = call.getParserPosition();
    SqlNode time = cast(cast(call.operand(0), SqlTypeName.TIMESTAMP), SqlTypeName.VARCHAR);
    List<SqlNode> parts = new ArrayList<>();
    Matcher token = TOKEN.matcher(format);
    int at = 0;
    while (at < format.length() && token.find(at) && token.start() == at) {
      parts.add(part(call, token, time));
      at = token.end();
    }
    if (at < format.length() || parts.isEmpty()) {
      throw new Misuse(
          literal,
          "Cannot write a date as '%s'; there are YYYY, MM, DD, HH24, MI, SS, Q, what is in double"
                  .formatted(format)
              + " quotes, and the signs - / : . , and blank");
    }
    // A text to begin with: a part alone would be of no more letters than its literal.
    return (SqlCall)
        parts.stream()
            .reduce(
                Rewrites.text("", position),
                (a, b) -> Rewrites.call(SqlStdOperatorTable.CONCAT, call, a, b));
  }

  private static SqlNode part(SqlCall call, Matcher token, SqlNode time) {
    SqlParserPos position = call.getParserPosition();
    String word = token.group();
    int[] place = PLACES.get(word);
    if (place != null) {
      return Rewrites.call(
          Scalars.SUBSTRING,
          call,
          time,
          Rewrites.number(place[0], position),
          Rewrites.number(place[1], position));
    }
    if (word.equals("Q")) {
      return cast(
          Rewrites.call(
              SqlStdOperatorTable.EXTRACT,
              call,
              new SqlIntervalQualifier(TimeUnit.QUARTER, null, position),
              call.operand(0)),
          SqlTypeName.VARCHAR);
    }
    return Rewrites.text(token.group(1) == null ? word : token.group(1), position);
  }

  private static SqlNode cast(SqlNode value, SqlTypeName type) {
    SqlParserPos position = value.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        position, value, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position));
  }
}

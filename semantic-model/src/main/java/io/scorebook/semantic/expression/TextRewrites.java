package io.scorebook.semantic.expression;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.util.NlsString;

/// Functions of texts.
final class TextRewrites {
  private static final String BLANKS = " \t\n\r\f\u000B";

  private TextRewrites() {}

  static void addTo(Map<String, UnaryOperator<SqlCall>> rewrites) {
    rewrites.put("CONCAT", TextRewrites::concat);
    for (String name : new String[] {"LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH"}) {
      rewrites.put(name, Rewrites.to(Scalars.LENGTH, name + "(s)", 1));
    }
    rewrites.put("UPPER", Rewrites.to(Scalars.UPPER, "UPPER(s)", 1));
    rewrites.put("LOWER", Rewrites.to(Scalars.LOWER, "LOWER(s)", 1));
    rewrites.put("TRIM", TextRewrites::trim);
    rewrites.put("LTRIM", call -> side(call, Scalars.LTRIM));
    rewrites.put("RTRIM", call -> side(call, Scalars.RTRIM));
    rewrites.put("BTRIM", call -> side(call, Scalars.TRIM));
    rewrites.put("LEFT", Rewrites.to(Scalars.LEFT, "LEFT(s, n)", 2));
    rewrites.put("RIGHT", Rewrites.to(Scalars.RIGHT, "RIGHT(s, n)", 2));
    rewrites.put("SUBSTRING", TextRewrites::substring);
    rewrites.put("SUBSTR", TextRewrites::substring);
    rewrites.put("REPLACE", Rewrites.to(Scalars.REPLACE, "REPLACE(s, from, to)", 3));
    rewrites.put(
        "SPLIT_PART", Rewrites.to(Scalars.SPLIT_PART, "SPLIT_PART(s, delimiter, part)", 3));
    rewrites.put("POSITION", call -> position(call, "POSITION(part IN s)"));
    rewrites.put("CHARINDEX", call -> position(call, "CHARINDEX(part, s)"));
    rewrites.put("CONTAINS", Rewrites.to(Scalars.CONTAINS, "CONTAINS(s, part)", 2));
    for (String name : new String[] {"STARTSWITH", "STARTS_WITH"}) {
      rewrites.put(name, Rewrites.to(Scalars.STARTS_WITH, name + "(s, prefix)", 2));
    }
    for (String name : new String[] {"ENDSWITH", "ENDS_WITH"}) {
      rewrites.put(name, Rewrites.to(Scalars.ENDS_WITH, name + "(s, suffix)", 2));
    }
    pattern(rewrites, Scalars.REGEXP_LIKE);
    pattern(rewrites, Scalars.REGEXP_COUNT);
    pattern(rewrites, Scalars.REGEXP_EXTRACT);
  }

  private static SqlCall concat(SqlCall call) {
    Rewrites.check(call, "CONCAT(a, b)", 2, Integer.MAX_VALUE);
    SqlNode joined = call.operand(0);
    for (SqlNode next : call.getOperandList().subList(1, call.operandCount())) {
      joined = Rewrites.call(SqlStdOperatorTable.CONCAT, call, joined, next);
    }
    return (SqlCall) joined;
  }

  private static SqlCall trim(SqlCall call) {
    if (call.operandCount() != 3
        || !(call.operand(0) instanceof SqlLiteral flag)
        || !(flag.getValue() instanceof SqlTrimFunction.Flag side)) {
      throw new Misuse(call, "Cannot use TRIM so; write TRIM(s) or TRIM(BOTH 'x' FROM s)");
    }
    SqlNode characters = call.operand(1);
    // Where none are written, the parser has put a blank in the place of the whole call.
    boolean written = !characters.getParserPosition().equals(call.getParserPosition());
    SqlFunction function =
        switch (side) {
          case BOTH -> Scalars.TRIM;
          case LEADING -> Scalars.LTRIM;
          case TRAILING -> Scalars.RTRIM;
        };
    return Rewrites.call(
        function,
        call,
        call.operand(2),
        written ? characters : Rewrites.text(BLANKS, call.getParserPosition()));
  }

  private static SqlCall side(SqlCall call, SqlFunction function) {
    String name = call.getOperator().getName();
    Rewrites.check(call, "%s(s) or %s(s, 'x')".formatted(name, name), 1, 2);
    return Rewrites.call(
        function,
        call,
        call.operand(0),
        call.operandCount() == 2
            ? call.operand(1)
            : Rewrites.text(BLANKS, call.getParserPosition()));
  }

  private static SqlCall substring(SqlCall call) {
    Rewrites.check(call, "SUBSTRING(s, start, length)", 2, 3);
    if (call.operand(1) instanceof SqlCharStringLiteral) {
      throw new Misuse(
          call.operand(1),
          "Cannot take a part of a text by a pattern with SUBSTRING; write REGEXP_EXTRACT(s, 'pattern')");
    }
    return Rewrites.call(Scalars.SUBSTRING, call, call.getOperandList());
  }

  private static SqlCall position(SqlCall call, String syntax) {
    Rewrites.check(call, syntax, 2, 2);
    return Rewrites.call(Scalars.POSITION, call, call.operand(1), call.operand(0));
  }

  /// A pattern is written out, so that it can be read before anything runs.
  private static void pattern(Map<String, UnaryOperator<SqlCall>> rewrites, SqlFunction function) {
    String name = function.getName();
    rewrites.put(
        name,
        call -> {
          Rewrites.check(call, name + "(s, 'pattern')", 2, 2);
          if (!(call.operand(1) instanceof SqlCharStringLiteral)) {
            throw new Misuse(
                call.operand(1),
                "Cannot use a pattern that is computed; write %s(s, 'pattern')".formatted(name));
          }
          return Rewrites.call(function, call, call.getOperandList());
        });
  }

  /// ILIKE is LIKE of small letters.
  static SqlCall like(SqlCall call) {
    if (!(call.getOperator() instanceof SqlLikeOperator like) || like.isCaseSensitive()) {
      return call;
    }
    if (call.operandCount() == 3
        && call.operand(2) instanceof SqlCharStringLiteral escape
        && escape.getValueAs(NlsString.class).getValue().chars().anyMatch(Character::isLetter)) {
      throw new Misuse(
          escape,
          "Cannot use a letter as the ESCAPE of ILIKE, which looks at no case; write ESCAPE '!'");
    }
    List<SqlCall> small =
        call.getOperandList().stream()
            .map(operand -> Rewrites.call(Scalars.LOWER, call, operand))
            .toList();
    return Rewrites.call(
        like.isNegated() ? SqlStdOperatorTable.NOT_LIKE : SqlStdOperatorTable.LIKE, call, small);
  }
}

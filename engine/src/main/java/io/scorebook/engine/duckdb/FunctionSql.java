package io.scorebook.engine.duckdb;

import io.scorebook.semantic.expression.Masks;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes calls of functions by their names. Where DuckDB means something else by the same word, or
/// answers what has no answer, the text says what is meant.
final class FunctionSql {
  /// Variables of a connection, which no text that people write can name.
  static final String INNER_KEY = "scorebook_mask_inner";

  static final String OUTER_KEY = "scorebook_mask_outer";

  private FunctionSql() {}

  /// @param a the arguments, written
  static String render(RexCall call, List<String> a) {
    String name = call.getOperator().getName();
    return switch (name) {
      case "LENGTH" -> cast("length(%s)", call, a);
      case "UPPER", "LOWER", "TRIM", "LTRIM", "RTRIM", "LEFT", "RIGHT", "REPLACE", "CONTAINS" ->
          plain(name.toLowerCase(Locale.ROOT), a);
      case "STARTS_WITH", "ENDS_WITH" -> plain(name.toLowerCase(Locale.ROOT), a);
      case "SUBSTRING" -> substring(a);
      case "SPLIT_PART" -> splitPart(a);
      case "POSITION" -> cast("strpos(%s, %s)", call, a);
      case "REGEXP_LIKE" -> plain("regexp_matches", a);
      case "REGEXP_COUNT" -> cast("len(regexp_extract_all(%s, %s))", call, a);
      case "REGEXP_EXTRACT" ->
          "CASE WHEN %s THEN %s END"
              .formatted(plain("regexp_matches", a), plain("regexp_extract", a));
      case "ABS" -> cast("abs(%s)", call, a);
      case "SIGN" -> cast("sign(%s)", call, a);
      case "ROUND", "TRUNC" -> shortened(name.toLowerCase(Locale.ROOT), call, a);
      case "SQRT",
          "LN",
          "LOG10",
          "LOG",
          "SIN",
          "COS",
          "TAN",
          "ASIN",
          "ACOS",
          "ATAN",
          "ATAN2",
          "RADIANS",
          "DEGREES",
          "PI" ->
          plain(name.toLowerCase(Locale.ROOT), doubles(a));
      case "EXP", "POWER" -> finite(plain(name.toLowerCase(Locale.ROOT), doubles(a)));
      case "GREATEST", "LEAST" -> extreme(name.toLowerCase(Locale.ROOT), call, a);
      case Masks.PSEUDONYM -> pseudonym(call, a.getFirst());
      case "DATEADD" -> dateAdd(unit(call), call, a);
      case "DATEDIFF" -> dateDiff(unit(call), a);
      case "EPOCH" -> seconds("epoch_us", call, a.getFirst());
      case "SECONDS" -> seconds("microsecond", call, a.getFirst());
      default -> throw SqlTypes.unsupported("the function " + name);
    };
  }

  /// Microseconds, as the decimal of seconds that they are.
  private static String seconds(String microseconds, RexCall call, String moment) {
    return LiteralSql.cast(
        "(%s(CAST(%s AS TIMESTAMP)) * CAST('0.000001' AS DECIMAL(7, 6)))"
            .formatted(microseconds, moment),
        call.getType());
  }

  /// HMAC-SHA-256 in SHA-256, as its definition has it.
  private static String pseudonym(RexCall call, String value) {
    boolean isText = call.getType().getSqlTypeName() == SqlTypeName.VARCHAR;
    String hashed =
        "sha256(getvariable('%s') || unhex(sha256(getvariable('%s') || encode(%s))))"
            .formatted(
                OUTER_KEY, INNER_KEY, isText ? value : "CAST(%s AS VARCHAR)".formatted(value));
    return isText ? hashed : "CAST('0x' || left(%s, 15) AS BIGINT)".formatted(hashed);
  }

  private static String plain(String function, List<String> arguments) {
    return function + "(" + String.join(", ", arguments) + ")";
  }

  private static String cast(String form, RexCall call, List<String> arguments) {
    return LiteralSql.cast(form.formatted(arguments.toArray()), call.getType());
  }

  private static List<String> doubles(List<String> arguments) {
    return arguments.stream().map("CAST(%s AS DOUBLE)"::formatted).toList();
  }

  /// DuckDB counts a negative start from the end; here there is nothing before place 1.
  private static String substring(List<String> a) {
    String text = a.get(0);
    String start = a.get(1);
    if (a.size() == 2) {
      return "substring(%s, CASE WHEN %s < 1 THEN 1 ELSE %s END)".formatted(text, start, start);
    }
    String count = "CAST(%s AS BIGINT)".formatted(a.get(2));
    String end = "(CAST(%s AS BIGINT) + %s - 1)".formatted(start, count);
    return ("CASE WHEN %s < 0 AND %s IS NOT NULL AND %s IS NOT NULL"
            + " THEN error('negative substring length')"
            + " WHEN %s < 1 THEN substring(%s, 1, CASE WHEN %s < 0 THEN 0 ELSE %s END)"
            + " ELSE substring(%s, %s, %s) END")
        .formatted(count, text, start, start, text, end, end, text, start, count);
  }

  /// DuckDB gives an empty part 0, and takes a text apart by characters where there is no
  /// delimiter.
  private static String splitPart(List<String> a) {
    return ("CASE WHEN %3$s = 0 AND %1$s IS NOT NULL AND %2$s IS NOT NULL"
            + " THEN error('there is no part 0 of a text')"
            + " WHEN %2$s = '' THEN CASE WHEN %3$s IN (1, -1) THEN %1$s"
            + " WHEN %3$s IS NOT NULL THEN left(%1$s, 0) END"
            + " ELSE split_part(%1$s, %2$s, %3$s) END")
        .formatted(a.get(0), a.get(1), a.get(2));
  }

  private static String shortened(String function, RexCall call, List<String> a) {
    if (a.size() == 1) {
      return cast(function + "(%s)", call, a);
    }
    boolean decimal = call.getOperands().get(0).getType().getSqlTypeName() == SqlTypeName.DECIMAL;
    if (decimal && !(call.getOperands().get(1) instanceof RexLiteral)) {
      throw SqlTypes.unsupported(
          call.getOperator().getName() + " of a decimal to a number of digits that is computed");
    }
    String digits = "CAST(%s AS INTEGER)".formatted(a.get(1));
    return LiteralSql.cast("%s(%s, %s)".formatted(function, a.get(0), digits), call.getType());
  }

  /// DuckDB gives infinity, or no number, where there is no value.
  private static String finite(String value) {
    return "CASE WHEN NOT isfinite(%s) THEN error('Out of Range: no finite number') ELSE %s END"
        .formatted(value, value);
  }

  /// DuckDB passes over NULLs.
  private static String extreme(String function, RexCall call, List<String> a) {
    return "CASE WHEN %s THEN NULL ELSE %s END"
        .formatted(
            a.stream().map(each -> each + " IS NULL").collect(Collectors.joining(" OR ")),
            LiteralSql.cast(plain(function, a), call.getType()));
  }

  private static String unit(RexCall call) {
    if (call.getOperands().getFirst() instanceof RexLiteral literal
        && literal.getValueAs(String.class) instanceof String unit) {
      return unit.strip();
    }
    throw SqlTypes.unsupported("the unit of " + call);
  }

  private static String dateAdd(String unit, RexCall call, List<String> a) {
    String count = a.get(1);
    String interval =
        switch (unit) {
          case "YEAR" -> "to_years(CAST(%s AS INTEGER))".formatted(count);
          case "QUARTER" -> "to_months(CAST(%s AS INTEGER) * 3)".formatted(count);
          case "MONTH" -> "to_months(CAST(%s AS INTEGER))".formatted(count);
          case "WEEK" -> "to_days(CAST(%s AS INTEGER) * 7)".formatted(count);
          case "DAY" -> "to_days(CAST(%s AS INTEGER))".formatted(count);
          case "HOUR" -> "to_hours(CAST(%s AS BIGINT))".formatted(count);
          case "MINUTE" -> "to_minutes(CAST(%s AS BIGINT))".formatted(count);
          case "SECOND" -> "to_seconds(CAST(%s AS BIGINT))".formatted(count);
          default -> throw SqlTypes.unsupported("DATEADD of " + unit);
        };
    return LiteralSql.cast("(%s + %s)".formatted(a.get(2), interval), call.getType());
  }

  /// DuckDB counts whole weeks; here the Mondays are counted.
  private static String dateDiff(String unit, List<String> a) {
    String from = "CAST(%s AS TIMESTAMP)".formatted(a.get(1));
    String to = "CAST(%s AS TIMESTAMP)".formatted(a.get(2));
    return unit.equals("WEEK")
        ? "(date_diff('day', date_trunc('week', %s), date_trunc('week', %s)) // 7)"
            .formatted(from, to)
        : "date_diff('%s', %s, %s)".formatted(unit.toLowerCase(Locale.ROOT), from, to);
  }
}

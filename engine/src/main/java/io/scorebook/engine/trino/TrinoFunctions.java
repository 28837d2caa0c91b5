package io.scorebook.engine.trino;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.scorebook.engine.sql.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes calls of functions for Trino. Where Trino has no such function, or answers what has no
/// answer, the text says what is meant.
final class TrinoFunctions {
  private static final Dialect TRINO = TrinoDialect.INSTANCE;

  private TrinoFunctions() {}

  /// @param a the arguments, written
  static String render(RexCall call, List<String> a) {
    String name = call.getOperator().getName();
    return switch (name) {
      case "LENGTH" -> cast("length(%s)", call, a);
      case "LOWER" -> plain("lower", a);
      case "UPPER" -> "replace(upper(%s), 'ß', 'ẞ')".formatted(a.getFirst());
      case "REGEXP_LIKE", "REGEXP_EXTRACT" -> {
        checkPattern(call);
        yield plain(name.toLowerCase(Locale.ROOT), a);
      }
      case "REGEXP_COUNT" -> {
        checkPattern(call);
        yield cast("regexp_count(%s, %s)", call, a);
      }
      case "TRIM" -> "trim(BOTH %s FROM %s)".formatted(a.get(1), a.get(0));
      case "LTRIM" -> "trim(LEADING %s FROM %s)".formatted(a.get(1), a.get(0));
      case "RTRIM" -> "trim(TRAILING %s FROM %s)".formatted(a.get(1), a.get(0));
      case "LEFT" ->
          "substr(%1$s, 1, CASE WHEN %2$s < 0 THEN greatest(length(%1$s) + %2$s, 0) ELSE %2$s END)"
              .formatted(a.get(0), a.get(1));
      case "RIGHT" ->
          "substr(%1$s, CASE WHEN %2$s < 0 THEN 1 - %2$s ELSE greatest(length(%1$s) - %2$s + 1, 1) END)"
              .formatted(a.get(0), a.get(1));
      case "SUBSTRING" -> substring(a);
      // Of an empty text Trino replaces what is between characters.
      case "REPLACE" ->
          "CASE WHEN %2$s = '' AND %3$s IS NOT NULL THEN %1$s ELSE replace(%1$s, %2$s, %3$s) END"
              .formatted(a.get(0), a.get(1), a.get(2));
      case "SPLIT_PART" -> splitPart(a);
      case "POSITION" -> cast("strpos(%s, %s)", call, a);
      case "CONTAINS" -> "(strpos(%s, %s) > 0)".formatted(a.get(0), a.get(1));
      case "STARTS_WITH" -> "starts_with(%s, %s)".formatted(a.get(0), a.get(1));
      case "ENDS_WITH" ->
          "(length(%1$s) >= length(%2$s) AND substr(%1$s, length(%1$s) - length(%2$s) + 1) = %2$s)"
              .formatted(a.get(0), a.get(1));
      case "ABS" -> cast("abs(%s)", call, a);
      case "SIGN" -> cast("sign(%s)", call, a);
      case "ROUND" -> rounded(call, a);
      case "TRUNC" -> truncated(call, a);
      case "SQRT",
          "LN",
          "LOG10",
          "LOG",
          "ASIN",
          "ACOS",
          "EXP",
          "POWER",
          "SIN",
          "COS",
          "TAN",
          "ATAN",
          "ATAN2",
          "RADIANS",
          "DEGREES" ->
          finite(plain(name.toLowerCase(Locale.ROOT), doubles(a)));
      case "PI" -> "pi()";
      case "GREATEST", "LEAST" ->
          TRINO.cast(plain(name.toLowerCase(Locale.ROOT), a), call.getType());
      case "DATEADD" -> dateAdd(unit(call), call, a);
      case "DATEDIFF" -> dateDiff(unit(call), a);
      case "EPOCH" -> epoch(moment(a.getFirst()));
      case "SECONDS" -> {
        String moment = moment(a.getFirst());
        yield TRINO.cast(
            "(%s - %s)"
                .formatted(epoch(moment), epoch("date_trunc('minute', %s)".formatted(moment))),
            call.getType());
      }
      default -> throw TRINO.unsupported("the function " + name);
    };
  }

  private static String moment(String dateOrTime) {
    return "CAST(%s AS TIMESTAMP(6))".formatted(dateOrTime);
  }

  /// A double has all microseconds of the years until 2100.
  private static String epoch(String moment) {
    return "CAST(to_unixtime(with_timezone(%s, 'UTC')) AS DECIMAL(20, 6))".formatted(moment);
  }

  /// Trino reads more than the patterns of RE2.
  private static void checkPattern(RexCall call) {
    if (!(call.getOperands().get(1) instanceof RexLiteral literal)
        || !(literal.getValueAs(String.class) instanceof String pattern)) {
      throw TRINO.unsupported("a pattern that is computed");
    }
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw TRINO.unsupported("the pattern '%s'".formatted(pattern));
    }
  }

  private static String plain(String function, List<String> arguments) {
    return function + "(" + String.join(", ", arguments) + ")";
  }

  private static String cast(String form, RexCall call, List<String> arguments) {
    return TRINO.cast(form.formatted(arguments.toArray()), call.getType());
  }

  private static List<String> doubles(List<String> arguments) {
    return arguments.stream().map("CAST(%s AS DOUBLE)"::formatted).toList();
  }

  /// Trino gives infinity, or no number, where there is no value.
  private static String finite(String value) {
    return "CASE WHEN NOT is_finite(%s) THEN fail('no finite number') ELSE %s END"
        .formatted(value, value);
  }

  /// There is nothing before place 1; Trino would count from the end.
  private static String substring(List<String> a) {
    String text = a.get(0);
    String start = a.get(1);
    if (a.size() == 2) {
      return "substr(%s, greatest(%s, 1))".formatted(text, start);
    }
    String count = "CAST(%s AS BIGINT)".formatted(a.get(2));
    String end = "(CAST(%s AS BIGINT) + %s - 1)".formatted(start, count);
    return ("CASE WHEN %1$s < 0 AND %2$s IS NOT NULL AND %3$s IS NOT NULL"
            + " THEN fail('negative substring length')"
            + " WHEN %3$s < 1 THEN substr(%2$s, 1, greatest(%4$s, 0))"
            + " ELSE substr(%2$s, %3$s, %1$s) END")
        .formatted(count, text, start, end);
  }

  private static String splitPart(List<String> a) {
    return ("CASE WHEN %3$s = 0 AND %1$s IS NOT NULL AND %2$s IS NOT NULL"
            + " THEN fail('there is no part 0 of a text')"
            + " WHEN %2$s = '' THEN CASE WHEN %3$s IN (1, -1) THEN %1$s"
            + " WHEN %3$s IS NOT NULL THEN substr(%1$s, 1, 0) END"
            + " WHEN %1$s IS NOT NULL AND %2$s IS NOT NULL AND %3$s IS NOT NULL"
            + " THEN coalesce(element_at(split(%1$s, %2$s), %3$s), '') END")
        .formatted(a.get(0), a.get(1), a.get(2));
  }

  private static String rounded(RexCall call, List<String> a) {
    return a.size() == 1
        ? cast("round(%s)", call, a)
        : TRINO.cast(
            "round(%s, CAST(%s AS INTEGER))".formatted(a.get(0), a.get(1)), call.getType());
  }

  /// Trino shortens decimals to some digits, and no other numbers.
  private static String truncated(RexCall call, List<String> a) {
    RelDataType type = call.getOperands().getFirst().getType();
    boolean toWhole =
        a.size() == 1
            || (call.getOperands().get(1) instanceof RexLiteral literal
                && Integer.valueOf(0).equals(literal.getValueAs(Integer.class)));
    if (SqlTypeName.INT_TYPES.contains(type.getSqlTypeName()) && toWhole) {
      return TRINO.cast(a.getFirst(), call.getType());
    }
    if (toWhole) {
      return cast("truncate(%s)", call, List.of(a.getFirst()));
    }
    if (type.getSqlTypeName() == SqlTypeName.DECIMAL) {
      return TRINO.cast(
          "truncate(%s, CAST(%s AS INTEGER))".formatted(a.get(0), a.get(1)), call.getType());
    }
    throw TRINO.unsupported("TRUNC of a %s to some digits".formatted(type.getSqlTypeName()));
  }

  private static String unit(RexCall call) {
    if (call.getOperands().getFirst() instanceof RexLiteral literal
        && literal.getValueAs(String.class) instanceof String unit) {
      return unit.strip();
    }
    throw TRINO.unsupported("the unit of " + call);
  }

  private static String dateAdd(String unit, RexCall call, List<String> a) {
    return TRINO.cast(
        "date_add('%s', CAST(%s AS BIGINT), %s)"
            .formatted(
                unit.toLowerCase(Locale.ROOT), a.get(1), TRINO.cast(a.get(2), call.getType())),
        call.getType());
  }

  /// Trino counts whole units; here the beginnings of units are counted.
  private static String dateDiff(String unit, List<String> a) {
    String word = unit.toLowerCase(Locale.ROOT);
    return a.subList(1, 3).stream()
        .map(moment -> "date_trunc('%s', CAST(%s AS TIMESTAMP(6)))".formatted(word, moment))
        .collect(Collectors.joining(", ", "date_diff('%s', ".formatted(word), ")"));
  }
}

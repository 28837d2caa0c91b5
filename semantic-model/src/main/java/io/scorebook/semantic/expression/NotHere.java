package io.scorebook.semantic.expression;

import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;

/// Functions and operators that tools write and that there are not, with what is written in their
/// place.
final class NotHere {
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("AGE", "DATEDIFF(day, start, end), or of another unit"),
          Map.entry(
              "DATE_BIN",
              "DATE_TRUNC('hour', time), or FLOOR(EXTRACT(EPOCH FROM time) / 900) * 900 for seconds"
                  + " since 1970"),
          Map.entry("TIME_BUCKET", "DATE_TRUNC('hour', time)"),
          Map.entry("GENERATE_SERIES", "VALUES, or the dates of a dataset"),
          Map.entry(
              "MAKE_DATE", "CAST(year || '-' || month || '-' || day AS DATE), with two digits"),
          Map.entry("CONCAT_WS", "a || '-' || b"),
          Map.entry("STRING_AGG", "MIN and MAX, or a row for each value"),
          Map.entry("LISTAGG", "MIN and MAX, or a row for each value"),
          Map.entry("ARRAY_AGG", "MIN and MAX, or a row for each value"),
          Map.entry("REGEXP_REPLACE", "REPLACE, or REGEXP_EXTRACT(text, 'pattern')"),
          Map.entry("LPAD", "RIGHT('000' || text, 3)"),
          Map.entry("RPAD", "LEFT(text || '   ', 3)"),
          Map.entry("TIMEZONE", "the time alone, which is of UTC"),
          Map.entry("CONVERT_TIMEZONE", "the time alone, which is of UTC"),
          Map.entry("DATE_FORMAT", "TO_CHAR(date, 'YYYY-MM')"),
          Map.entry("STRFTIME", "TO_CHAR(date, 'YYYY-MM')"));

  private static final Map<String, String> OPERATORS =
      Map.of(
          "^", "POWER(x, y)",
          "POSIX REGEX CASE SENSITIVE", "REGEXP_LIKE(text, 'pattern')",
          "POSIX REGEX CASE INSENSITIVE", "REGEXP_LIKE(LOWER(text), 'pattern')",
          "NEGATED POSIX REGEX CASE SENSITIVE", "NOT REGEXP_LIKE(text, 'pattern')",
          "NEGATED POSIX REGEX CASE INSENSITIVE", "NOT REGEXP_LIKE(LOWER(text), 'pattern')");

  private NotHere() {}

  /// @throws Misuse for a call of one of them
  static void check(SqlCall call) {
    String operator = OPERATORS.get(call.getOperator().getName());
    if (operator != null) {
      throw new Misuse(
          call, "Cannot use the operator that is written here; write %s".formatted(operator));
    }
    if (call.getOperator() instanceof SqlFunction function) {
      String name = function.getName().toUpperCase(Locale.ROOT);
      String instead = INSTEAD.get(name);
      if (instead != null) {
        throw new Misuse(call, "Cannot find the function '%s'; write %s".formatted(name, instead));
      }
    }
  }
}

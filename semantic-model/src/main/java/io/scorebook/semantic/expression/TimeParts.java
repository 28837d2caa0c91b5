package io.scorebook.semantic.expression;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Parts of a moment: a week is of ISO 8601. The words of ODBC count the days of a week from Sunday
/// = 1 (`DAYOFWEEK`), those of PostgreSQL from Sunday = 0 (`DOW`).
final class TimeParts {
  private static final Map<String, TimeUnit> WHOLE =
      Map.ofEntries(
          Map.entry("YEAR", TimeUnit.YEAR),
          Map.entry("ISOYEAR", TimeUnit.ISOYEAR),
          Map.entry("QUARTER", TimeUnit.QUARTER),
          Map.entry("MONTH", TimeUnit.MONTH),
          Map.entry("WEEK", TimeUnit.WEEK),
          Map.entry("DAY", TimeUnit.DAY),
          Map.entry("DAYOFMONTH", TimeUnit.DAY),
          Map.entry("DAYOFWEEK", TimeUnit.DOW),
          Map.entry("ISODOW", TimeUnit.ISODOW),
          Map.entry("DAYOFYEAR", TimeUnit.DOY),
          Map.entry("DOY", TimeUnit.DOY),
          Map.entry("HOUR", TimeUnit.HOUR),
          Map.entry("MINUTE", TimeUnit.MINUTE));

  /// Functions of one moment, each called like its part.
  private static final List<String> FUNCTIONS =
      List.of(
          "YEAR",
          "QUARTER",
          "MONTH",
          "WEEK",
          "DAY",
          "DAYOFMONTH",
          "DAYOFWEEK",
          "DAYOFYEAR",
          "HOUR",
          "MINUTE");

  private TimeParts() {}

  static void addTo(Map<String, UnaryOperator<SqlCall>> rewrites) {
    for (String part : FUNCTIONS) {
      rewrites.put(
          part,
          call -> {
            Rewrites.check(call, part + "(date)", 1, 1);
            return part(call, part, call.operand(0));
          });
    }
    rewrites.put(
        "SECOND",
        call -> {
          Rewrites.check(call, "SECOND(date)", 1, 1);
          return extract(call, TimeUnit.SECOND, call.operand(0));
        });
    rewrites.put(
        "EXTRACT",
        call -> {
          Rewrites.check(call, "EXTRACT(YEAR FROM date)", 2, 2);
          return part(call, TimeRewrites.word(call.operand(0)), call.operand(1));
        });
    rewrites.put(
        "DATE_PART",
        call -> {
          Rewrites.check(call, "DATE_PART('year', date)", 2, 2);
          return part(call, TimeRewrites.word(call.operand(0)), call.operand(1));
        });
    rewrites.put(
        "DATEPART",
        call -> {
          Rewrites.check(call, "DATEPART('year', date)", 2, 2);
          String word = TimeRewrites.word(call.operand(0));
          if (word.startsWith("MILLISECOND")) {
            throw new Misuse(
                call,
                "Cannot use the part 'MILLISECOND' in DATEPART; write DATE_PART('millisecond', time), which"
                    + " is with the seconds");
          }
          if (word.equals("DOW")) {
            throw new Misuse(
                call,
                "Cannot use the part 'DOW' in DATEPART; write DATE_PART('dow', date), of which Sunday"
                    + " is 0, or DATEPART(dayofweek, date), of which it is 1");
          }
          return word.equals("SECOND")
              ? extract(call, TimeUnit.SECOND, call.operand(1))
              : part(call, word, call.operand(1));
        });
  }

  private static SqlCall part(SqlCall call, String word, SqlNode moment) {
    TimeUnit whole = WHOLE.get(word);
    if (whole != null) {
      return extract(call, whole, moment);
    }
    return switch (word) {
      case "DOW" ->
          Rewrites.call(
              SqlStdOperatorTable.MOD,
              call,
              extract(call, TimeUnit.ISODOW, moment),
              Rewrites.number(7, call.getParserPosition()));
      case "EPOCH" -> Rewrites.call(Scalars.EPOCH, call, moment);
      case "SECOND" -> Rewrites.call(Scalars.SECONDS, call, moment);
      case "MILLISECOND", "MILLISECONDS" ->
          Rewrites.call(
              SqlStdOperatorTable.MULTIPLY,
              call,
              Rewrites.call(Scalars.SECONDS, call, moment),
              Rewrites.number(1000, call.getParserPosition()));
      default -> {
        var known = new TreeSet<>(WHOLE.keySet());
        known.addAll(List.of("DOW", "EPOCH", "MILLISECOND", "SECOND"));
        throw new Misuse(
            call,
            "Cannot take the part '%s' of a date; there are %s"
                .formatted(word, String.join(", ", known)));
      }
    };
  }

  private static SqlCall extract(SqlCall call, TimeUnit part, SqlNode moment) {
    return Rewrites.call(
        SqlStdOperatorTable.EXTRACT,
        call,
        new SqlIntervalQualifier(part, null, call.getParserPosition()),
        moment);
  }
}

package io.scorebook.semantic.expression;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.NlsString;

/// Functions of dates and times.
final class TimeRewrites {
  /// The units that dates are cut to, moved and counted by.
  private static final List<String> UNITS =
      List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND");

  private static final Map<String, SqlFunction> MOMENTS =
      Map.of(
          "CURRENT_DATE", SqlStdOperatorTable.CURRENT_DATE,
          "CURRENT_TIME", SqlStdOperatorTable.CURRENT_TIME,
          "CURRENT_TIMESTAMP", SqlStdOperatorTable.CURRENT_TIMESTAMP);

  /// Formats that tools write beside the literals of a filter, and what is written by them.
  private static final Map<String, Pattern> ISO =
      Map.of(
          "YYYY-MM-DD", Pattern.compile("\\d{4}-\\d{2}-\\d{2}"),
          "YYYY-MM-DD HH24:MI:SS", Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}"),
          "YYYY-MM-DD HH24:MI:SS.MS",
              Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}"),
          "YYYY-MM-DD HH24:MI:SS.US",
              Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}000"));

  private TimeRewrites() {}

  static void addTo(Map<String, UnaryOperator<SqlCall>> rewrites) {
    TimeParts.addTo(rewrites);
    rewrites.put(
        "DATE_TRUNC",
        call -> {
          Rewrites.check(call, "DATE_TRUNC('month', date)", 2, 2);
          TimeUnit unit = TimeUnit.valueOf(unit(call, call.operand(0)));
          return Rewrites.call(
              SqlStdOperatorTable.FLOOR,
              call,
              name(call.operand(1)),
              new SqlIntervalQualifier(unit, null, call.getParserPosition()));
        });
    rewrites.put(
        "DATEADD",
        call -> {
          Rewrites.check(call, "DATEADD(day, 7, date)", 3, 3);
          return Rewrites.call(
              Scalars.DATEADD,
              call,
              Rewrites.text(unit(call, call.operand(0)), call.getParserPosition()),
              call.operand(1),
              call.operand(2));
        });
    rewrites.put(
        "DATEDIFF",
        call -> {
          Rewrites.check(call, "DATEDIFF(day, start, end)", 3, 3);
          return Rewrites.call(
              Scalars.DATEDIFF,
              call,
              Rewrites.text(unit(call, call.operand(0)), call.getParserPosition()),
              call.operand(1),
              call.operand(2));
        });
    rewrites.put("NOW", Rewrites.to(SqlStdOperatorTable.CURRENT_TIMESTAMP, "NOW()", 0));
    rewrites.put("TO_DATE", call -> cast(call, SqlTypeName.DATE));
    rewrites.put("TO_TIMESTAMP", call -> cast(call, SqlTypeName.TIMESTAMP));
  }

  /// `CURRENT_DATE` and the like, which are parsed as names, as calls.
  static SqlNode moments(SqlNode parsed) {
    SqlNode replaced =
        parsed.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier name) {
                SqlFunction moment =
                    name.isSimple() && !name.isComponentQuoted(0)
                        ? MOMENTS.get(name.getSimple().toUpperCase(Locale.ROOT))
                        : null;
                return moment == null ? name : moment.createCall(name.getParserPosition());
              }
            });
    return replaced == null ? parsed : replaced;
  }

  /// A column that is called like a unit is parsed as one.
  private static SqlNode name(SqlNode written) {
    return written instanceof SqlIntervalQualifier
        ? new SqlIdentifier(word(written).toLowerCase(Locale.ROOT), written.getParserPosition())
        : written;
  }

  private static String unit(SqlCall call, SqlNode written) {
    String word = word(written);
    if (!UNITS.contains(word)) {
      throw new Misuse(
          call,
          "Cannot use the unit '%s' in %s; there are %s"
              .formatted(word, call.getOperator().getName(), String.join(", ", UNITS)));
    }
    return word;
  }

  /// A unit as a keyword, a name or a text.
  static String word(SqlNode written) {
    return switch (written) {
      case SqlIntervalQualifier unit when unit.timeFrameName == null ->
          unit.getUnit() == TimeUnit.DOW ? dayOfWeek(unit) : unit.getUnit().name();
      case SqlIntervalQualifier named ->
          String.valueOf(named.timeFrameName).toUpperCase(Locale.ROOT);
      case SqlIdentifier name when name.isSimple() -> name.getSimple().toUpperCase(Locale.ROOT);
      case SqlCharStringLiteral literal ->
          String.valueOf(literal.getValueAs(NlsString.class).getValue()).toUpperCase(Locale.ROOT);
      case SqlLiteral literal -> String.valueOf(literal.getValue()).toUpperCase(Locale.ROOT);
      default ->
          throw new Misuse(written, "Cannot use a part of time that is computed; write 'month'");
    };
  }

  /// The parser reads DOW and DAYOFWEEK as one, which they are not; how long the word is that
  /// stands there tells them apart.
  private static String dayOfWeek(SqlIntervalQualifier unit) {
    SqlParserPos word = unit.getParserPosition();
    return word.getEndColumnNum() - word.getColumnNum() < "DOW".length() ? "DOW" : "DAYOFWEEK";
  }

  private static SqlCall cast(SqlCall call, SqlTypeName type) {
    return Rewrites.call(
        SqlStdOperatorTable.CAST,
        call,
        call.operandCount() == 1 ? call.operand(0) : iso(call),
        new SqlDataTypeSpec(
            new SqlBasicTypeNameSpec(type, call.getParserPosition()), call.getParserPosition()));
  }

  /// A literal that is of ISO 8601 by the format that is given with it, to the millisecond.
  private static SqlNode iso(SqlCall call) {
    if (call.operandCount() == 2) {
      Optional<String> written = text(call.operand(0));
      Optional<Pattern> form =
          text(call.operand(1))
              .flatMap(format -> Optional.ofNullable(ISO.get(format.toUpperCase(Locale.ROOT))));
      if (form.isPresent() && written.filter(form.get().asMatchPredicate()).isPresent()) {
        String text = written.get().replaceFirst("(\\.\\d{3})000$", "$1");
        return Rewrites.text(text, call.operand(0).getParserPosition());
      }
    }
    String name = call.getOperator().getName();
    throw new Misuse(
        call,
        "Cannot use %s with a format: engines read formats differently; write %s(s) of an ISO 8601 text"
            .formatted(name, name));
  }

  private static Optional<String> text(SqlNode written) {
    return written instanceof SqlCharStringLiteral literal
        ? Optional.of(literal.getValueAs(NlsString.class).getValue())
        : Optional.empty();
  }
}

package io.scorebook.engine.duckdb;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/// Writes literals so that DuckDB gives them the plan's type and no other.
final class LiteralSql {
  private LiteralSql() {}

  static String render(RexLiteral literal) {
    RelDataType type = literal.getType();
    if (literal.isNull()) {
      return cast("NULL", type);
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Boolean.TRUE.equals(literal.getValueAs(Boolean.class)) ? "TRUE" : "FALSE";
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE ->
          cast(SqlTypes.quoted(number(literal)), type);
      case CHAR, VARCHAR -> SqlTypes.quoted(text(literal));
      case DATE -> cast(SqlTypes.quoted(date(literal)), type);
      case TIMESTAMP -> cast(SqlTypes.quoted(timestamp(literal)), type);
      case TIME -> cast(SqlTypes.quoted(time(literal)), type);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          cast(SqlTypes.quoted(timestamp(literal) + "+00"), type);
      default -> throw SqlTypes.unsupported("a literal of type " + type);
    };
  }

  /// An interval of days or less, in microseconds, or of months.
  static String interval(RexLiteral literal) {
    BigDecimal value = required(literal.getValueAs(BigDecimal.class), literal);
    return literal.getType().getSqlTypeName().isYearMonth()
        ? "to_months(%d)".formatted(value.intValueExact())
        : "to_milliseconds(%d)".formatted(value.longValueExact());
  }

  static String cast(String expression, RelDataType type) {
    return "CAST(%s AS %s)".formatted(expression, SqlTypes.of(type));
  }

  private static String number(RexLiteral literal) {
    Object value = required(literal.getValue(), literal);
    return value instanceof BigDecimal decimal ? decimal.toString() : value.toString();
  }

  /// DuckDB reads SQL up to the first NUL.
  private static String text(RexLiteral literal) {
    String text = required(literal.getValueAs(NlsString.class), literal).getValue();
    if (text.indexOf('\0') >= 0) {
      throw SqlTypes.unsupported("a text with the sign U+0000 in it");
    }
    return text;
  }

  private static String date(RexLiteral literal) {
    // A parse here, so that what DuckDB would read otherwise is refused.
    return LocalDate.parse(required(literal.getValueAs(DateString.class), literal).toString())
        .toString();
  }

  private static String time(RexLiteral literal) {
    return LocalTime.parse(required(literal.getValueAs(TimeString.class), literal).toString())
        .toString();
  }

  private static String timestamp(RexLiteral literal) {
    List<String> parts =
        List.of(
            required(literal.getValueAs(TimestampString.class), literal).toString().split(" ", 2));
    LocalDateTime.parse(parts.getFirst() + "T" + parts.getLast());
    return parts.getFirst() + " " + parts.getLast();
  }

  private static <T> T required(@org.jspecify.annotations.Nullable T value, RexLiteral literal) {
    if (value == null) {
      throw new IllegalArgumentException("Invalid literal: " + literal);
    }
    return value;
  }
}

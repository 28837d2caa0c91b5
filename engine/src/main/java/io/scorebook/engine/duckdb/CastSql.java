package io.scorebook.engine.duckdb;

import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes casts. A number loses its fraction towards zero, as the plan means it, where DuckDB would
/// round; a cast whose result would be written or read otherwise than elsewhere is refused.
final class CastSql {
  private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final String TIME = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?";

  private CastSql() {}

  static String render(String operand, RelDataType from, RexCall call) {
    RelDataType to = call.getType();
    boolean isTry = call.getKind() == SqlKind.SAFE_CAST;
    if (SqlTypeFamily.CHARACTER.contains(from) && !SqlTypeFamily.CHARACTER.contains(to)) {
      return parsed(operand, to, isTry).orElseThrow(() -> refused(from, to));
    }
    if (isTry) {
      throw SqlTypes.unsupported("TRY_CAST but of a text");
    }
    if (from.getSqlTypeName() == to.getSqlTypeName() && !SqlTypeFamily.CHARACTER.contains(to)) {
      return from.getSqlTypeName() == SqlTypeName.DECIMAL && from.getScale() > to.getScale()
          ? shortened(operand, to)
          : LiteralSql.cast(operand, to);
    }
    return switch (to.getSqlTypeName()) {
      case CHAR, VARCHAR -> text(operand, from, to);
      case TINYINT, SMALLINT, INTEGER, BIGINT -> integer(operand, from, to);
      case DECIMAL -> decimal(operand, from, to);
      case REAL, FLOAT, DOUBLE -> number(operand, from, to);
      case DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, BOOLEAN ->
          other(operand, from, to);
      default -> throw refused(from, to);
    };
  }

  private static String text(String operand, RelDataType from, RelDataType to) {
    String text =
        switch (from.getSqlTypeName()) {
          case CHAR, VARCHAR, NULL -> operand;
          case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, DATE, TIMESTAMP ->
              LiteralSql.cast(operand, to);
          case BOOLEAN -> "upper(%s)".formatted(LiteralSql.cast(operand, to));
          default -> throw refused(from, to);
        };
    if (to.getSqlTypeName() == SqlTypeName.CHAR) {
      return "rpad(%s, %d, ' ')".formatted(text, to.getPrecision());
    }
    return to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED
            || (SqlTypeFamily.CHARACTER.contains(from)
                && from.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED
                && from.getPrecision() <= to.getPrecision())
        ? text
        : "left(%s, %d)".formatted(text, to.getPrecision());
  }

  private static String integer(String operand, RelDataType from, RelDataType to) {
    return switch (from.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, NULL -> LiteralSql.cast(operand, to);
      case DECIMAL, REAL, FLOAT, DOUBLE -> LiteralSql.cast("trunc(%s)".formatted(operand), to);
      default -> throw refused(from, to);
    };
  }

  private static String decimal(String operand, RelDataType from, RelDataType to) {
    return switch (from.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, NULL ->
          LiteralSql.cast(operand, to);
      default -> throw refused(from, to);
    };
  }

  private static String shortened(String operand, RelDataType to) {
    return LiteralSql.cast("trunc(%s, %d)".formatted(operand, to.getScale()), to);
  }

  private static String number(String operand, RelDataType from, RelDataType to) {
    return switch (from.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE, NULL ->
          LiteralSql.cast(operand, to);
      default -> throw refused(from, to);
    };
  }

  private static String other(String operand, RelDataType from, RelDataType to) {
    SqlTypeName target = to.getSqlTypeName();
    boolean allowed =
        switch (from.getSqlTypeName()) {
          case NULL -> true;
          case DATE -> target == SqlTypeName.TIMESTAMP;
          case TIMESTAMP -> target == SqlTypeName.DATE || target == SqlTypeName.TIME;
          default -> false;
        };
    if (!allowed) {
      throw refused(from, to);
    }
    return LiteralSql.cast(operand, to);
  }

  /// DuckDB reads more than is meant (`1.5` as an integer, `2024-1-5` as a date): what is not
  /// written as it should be fails here.
  private static Optional<String> parsed(String text, RelDataType to, boolean isTry) {
    String form =
        switch (to.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT -> "\\s*[+-]?[0-9]+\\s*";
          case DECIMAL ->
              "\\s*[+-]?([0-9]+(\\.[0-9]{0,%1$d})?|0*\\.[0-9]{0,%1$d})\\s*"
                  .formatted(to.getScale());
          case REAL, FLOAT, DOUBLE -> "\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*";
          case BOOLEAN -> "\\s*(?i:true|false)\\s*";
          case DATE -> DATE;
          case TIME -> TIME;
          case TIMESTAMP -> DATE + "([ T]" + TIME + ")?";
          default -> "";
        };
    if (form.isEmpty()) {
      return Optional.empty();
    }
    String matches = "regexp_full_match(%s, %s)".formatted(text, SqlTypes.quoted(form));
    String value =
        "%s(trim(%s) AS %s)".formatted(isTry ? "TRY_CAST" : "CAST", text, SqlTypes.of(to));
    return Optional.of(
        isTry
            ? "CASE WHEN %s THEN %s END".formatted(matches, value)
            : "CASE WHEN NOT %s THEN error(chr(39) || %s || chr(39) || ' is no %s') ELSE %s END"
                .formatted(matches, text, SqlTypes.of(to), value));
  }

  private static RuntimeException refused(RelDataType from, RelDataType to) {
    return SqlTypes.unsupported(
        "the cast of %s to %s".formatted(from.getSqlTypeName(), to.getSqlTypeName()));
  }
}

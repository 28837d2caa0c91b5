package io.scorebook.engine.duckdb;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes casts. A number loses its fraction towards zero, as the plan means it, where DuckDB would
/// round; a cast whose result would be written or read otherwise than elsewhere is refused.
final class CastSql {
  private CastSql() {}

  static String render(String operand, RelDataType from, RexCall call) {
    RelDataType to = call.getType();
    if (call.getKind() == SqlKind.SAFE_CAST) {
      throw SqlTypes.unsupported("TRY_CAST");
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
      case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, BOOLEAN -> other(operand, from, to);
      default -> throw refused(from, to);
    };
  }

  private static String text(String operand, RelDataType from, RelDataType to) {
    String text =
        switch (from.getSqlTypeName()) {
          case CHAR, VARCHAR, NULL -> operand;
          case TINYINT, SMALLINT, INTEGER, BIGINT, DATE -> LiteralSql.cast(operand, to);
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
      case TINYINT, SMALLINT, INTEGER, BIGINT, NULL -> LiteralSql.cast(operand, to);
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
          case TIMESTAMP -> target == SqlTypeName.DATE;
          case CHAR, VARCHAR -> target == SqlTypeName.DATE;
          default -> false;
        };
    if (!allowed) {
      throw refused(from, to);
    }
    return LiteralSql.cast(operand, to);
  }

  private static RuntimeException refused(RelDataType from, RelDataType to) {
    return SqlTypes.unsupported(
        "the cast of %s to %s".formatted(from.getSqlTypeName(), to.getSqlTypeName()));
  }
}

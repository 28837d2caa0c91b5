package io.scorebook.engine.duckdb;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// How DuckDB calls the types of plans and of stored columns.
final class SqlTypes {
  private static final int MAX_DECIMAL = 38;

  private SqlTypes() {}

  static String of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> "BOOLEAN";
      case TINYINT -> "TINYINT";
      case SMALLINT -> "SMALLINT";
      case INTEGER -> "INTEGER";
      case BIGINT -> "BIGINT";
      case REAL -> "FLOAT";
      case FLOAT, DOUBLE -> "DOUBLE";
      case DECIMAL -> decimal(type.getPrecision(), type.getScale());
      case CHAR, VARCHAR -> "VARCHAR";
      case BINARY, VARBINARY -> "BLOB";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP -> "TIMESTAMP";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
      case NULL -> "INTEGER";
      default -> throw unsupported("the type " + type);
    };
  }

  /// How a column of this type is read from its data file.
  static String of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> "BOOLEAN";
      case INTEGER -> "INTEGER";
      case LONG -> "BIGINT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case DECIMAL -> {
        var decimal = (Types.DecimalType) type;
        yield decimal(decimal.precision(), decimal.scale());
      }
      case STRING -> "VARCHAR";
      case UUID -> "UUID";
      case BINARY, FIXED -> "BLOB";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? "TIMESTAMP WITH TIME ZONE"
              : "TIMESTAMP";
      default -> throw unsupported("the stored type " + type);
    };
  }

  private static String decimal(int precision, int scale) {
    if (precision > MAX_DECIMAL || scale < 0 || scale > precision) {
      throw unsupported("the type DECIMAL(%d,%d)".formatted(precision, scale));
    }
    return "DECIMAL(%d,%d)".formatted(precision, scale);
  }

  static EngineException unsupported(String what) {
    return new EngineException(Kind.UNSUPPORTED, "Cannot run " + what + " on DuckDB", null);
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

package io.scorebook.catalog.table;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// The types of stored columns.
public sealed interface ColumnType {

  /// The types without parameters.
  enum Simple implements ColumnType {
    BOOLEAN,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    BINARY,
    DATE,
    TIME,
    /// Without a zone, in microseconds.
    TIMESTAMP,
    /// An instant, in microseconds of UTC.
    TIMESTAMP_TZ
  }

  /// An exact number of `precision` digits, `scale` of them behind the point.
  record Decimal(int precision, int scale) implements ColumnType {
    private static final int MAX_PRECISION = 38;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "Invalid decimal(%d,%d): must have 1 to 38 digits".formatted(precision, scale));
      }
    }
  }

  /// The type of an Iceberg column; [Kind#UNSUPPORTED] for nested and other types.
  static ColumnType of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> Simple.BOOLEAN;
      case INTEGER -> Simple.INTEGER;
      case LONG -> Simple.LONG;
      case FLOAT -> Simple.FLOAT;
      case DOUBLE -> Simple.DOUBLE;
      case STRING, UUID -> Simple.STRING;
      case BINARY, FIXED -> Simple.BINARY;
      case DATE -> Simple.DATE;
      case TIME -> Simple.TIME;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC() ? Simple.TIMESTAMP_TZ : Simple.TIMESTAMP;
      case DECIMAL -> {
        var decimal = (Types.DecimalType) type;
        yield new Decimal(decimal.precision(), decimal.scale());
      }
      default ->
          throw new StoreException(
              Kind.UNSUPPORTED, "Cannot read a column of type %s".formatted(type));
    };
  }

  /// The Iceberg type that stores it.
  default Type icebergType() {
    return switch (this) {
      case Simple.BOOLEAN -> Types.BooleanType.get();
      case Simple.INTEGER -> Types.IntegerType.get();
      case Simple.LONG -> Types.LongType.get();
      case Simple.FLOAT -> Types.FloatType.get();
      case Simple.DOUBLE -> Types.DoubleType.get();
      case Simple.STRING -> Types.StringType.get();
      case Simple.BINARY -> Types.BinaryType.get();
      case Simple.DATE -> Types.DateType.get();
      case Simple.TIME -> Types.TimeType.get();
      case Simple.TIMESTAMP -> Types.TimestampType.withoutZone();
      case Simple.TIMESTAMP_TZ -> Types.TimestampType.withZone();
      case Decimal(int precision, int scale) -> Types.DecimalType.of(precision, scale);
    };
  }

  /// The name in DuckDB's SQL.
  default String sqlName() {
    return switch (this) {
      case Simple.BOOLEAN -> "BOOLEAN";
      case Simple.INTEGER -> "INTEGER";
      case Simple.LONG -> "BIGINT";
      case Simple.FLOAT -> "FLOAT";
      case Simple.DOUBLE -> "DOUBLE";
      case Simple.STRING -> "VARCHAR";
      case Simple.BINARY -> "BLOB";
      case Simple.DATE -> "DATE";
      case Simple.TIME -> "TIME";
      case Simple.TIMESTAMP -> "TIMESTAMP";
      case Simple.TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
      case Decimal(int precision, int scale) -> "DECIMAL(%d,%d)".formatted(precision, scale);
    };
  }
}

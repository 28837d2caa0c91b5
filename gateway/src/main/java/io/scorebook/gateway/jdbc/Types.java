package io.scorebook.gateway.jdbc;

import io.scorebook.engine.answer.ValueType;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Session;
import io.scorebook.semantic.plan.Plan.OutputType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.DatabaseMetaData;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.jspecify.annotations.Nullable;

/// The types of answers in JDBC's terms, and their values as the protocol carries them.
enum Types {
  STRING(OutputType.STRING, java.sql.Types.VARCHAR, "VARCHAR", String.class, Rep.STRING, 65536, 0),
  INTEGER(OutputType.INTEGER, java.sql.Types.BIGINT, "BIGINT", Long.class, Rep.LONG, 19, 0),
  DECIMAL(
      OutputType.DECIMAL, java.sql.Types.DECIMAL, "DECIMAL", BigDecimal.class, Rep.NUMBER, 38, 10),
  DOUBLE(OutputType.DOUBLE, java.sql.Types.DOUBLE, "DOUBLE", Double.class, Rep.DOUBLE, 15, 0),
  BOOLEAN(OutputType.BOOLEAN, java.sql.Types.BOOLEAN, "BOOLEAN", Boolean.class, Rep.BOOLEAN, 1, 0),
  DATE(OutputType.DATE, java.sql.Types.DATE, "DATE", java.sql.Date.class, Rep.INTEGER, 10, 0),
  TIMESTAMP(
      OutputType.TIMESTAMP,
      java.sql.Types.TIMESTAMP,
      "TIMESTAMP",
      java.sql.Timestamp.class,
      Rep.LONG,
      3, // of the fraction of a second: what the driver writes as text, and all that it carries
      0);

  private static final int NANOS_OF_MILLI = 1_000_000;
  private static final int TIMESTAMP_WIDTH = 23;

  private final OutputType type;
  private final int jdbcType;
  private final String sqlName;
  private final Class<?> javaClass;
  private final Rep rep;
  private final int precision;
  private final int scale;

  Types(
      OutputType type,
      int jdbcType,
      String sqlName,
      Class<?> javaClass,
      Rep rep,
      int precision,
      int scale) {
    this.type = type;
    this.jdbcType = jdbcType;
    this.sqlName = sqlName;
    this.javaClass = javaClass;
    this.rep = rep;
    this.precision = precision;
    this.scale = scale;
  }

  static Types of(OutputType type) {
    return valueOf(type.name());
  }

  static Types of(ValueType type) {
    return switch (type) {
      case ValueType.Decimal _ -> DECIMAL;
      case ValueType.Simple simple ->
          switch (simple) {
            case STRING -> STRING;
            case INTEGER -> INTEGER;
            case DOUBLE -> DOUBLE;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DATE;
            case TIMESTAMP, INSTANT -> TIMESTAMP;
          };
    };
  }

  OutputType type() {
    return type;
  }

  int jdbcType() {
    return jdbcType;
  }

  String sqlName() {
    return sqlName;
  }

  int precision() {
    return precision;
  }

  int scale() {
    return scale;
  }

  private boolean isNumber() {
    return switch (this) {
      case INTEGER, DECIMAL, DOUBLE -> true;
      case STRING, BOOLEAN, DATE, TIMESTAMP -> false;
    };
  }

  /// Columns as a result set's metadata describes them.
  static List<ColumnMetaData> columns(List<Session.Column> columns) {
    var described = new ArrayList<ColumnMetaData>();
    for (Session.Column column : columns) {
      Types type = of(column.type());
      described.add(
          column.type() instanceof ValueType.Decimal(int digits, int behindPoint)
              ? type.column(described.size(), column.name(), digits, behindPoint)
              : type.column(described.size(), column.name()));
    }
    return described;
  }

  ColumnMetaData column(int ordinal, String name) {
    return column(ordinal, name, precision, scale);
  }

  private ColumnMetaData column(int ordinal, String name, int digits, int behindPoint) {
    return new ColumnMetaData(
        ordinal,
        false,
        true,
        true,
        false,
        DatabaseMetaData.columnNullable,
        isNumber(),
        this == TIMESTAMP ? TIMESTAMP_WIDTH : Math.min(digits, 256),
        name,
        name,
        "",
        digits,
        behindPoint,
        "",
        "",
        ColumnMetaData.scalar(jdbcType, sqlName, rep),
        true,
        false,
        false,
        javaClass.getName());
  }

  /// A value as the protocol carries it; a date as days, a timestamp as milliseconds since 1970.
  ///
  /// @throws ProblemException for a whole number that BIGINT cannot hold, and a time that is finer
  ///   than the protocol's
  @Nullable Object carried(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case LocalDate date -> Math.toIntExact(date.toEpochDay());
      case LocalDateTime time -> millis(time.toInstant(ZoneOffset.UTC), time);
      case OffsetDateTime time -> millis(time.toInstant(), time);
      case BigInteger big -> {
        if (big.bitLength() >= 64) {
          throw new ProblemException(
              ErrorCode.DATA,
              "Cannot hand out %s as BIGINT: it is too large; cast it to DECIMAL".formatted(big));
        }
        yield big.longValue();
      }
      default -> value;
    };
  }

  private static long millis(Instant moment, Object written) {
    if (moment.getNano() % NANOS_OF_MILLI != 0) {
      throw new ProblemException(
          ErrorCode.DATA,
          ("Cannot hand out %s: this protocol has milliseconds and nothing finer; CAST it to VARCHAR,"
                  + " or cut it by DATE_TRUNC")
              .formatted(written));
    }
    return moment.toEpochMilli();
  }
}

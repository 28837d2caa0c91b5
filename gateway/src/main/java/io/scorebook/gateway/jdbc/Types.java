package io.scorebook.gateway.jdbc;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import io.scorebook.semantic.plan.Plan.OutputType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.DatabaseMetaData;
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
      0, // of the fraction of a second, which the driver would fill with zeros
      0);

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
  static List<ColumnMetaData> columns(List<OutputColumn> columns) {
    var described = new ArrayList<ColumnMetaData>();
    for (OutputColumn column : columns) {
      described.add(of(column.type()).column(described.size(), column.name()));
    }
    return described;
  }

  ColumnMetaData column(int ordinal, String name) {
    return new ColumnMetaData(
        ordinal,
        false,
        true,
        true,
        false,
        DatabaseMetaData.columnNullable,
        isNumber(),
        Math.min(precision, 256),
        name,
        name,
        "",
        precision,
        scale,
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
  /// @throws ProblemException for a whole number that BIGINT cannot hold
  @Nullable Object carried(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case LocalDate date -> Math.toIntExact(date.toEpochDay());
      case LocalDateTime time -> time.toInstant(ZoneOffset.UTC).toEpochMilli();
      case OffsetDateTime time -> time.toInstant().toEpochMilli();
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
}

package io.scorebook.engine.duckdb;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.answer.Watch;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Plan.OutputType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/// Rows as DuckDB makes them, a chunk at a time.
final class DuckDbRows implements Rows {
  private final ResultSet results;
  private final List<RelDataType> types;
  private final List<OutputType> outputs;
  private final Watch watch;
  private final AutoCloseable behind;
  private final @Nullable Object[] row;
  private boolean closed;

  /// @param behind what to close when the rows are done or not wanted any more
  DuckDbRows(ResultSet results, Plan plan, Watch watch, AutoCloseable behind) {
    this.results = results;
    this.types =
        plan.rel().getRowType().getFieldList().stream().map(RelDataTypeField::getType).toList();
    this.outputs = plan.columns().stream().map(Plan.OutputColumn::type).toList();
    this.watch = watch;
    this.behind = behind;
    this.row = new @Nullable Object[types.size()];
  }

  @Override
  public boolean next() {
    watch.check();
    try {
      if (!results.next()) {
        watch.check(); // an interrupted stream may look like one that ended
        return false;
      }
      for (int i = 0; i < row.length; i++) {
        row[i] = read(i);
      }
      return true;
    } catch (SQLException e) {
      EngineException reason = watch.reason(e);
      throw reason == null ? Failures.translate(e) : reason;
    }
  }

  private @Nullable Object read(int i) throws SQLException {
    int column = i + 1;
    Object value =
        switch (types.get(i).getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT -> results.getLong(column);
          case REAL, FLOAT, DOUBLE -> finite(results.getObject(column));
          case BOOLEAN -> results.getBoolean(column);
          case CHAR, VARCHAR -> results.getString(column);
          case DECIMAL -> decimal(results.getBigDecimal(column), outputs.get(i));
          case DATE -> results.getObject(column, LocalDate.class);
          case TIMESTAMP -> results.getObject(column, LocalDateTime.class);
          case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> utc(results, column);
          case NULL -> null;
          default -> throw SqlTypes.unsupported("an answer of type " + types.get(i));
        };
    return results.wasNull() ? null : value;
  }

  private static @Nullable Object decimal(@Nullable BigDecimal value, OutputType output) {
    if (value == null || output != OutputType.INTEGER) {
      return value;
    }
    BigInteger integer = value.toBigIntegerExact();
    return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
  }

  private static @Nullable Object utc(ResultSet results, int column) throws SQLException {
    OffsetDateTime moment = results.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.withOffsetSameInstant(ZoneOffset.UTC);
  }

  private static @Nullable Object finite(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    double number = ((Number) value).doubleValue();
    if (!Double.isFinite(number)) {
      throw new EngineException(
          Kind.DATA, "Cannot give %s as a value of an answer".formatted(number), null);
    }
    return number;
  }

  @Override
  public @Nullable Object value(int column) {
    return row[column];
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        behind.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new EngineException(Kind.INTERNAL, "Cannot close the query", e);
      }
    }
  }
}

package io.scorebook.engine.duckdb;

import io.scorebook.engine.answer.Batches;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.answer.Watch;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Plan.OutputType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/// Rows as DuckDB makes them, a chunk at a time.
final class DuckDbRows implements Rows {
  /// DuckDB's own chunk: a larger batch is no quicker, and holds more.
  private static final int BATCH_ROWS = 2048;

  private final ResultSet results;
  private final List<RelDataType> types;
  private final List<OutputType> outputs;
  private final Watch watch;
  private final AutoCloseable behind;
  private final @Nullable Object[] row;
  private boolean begun;
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
    begun = true;
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
  public Batches batches(Schema schema, BufferAllocator allocator) {
    if (begun) {
      throw new IllegalStateException("Cannot read by batches what is read by rows");
    }
    begun = true;
    watch.check();
    ArrowReader reader = null;
    try {
      reader =
          (ArrowReader)
              results.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH_ROWS);
      return new DuckDbBatches(reader, schema, allocator, watch, this::close);
    } catch (SQLException | IOException e) {
      EngineException reason = watch.reason(e);
      EngineException told = reason == null ? Failures.translate(e) : reason;
      closeAfter(reader, told);
      throw told;
    } catch (RuntimeException e) {
      closeAfter(reader, e);
      throw e;
    }
  }

  private void closeAfter(@Nullable AutoCloseable reader, RuntimeException failure) {
    try (AutoCloseable _ = this::close;
        AutoCloseable _ = reader) {
      // both, whatever the other does
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
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

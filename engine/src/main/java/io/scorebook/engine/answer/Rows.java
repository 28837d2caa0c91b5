package io.scorebook.engine.answer;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// A stream of rows, read once, forward. Closing it ends the work behind it.
public interface Rows extends AutoCloseable {
  /// Steps to the next row; false after the last.
  ///
  /// @throws EngineException where the engine fails, is cancelled or runs out of time
  boolean next();

  /// A value of the current row, by the answer's column type: String, Long or BigInteger,
  /// BigDecimal, Double, Boolean, LocalDate, LocalDateTime (timestamps without zone),
  /// OffsetDateTime in UTC (with), or null.
  @Nullable Object value(int column);

  /// How many rows such as these could be kept together for who asks for them again; 0 where these
  /// were not kept. To be asked after the last of them.
  default long room() {
    return 0;
  }

  /// The rows that are left, as record batches of some thousand; closing them closes the rows. To
  /// be called once, before any row is read or instead of reading on.
  ///
  /// @param schema a column each, of the types of [ArrowTypes]
  /// @param allocator of the memory of one batch
  default Batches batches(Schema schema, BufferAllocator allocator) {
    return new FilledBatches(this, schema, allocator);
  }

  @Override
  void close();
}

package io.scorebook.engine.answer;

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

  @Override
  void close();
}

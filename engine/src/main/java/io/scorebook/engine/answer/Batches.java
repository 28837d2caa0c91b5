package io.scorebook.engine.answer;

import org.apache.arrow.vector.VectorSchemaRoot;

/// An answer as Arrow record batches, read once, forward. Closing it gives back the batch and ends
/// the work behind it.
public interface Batches extends AutoCloseable {
  /// Where every batch lies, one after the other: of the schema that was asked for. What a reader
  /// wants to keep of a batch he copies before the next.
  VectorSchemaRoot root();

  /// Puts the next batch into [#root]; false after the last. No batch is empty.
  ///
  /// @throws EngineException where the engine fails, is cancelled or runs out of time, and where
  ///   the columns cannot hold a value exactly. The rows before such a value are given first.
  boolean next();

  @Override
  void close();
}

package io.scorebook.gateway.wire;

import java.io.IOException;
import java.util.function.IntFunction;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/// Writes one answer, row by row: [#begin], any number of [#row], [#end].
public interface AnswerWriter extends AutoCloseable {
  /// @throws io.scorebook.gateway.session.ProblemException for columns that the format cannot have
  void begin(Heading heading) throws IOException;

  /// @param values the values of the row by column, as [io.scorebook.engine.answer.Rows#value]
  /// @throws io.scorebook.gateway.session.ProblemException for a value that the format cannot hold
  void row(IntFunction<@Nullable Object> values) throws IOException;

  void end(Ending ending) throws IOException;

  /// Hands what has been written on; a format of blocks keeps the block that it is filling.
  void flush() throws IOException;

  /// Gives back what the writer holds, whether the answer was whole or not.
  @Override
  default void close() {}

  /// One that can take an answer by batches: [#beginBatches] in place of [#begin], and any number
  /// of [#batch] in place of rows.
  interface OfBatches extends AnswerWriter {
    /// @param root of the schema that [ArrowSchema] gives, with each batch in its turn; stays the
    ///   caller's
    void beginBatches(VectorSchemaRoot root) throws IOException;

    /// The batch that lies in the root.
    void batch() throws IOException;
  }
}

package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.Provenance;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Writes one answer, row by row: [#begin], any number of [#row], [#end].
public interface AnswerWriter {
  void begin(List<OutputColumn> columns) throws IOException;

  /// @param values the values of the row by column, as [io.scorebook.engine.answer.Rows#value]
  void row(IntFunction<@Nullable Object> values) throws IOException;

  void end(Provenance provenance) throws IOException;

  /// Hands what has been written on.
  void flush() throws IOException;
}

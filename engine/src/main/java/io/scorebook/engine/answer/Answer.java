package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.util.List;

/// The columns, where they came from, and the rows as they arrive.
///
/// @param types of each column, exactly
public record Answer(
    List<OutputColumn> columns, List<ValueType> types, Provenance provenance, Rows rows)
    implements AutoCloseable {

  public Answer {
    columns = List.copyOf(columns);
    types = List.copyOf(types);
    if (columns.size() != types.size()) {
      throw new IllegalArgumentException(
          "Invalid answer: %d columns, %d types".formatted(columns.size(), types.size()));
    }
  }

  /// An answer of which no more is known than the types that an asker is told.
  public Answer(List<OutputColumn> columns, Provenance provenance, Rows rows) {
    this(
        columns,
        columns.stream().map(column -> ValueType.of(column.type())).toList(),
        provenance,
        rows);
  }

  @Override
  public void close() {
    rows.close();
  }
}

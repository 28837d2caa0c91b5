package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.util.List;

/// The columns, where they came from, and the rows as they arrive.
public record Answer(List<OutputColumn> columns, Provenance provenance, Rows rows)
    implements AutoCloseable {

  public Answer {
    columns = List.copyOf(columns);
  }

  @Override
  public void close() {
    rows.close();
  }
}

package io.scorebook.gateway.postgres;

import io.scorebook.engine.answer.ArrowTypes;
import io.scorebook.engine.answer.Cells;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.Session;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/// The rows of an answer, out of its batches.
final class BatchSource implements RowSource {
  private final OpenAnswer answer;
  private final List<Field> fields;
  private final VectorSchemaRoot batch;
  private int row = -1;
  private int rows;

  BatchSource(OpenAnswer answer) {
    this.answer = answer;
    this.fields = Field.of(Session.Column.of(answer));
    List<String> names = answer.columns().stream().map(OutputColumn::name).toList();
    this.batch = answer.batches(ArrowTypes.schema(names, answer.types()));
  }

  @Override
  public List<Field> fields() {
    return fields;
  }

  @Override
  public boolean next() {
    if (row + 1 < rows) {
      row++;
      return true;
    }
    row = -1;
    rows = 0;
    if (!answer.nextBatch()) {
      return false;
    }
    rows = batch.getRowCount();
    row = 0;
    return true;
  }

  /// Of the current row in the batch.
  int row() {
    return row;
  }

  @Override
  public @Nullable Object value(int column) {
    return Cells.value(batch.getVector(column), row);
  }

  @Override
  public Cell cell(int column, boolean binary) {
    FieldVector vector = batch.getVector(column);
    return binary ? BinaryCells.of(vector, this) : TextCells.of(vector, this);
  }

  @Override
  public void satisfied() {
    answer.satisfied();
  }

  @Override
  public void close() {
    answer.ungiven(rows - 1 - row);
    row = rows - 1;
    answer.close();
  }
}

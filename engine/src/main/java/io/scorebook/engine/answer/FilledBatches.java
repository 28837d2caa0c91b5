package io.scorebook.engine.answer;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// Batches of an engine that has rows.
final class FilledBatches implements Batches {
  /// The first batch is small, so that a slow engine's first rows need not wait for thousands.
  private static final int FIRST_ROWS = 64;

  private static final int BATCH_ROWS = 8192;
  private static final int BATCH_BYTES = 4 << 20;

  private final Rows rows;
  private final VectorSchemaRoot root;
  private final List<FieldVector> columns;
  private int most = FIRST_ROWS;
  private boolean ended;
  private @Nullable EngineException failure;

  FilledBatches(Rows rows, Schema schema, BufferAllocator allocator) {
    this.rows = rows;
    this.root = VectorSchemaRoot.create(schema, allocator);
    this.columns = root.getFieldVectors();
  }

  @Override
  public VectorSchemaRoot root() {
    return root;
  }

  @Override
  public boolean next() {
    if (failure != null) {
      throw failure;
    }
    // Not clear(): the next batch is as large, and finds its memory here.
    columns.forEach(FieldVector::reset);
    int filled = fill();
    most = Math.min(2 * most, BATCH_ROWS);
    root.setRowCount(filled);
    if (filled == 0 && failure != null) {
      throw failure;
    }
    return filled > 0;
  }

  private int fill() {
    int row = 0;
    long bytes = 0;
    try {
      while (row < most && bytes < BATCH_BYTES && !ended) {
        if (rows.next()) {
          for (int i = 0; i < columns.size(); i++) {
            bytes += Cells.set(columns.get(i), row, rows.value(i));
          }
          row++;
        } else {
          ended = true;
        }
      }
    } catch (EngineException e) {
      failure = e; // told after the rows before it
    }
    return row;
  }

  @Override
  public void close() {
    try {
      root.close();
    } finally {
      rows.close();
    }
  }
}

package io.scorebook.engine.duckdb;

import io.scorebook.engine.answer.Batches;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Watch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// Batches as DuckDB makes them: its vectors are taken over as they are, but for those of another
/// type than the schema's, which are cast.
final class DuckDbBatches implements Batches {
  private final ArrowReader reader;
  private final Watch watch;
  private final AutoCloseable behind;
  private final VectorSchemaRoot made;
  private final List<Recast> columns = new ArrayList<>();
  private final VectorSchemaRoot root;
  private @Nullable EngineException failure;

  /// @param reader of DuckDB's stream
  /// @param behind what to close when the batches are done or not wanted any more
  DuckDbBatches(
      ArrowReader reader,
      Schema schema,
      BufferAllocator allocator,
      Watch watch,
      AutoCloseable behind)
      throws IOException {
    this.reader = reader;
    this.watch = watch;
    this.behind = behind;
    this.made = reader.getVectorSchemaRoot();
    for (int i = 0; i < schema.getFields().size(); i++) {
      columns.add(Recast.of(made.getVector(i), schema.getFields().get(i), allocator));
    }
    List<FieldVector> given = columns.stream().map(Recast::given).toList();
    this.root = new VectorSchemaRoot(schema, given, 0);
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
    watch.check();
    try {
      int rows = load();
      int good = rows;
      for (Recast column : columns) {
        Optional<Recast.Bad> bad = column.cast(rows);
        if (bad.isPresent() && bad.get().row() < good) {
          good = bad.get().row();
          failure = bad.get().why();
        }
      }
      if (failure != null && good == 0) {
        throw failure;
      }
      root.setRowCount(good);
      return good > 0;
    } catch (OutOfMemoryException e) {
      throw new EngineException(
          Kind.OUT_OF_MEMORY, "Cannot hold a batch of the answer; ask for smaller values", e);
    }
  }

  /// An empty chunk is not the end.
  private int load() {
    try {
      while (reader.loadNextBatch()) {
        if (made.getRowCount() > 0) {
          return made.getRowCount();
        }
        watch.check();
      }
    } catch (IOException e) {
      EngineException reason = watch.reason(e);
      throw reason == null ? Failures.translate(e) : reason;
    }
    watch.check(); // an interrupted stream may look like one that ended
    return 0;
  }

  @Override
  public void close() {
    try (behind;
        reader) {
      columns.forEach(Recast::close);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new EngineException(Kind.INTERNAL, "Cannot close the query", e);
    }
  }
}

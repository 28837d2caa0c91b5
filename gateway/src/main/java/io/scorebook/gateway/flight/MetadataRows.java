package io.scorebook.gateway.flight;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// Rows of metadata, of the schemas that Flight SQL fixes.
///
/// @param rows String, byte[], Integer, Boolean or null for each column of the schema
record MetadataRows(Schema schema, List<@Nullable Object[]> rows) {
  private static final int BATCH_ROWS = 256;

  void send(BufferAllocator allocator, ServerStreamListener listener) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      listener.start(root);
      for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
        List<@Nullable Object[]> batch =
            rows.subList(from, Math.min(rows.size(), from + BATCH_ROWS));
        root.allocateNew();
        for (int row = 0; row < batch.size(); row++) {
          for (int column = 0; column < batch.get(row).length; column++) {
            set(root.getVector(column), row, batch.get(row)[column]);
          }
        }
        root.setRowCount(batch.size());
        listener.putNext();
      }
    }
    listener.completed();
  }

  private static void set(FieldVector column, int row, @Nullable Object value) {
    switch (value) {
      case null -> column.setNull(row);
      case String text ->
          ((VarCharVector) column).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
      case byte[] bytes -> ((VarBinaryVector) column).setSafe(row, bytes);
      case Integer number when column instanceof UInt1Vector small -> small.setSafe(row, number);
      case Integer number -> ((IntVector) column).setSafe(row, number);
      case Boolean truth -> ((BitVector) column).setSafe(row, truth ? 1 : 0);
      default -> throw new IllegalArgumentException("Invalid value of " + value.getClass());
    }
  }
}

package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a plan by batches.
final class ByBatches implements AutoCloseable {
  private final RootAllocator allocator = new RootAllocator();
  private final Batches batches;
  private int row = -1;

  ByBatches(Plan plan, Rows rows) {
    List<String> names = plan.columns().stream().map(Plan.OutputColumn::name).toList();
    this.batches =
        rows.batches(ArrowTypes.schema(names, ValueType.of(plan.rel().getRowType())), allocator);
  }

  VectorSchemaRoot root() {
    return batches.root();
  }

  boolean nextBatch() {
    return batches.next();
  }

  boolean next() {
    if (row + 1 < batches.root().getRowCount()) {
      row++;
      return true;
    }
    row = 0;
    return batches.next();
  }

  List<@Nullable Object> values() {
    return batches.root().getFieldVectors().stream()
        .<@Nullable Object>map(vector -> Cells.value(vector, row))
        .toList();
  }

  /// All rows, closed.
  static List<List<@Nullable Object>> all(Plan plan, Rows rows) {
    try (var batches = new ByBatches(plan, rows)) {
      return all(batches::next, batches::values);
    }
  }

  /// All rows by rows, closed.
  static List<List<@Nullable Object>> allByRows(Plan plan, Rows rows) {
    try (rows) {
      return all(
          rows::next,
          () -> {
            var values = new @Nullable Object[plan.columns().size()];
            Arrays.setAll(values, rows::value);
            return Arrays.asList(values);
          });
    }
  }

  private static List<List<@Nullable Object>> all(
      BooleanSupplier next, java.util.function.Supplier<List<@Nullable Object>> values) {
    var all = new ArrayList<List<@Nullable Object>>();
    while (next.getAsBoolean()) {
      all.add(values.get());
    }
    return all;
  }

  /// Fails where memory is still held.
  @Override
  public void close() {
    try (allocator) {
      batches.close();
    }
  }
}

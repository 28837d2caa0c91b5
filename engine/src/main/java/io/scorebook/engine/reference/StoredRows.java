package io.scorebook.engine.reference;

import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.PinnedTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// The rows of a table's snapshot, by Iceberg's own reader.
final class StoredRows implements RowSource {
  private final String table;
  private final List<RelDataType> types;
  private final CloseableIterable<Record> records;
  private final CloseableIterator<Record> iterator;

  private StoredRows(String table, List<RelDataType> types, CloseableIterable<Record> records) {
    this.table = table;
    this.types = types;
    this.records = records;
    this.iterator = reading(table, records::iterator);
  }

  /// What fails while files are read is the store's failure.
  private static <T> T reading(String table, Supplier<T> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      throw new EngineException(
          Kind.STORE_UNAVAILABLE,
          "Cannot read the table '%s': %s".formatted(table, StoreFailures.reason(e)),
          e);
    }
  }

  static RowSource of(PinnedTable table, RelDataType rowType) {
    if (table.snapshot().isEmpty() || table.snapshot().get().id().isEmpty()) {
      return RowSource.of(List.of());
    }
    TableSnapshot snapshot = table.snapshot().get();
    var fields = new ArrayList<NestedField>();
    for (RelDataTypeField column : rowType.getFieldList()) {
      NestedField field = snapshot.schema().findField(column.getName());
      if (field == null) {
        throw new EngineException(
            Kind.DATA,
            "Cannot find the column '%s' in the table '%s' as it was loaded; load it again by its"
                    .formatted(column.getName(), table.name())
                + " present contract",
            null);
      }
      fields.add(field);
    }
    return new StoredRows(
        table.name(),
        rowType.getFieldList().stream().map(RelDataTypeField::getType).toList(),
        IcebergGenerics.read(snapshot.table())
            .useSnapshot(snapshot.id().getAsLong())
            .project(new Schema(fields))
            .build());
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (!reading(table, iterator::hasNext)) {
      return null;
    }
    Record record = reading(table, iterator::next);
    @Nullable Object[] row = new @Nullable Object[types.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = Values.read(record.get(i), types.get(i));
    }
    return row;
  }

  @Override
  public void close() {
    try {
      iterator.close();
      records.close();
    } catch (IOException e) {
      throw new EngineException(Kind.STORE_UNAVAILABLE, "Cannot close a table's files", e);
    }
  }
}

package io.scorebook.engine.answer;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.engine.answer.EngineException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// Chooses the newest snapshot of each table of a question. What a snapshot consists of never
/// changes, so it is listed once.
final class Pinning {
  private final Warehouse warehouse;
  private final Map<TableName, Known> known = new ConcurrentHashMap<>();

  /// @param schema the schema's id: it may change without a new snapshot
  private record Known(Table table, OptionalLong snapshot, int schema, TableSnapshot content) {}

  Pinning(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /// @throws EngineException where the catalog or the store fails
  PinnedTables pin(Collection<String> tables) {
    var pinned = new ArrayList<PinnedTable>();
    for (String table : tables) {
      try {
        pinned.add(new PinnedTable(table, find(TableName.parse(table))));
      } catch (StoreException e) {
        throw new EngineException(
            e.kind() == StoreException.Kind.UNSUPPORTED
                ? Kind.UNSUPPORTED
                : Kind.STORE_UNAVAILABLE,
            String.valueOf(e.getMessage()),
            e);
      }
    }
    return new PinnedTables(pinned);
  }

  private Optional<TableSnapshot> find(TableName name) {
    Optional<Table> table = warehouse.findTable(name);
    if (table.isEmpty()) {
      known.remove(name);
      return Optional.empty();
    }
    Snapshot snapshot = table.get().currentSnapshot();
    OptionalLong id =
        snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId());
    int schema = table.get().schema().schemaId();
    Known last = known.get(name);
    if (last != null
        && last.snapshot().equals(id)
        && last.schema() == schema
        && last.table().uuid().equals(table.get().uuid())) {
      return Optional.of(last.content());
    }
    TableSnapshot content = TableSnapshot.current(name, table.get());
    known.put(name, new Known(table.get(), id, schema, content));
    return Optional.of(content);
  }
}

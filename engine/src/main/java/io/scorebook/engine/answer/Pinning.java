package io.scorebook.engine.answer;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreFailures;
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
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;

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
            e.kind() == StoreException.Kind.UNSUPPORTED ? Kind.UNSUPPORTED : Kind.STORE_UNAVAILABLE,
            String.valueOf(e.getMessage()),
            e);
      }
    }
    return new PinnedTables(pinned);
  }

  private Optional<TableSnapshot> find(TableName name) {
    return Optional.ofNullable(known.compute(name, (_, last) -> look(name, last)))
        .map(Known::content);
  }

  /// To ask the catalog whether a table has changed is cheap; to load it again is not.
  private @Nullable Known look(TableName name, @Nullable Known last) {
    Optional<Table> table =
        last == null ? warehouse.findTable(name) : refreshed(name, last.table());
    return table.map(found -> content(name, found, last)).orElse(null);
  }

  private Optional<Table> refreshed(TableName name, Table table) {
    return StoreFailures.attempt(
        "look at the table " + name,
        () -> {
          try {
            table.refresh();
            return Optional.of(table);
          } catch (NoSuchTableException _) {
            return warehouse.findTable(name); // dropped, maybe made anew
          }
        });
  }

  private static Known content(TableName name, Table table, @Nullable Known last) {
    Snapshot snapshot = table.currentSnapshot();
    OptionalLong id =
        snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId());
    int schema = table.schema().schemaId();
    return last != null
            && last.table() == table
            && last.snapshot().equals(id)
            && last.schema() == schema
        ? last
        : new Known(table, id, schema, TableSnapshot.current(name, table));
  }
}

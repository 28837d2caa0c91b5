package io.scorebook.engine.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.semantic.plan.SourceTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;

/// Chooses a snapshot of each table of a question: the newest, unless an earlier state is asked
/// for. What a snapshot consists of never changes, so it is listed once.
final class Pinning {
  private final Warehouse warehouse;
  private static final int EARLIER = 100;

  private final Map<TableName, Known> known = new ConcurrentHashMap<>();
  private final Cache<Earlier, TableSnapshot> earlier =
      Caffeine.newBuilder().maximumSize(EARLIER).executor(Runnable::run).build();

  private final Map<Tagged, TableSnapshot> tagged = new ConcurrentHashMap<>();

  /// @param table the very table, since one of its name may be made anew
  private record Tagged(Table table, String tag) {}

  /// @param schema the schema's id: it may change without a new snapshot
  private record Known(Table table, OptionalLong snapshot, int schema, TableSnapshot content) {
    boolean isPublished(long id) {
      return History.published(table, id).isPresent();
    }
  }

  /// @param table the very table, since one of its name may be made anew
  private record Earlier(Table table, long snapshot) {}

  Pinning(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /// The newest snapshots.
  ///
  /// @throws EngineException where the catalog or the store fails
  PinnedTables pin(Collection<String> tables) {
    return pin(tables, AsOf.newest());
  }

  /// The snapshots of one state of the tables, for who sees all of them.
  ///
  /// @throws EngineException [Kind#NO_SNAPSHOT] and [Kind#EXPIRED] where there is no such state;
  ///   where the catalog or the store fails
  PinnedTables pin(Collection<String> tables, AsOf asOf) {
    return pin(tables, asOf, _ -> false);
  }

  /// The same, for who may not see all.
  ///
  /// @param restricted whether something of a table is kept back from him: since when it has rows
  ///   is not for him to know then, and before it just has none
  PinnedTables pin(Collection<String> tables, AsOf asOf, Predicate<String> restricted) {
    try {
      var pinned =
          new ArrayList<>(state(tables.stream().filter(Pinning::moves).toList(), asOf, restricted));
      tables.stream()
          .filter(table -> !moves(table))
          .forEach(table -> pinned.add(tagged(table, asOf)));
      return new PinnedTables(pinned);
    } catch (StoreException e) {
      throw new EngineException(
          e.kind() == StoreException.Kind.UNSUPPORTED ? Kind.UNSUPPORTED : Kind.STORE_UNAVAILABLE,
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private List<PinnedTable> state(List<String> tables, AsOf asOf, Predicate<String> restricted) {
    return switch (asOf) {
      case AsOf.Newest _ ->
          tables.stream()
              .map(table -> new PinnedTable(table, newest(table).map(Known::content)))
              .toList();
      case AsOf.Time(Instant time) -> at(tables, time, OptionalLong.empty(), restricted);
      case AsOf.Snapshot(long id) ->
          at(tables, published(tables, id), OptionalLong.of(id), restricted);
      case AsOf.These(var snapshots) -> these(tables, snapshots);
      case AsOf.Added(var snapshots, _) -> these(tables, snapshots);
    };
  }

  private static boolean moves(String table) {
    return SourceTable.tagOf(table).isEmpty();
  }

  /// What a tag holds, with the columns of that time. Tags of versions are never moved.
  private PinnedTable tagged(String table, AsOf asOf) {
    String tag = SourceTable.tagOf(table).orElseThrow();
    String of = SourceTable.untagged(table);
    switch (asOf) {
      case AsOf.Newest _, AsOf.These _ -> {}
      case AsOf.Time _, AsOf.Snapshot _, AsOf.Added _ ->
          throw new EngineException(
              Kind.NO_SNAPSHOT,
              "Cannot answer as of another time: '%s' is read at '%s', by which the version is pinned"
                  .formatted(of, tag),
              null);
    }
    TableName name = TableName.parse(of);
    return new PinnedTable(
        table,
        newest(of)
            .map(now ->
                tagged.computeIfAbsent(
                    new Tagged(now.table(), tag), _ -> TableSnapshot.of(name, now.table(), tag))));
  }

  private Optional<Known> newest(String table) {
    TableName name = TableName.parse(table);
    return Optional.ofNullable(known.compute(name, (_, last) -> look(name, last)));
  }

  /// @param id of one of the tables, which is then read at that snapshot whatever the time
  private List<PinnedTable> at(
      Collection<String> tables, Instant time, OptionalLong id, Predicate<String> restricted) {
    if (time.isAfter(Instant.now())) {
      throw new EngineException(
          Kind.NO_SNAPSHOT, "Cannot answer as of %s, which is to come".formatted(time), null);
    }
    var pinned = new ArrayList<PinnedTable>();
    for (String table : tables) {
      Optional<Known> now = newest(table);
      pinned.add(
          new PinnedTable(
              table,
              now.flatMap(found -> {
                boolean isThis = id.isPresent() && found.isPublished(id.getAsLong());
                OptionalLong then =
                    isThis
                        ? id
                        : restricted.test(table) && !History.hadRows(found.table(), time)
                            ? OptionalLong.empty()
                            : History.at(table, found.table(), time);
                return then.isPresent()
                    ? Optional.of(content(found, then.getAsLong()))
                    : Optional.empty();
              })));
    }
    return pinned;
  }

  /// When a snapshot of one of the tables was made.
  private Instant published(Collection<String> tables, long id) {
    return tables.stream()
        .flatMap(table -> newest(table).stream())
        .flatMap(found -> History.published(found.table(), id).stream())
        .findFirst()
        .orElseThrow(() ->
            new EngineException(
                Kind.EXPIRED,
                "Cannot find the snapshot %d among those of %s; it may not be retained any more"
                    .formatted(id, tables.stream().sorted().toList()),
                null));
  }

  /// What is to be read of tables that are pinned: all of it, or the files that others do not have.
  PinnedTables read(PinnedTables tables, AsOf asOf) {
    if (!(asOf instanceof AsOf.Added(_, var without))) {
      return tables;
    }
    PinnedTables others = pin(tables.names(), new AsOf.These(without));
    return new PinnedTables(
        tables.names().stream()
            .map(name -> added(tables.table(name), others.table(name)))
            .toList());
  }

  private static PinnedTable added(PinnedTable table, PinnedTable other) {
    if (table.snapshot().isEmpty() || other.snapshot().isEmpty()) {
      return table;
    }
    TableSnapshot all = table.snapshot().get();
    return all.id().equals(other.snapshot().get().id())
        ? table
        : new PinnedTable(
            table.name(), Optional.of(all.withFiles(all.filesNotIn(other.snapshot().get()))));
  }

  private List<PinnedTable> these(Collection<String> tables, Map<String, Long> snapshots) {
    return tables.stream().map(table -> these(table, snapshots.get(table))).toList();
  }

  private PinnedTable these(String table, @Nullable Long id) {
    if (id == null) {
      return new PinnedTable(table, Optional.empty());
    }
    Known now =
        newest(table)
            .orElseThrow(() ->
                new EngineException(
                    Kind.EXPIRED, "Cannot find the table '%s' any more".formatted(table), null));
    return new PinnedTable(
        table, Optional.of(content(now, History.retained(table, now.table(), id))));
  }

  /// What a snapshot consists of; that of some that are not the newest is kept, for those who go on
  /// reading them.
  private TableSnapshot content(Known now, long id) {
    if (now.snapshot().equals(OptionalLong.of(id))) {
      return now.content();
    }
    TableName name = now.content().name();
    return earlier.get(new Earlier(now.table(), id), _ -> TableSnapshot.at(name, now.table(), id));
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

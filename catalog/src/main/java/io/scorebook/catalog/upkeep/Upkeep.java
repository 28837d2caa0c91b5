package io.scorebook.catalog.upkeep;

import io.scorebook.catalog.load.LocalLoads;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.upkeep.Leftover.Local;
import io.scorebook.catalog.upkeep.Leftover.Orphan;
import io.scorebook.catalog.upkeep.Leftover.Unpublished;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;

/// Finds what interrupted loads left, and removes it.
///
/// A load underway has things in the store that nothing refers to yet. Two marks tell it: its lock,
/// where it runs over the same home, whatever its age; and the age of what it has written, where it
/// runs elsewhere. So the age must be longer than any load takes.
public final class Upkeep {
  private final Warehouse warehouse;
  private final LocalLoads local;

  public Upkeep(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.local = new LocalLoads(warehouse.home());
  }

  /// What is left, in order of the tables; nothing is changed.
  ///
  /// @param age what is younger is left alone
  /// @throws StoreException where the store or the catalog fails, also where only a part of a table
  ///   can be read: then nobody knows what it refers to
  public List<Leftover> find(Duration age) {
    Instant before = Instant.now().minus(age);
    Set<String> underway = local.underway();
    var found = new ArrayList<Leftover>();
    for (TableName name : warehouse.listTables()) {
      warehouse
          .findTable(name)
          .ifPresent(table ->
              found.addAll(
                  StoreFailures.attempt(
                      "look for what is left of the table '%s'".formatted(name),
                      () -> find(name, table, before, underway))));
    }
    local
        .abandoned(before)
        .forEach((path, size) -> found.add(new Local(path, size.since(), size.bytes())));
    return found;
  }

  private static List<Leftover> find(
      TableName name, Table table, Instant before, Set<String> underway) {
    var found = new ArrayList<Leftover>();
    found.addAll(UnpublishedLoads.find(name, table, before, underway));
    found.addAll(OrphanObjects.find(name, table, before, underway));
    return found;
  }

  /// Removes what was found and still is what it was: whatever a table refers to by now stays.
  ///
  /// @return what was removed
  public List<Leftover> remove(List<Leftover> leftovers) {
    var removed = new ArrayList<Leftover>();
    var objects = new LinkedHashMap<TableName, List<Orphan>>();
    for (Leftover leftover : leftovers) {
      switch (leftover) {
        case Unpublished load -> {
          if (onTable(load.table(), table -> UnpublishedLoads.remove(load, table), false)) {
            removed.add(load);
          }
        }
        case Orphan orphan ->
            objects.computeIfAbsent(orphan.table(), _ -> new ArrayList<>()).add(orphan);
        case Local files -> {
          if (local.remove(files.path())) {
            removed.add(files);
          }
        }
      }
    }
    for (Map.Entry<TableName, List<Orphan>> each : objects.entrySet()) {
      removed.addAll(
          onTable(
              each.getKey(),
              table -> OrphanObjects.remove(each.getValue(), table, local.underway()),
              List.<Orphan>of()));
    }
    return removed;
  }

  private interface Step<T> {
    T on(Table table);
  }

  private <T> T onTable(TableName name, Step<T> step, T otherwise) {
    Optional<Table> table = warehouse.findTable(name);
    return table.isEmpty()
        ? otherwise
        : StoreFailures.attempt(
            "remove what is left of the table '%s'".formatted(name), () -> step.on(table.get()));
  }
}

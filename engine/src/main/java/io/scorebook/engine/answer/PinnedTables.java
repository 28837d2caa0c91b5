package io.scorebook.engine.answer;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The tables of one question, each at one snapshot, chosen once.
public final class PinnedTables {
  private final SortedMap<String, PinnedTable> tables;

  public PinnedTables(Collection<PinnedTable> tables) {
    var byName = new TreeMap<String, PinnedTable>();
    tables.forEach(table -> byName.put(table.name(), table));
    this.tables = Collections.unmodifiableSortedMap(byName);
  }

  /// @param name `namespace.table`
  public PinnedTable table(String name) {
    PinnedTable table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException(
          "Invalid plan: reads '%s', pinned are %s".formatted(name, tables.keySet()));
    }
    return table;
  }

  /// The names of the tables.
  public Set<String> names() {
    return tables.keySet();
  }

  /// Some of these tables, as they are pinned here.
  public PinnedTables only(Collection<String> names) {
    return new PinnedTables(names.stream().map(this::table).toList());
  }

  /// The snapshot of each table that has one.
  public SortedMap<String, Long> snapshots() {
    var snapshots = new TreeMap<String, Long>();
    tables.forEach((name, table) ->
        table
            .snapshot()
            .ifPresent(snapshot -> snapshot.id().ifPresent(id -> snapshots.put(name, id))));
    return snapshots;
  }
}

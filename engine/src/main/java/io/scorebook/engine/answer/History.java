package io.scorebook.engine.answer;

import io.scorebook.engine.answer.EngineException.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// Which snapshot a table had when. Only what was once published counts: a snapshot that a load has
/// written and not published yet is none.
final class History {
  private History() {}

  /// The newest snapshot at or before a time; empty for a table that never had one.
  ///
  /// @throws EngineException [Kind#NO_SNAPSHOT] where the table had none as early, or
  ///   [Kind#EXPIRED] where it had one that is not retained
  static OptionalLong at(String name, Table table, Instant time) {
    if (table.currentSnapshot() == null) {
      return OptionalLong.empty();
    }
    Optional<HistoryEntry> found = Optional.empty();
    for (HistoryEntry entry : table.history()) {
      if (entry.timestampMillis() <= time.toEpochMilli()) {
        found = Optional.of(entry);
      }
    }
    if (found.isPresent()) {
      return OptionalLong.of(retained(name, table, found.get().snapshotId()));
    }
    if (!table.history().isEmpty() && !isCut(table)) {
      throw new EngineException(
          Kind.NO_SNAPSHOT,
          "Cannot answer as of %s: the table '%s' had no rows yet".formatted(time, name),
          null);
    }
    throw new EngineException(
        Kind.EXPIRED,
        "Cannot answer as of %s: the table '%s' is not retained from so long ago"
            .formatted(time, name),
        null);
  }

  /// Whether a table had been loaded into at a time, as far as is known.
  static boolean hadRows(Table table, Instant time) {
    return table.history().stream().anyMatch(of -> of.timestampMillis() <= time.toEpochMilli())
        || isCut(table);
  }

  /// Whether its first snapshots are not retained.
  private static boolean isCut(Table table) {
    if (table.history().isEmpty()) {
      return false;
    }
    Snapshot oldest = table.snapshot(table.history().getFirst().snapshotId());
    return oldest == null || oldest.parentId() != null;
  }

  /// When a snapshot was published; empty where it never was, or is not retained.
  static Optional<Instant> published(Table table, long id) {
    return table.snapshot(id) == null
        ? Optional.empty()
        : table.history().stream()
            .filter(entry -> entry.snapshotId() == id)
            .findFirst()
            .map(entry -> Instant.ofEpochMilli(entry.timestampMillis()));
  }

  /// The same id, of a snapshot that is still there.
  static long retained(String name, Table table, long id) {
    if (table.snapshot(id) == null) {
      throw new EngineException(
          Kind.EXPIRED,
          "Cannot read the table '%s' as it was: that snapshot is not retained any more"
              .formatted(name),
          null);
    }
    return id;
  }
}

package io.scorebook.catalog.upkeep;

import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.upkeep.Leftover.Unpublished;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/// Snapshots of loads that never became the table's, with the branch that holds them or without.
final class UnpublishedLoads {
  private static final String PREFIX = "load-";
  private static final String LOAD_ID = "scorebook.load-id";

  private UnpublishedLoads() {}

  static List<Unpublished> find(TableName name, Table table, Instant before, Set<String> underway) {
    Map<Long, String> branches = branches(table);
    Set<Long> kept = kept(table);
    var found = new ArrayList<Unpublished>();
    for (Snapshot snapshot : table.snapshots()) {
      long id = snapshot.snapshotId();
      String load = snapshot.summary().get(LOAD_ID);
      String branch = branches.getOrDefault(id, PREFIX + load);
      boolean isLoads = branches.containsKey(id) || load != null;
      boolean isOpen = branches.containsKey(id) || !kept.contains(id);
      Instant since = Instant.ofEpochMilli(snapshot.timestampMillis());
      if (isLoads
          && isOpen
          && since.isBefore(before)
          && !underway.contains(branch.substring(PREFIX.length()))) {
        // A branch at a published snapshot holds nothing of its own.
        long bytes = kept.contains(id) ? 0 : bytes(snapshot, table);
        found.add(new Unpublished(name, branch, id, since, bytes));
      }
    }
    return found;
  }

  /// The branches of loads, by the snapshot that they hold.
  private static Map<Long, String> branches(Table table) {
    var branches = new HashMap<Long, String>();
    table
        .refs()
        .forEach((name, ref) -> {
          if (ref.isBranch() && name.startsWith(PREFIX)) {
            branches.put(ref.snapshotId(), name);
          }
        });
    return branches;
  }

  /// What other branches and tags hold, and all that ever was the table's newest.
  private static Set<Long> kept(Table table) {
    var kept = new HashSet<Long>();
    for (HistoryEntry entry : table.history()) {
      kept.add(entry.snapshotId());
    }
    for (Map.Entry<String, SnapshotRef> ref : table.refs().entrySet()) {
      if (!ref.getValue().isBranch() || !ref.getKey().startsWith(PREFIX)) {
        Long at = ref.getValue().snapshotId();
        while (at != null && table.snapshot(at) != null) {
          kept.add(at);
          at = table.snapshot(at).parentId();
        }
      }
    }
    return kept;
  }

  private static long bytes(Snapshot snapshot, Table table) {
    long bytes = 0;
    for (DataFile file : snapshot.addedDataFiles(table.io())) {
      bytes += file.fileSizeInBytes();
    }
    return bytes;
  }

  /// Removes the branch, then its snapshot with the files that only it has.
  static boolean remove(Unpublished load, Table table) {
    SnapshotRef ref = table.refs().get(load.branch());
    if (ref != null) {
      if (ref.snapshotId() != load.snapshot()) {
        return false;
      }
      table.manageSnapshots().removeBranch(load.branch()).commit();
      table.refresh();
    }
    if (table.snapshot(load.snapshot()) != null && !kept(table).contains(load.snapshot())) {
      // Only this one: the history of the table is not ours to shorten.
      table.expireSnapshots().expireOlderThan(0).expireSnapshotId(load.snapshot()).commit();
    }
    return true;
  }
}

package io.scorebook.catalog.upkeep;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.upkeep.Leftover.Orphan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/// Objects in a table's folder that the table does not refer to.
final class OrphanObjects {
  private OrphanObjects() {}

  static List<Orphan> find(TableName name, Table table, Instant before, Set<String> underway) {
    if (!(table.io() instanceof SupportsPrefixOperations io)) {
      throw new StoreException(
          Kind.UNSUPPORTED,
          "Cannot look for what is left of the table '%s': its store does not list objects"
              .formatted(name));
    }
    // First the objects, then what is referred to: what is committed in between is seen.
    var objects = new ArrayList<FileInfo>();
    io.listPrefix(folder(table)).forEach(objects::add);
    table.refresh();
    Set<String> reachable = Reachable.of(table);
    objects.removeIf(object -> reachable.contains(object.location()));
    for (FileInfo object : objects) {
      checkIsNoOthers(name, table, object.location());
    }
    return objects.stream()
        .filter(object -> Instant.ofEpochMilli(object.createdAtMillis()).isBefore(before))
        .filter(object -> !isUnderway(object.location(), underway))
        .map(object ->
            new Orphan(
                name,
                object.location(),
                Instant.ofEpochMilli(object.createdAtMillis()),
                object.size()))
        .toList();
  }

  /// With the slash: `clubs` begins as `clubs__quarantine` does.
  private static String folder(Table table) {
    String location = table.location();
    return location.endsWith("/") ? location : location + "/";
  }

  /// A catalog of its own over the same bucket has its table of this name in this folder, too; to
  /// this catalog all its objects are orphans. A table without snapshots is one whose making was
  /// interrupted.
  private static void checkIsNoOthers(TableName name, Table table, String location) {
    if (!location.endsWith(".metadata.json")) {
      return;
    }
    TableMetadata metadata = TableMetadataParser.read(table.io().newInputFile(location));
    if (!metadata.uuid().equals(table.uuid().toString()) && !metadata.snapshots().isEmpty()) {
      throw new StoreException(
          Kind.UNSUPPORTED,
          ("Cannot tell what is left of the table '%s': its folder %s also holds another table"
                  + " (%s), of another catalog or from before it was dropped; move one of them")
              .formatted(name, folder(table), location));
    }
  }

  private static boolean isUnderway(String location, Set<String> underway) {
    return underway.stream().anyMatch(location::contains);
  }

  static List<Orphan> remove(List<Orphan> orphans, Table table, Set<String> underway) {
    Set<String> reachable = Reachable.of(table);
    var removed = new ArrayList<Orphan>();
    for (Orphan orphan : orphans) {
      if (!reachable.contains(orphan.location()) && !isUnderway(orphan.location(), underway)) {
        table.io().deleteFile(orphan.location());
        removed.add(orphan);
      }
    }
    return removed;
  }
}

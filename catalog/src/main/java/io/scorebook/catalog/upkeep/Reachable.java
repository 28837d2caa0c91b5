package io.scorebook.catalog.upkeep;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/// All objects that a table refers to: metadata and its log, statistics, and of every snapshot the
/// manifest list, the manifests and the files in them.
final class Reachable {
  private Reachable() {}

  /// @param table as it is now
  /// @throws RuntimeException where anything of it cannot be read: what is not known to be
  ///   unreachable is reachable
  static Set<String> of(Table table) {
    var locations = new HashSet<String>();
    locations.addAll(ReachableFileUtil.metadataFileLocations(table, false));
    locations.addAll(ReachableFileUtil.statisticsFilesLocations(table));
    locations.add(((BaseTable) table).operations().current().metadataFileLocation());
    var manifests = new HashSet<String>();
    for (Snapshot snapshot : table.snapshots()) {
      if (snapshot.manifestListLocation() != null) {
        locations.add(snapshot.manifestListLocation());
      }
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (manifests.add(manifest.path())) {
          addFiles(manifest, table, locations);
        }
      }
    }
    locations.addAll(manifests);
    return locations;
  }

  private static void addFiles(ManifestFile manifest, Table table, Set<String> locations) {
    try (CloseableIterable<? extends ContentFile<?>> files =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, table.io(), table.specs())
            : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
      for (ContentFile<?> file : files) {
        locations.add(file.location());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot close " + manifest.path(), e);
    }
  }
}

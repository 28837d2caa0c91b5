package io.scorebook.catalog.upkeep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/// All objects that a table refers to: metadata and its log, statistics, and of every snapshot the
/// manifest list, the manifests and the files in them.
final class Reachable {
  private static final int AT_ONCE = 16;

  private Reachable() {}

  /// @param table as it is now
  /// @throws RuntimeException where anything of it cannot be read: what is not known to be
  ///   unreachable is reachable
  static Set<String> of(Table table) {
    var locations = ConcurrentHashMap.<String>newKeySet();
    locations.addAll(ReachableFileUtil.metadataFileLocations(table, false));
    locations.addAll(ReachableFileUtil.statisticsFilesLocations(table));
    locations.add(((BaseTable) table).operations().current().metadataFileLocation());
    var manifests = new ConcurrentHashMap<String, ManifestFile>();
    each(
        table.snapshots(),
        snapshot -> {
          if (snapshot.manifestListLocation() != null) {
            locations.add(snapshot.manifestListLocation());
          }
          for (ManifestFile manifest : snapshot.allManifests(table.io())) {
            manifests.put(manifest.path(), manifest);
          }
        });
    each(manifests.values(), manifest -> addFiles(manifest, table, locations));
    locations.addAll(manifests.keySet());
    return locations;
  }

  /// Several at once, as each waits for the store; the first failure once all have ended.
  private static <T> void each(Iterable<T> all, Consumer<T> step) {
    var futures = new ArrayList<Future<?>>();
    try (var threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("upkeep-", 0).factory())) {
      all.forEach(one -> futures.add(threads.submit(() -> step.accept(one))));
    }
    for (Future<?> future : futures) {
      if (future.state() == Future.State.FAILED) {
        throw future.exceptionNow() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(future.exceptionNow());
      }
    }
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

package io.scorebook.catalog.load;

import io.scorebook.catalog.store.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The loads over one home as their staging folders show them: a load that is underway, in whatever
/// process of this machine, holds the lock beside its folder.
public final class LocalLoads {
  private final Path folder;
  private final Path uploads;

  public LocalLoads(Path home) {
    this.folder = StagingFolder.all(home);
    this.uploads = Warehouse.uploads(home);
  }

  /// @param since when it was last written
  public record Size(Instant since, long bytes) {}

  /// The ids of the loads that are underway.
  public Set<String> underway() {
    var ids = new TreeSet<String>();
    for (Path entry : entries(folder)) {
      if (StagingFolder.isLock(entry) && StagingFolder.isHeld(entry)) {
        ids.add(StagingFolder.idOf(entry));
      }
    }
    return ids;
  }

  /// What killed processes left: folders of loads, and files that were being uploaded.
  public Map<Path, Size> abandoned(Instant before) {
    var found = new LinkedHashMap<Path, Size>();
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry) && !StagingFolder.isUnderway(entry)) {
        add(entry, before, found);
      }
    }
    entries(uploads).forEach(file -> add(file, before, found));
    return found;
  }

  private static void add(Path path, Instant before, Map<Path, Size> found) {
    Size size = size(path);
    if (size.since.isBefore(before)) {
      found.put(path, size);
    }
  }

  /// Removes what was found; false where it is gone or in use by now.
  public boolean remove(Path path) {
    if (!Files.exists(path) || StagingFolder.isUnderway(path)) {
      return false;
    }
    StagingFolder.removeWithLock(path);
    return true;
  }

  private static Size size(Path path) {
    long bytes = 0;
    Instant since = Instant.MIN;
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.toList()) {
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
        Instant written = Files.getLastModifiedTime(file).toInstant();
        since = written.isAfter(since) ? written : since;
      }
    } catch (java.nio.file.NoSuchFileException | UncheckedIOException _) {
      return new Size(Instant.MAX, 0); // changes just now
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + path, e);
    }
    return new Size(since, bytes);
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + folder, e);
    }
  }
}

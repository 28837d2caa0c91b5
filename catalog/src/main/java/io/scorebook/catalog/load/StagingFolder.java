package io.scorebook.catalog.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/// A folder for the files of one load, removed at its end; what a killed process left is removed by
/// the next load.
final class StagingFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private StagingFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  static StagingFolder create(Path home, String loadId) {
    Path all = home.resolve("staging");
    Path folder = all.resolve(loadId);
    try {
      Files.createDirectories(all);
      removeAbandoned(all);
      // Locked before the folder is there: a folder whose lock is free is abandoned.
      var lock =
          FileChannel.open(lockOf(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock.lock();
      Files.createDirectory(folder);
      return new StagingFolder(folder, lock);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the folder " + folder, e);
    }
  }

  Path path() {
    return folder;
  }

  private static Path lockOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".lock");
  }

  private static void removeAbandoned(Path all) throws IOException {
    List<Path> folders;
    try (Stream<Path> entries = Files.list(all)) {
      folders = entries.filter(Files::isDirectory).filter(f -> Files.exists(lockOf(f))).toList();
    }
    for (Path folder : folders) {
      try (var channel = FileChannel.open(lockOf(folder), StandardOpenOption.WRITE);
          var free = channel.tryLock()) {
        if (free != null) {
          remove(folder);
          Files.deleteIfExists(lockOf(folder));
        }
      } catch (OverlappingFileLockException | java.nio.file.NoSuchFileException _) {
        // in use by this process, or removed by another in between
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException e) throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    try (lock) {
      remove(folder);
      Files.deleteIfExists(lockOf(folder));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the folder " + folder, e);
    }
  }
}

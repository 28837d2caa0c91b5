package io.scorebook.catalog.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A folder for the files of one load, removed at its end; what a killed process left is removed by
/// the next load.
final class StagingFolder implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel lock;

  private StagingFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  static StagingFolder create(Path home, String loadId) {
    Path all = all(home);
    Path folder = all.resolve(loadId);
    try {
      Files.createDirectories(all);
      removeAbandoned(all);
      // Locked before the folder is there: a folder whose lock is free is abandoned.
      Path lockFile = lockOf(folder);
      OWN.add(lockFile);
      var lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

  /// The staging folders of a home.
  static Path all(Path home) {
    return home.resolve("staging");
  }

  private static Path lockOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + LOCK);
  }

  static boolean isLock(Path file) {
    return file.getFileName().toString().endsWith(LOCK);
  }

  static String idOf(Path lock) {
    String name = lock.getFileName().toString();
    return name.substring(0, name.length() - LOCK.length());
  }

  static boolean isUnderway(Path folder) {
    return isHeld(lockOf(folder));
  }

  /// Whether a process holds the lock. This process's own locks are known: to open and close such a
  /// file would free its lock.
  static boolean isHeld(Path lock) {
    if (OWN.contains(lock)) {
      return true;
    }
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        var free = channel.tryLock()) {
      return free == null;
    } catch (OverlappingFileLockException _) {
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + lock, e);
    }
  }

  private static void removeAbandoned(Path all) throws IOException {
    List<Path> folders;
    try (Stream<Path> entries = Files.list(all)) {
      folders = entries.filter(Files::isDirectory).filter(f -> Files.exists(lockOf(f))).toList();
    }
    for (Path folder : folders) {
      if (!isUnderway(folder)) {
        removeWithLock(folder);
      }
    }
  }

  /// Removes a folder or file whose load is no longer underway.
  static void removeWithLock(Path folder) {
    try {
      if (Files.exists(folder)) {
        remove(folder);
      }
      Files.deleteIfExists(lockOf(folder));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
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
    } finally {
      OWN.remove(lockOf(folder));
    }
  }
}

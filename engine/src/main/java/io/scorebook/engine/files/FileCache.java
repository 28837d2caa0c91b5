package io.scorebook.engine.files;

import io.scorebook.catalog.store.Downloads;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/// A bounded folder of whole data files. A file is found by its remote path, which names the same
/// bytes for ever; it appears under its name only once all its bytes are there. Files in use are
/// pinned and stay; of the others the least recently used go first. The folder outlives the
/// process: what is found in it is used once its size and its checksum are those that arrived, and
/// again whenever its time has changed.
///
/// Safe for many threads: of several that want one missing file, one brings it.
public final class FileCache {
  private static final String PARTIAL = ".part";
  private static final Pattern NO_CHECKSUM = Pattern.compile("[0-9a-f]{40}\\.parquet");

  private final Path folder;
  private final long maxBytes;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();

  // Guarded by this. The order of `entries` is that of the last use.
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, CompletableFuture<Arrival>> arriving = new HashMap<>();
  private final Map<String, Integer> pins = new HashMap<>();
  private long reserved;
  private long held;

  /// @param checked the file's time when its checksum was right; null before that
  private record Entry(LocalFile file, @Nullable FileTime checked) {}

  private record Arrival(Path path, boolean isBrought) {}

  /// How the cache has served so far.
  public record Counts(long hits, long misses, long bytesRead, long bytesHeld, int files) {}

  /// A file to have here, with its size as the catalog knows it.
  public record RemoteFile(String path, long bytes) {}

  /// Opens a folder and takes over what is in it.
  ///
  /// @param maxBytes more than this is not kept; a question that needs more at once is refused
  public FileCache(Path folder, long maxBytes) {
    this.folder = folder.toAbsolutePath().normalize();
    this.maxBytes = maxBytes;
    try {
      Files.createDirectories(this.folder);
      takeOver();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the file cache " + this.folder, e);
    }
  }

  public Path folder() {
    return folder;
  }

  public synchronized Counts counts() {
    return new Counts(hits.sum(), misses.sum(), bytesRead.sum(), held, entries.size());
  }

  private void takeOver() throws IOException {
    record Found(LocalFile file, FileTime used) {}
    var found = new ArrayList<Found>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        if (path.getFileName().toString().endsWith(PARTIAL)) {
          removeAbandoned(path);
        } else if (Files.isRegularFile(path)) {
          Optional<LocalFile> file = LocalFile.at(path);
          if (file.isPresent()) {
            found.add(new Found(file.get(), Files.getLastModifiedTime(path)));
          } else if (NO_CHECKSUM.matcher(path.getFileName().toString()).matches()) {
            Files.deleteIfExists(path); // of a version that kept none
          }
        }
      }
    }
    found.sort(Comparator.comparing(Found::used));
    for (Found file : found) {
      Entry twin = entries.put(file.file().key(), new Entry(file.file(), null));
      held += file.file().bytes();
      if (twin != null) {
        held -= twin.file().bytes();
        delete(twin.file().path());
      }
    }
  }

  /// Another process may be bringing a file just now; what is older than an hour is left over.
  private static void removeAbandoned(Path partial) throws IOException {
    if (Files.getLastModifiedTime(partial).toInstant().isBefore(Instant.now().minusSeconds(3600))) {
      Files.deleteIfExists(partial);
    }
  }

  /// Files that are here and stay here until closed.
  public final class Pins implements AutoCloseable {
    private final Map<String, Path> paths;
    private boolean open = true;

    /// @param paths the local file of each remote path
    public Pins(Map<String, Path> paths) {
      this.paths = paths;
    }

    /// The local copy of a pinned file.
    public Path path(String remote) {
      Path path = paths.get(remote);
      if (path == null) {
        throw new IllegalArgumentException("Invalid path: %s is not pinned".formatted(remote));
      }
      return path;
    }

    @Override
    public void close() {
      synchronized (FileCache.this) {
        if (open) {
          open = false;
          paths.keySet().forEach(remote -> unpin(key(remote)));
        }
      }
    }
  }

  /// Brings the files here where they are missing, and holds them.
  ///
  /// @throws EngineException [Kind#CACHE_FULL] where there is no room, [Kind#STORE_UNAVAILABLE]
  ///   where the store does not give a file whole
  public Pins pin(Collection<RemoteFile> files, FileIO io) {
    return pin(files, io, () -> {});
  }

  /// As above, for those who will not wait for ever: what is on its way goes on arriving.
  ///
  /// @param waiting called again and again while files arrive; throws to give up
  public Pins pin(Collection<RemoteFile> files, FileIO io, Runnable waiting) {
    var paths = new LinkedHashMap<String, Path>();
    try {
      for (RemoteFile file : files) {
        if (!paths.containsKey(file.path())) {
          paths.put(file.path(), pin(file, io, waiting));
        }
      }
    } catch (RuntimeException e) {
      new Pins(paths).close();
      throw e;
    }
    return new Pins(paths);
  }

  private Path pin(RemoteFile file, FileIO io, Runnable waiting) {
    String key = key(file.path());
    CompletableFuture<Arrival> arrival;
    boolean mine = false;
    synchronized (this) {
      pins.merge(key, 1, Integer::sum);
      Entry entry = entries.get(key);
      if (entry != null && isAsChecked(entry, file)) {
        hits.increment();
        return entry.file().path();
      }
      CompletableFuture<Arrival> other = arriving.get(key);
      if (other == null) {
        mine = true;
        other = new CompletableFuture<>();
        arriving.put(key, other);
      }
      arrival = other;
    }
    if (mine) {
      // On a thread of its own: who waits for it may give up, and the next finds it here.
      Thread.ofVirtual().name("bring-" + key).start(() -> findOrBring(key, file, io, arrival));
    }
    try {
      Arrival arrived = Waiting.on(arrival, waiting);
      (arrived.isBrought() ? misses : hits).increment();
      return arrived.path();
    } catch (RuntimeException e) {
      misses.increment();
      synchronized (this) {
        unpin(key);
      }
      throw e;
    }
  }

  /// Nobody has touched it since its checksum was right.
  private static boolean isAsChecked(Entry entry, RemoteFile file) {
    try {
      Path path = entry.file().path();
      return entry.checked() != null
          && entry.file().bytes() == file.bytes()
          && Files.size(path) == file.bytes()
          && Files.getLastModifiedTime(path).equals(entry.checked());
    } catch (IOException _) {
      return false;
    }
  }

  /// Reads what is here once more; what was removed, cut or changed is forgotten.
  private Optional<Path> check(String key, RemoteFile file) {
    Entry entry;
    synchronized (this) {
      entry = entries.get(key);
    }
    if (entry == null) {
      return Optional.empty();
    }
    Path path = entry.file().path();
    FileTime time = null;
    try {
      if (Files.size(path) == file.bytes()) {
        FileTime before = Files.getLastModifiedTime(path);
        time = entry.file().isIntact() ? before : null;
      }
    } catch (IOException _) {
      time = null;
    }
    synchronized (this) {
      if (time != null) {
        entries.put(key, new Entry(entry.file(), time));
        return Optional.of(path);
      }
      forget(key, entry);
    }
    delete(path);
    return Optional.empty();
  }

  private void findOrBring(
      String key, RemoteFile file, FileIO io, CompletableFuture<Arrival> arrival) {
    @Nullable Path partial = null;
    boolean counted = false;
    try {
      Optional<Path> here = check(key, file);
      if (here.isPresent()) {
        synchronized (this) {
          arriving.remove(key);
        }
        arrival.complete(new Arrival(here.get(), false));
        return;
      }
      makeRoom(file);
      counted = true;
      partial = Files.createTempFile(folder, key + ".", PARTIAL);
      long checksum = Downloads.copy(io, file.path(), file.bytes(), partial);
      Path path = folder.resolve(LocalFile.name(key, checksum));
      Files.move(
          partial, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      var local = new LocalFile(key, path, file.bytes(), checksum);
      FileTime time = Files.getLastModifiedTime(path);
      synchronized (this) {
        entries.put(key, new Entry(local, time));
        held += file.bytes();
        reserved -= file.bytes();
        counted = false;
        arriving.remove(key);
      }
      bytesRead.add(file.bytes());
      arrival.complete(new Arrival(path, true));
    } catch (IOException | RuntimeException | Error e) {
      synchronized (this) {
        if (counted) {
          reserved -= file.bytes();
        }
        arriving.remove(key);
      }
      delete(partial); // before anyone hears of it
      arrival.completeExceptionally(e instanceof EngineException ? e : translate(file, e));
    }
  }

  private EngineException translate(RemoteFile file, Throwable e) {
    if (e instanceof IOException && (isDiskFull(e) || freeSpace() < file.bytes())) {
      return new EngineException(
          Kind.CACHE_FULL,
          "Cannot bring the file %s (%d bytes) into the cache: the disk of %s is full; free some"
                  .formatted(file.path(), file.bytes(), folder)
              + " space there, or give the home a larger disk",
          e);
    }
    return new EngineException(
        Kind.STORE_UNAVAILABLE,
        "Cannot read the file %s: %s".formatted(file.path(), StoreFailures.reason(e)),
        e);
  }

  private static boolean isDiskFull(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("Disk quota exceeded");
  }

  private long freeSpace() {
    try {
      FileStore store = Files.getFileStore(folder);
      return store.getUsableSpace();
    } catch (IOException _) {
      return Long.MAX_VALUE;
    }
  }

  /// Reserves the file's bytes, removing what is not in use, the least recently used first.
  private synchronized void makeRoom(RemoteFile file) {
    if (held + reserved + file.bytes() > maxBytes) {
      for (Map.Entry<String, Entry> candidate : List.copyOf(entries.entrySet())) {
        if (held + reserved + file.bytes() <= maxBytes) {
          break;
        }
        if (!pins.containsKey(candidate.getKey())) {
          forget(candidate.getKey(), candidate.getValue());
          delete(candidate.getValue().file().path());
        }
      }
    }
    if (held + reserved + file.bytes() > maxBytes) {
      throw new EngineException(
          Kind.CACHE_FULL,
          "Cannot bring the file %s (%d bytes) into the cache: %d of %d bytes are in use; allow a"
                  .formatted(file.path(), file.bytes(), held + reserved, maxBytes)
              + " larger cache, or ask again when other questions are done",
          null);
    }
    reserved += file.bytes();
  }

  private void forget(String key, Entry entry) {
    entries.remove(key);
    held -= entry.file().bytes();
  }

  private void unpin(String key) {
    pins.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }

  private static void delete(@Nullable Path path) {
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException _) {
      // left for the next opening to find
    }
  }

  private static String key(String remote) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(remote.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }
}

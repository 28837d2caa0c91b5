package io.scorebook.engine.files;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/// A bounded folder of whole data files. A file is found by its remote path, which names the same
/// bytes for ever; it appears under its name only once all its bytes are there. Files in use are
/// pinned and stay; of the others the least recently used go first. The folder outlives the
/// process.
///
/// Safe for many threads: of several that want one missing file, one brings it.
public final class FileCache {
  private static final String PARTIAL = ".part";
  private static final int BUFFER = 1 << 17;

  private final Path folder;
  private final long maxBytes;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();

  // Guarded by this. The order of `entries` is that of the last use.
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, CompletableFuture<Path>> arriving = new HashMap<>();
  private final Map<String, Integer> pins = new HashMap<>();
  private long reserved;
  private long held;

  private record Entry(Path path, long bytes) {}

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
    record Found(Path path, FileTime used, long bytes) {}
    var found = new ArrayList<Found>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        if (path.getFileName().toString().endsWith(PARTIAL)) {
          removeAbandoned(path);
        } else if (Files.isRegularFile(path)) {
          found.add(new Found(path, Files.getLastModifiedTime(path), Files.size(path)));
        }
      }
    }
    found.sort(Comparator.comparing(Found::used));
    for (Found file : found) {
      entries.put(file.path().getFileName().toString(), new Entry(file.path(), file.bytes()));
      held += file.bytes();
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
          paths.values().forEach(path -> unpin(path.getFileName().toString()));
        }
      }
    }
  }

  /// Brings the files here where they are missing, and holds them.
  ///
  /// @throws EngineException [Kind#CACHE_FULL] where there is no room, [Kind#STORE_UNAVAILABLE]
  ///   where the store does not give a file whole
  public Pins pin(Collection<RemoteFile> files, FileIO io) {
    var paths = new LinkedHashMap<String, Path>();
    try {
      for (RemoteFile file : files) {
        if (!paths.containsKey(file.path())) {
          paths.put(file.path(), pin(file, io));
        }
      }
    } catch (RuntimeException e) {
      new Pins(paths).close();
      throw e;
    }
    return new Pins(paths);
  }

  private Path pin(RemoteFile file, FileIO io) {
    String key = key(file.path());
    CompletableFuture<Path> arrival;
    boolean mine = false;
    synchronized (this) {
      pins.merge(key, 1, Integer::sum);
      Entry entry = entries.get(key);
      if (entry != null && isWhole(entry, file)) {
        hits.increment();
        return entry.path();
      }
      if (entry != null) {
        forget(key, entry);
      }
      CompletableFuture<Path> other = arriving.get(key);
      if (other == null) {
        mine = true;
        other = new CompletableFuture<>();
        arriving.put(key, other);
      }
      arrival = other;
    }
    misses.increment();
    if (mine) {
      bring(key, file, io, arrival);
    }
    try {
      return arrival.join();
    } catch (CompletionException e) {
      synchronized (this) {
        unpin(key);
      }
      if (e.getCause() instanceof EngineException known) {
        throw new EngineException(known.kind(), String.valueOf(known.getMessage()), known);
      }
      throw new EngineException(
          Kind.INTERNAL, "Cannot bring the file " + file.path(), e.getCause());
    }
  }

  /// A file that someone removed or cut is brought again.
  private static boolean isWhole(Entry entry, RemoteFile file) {
    try {
      return entry.bytes() == file.bytes() && Files.size(entry.path()) == file.bytes();
    } catch (IOException _) {
      return false;
    }
  }

  private void bring(String key, RemoteFile file, FileIO io, CompletableFuture<Path> arrival) {
    @Nullable Path partial = null;
    boolean counted = false;
    try {
      makeRoom(file);
      counted = true;
      partial = Files.createTempFile(folder, key + ".", PARTIAL);
      download(file, io, partial);
      Path path = folder.resolve(key);
      Files.move(
          partial, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      synchronized (this) {
        entries.put(key, new Entry(path, file.bytes()));
        held += file.bytes();
        reserved -= file.bytes();
        counted = false;
        arriving.remove(key);
      }
      bytesRead.add(file.bytes());
      arrival.complete(path);
    } catch (IOException | RuntimeException | Error e) {
      synchronized (this) {
        if (counted) {
          reserved -= file.bytes();
        }
        arriving.remove(key);
      }
      arrival.completeExceptionally(e instanceof EngineException ? e : translate(file, e));
      delete(partial);
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
        Kind.STORE_UNAVAILABLE, "Cannot read the file %s: %s".formatted(file.path(), e), e);
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

  private static void download(RemoteFile file, FileIO io, Path to) throws IOException {
    long bytes = 0;
    try (InputStream in = io.newInputFile(file.path(), file.bytes()).newStream();
        FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      var buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        var chunk = java.nio.ByteBuffer.wrap(buffer, 0, n);
        while (chunk.hasRemaining()) {
          out.write(chunk);
        }
        bytes += n;
      }
      out.force(true);
    }
    if (bytes != file.bytes()) {
      throw new EngineException(
          Kind.STORE_UNAVAILABLE,
          "Cannot use the file %s: the store gave %d of its %d bytes"
              .formatted(file.path(), bytes, file.bytes()),
          null);
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
          delete(candidate.getValue().path());
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
    held -= entry.bytes();
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
      return HexFormat.of().formatHex(digest, 0, 20) + ".parquet";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }
}

package io.scorebook.catalog.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was asked of one process, in `HOME/audit/`, until it is in the table. Safe for many
/// threads.
///
/// A record is handed to the operating system before the answer goes on, which takes some
/// microseconds: the end of the process, however sudden, loses none. The disk is made to have it a
/// moment later, for many records at once. Each process writes segments of its own, `ID-1.log`,
/// `ID-2.log`, and holds a lock while it lives; those of one that is gone are anybody's to move.
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final Duration SYNC = Duration.ofMillis(50);
  private static final String LOCK = ".lock";
  private static final String SEGMENT = ".log";

  private final Path folder;
  private final String id;
  private final FileLock lock;
  private final Map<String, AuditRecord> open = new LinkedHashMap<>();
  private final Deque<Path> closed = new ArrayDeque<>();
  private int number = 1;
  private int lines;
  private FileOutputStream segment;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean dirty;
  private volatile boolean ended;

  private AuditLog(Path folder, String id, FileLock lock) throws IOException {
    this.folder = folder;
    this.id = id;
    this.lock = lock;
    this.segment = create(file(1));
    Thread.ofPlatform().daemon().name("audit-sync").start(this::syncNowAndThen);
  }

  /// Opens a log of this process in a home.
  ///
  /// @throws UncheckedIOException where the home cannot be written
  public static AuditLog open(Path home) {
    Path folder = home.resolve("audit");
    try {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      if (!Files.exists(folder)) {
        Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
      }
      while (true) {
        String id = UUID.randomUUID().toString();
        Optional<FileLock> lock = tryLock(folder.resolve(id + LOCK));
        // Another process may have taken it for one of the dead, in between.
        if (lock.isPresent() && Files.exists(folder.resolve(id + LOCK))) {
          return new AuditLog(folder, id, lock.get());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the audit log in " + folder, e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path place, String rights) {
    return place.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static Optional<FileLock> tryLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            ownerOnly(file, "rw-------"));
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // held in this very process
    }
    if (lock == null) {
      channel.close();
    }
    return Optional.ofNullable(lock);
  }

  private Path file(int segmentNumber) {
    return folder.resolve("%s-%06d%s".formatted(id, segmentNumber, SEGMENT));
  }

  /// A stream and no channel: the thread of an asker who went away may be interrupted, and would
  /// close a channel for all.
  private static FileOutputStream create(Path file) throws IOException {
    Files.createFile(file, ownerOnly(file, "rw-------"));
    return new FileOutputStream(file.toFile(), true);
  }

  /// Remembers that an answer is about to be given.
  ///
  /// @throws UncheckedIOException where it cannot be remembered: then it must not be given
  public synchronized void begun(AuditRecord entry) {
    write(AuditLines.begun(entry));
    open.put(entry.id(), entry);
  }

  /// Remembers how a question ended.
  ///
  /// @throws UncheckedIOException where it cannot be remembered
  public synchronized void ended(AuditRecord entry) {
    write(AuditLines.ended(entry));
    open.remove(entry.id());
  }

  private void write(byte[] line) {
    try {
      segment.write(line);
      lines++;
      dirty = true;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the audit log in " + folder, e);
    }
  }

  /// How many lines wait in the segment that is being written.
  public synchronized int waiting() {
    return lines;
  }

  private void syncNowAndThen() {
    while (!ended) {
      try {
        if (stop.await(SYNC.toMillis(), TimeUnit.MILLISECONDS) || !dirty) {
          continue;
        }
        dirty = false;
        FileOutputStream now;
        synchronized (this) {
          now = segment;
        }
        now.getFD().sync();
      } catch (IOException e) {
        // One that was closed meanwhile was brought to the disk before.
        LOG.debug("Cannot bring the audit log in {} to the disk", folder, e);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// Begins a new segment, so that the last one can be moved. Answers that are open are known in
  /// the new one, before the last one may go.
  synchronized void rotate() {
    if (lines == 0) {
      return;
    }
    try {
      Path last = file(number);
      FileOutputStream before = segment;
      segment = create(file(number + 1));
      number++;
      lines = 0;
      open.values().forEach(entry -> write(AuditLines.begun(entry)));
      segment.getFD().sync();
      before.getFD().sync();
      before.close();
      closed.add(last);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the audit log in " + folder, e);
    }
  }

  /// Records to be moved together.
  ///
  /// @param id that tells whether they were moved already
  /// @param file that goes once they are
  record Batch(String id, List<AuditRecord> entries, Path file) {
    void remove() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot remove " + file, e);
      }
    }

    static Batch of(Path file, List<AuditRecord> entries) {
      return new Batch(file.getFileName().toString().replace(SEGMENT, ""), entries, file);
    }
  }

  /// The first segment of this process that waits to be moved.
  synchronized Optional<Batch> next() {
    return Optional.ofNullable(closed.peek())
        .map(file -> Batch.of(file, AuditLines.read(file).ended()));
  }

  /// Takes away what was moved.
  synchronized void moved(Batch batch) {
    batch.remove();
    closed.remove(batch.file());
  }

  /// What a process left that is gone. Nobody else takes it while this is open.
  record Abandoned(List<Batch> batches, Path lockFile, FileLock lock) implements AutoCloseable {
    /// All was moved.
    void forget() throws IOException {
      Files.deleteIfExists(lockFile);
    }

    @Override
    public void close() throws IOException {
      lock.channel().close();
    }
  }

  /// What one process left that is gone, if there is one.
  Optional<Abandoned> findAbandoned() throws IOException {
    var ids = new TreeSet<String>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.endsWith(LOCK)) {
        ids.add(name.substring(0, name.length() - LOCK.length()));
      } else if (name.endsWith(SEGMENT)) {
        ids.add(name.replaceFirst("-\\d+\\.log$", ""));
      }
    }
    ids.remove(id);
    for (String other : ids) {
      Path lockFile = folder.resolve(other + LOCK);
      Optional<FileLock> taken = tryLock(lockFile);
      if (taken.isPresent()) {
        return Optional.of(new Abandoned(batches(other), lockFile, taken.get()));
      }
    }
    return Optional.empty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /// With the answers that never ended, as lost, in the last.
  private List<Batch> batches(String other) throws IOException {
    var begun = new LinkedHashMap<String, AuditRecord>();
    var batches = new ArrayList<Batch>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.startsWith(other) && name.endsWith(SEGMENT)) {
        AuditLines.Segment read = AuditLines.read(file);
        begun.putAll(read.begun());
        read.ended().forEach(entry -> begun.remove(entry.id()));
        batches.add(Batch.of(file, read.ended()));
      }
    }
    if (!begun.isEmpty()) {
      Batch last = batches.removeLast();
      var entries = new ArrayList<>(last.entries());
      entries.addAll(begun.values());
      batches.add(new Batch(last.id(), entries, last.file()));
    }
    return batches;
  }

  /// Brings everything to the disk. What was not moved is so by the next who moves.
  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    stop.countDown();
    try (FileChannel _ = lock.channel();
        FileOutputStream last = segment) {
      last.getFD().sync();
      if (lines == 0) {
        Files.deleteIfExists(file(number));
        if (closed.isEmpty()) {
          Files.deleteIfExists(folder.resolve(id + LOCK));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the audit log in " + folder, e);
    }
  }
}

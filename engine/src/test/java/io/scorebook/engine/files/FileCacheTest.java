package io.scorebook.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.files.FileCache.Pins;
import io.scorebook.engine.files.FileCache.RemoteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.io.InputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileCacheTest {
  @TempDir Path folder;

  private final Store store = new Store();

  /// A store in memory that counts what is read from it.
  private static final class Store extends InMemoryFileIO {
    private final AtomicInteger reads = new AtomicInteger();

    RemoteFile put(String name, int bytes) {
      addFile("s3://b/" + name, new byte[bytes]);
      return new RemoteFile("s3://b/" + name, bytes);
    }

    @Override
    public InputFile newInputFile(String path, long length) {
      reads.incrementAndGet();
      return super.newInputFile(path);
    }
  }

  private long filesOnDisk() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void bringsAFileOnce() throws IOException {
    var cache = new FileCache(folder, 1000);
    RemoteFile file = store.put("a", 100);
    for (int i = 0; i < 3; i++) {
      try (Pins pins = cache.pin(List.of(file), store)) {
        assertThat(pins.path(file.path())).hasSize(100);
      }
    }
    assertThat(store.reads).hasValue(1);
    assertThat(cache.counts()).isEqualTo(new FileCache.Counts(2, 1, 100, 100, 1));
    assertThat(filesOnDisk()).isEqualTo(1);
  }

  @Test
  void bringsAFileOnceForManyThatWantItAtOnce() throws Exception {
    var cache = new FileCache(folder, 1_000_000);
    RemoteFile file = store.put("a", 500_000);
    Callable<Long> task =
        () -> {
          try (Pins pins = cache.pin(List.of(file), store)) {
            return Files.size(pins.path(file.path()));
          }
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var size : threads.invokeAll(IntStream.range(0, 50).mapToObj(_ -> task).toList())) {
        assertThat(size.get()).isEqualTo(500_000L);
      }
    }
    assertThat(store.reads).hasValue(1);
  }

  @Test
  void survivesARestart() {
    RemoteFile file = store.put("a", 100);
    new FileCache(folder, 1000).pin(List.of(file), store).close();
    var reopened = new FileCache(folder, 1000);
    reopened.pin(List.of(file), store).close();
    assertThat(store.reads).hasValue(1);
    assertThat(reopened.counts().hits()).isEqualTo(1);
  }

  @Test
  void bringsAgainWhatWasChangedWhileNobodyLooked() throws IOException {
    RemoteFile file = store.put("a", 100);
    new FileCache(folder, 1000).pin(List.of(file), store).close();
    Path local = onlyFile();
    FileTime time = Files.getLastModifiedTime(local);
    change(local);
    Files.setLastModifiedTime(local, time);
    var reopened = new FileCache(folder, 1000);
    try (Pins pins = reopened.pin(List.of(file), store)) {
      assertThat(pins.path(file.path())).hasBinaryContent(new byte[100]);
    }
    assertThat(store.reads).hasValue(2);
    assertThat(reopened.counts()).isEqualTo(new FileCache.Counts(0, 1, 100, 100, 1));
  }

  @Test
  void bringsAgainWhatIsChangedInBetween() throws IOException {
    var cache = new FileCache(folder, 1000);
    RemoteFile file = store.put("a", 100);
    cache.pin(List.of(file), store).close();
    change(onlyFile());
    Files.setLastModifiedTime(onlyFile(), FileTime.from(Instant.EPOCH));
    try (Pins pins = cache.pin(List.of(file), store)) {
      assertThat(pins.path(file.path())).hasBinaryContent(new byte[100]);
    }
    assertThat(store.reads).hasValue(2);
    assertThat(cache.counts().bytesHeld()).isEqualTo(100);
  }

  /// Another byte, and as many of them.
  private static void change(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[50] ^= 1;
    Files.write(file, bytes);
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().getFirst();
    }
  }

  @Test
  void removesTheLeastRecentlyUsedFirst() {
    var cache = new FileCache(folder, 250);
    RemoteFile a = store.put("a", 100);
    RemoteFile b = store.put("b", 100);
    cache.pin(List.of(a), store).close();
    cache.pin(List.of(b), store).close();
    cache.pin(List.of(a), store).close();
    cache.pin(List.of(store.put("c", 100)), store).close();
    assertThat(store.reads).hasValue(3);
    cache.pin(List.of(a), store).close();
    assertThat(store.reads).hasValue(3);
    cache.pin(List.of(b), store).close();
    assertThat(store.reads).hasValue(4);
    assertThat(cache.counts().bytesHeld()).isLessThanOrEqualTo(250);
  }

  @Test
  void neverRemovesWhatIsInUse() {
    var cache = new FileCache(folder, 250);
    RemoteFile a = store.put("a", 100);
    RemoteFile b = store.put("b", 100);
    try (Pins pins = cache.pin(List.of(a, b), store)) {
      EngineException e =
          catchThrowableOfType(
              EngineException.class, () -> cache.pin(List.of(store.put("c", 100)), store));
      assertThat(e.kind()).isEqualTo(Kind.CACHE_FULL);
      assertThat(e).hasMessageContaining("s3://b/c").hasMessageContaining("allow a larger cache");
      assertThat(pins.path(a.path())).exists();
      assertThat(pins.path(b.path())).exists();
    }
    try (Pins pins = cache.pin(List.of(store.put("c", 100)), store)) {
      assertThat(pins.path("s3://b/c")).exists();
    }
  }

  @Test
  void refusesAFileLargerThanItself() throws IOException {
    var cache = new FileCache(folder, 50);
    EngineException e =
        catchThrowableOfType(
            EngineException.class, () -> cache.pin(List.of(store.put("a", 100)), store));
    assertThat(e.kind()).isEqualTo(Kind.CACHE_FULL);
    assertThat(filesOnDisk()).isZero();
  }

  @Test
  void doesNotShowAFileThatWasCut() throws IOException {
    var cache = new FileCache(folder, 1000);
    store.put("a", 60);
    var promised = new RemoteFile("s3://b/a", 100);
    EngineException e =
        catchThrowableOfType(EngineException.class, () -> cache.pin(List.of(promised), store));
    assertThat(e.kind()).isEqualTo(Kind.STORE_UNAVAILABLE);
    assertThat(e).hasMessageContaining("60 of its 100 bytes");
    assertThat(filesOnDisk()).isZero();
    assertThat(cache.counts().bytesHeld()).isZero();
  }

  @Test
  void saysThatTheStoreLacksAFileAndTriesAgainLater() {
    var cache = new FileCache(folder, 1000);
    var missing = new RemoteFile("s3://b/late", 10);
    EngineException e =
        catchThrowableOfType(EngineException.class, () -> cache.pin(List.of(missing), store));
    assertThat(e.kind()).isEqualTo(Kind.STORE_UNAVAILABLE);
    assertThat(e).hasMessageContaining("s3://b/late");
    store.put("late", 10);
    cache.pin(List.of(missing), store).close();
    assertThat(cache.counts().bytesHeld()).isEqualTo(10);
  }

  @Test
  void bringsAFileAgainThatSomeoneHarmed() throws IOException {
    var cache = new FileCache(folder, 1000);
    RemoteFile file = store.put("a", 100);
    Path path;
    try (Pins pins = cache.pin(List.of(file), store)) {
      path = pins.path(file.path());
    }
    Files.write(path, new byte[3]);
    try (Pins pins = cache.pin(List.of(file), store)) {
      assertThat(pins.path(file.path())).hasSize(100);
    }
    Files.delete(path);
    try (Pins pins = cache.pin(List.of(file), store)) {
      assertThat(pins.path(file.path())).hasSize(100);
    }
    assertThat(cache.counts().bytesHeld()).isEqualTo(100);
  }

  @Test
  void removesWhatACrashLeft() throws IOException {
    Path old = Files.write(folder.resolve("x.1.part"), new byte[10]);
    Path fresh = Files.write(folder.resolve("y.1.part"), new byte[10]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(7200)));
    assertThat(new FileCache(folder, 1000).counts().files()).isZero();
    assertThat(old).doesNotExist();
    assertThat(fresh).exists(); // another process may be at it
  }

  /// A file whose name says which bytes it has.
  private RemoteFile named(byte[] bytes) throws Exception {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return new RemoteFile("s3://b/data-%s.parquet".formatted(digest), bytes.length);
  }

  @Test
  void refusesOtherBytesThanTheNamePromises() throws Exception {
    var cache = new FileCache(folder, 1000);
    byte[] bytes = {1, 2, 3};
    RemoteFile file = named(bytes);
    store.addFile(file.path(), new byte[] {1, 2, 4});
    EngineException e =
        catchThrowableOfType(EngineException.class, () -> cache.pin(List.of(file), store));
    assertThat(e.kind()).isEqualTo(Kind.STORE_UNAVAILABLE);
    assertThat(e).hasMessageContaining("other bytes than were written");
    assertThat(filesOnDisk()).isZero();
    store.deleteFile(file.path());
    store.addFile(file.path(), bytes);
    try (Pins pins = cache.pin(List.of(file), store)) {
      assertThat(pins.path(file.path())).hasBinaryContent(bytes);
    }
  }

  @Test
  void looksAtWhatAnotherProcessLeft() throws Exception {
    byte[] bytes = {1, 2, 3};
    RemoteFile file = named(bytes);
    store.addFile(file.path(), bytes);
    Path path;
    try (Pins pins = new FileCache(folder, 1000).pin(List.of(file), store)) {
      path = pins.path(file.path());
    }
    var second = new FileCache(folder, 1000);
    second.pin(List.of(file), store).close();
    assertThat(second.counts().hits()).isEqualTo(1);
    Files.write(path, new byte[] {1, 2, 4}); // of the same size
    var third = new FileCache(folder, 1000);
    try (Pins pins = third.pin(List.of(file), store)) {
      assertThat(pins.path(file.path())).hasBinaryContent(bytes);
    }
    assertThat(third.counts().misses()).isEqualTo(1);
    assertThat(third.counts().bytesHeld()).isEqualTo(3);
    assertThat(store.reads).hasValue(2);
  }

  @Test
  void whoGivesUpWaitingLeavesTheFileToTheNext() throws Exception {
    var cache = new FileCache(folder, 1000);
    var open = new CountDownLatch(1);
    var slow =
        new InMemoryFileIO() {
          @Override
          public InputFile newInputFile(String path, long length) {
            try {
              open.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.newInputFile(path);
          }
        };
    slow.addFile("s3://b/slow", new byte[10]);
    var file = new RemoteFile("s3://b/slow", 10);
    EngineException e =
        catchThrowableOfType(
            EngineException.class,
            () ->
                cache.pin(
                    List.of(file),
                    slow,
                    () -> {
                      throw new EngineException(Kind.TIMEOUT, "Cannot wait", null);
                    }));
    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
    open.countDown();
    try (Pins pins = cache.pin(List.of(file), slow)) {
      assertThat(pins.path(file.path())).hasSize(10);
    }
    assertThat(cache.counts().bytesRead()).isEqualTo(10);
  }
}

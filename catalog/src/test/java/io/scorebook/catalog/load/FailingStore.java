package io.scorebook.catalog.load;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/// An object store that fails at one write, or read of a data file, and knows which objects are
/// there. Reads of metadata are let through: Iceberg repeats them by itself.
final class FailingStore implements FileIO {
  private static final long serialVersionUID = 1L;

  private final transient FileIO store;
  private final AtomicInteger accesses = new AtomicInteger();
  private final Set<String> objects = new ConcurrentSkipListSet<>();
  private volatile int failAt = Integer.MAX_VALUE;

  FailingStore(FileIO store) {
    this.store = store;
  }

  /// Fails at the nth access from now, 1 being the next.
  void failAt(int nth) {
    accesses.set(0);
    failAt = nth;
  }

  void work() {
    failAt = Integer.MAX_VALUE;
  }

  boolean hasFailed() {
    return accesses.get() >= failAt;
  }

  Set<String> objects() {
    return new TreeSet<>(objects);
  }

  private void access(String what) {
    if (accesses.incrementAndGet() == failAt) {
      throw new java.io.UncheckedIOException(
          new java.io.IOException("No space left on device: " + what));
    }
  }

  @Override
  public InputFile newInputFile(String path) {
    if (path.endsWith(".parquet")) {
      access("read " + path);
    }
    return store.newInputFile(path);
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return newInputFile(path);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    OutputFile file = store.newOutputFile(path);
    return new OutputFile() {
      @Override
      public PositionOutputStream create() {
        access("write " + path);
        objects.add(path);
        return file.create();
      }

      @Override
      public PositionOutputStream createOrOverwrite() {
        access("write " + path);
        objects.add(path);
        return file.createOrOverwrite();
      }

      @Override
      public String location() {
        return file.location();
      }

      @Override
      public InputFile toInputFile() {
        return file.toInputFile();
      }
    };
  }

  @Override
  public void deleteFile(String path) {
    store.deleteFile(path);
    objects.remove(path);
  }
}

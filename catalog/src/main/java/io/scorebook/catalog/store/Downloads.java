package io.scorebook.catalog.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;
import org.apache.iceberg.io.FileIO;

/// Copies data files from the store, whole and right or not at all. What breaks on the way is tried
/// again a few times; what the store refuses has been tried again by its client already.
public final class Downloads {
  private static final int ATTEMPTS = 3;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final int BUFFER = 1 << 17;

  private Downloads() {}

  /// @param bytes how many the file has
  /// @param to is made, or written over; its content is on the disk at the end
  /// @return the CRC-32C of what arrived
  /// @throws IOException where the file does not arrive whole, [CorruptObject] where it is not as
  ///   it was written
  public static long copy(FileIO io, String path, long bytes, Path to) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(io, path, bytes, to);
      } catch (IOException e) {
        if (attempt == ATTEMPTS || isOfDisk(e)) {
          throw e;
        }
        pause(attempt, e);
      }
    }
  }

  private static boolean isOfDisk(IOException e) {
    return String.valueOf(e.getMessage()).contains("No space left");
  }

  private static void pause(int attempt, IOException failure) throws IOException {
    long most = FIRST_PAUSE_MILLIS << (2 * (attempt - 1));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static long once(FileIO io, String path, long bytes, Path to) throws IOException {
    long arrived = 0;
    MessageDigest digest = ContentDigest.start();
    var sum = new CRC32C();
    boolean isChecked;
    try (InputStream in = io.newInputFile(path, bytes).newStream();
        FileChannel out =
            FileChannel.open(
                to,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
      isChecked = in instanceof CheckedStream || ContentDigest.inName(path).isEmpty();
      var buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        var chunk = ByteBuffer.wrap(buffer, 0, n);
        while (chunk.hasRemaining()) {
          out.write(chunk);
        }
        arrived += n;
        sum.update(buffer, 0, n);
        if (!isChecked) {
          digest.update(buffer, 0, n);
        }
      }
      out.force(true);
    }
    if (arrived != bytes) {
      throw new IOException("the store gave %d of its %d bytes".formatted(arrived, bytes));
    }
    // The access that a catalog made by itself, or one in a test, does not look.
    if (!isChecked && !ContentDigest.inName(path).equals(Optional.of(ContentDigest.end(digest)))) {
      throw new CorruptObject(path);
    }
    return sum.getValue();
  }
}

package io.scorebook.catalog.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/// A file whose bytes are compared with its digest: at its end where it is read from the beginning
/// to the end, before the first byte where it is read in another order.
final class CheckedStream extends SeekableInputStream {
  private final InputFile file;
  private final String expected;
  private final MessageDigest digest = ContentDigest.start();
  private @Nullable InputStream arriving;
  private @Nullable FileChannel local;
  private long position;
  private boolean checked;

  CheckedStream(InputFile file, String expected) {
    this.file = file;
    this.expected = expected;
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void seek(long target) throws IOException {
    if (target != position) {
      local();
      position = target;
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    int n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int n;
    if (local != null) {
      n = local.read(ByteBuffer.wrap(bytes, offset, length), position);
    } else {
      n = arriving().read(bytes, offset, length);
      if (n > 0) {
        digest.update(bytes, offset, n);
      } else {
        check();
      }
    }
    position += Math.max(0, n);
    return n;
  }

  private InputStream arriving() {
    InputStream in = arriving;
    if (in == null) {
      in = file.newStream();
      arriving = in;
    }
    return in;
  }

  private void check() throws IOException {
    if (!checked && !ContentDigest.end(digest).equals(expected)) {
      throw new CorruptObject(file.location());
    }
    checked = true;
  }

  /// Brings the whole file here, and gives it only if it is right.
  private void local() throws IOException {
    if (local != null) {
      return;
    }
    Path copy = Files.createTempFile("scorebook-", ".parquet");
    try {
      try (InputStream in = new CheckedStream(file, expected)) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      local = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (InputStream first = arriving;
        FileChannel second = local) {
      super.close();
    }
  }
}

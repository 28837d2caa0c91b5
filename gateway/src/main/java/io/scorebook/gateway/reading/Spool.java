package io.scorebook.gateway.reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Bytes that are written whole, and then read: a megabyte in memory, more in a file that is gone
/// when the spool is closed.
public final class Spool extends OutputStream {
  private static final int MEMORY = 1 << 20;
  private static final int CHUNK = 64 << 10;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream(CHUNK);
  private @Nullable SeekableByteChannel file;
  private long size;
  private long read;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    size += length;
    memory.write(bytes, from, length);
    if (memory.size() > MEMORY) {
      drain();
    }
  }

  private void drain() throws IOException {
    if (file == null) {
      Path path = Files.createTempFile("scorebook-page", ".part");
      file =
          Files.newByteChannel(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    ByteBuffer bytes = ByteBuffer.wrap(memory.toByteArray());
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    memory.reset();
  }

  /// The next bytes that were written; none after the last. Nothing may be written any more.
  public byte[] next() throws IOException {
    if (file == null) {
      byte[] all = memory.toByteArray();
      memory.reset();
      read += all.length;
      return all;
    }
    if (read == 0) {
      drain();
      file.position(0);
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(CHUNK, size - read));
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {
      // until it is full
    }
    if (bytes.hasRemaining()) {
      throw new IOException("Cannot read what was written a moment ago");
    }
    read += bytes.capacity();
    return bytes.array();
  }

  /// Whether all that was written has been read.
  public boolean isRead() {
    return read == size;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}

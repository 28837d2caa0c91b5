package io.scorebook.catalog.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The bytes of a file, unpacked where they are gzipped (which their first bytes tell, not the
/// name), and the hash of the file as it is.
final class SourceStream implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final DigestInputStream bytes;
  private final InputStream content;

  private SourceStream(Path file, DigestInputStream bytes, InputStream content) {
    this.file = file;
    this.bytes = bytes;
    this.content = content;
  }

  static SourceStream open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new UnreadableSource("Cannot read %s: it is a folder".formatted(file));
      }
      var bytes = new DigestInputStream(Files.newInputStream(file), sha256Digest());
      var buffered = new BufferedInputStream(bytes, BUFFER);
      return new SourceStream(
          file,
          bytes,
          startsWith(buffered, 0x1f, 0x8b) ? new GZIPInputStream(buffered, BUFFER) : buffered);
    } catch (IOException e) {
      throw failure(file, 0, e);
    }
  }

  InputStream content() {
    return content;
  }

  /// The content as UTF-8, without a byte order mark; other encodings fail instead of giving wrong
  /// letters.
  Reader text() {
    var buffered = new BufferedInputStream(content, BUFFER);
    try {
      if (startsWith(buffered, 0xef, 0xbb, 0xbf)) {
        buffered.skipNBytes(3);
      } else if (startsWith(buffered, 0xff, 0xfe) || startsWith(buffered, 0xfe, 0xff)) {
        throw new UnreadableSource(
            "Cannot read %s: it is UTF-16; save it as UTF-8".formatted(file));
      }
    } catch (IOException e) {
      throw failure(file, 0, e);
    }
    return new InputStreamReader(
        buffered,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /// Reads to the end, where that was not done.
  String sha256() {
    try {
      content.transferTo(java.io.OutputStream.nullOutputStream());
      bytes.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw failure(file, 0, e);
    }
    return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
  }

  @Override
  public void close() {
    try {
      content.close();
    } catch (IOException e) {
      throw failure(file, 0, e);
    }
  }

  /// The failure in the user's words.
  ///
  /// @param line the last line that was read, 0 where none was
  static UnreadableSource failure(Path file, long line, Throwable failure) {
    String where = line > 0 ? " after line " + line : "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String what =
          switch (cause) {
            case UnreadableSource already -> already.getMessage();
            case NoSuchFileException _ -> "there is no such file";
            case CharacterCodingException _ -> "the text%s is not UTF-8".formatted(where);
            case EOFException _ -> "it ends early%s; is it whole?".formatted(where);
            case ZipException zip ->
                "the gzip data is damaged%s (%s)".formatted(where, zip.getMessage());
            default -> null;
          };
      if (cause instanceof UnreadableSource already) {
        return already;
      }
      if (what != null) {
        return new UnreadableSource("Cannot read %s: %s".formatted(file, what), failure);
      }
    }
    return new UnreadableSource(
        "Cannot read %s%s: %s".formatted(file, where, failure.getMessage()), failure);
  }

  private static boolean startsWith(BufferedInputStream in, int... first) throws IOException {
    in.mark(first.length);
    try {
      for (int expected : first) {
        if (in.read() != expected) {
          return false;
        }
      }
      return true;
    } finally {
      in.reset();
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}

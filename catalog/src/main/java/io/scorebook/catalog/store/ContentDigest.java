package io.scorebook.catalog.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The SHA-256 of a data file, kept in its name: `...-HEX.parquet`. So whoever knows which file to
/// read knows also which bytes it must have, whatever store or cache they come from.
public final class ContentDigest {
  private static final Pattern IN_NAME = Pattern.compile(".*-([0-9a-f]{64})\\.[a-z]+");

  private ContentDigest() {}

  /// The digest in hexadecimal digits that a file of this path must have; absent for files of other
  /// writers.
  public static Optional<String> inName(String path) {
    Matcher matcher = IN_NAME.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /// The digest of a local file.
  public static String of(Path file) throws IOException {
    MessageDigest digest = start();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return end(digest);
  }

  /// The digest of bytes.
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(start().digest(bytes));
  }

  /// Whether a local copy has the bytes that the path promises; true where it promises none.
  public static boolean agrees(String path, Path copy) throws IOException {
    Optional<String> expected = inName(path);
    return expected.isEmpty() || expected.get().equals(of(copy));
  }

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }

  static String end(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}

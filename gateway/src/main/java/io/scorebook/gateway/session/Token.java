package io.scorebook.gateway.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The secret that opens the doors. It is never printed but on purpose: see [#reveal].
public final class Token {
  private static final int BYTES = 32;
  private final byte[] secret;

  private Token(String text) {
    this.secret = text.getBytes(StandardCharsets.UTF_8);
  }

  public static Token of(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("Invalid token: must not be empty");
    }
    return new Token(text.strip());
  }

  /// Reads the token of a home, or makes one that only this user can read.
  public static Token openOrCreate(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      return read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the token file " + file, e);
    }
  }

  /// Reads a token file.
  public static Token read(Path file) throws IOException {
    String text = Files.readString(file).strip();
    if (text.isEmpty()) {
      throw new IOException(
          "Cannot use the empty token file %s; delete it to have one made".formatted(file));
    }
    return new Token(text);
  }

  private static void create(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    // Written aside and moved, so that a second process never reads half a token.
    Path aside = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(aside);
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    try (var channel =
        posix
            ? Files.newByteChannel(
                aside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.newByteChannel(
                aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(text));
    }
    try {
      Files.createLink(file, aside);
    } catch (FileAlreadyExistsException _) {
      // another process was first: its token is the token
    } catch (UnsupportedOperationException _) {
      Files.copy(aside, file);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /// Whether the text is this token; takes as long for any wrong text of the same length.
  public boolean matches(String text) {
    return MessageDigest.isEqual(secret, text.getBytes(StandardCharsets.UTF_8));
  }

  /// The secret itself: for the demonstration's screen and for a client's request header.
  public String reveal() {
    return new String(secret, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Token[...]";
  }
}

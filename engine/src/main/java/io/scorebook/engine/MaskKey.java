package io.scorebook.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret of a home by which masks make pseudonyms: HMAC-SHA-256, so that nobody without it can
/// try out which name a pseudonym is of. It is in no text: not in SQL, not in a log, not in what
/// [#toString] gives.
public final class MaskKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;
  private static final int BLOCK = 64;
  private static final int LONG_DIGITS = 15;

  private final byte[] secret;

  private MaskKey(byte[] secret) {
    this.secret = secret.clone();
  }

  /// One that nobody else has, and that is forgotten with the process.
  public static MaskKey random() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new MaskKey(secret);
  }

  /// The key of a home, `HOME/mask.key`, readable by its owner alone; made where there is none.
  /// Homes that are to give the same pseudonyms have a copy of the same file.
  ///
  /// @throws UncheckedIOException where it cannot be read or made
  /// @throws IllegalStateException where the file is no key
  public static MaskKey of(Path home) {
    Path file = home.resolve("mask.key");
    try {
      if (Files.notExists(file)) {
        make(home, file);
      }
      byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
      if (secret.length != BYTES) {
        throw new IllegalArgumentException("length");
      }
      return new MaskKey(secret);
    } catch (IllegalArgumentException _) {
      throw new IllegalStateException(
          "Cannot use %s: it must have %d hex digits; bring back the file, or delete it for a new one, which gives other pseudonyms"
              .formatted(file, 2 * BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read or make " + file, e);
    }
  }

  /// Written whole beside its place first: a crash leaves no half of a key.
  private static void make(Path home, Path file) throws IOException {
    Files.createDirectories(home);
    boolean posix = home.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path whole =
        posix
            ? Files.createTempFile(
                home,
                "mask",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createTempFile(home, "mask", ".new");
    try {
      Files.writeString(whole, HexFormat.of().formatHex(random().secret));
      Files.createLink(file, whole); // fails where another process was quicker
    } catch (FileAlreadyExistsException _) {
      return;
    } catch (UnsupportedOperationException _) {
      Files.move(whole, file);
      return;
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /// The pseudonym of a text: 64 hex digits.
  public String of(String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot find " + ALGORITHM, e);
    }
  }

  /// The pseudonym of a whole number: the first 60 bits of that of its digits.
  public long of(long value) {
    return Long.parseLong(of(Long.toString(value)).substring(0, LONG_DIGITS), 16);
  }

  /// What is hashed before a value, for those who write HMAC out in SHA-256.
  public byte[] inner() {
    return padded((byte) 0x36);
  }

  /// What is hashed before the inner hash.
  public byte[] outer() {
    return padded((byte) 0x5c);
  }

  private byte[] padded(byte with) {
    byte[] block = Arrays.copyOf(secret, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      block[i] ^= with;
    }
    return block;
  }

  @Override
  public String toString() {
    return "MaskKey";
  }
}

package io.scorebook.gateway.reading;

import io.scorebook.gateway.session.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Makes texts that an asker carries and cannot read or change: AES-256-GCM by a secret of the
/// home. They are closed rather than only signed, since they hold snapshot ids and values of keys:
/// the first say when a table changed, and the second should not be in the logs of proxies.
public final class Seal {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private Seal(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /// By the secret in a file, which is made where there is none, for its owner alone. Gateways that
  /// share a secret take each other's texts.
  public static Seal openOrCreate(Path file) {
    return of(Token.openOrCreate(file).reveal());
  }

  public static Seal of(String secret) {
    return new Seal(digest("scorebook seal\n" + secret));
  }

  /// @param context what the text is good for; it opens for the same alone
  public String close(byte[] content, String context) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(content);
      byte[] all = ByteBuffer.allocate(NONCE + closed.length).put(nonce).put(closed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot close a text", e);
    }
  }

  /// Empty for a text that was not made by this secret for this context.
  public Optional<byte[]> open(String text, String context) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(text);
      if (all.length <= NONCE) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOf(all, NONCE);
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(all, NONCE, all.length - NONCE));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(digest(context));
    return cipher;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }
}

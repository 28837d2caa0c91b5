package io.scorebook.gateway.callers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// What SCRAM-SHA-256 (RFC 5802, RFC 7677) keeps of a secret: enough to know one who has it, and
/// too little to log in with.
///
/// @param salt in base64
public record ScramVerifier(int iterations, String salt, byte[] storedKey, byte[] serverKey) {
  private static final int ITERATIONS = 4096;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BITS = 256;
  private static final Pattern TEXT =
      Pattern.compile(
          "SCRAM-SHA-256\\$(\\d{4,7}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

  /// With a salt of its own.
  public static ScramVerifier of(String secret) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return of(secret, salt);
  }

  static ScramVerifier of(String secret, byte[] salt) {
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, ITERATIONS, KEY_BITS))
              .getEncoded();
      byte[] stored = sha256(hmac(salted, "Client Key"));
      return new ScramVerifier(
          ITERATIONS, Base64.getEncoder().encodeToString(salt), stored, hmac(salted, "Server Key"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JVM has them
    }
  }

  /// For a user who is not known: its salt is as steady as that of one who is, also when a gateway
  /// starts anew or another is asked, and it holds for nothing.
  ///
  /// @param secret of the home, from which nobody outside can tell it
  static ScramVerifier ofNobody(String secret, String user) {
    byte[] made =
        hmac(sha256(("scram of nobody\n" + secret).getBytes(StandardCharsets.UTF_8)), user);
    return new ScramVerifier(
        ITERATIONS,
        Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(made, SALT_BYTES)),
        made,
        made);
  }

  /// Of the text that [#text] makes.
  ///
  /// @throws IllegalArgumentException where it is none
  public static ScramVerifier parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Invalid SCRAM verifier");
    }
    return new ScramVerifier(
        Integer.parseInt(parts.group(1)),
        parts.group(2),
        Base64.getDecoder().decode(parts.group(3)),
        Base64.getDecoder().decode(parts.group(4)));
  }

  /// As PostgreSQL writes it.
  public String text() {
    return "SCRAM-SHA-256$%d:%s$%s:%s"
        .formatted(
            iterations,
            salt,
            Base64.getEncoder().encodeToString(storedKey),
            Base64.getEncoder().encodeToString(serverKey));
  }

  /// Whether a proof was made by one who has the secret.
  ///
  /// @param exchange all messages before the proof, as RFC 5802 joins them
  public boolean proves(String exchange, byte[] proof) {
    byte[] signature = hmac(storedKey, exchange);
    if (proof.length != signature.length) {
      return false;
    }
    byte[] clientKey = new byte[proof.length];
    for (int i = 0; i < proof.length; i++) {
      clientKey[i] = (byte) (proof[i] ^ signature[i]);
    }
    return MessageDigest.isEqual(sha256(clientKey), storedKey);
  }

  /// By which the client knows the server.
  public String serverSignature(String exchange) {
    return Base64.getEncoder().encodeToString(hmac(serverKey, exchange));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScramVerifier verifier && verifier.text().equals(text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return "ScramVerifier[...]";
  }
}

package io.scorebook.gateway.callers;

import io.scorebook.catalog.policy.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is kept of an API key: all but the key.
///
/// The key is 256 random bits. Nobody can guess it, so that its SHA-256 tells nothing; a slow hash,
/// which makes guessing dear, would only make answers slow.
///
/// @param hash `sha256:` and hex digits
/// @param purposes that its caller may ask for
/// @param expires absent for a key that stays until it is removed
/// @param scram a [ScramVerifier]'s text, absent for keys of before there were any
public record ApiKey(
    String name,
    String hash,
    Set<String> groups,
    Map<String, List<String>> attributes,
    Set<String> purposes,
    Instant created,
    Optional<Instant> expires,
    Optional<String> scram) {
  private static final int BYTES = 32;

  /// What every key begins with, so that a scanner for secrets knows one.
  static final String PREFIX = "sbk_";

  /// Without a verifier.
  public ApiKey(
      String name,
      String hash,
      Set<String> groups,
      Map<String, List<String>> attributes,
      Set<String> purposes,
      Instant created,
      Optional<Instant> expires) {
    this(name, hash, groups, attributes, purposes, created, expires, Optional.empty());
  }

  /// The same key, with what SCRAM needs.
  public ApiKey withScram(ScramVerifier verifier) {
    return new ApiKey(
        name, hash, groups, attributes, purposes, created, expires, Optional.of(verifier.text()));
  }

  public ApiKey {
    groups = java.util.Collections.unmodifiableSet(new TreeSet<>(groups));
    attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    purposes = java.util.Collections.unmodifiableSet(new TreeSet<>(purposes));
  }

  /// A new key. It is told once, and then nowhere.
  public static String generate() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /// What is kept of a key.
  public static String hashOf(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  boolean isValidAt(Instant time) {
    return expires.map(time::isBefore).orElse(true);
  }

  Caller caller() {
    return new Caller(name, groups, attributes, Optional.empty());
  }
}

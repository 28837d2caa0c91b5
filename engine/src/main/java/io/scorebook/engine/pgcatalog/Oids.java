package io.scorebook.engine.pgcatalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/// Numbers of relations: of a name always the same one, whatever else there is, as long as no two
/// names meet; those that do are told apart in the order in which they are asked for.
final class Oids {
  private static final long FIRST = 16_384;
  private static final long END = 1L << 31;

  private final Map<Long, String> taken = new HashMap<>();

  long of(String kind, String schema, String name) {
    String key = kind + '\0' + schema + '\0' + name;
    long oid = FIRST + Long.remainderUnsigned(hash(key), END - FIRST);
    while (!taken.computeIfAbsent(oid, _ -> key).equals(key)) {
      oid = oid + 1 == END ? FIRST : oid + 1;
    }
    return oid;
  }

  private static long hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }
}

package io.scorebook.engine.quality;

import io.scorebook.engine.domain.BoundLevel;
import io.scorebook.engine.domain.BoundRule;
import io.scorebook.engine.domain.Domain;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What measurements are kept under: a digest of what is asked, of what, by which model. What is
/// measured otherwise is something else.
final class Subjects {
  private Subjects() {}

  static String of(Domain domain, BoundRule rule) {
    return digest(
        domain.modelOf(rule.port()).hash(),
        rule.of(),
        rule.rule().name(),
        rule.port().port().content(),
        rule.asked(),
        rule.rule().comparison());
  }

  /// @param query of the newest value
  static String of(Domain domain, BoundLevel level, String query) {
    return digest(
        domain.modelOf(level.port()).hash(),
        level.of(),
        level.level().name(),
        level.port().port().content(),
        query);
  }

  static String ofTarget(Domain domain, String metric) {
    return digest(domain.model().hash(), metric);
  }

  /// With lengths, so that no two lists of parts have one text.
  private static String digest(Object... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object part : parts) {
        byte[] text = part.toString().getBytes(StandardCharsets.UTF_8);
        digest.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(text);
      }
      return "sha256:" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256", e);
    }
  }
}

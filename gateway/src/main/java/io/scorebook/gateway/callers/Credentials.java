package io.scorebook.gateway.callers;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// What an asker shows. The secret is in no text that is made of it.
///
/// @param user where there is one, as with Basic and JDBC
public record Credentials(Optional<String> user, String secret) {

  /// Of a header `Authorization`: `Bearer SECRET`, or `Basic` with user and password.
  public static Optional<Credentials> ofHeader(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String rest = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> Optional.of(new Credentials(Optional.empty(), rest));
      case "basic" -> ofPair(rest);
      default -> Optional.empty();
    };
  }

  private static Optional<Credentials> ofPair(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new Credentials(Optional.of(pair.substring(0, colon)), pair.substring(colon + 1)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "Credentials[...]";
  }
}

package io.scorebook.gateway.callers;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/// The keys of an issuer that is known by its name alone: its configuration, by OpenID Connect
/// Discovery 1.0, says where they are. It is read anew whenever the keys are, so that an issuer who
/// moves them is followed as fast as one who changes them.
final class Discovery {
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";

  private final String issuer;
  private final KeyDownload download = new KeyDownload();

  /// @param issuer as the claim `iss` has it, an address of [#address]
  Discovery(String issuer) {
    this.issuer = issuer;
  }

  /// An address that keys may come from: by https, or on this machine.
  static Optional<URL> address(String text) {
    try {
      URI address = URI.create(text);
      String host = String.valueOf(address.getHost());
      boolean local = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
      return "https".equals(address.getScheme()) && address.getHost() != null
              || "http".equals(address.getScheme()) && local
          ? Optional.of(address.toURL())
          : Optional.empty();
    } catch (IllegalArgumentException | IOException _) {
      return Optional.empty();
    }
  }

  /// @throws IOException where the issuer does not answer, or says what cannot be trusted
  JWKSet fetch() throws IOException {
    String configuration = issuer.replaceFirst("/+\\z", "") + WELL_KNOWN;
    try {
      Map<String, Object> told =
          JSONObjectUtils.parse(
              download.retrieveResource(URI.create(configuration).toURL()).getContent());
      if (!issuer.equals(told.get("issuer"))) {
        throw new IOException(
            "Cannot trust %s: it is of another issuer, '%s'"
                .formatted(configuration, told.get("issuer")));
      }
      String keys = String.valueOf(told.get("jwks_uri"));
      URL address =
          address(keys)
              .orElseThrow(() ->
                  new IOException(
                      "Cannot use the keys '%s' that %s names: must be an https:// address"
                          .formatted(keys, configuration)));
      return JWKSet.parse(download.retrieveResource(address).getContent());
    } catch (ParseException e) {
      throw new IOException("Cannot read the keys that %s names".formatted(configuration), e);
    }
  }
}

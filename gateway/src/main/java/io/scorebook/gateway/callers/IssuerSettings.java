package io.scorebook.gateway.callers;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the settings say of one issuer of tokens.
///
/// @param name goes before the names of its callers, as `sso:alice`
/// @param issuer as the claim `iss` has it, letter by letter
/// @param audiences of which a token must name one
/// @param jwks where its public keys are; where it is absent the issuer's configuration says so
/// @param algorithms of signatures, by asymmetric keys
/// @param leeway by which clocks may differ
public record IssuerSettings(
    String name,
    String issuer,
    Set<String> audiences,
    Optional<URL> jwks,
    Set<String> algorithms,
    CallerClaims claims,
    Duration leeway) {
  private static final Set<String> ASYMMETRIC =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
  private static final Set<String> KEYS =
      Set.of(
          "name", "issuer", "audience", "jwks-uri", "jwks-file", "algorithms", "claims", "leeway");
  private static final int MOST_LEEWAY = 300;

  public IssuerSettings {
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    if (audiences.isEmpty() || algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
      throw new IllegalArgumentException(
          "Invalid issuer: must have an audience, and algorithms of " + ASYMMETRIC);
    }
  }

  /// The issuers under the key `issuers` of the settings.
  ///
  /// @param findings all mistakes; with an error among them the list is not to be used
  public static List<IssuerSettings> read(Value.Mapping settings, Findings findings) {
    var issuers = new ArrayList<IssuerSettings>();
    var names = new HashSet<String>();
    for (Value.Mapping entry : settings.mappings("issuers", findings)) {
      readOne(entry, findings)
          .ifPresent(issuer -> {
            if (!names.add(issuer.name())) {
              findings.error(
                  entry.location(), "Cannot have two issuers '%s'".formatted(issuer.name()));
            }
            issuers.add(issuer);
          });
    }
    return issuers;
  }

  private static Optional<IssuerSettings> readOne(Value.Mapping entry, Findings findings) {
    var own = new Findings();
    entry.allowOnly(KEYS, own);
    String name = entry.text("name", own);
    if (!name.isEmpty() && !name.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      own.error(
          entry.locationOf("name"),
          "Invalid 'name': must be lower-case letters, digits and -, as sso");
    }
    String issuer = entry.text("issuer", own);
    Set<String> audiences = oneOrMore(entry, "audience", own);
    if (audiences.isEmpty()) {
      own.error(entry.location(), "Cannot find the required 'audience'");
    }
    Optional<URL> jwks = jwks(entry, issuer, own);
    Set<String> algorithms =
        entry.find("algorithms").isEmpty()
            ? ASYMMETRIC
            : new HashSet<>(entry.texts("algorithms", own));
    for (String algorithm : algorithms) {
      if (!ASYMMETRIC.contains(algorithm)) {
        own.error(
            entry.locationOf("algorithms"),
            "Cannot use the algorithm '%s': only signatures by asymmetric keys tell who signed"
                .formatted(algorithm),
            "use of " + ASYMMETRIC.stream().sorted().toList());
      }
    }
    int leeway = entry.findInteger("leeway", own).orElse(30);
    if (leeway < 0 || leeway > MOST_LEEWAY) {
      own.error(entry.locationOf("leeway"), "Invalid 'leeway': must be 0 to 300 seconds");
    }
    CallerClaims claims =
        entry.findMapping("claims", own).map(c -> claims(c, own)).orElse(CallerClaims.DEFAULT);
    own.toList().forEach(findings::add);
    return own.hasErrors()
        ? Optional.empty()
        : Optional.of(
            new IssuerSettings(
                name, issuer, audiences, jwks, algorithms, claims, Duration.ofSeconds(leeway)));
  }

  private static Set<String> oneOrMore(Value.Mapping entry, String key, Findings findings) {
    return entry.find(key).orElse(null) instanceof Value.Sequence
        ? new HashSet<>(entry.texts(key, findings))
        : entry.findText(key, findings).map(Set::of).orElse(Set.of());
  }

  private static CallerClaims claims(Value.Mapping claims, Findings findings) {
    claims.allowOnly(Set.of("name", "groups", "purposes", "attributes"), findings);
    Map<String, String> attributes = new HashMap<>();
    claims
        .findMapping("attributes", findings)
        .ifPresent(mapping ->
            mapping
                .entries()
                .keySet()
                .forEach(attribute ->
                    mapping
                        .findText(attribute, findings)
                        .ifPresent(claim -> attributes.put(attribute, claim))));
    return new CallerClaims(
        claims.findText("name", findings).orElse(CallerClaims.DEFAULT.name()),
        claims.findText("groups", findings).orElse(CallerClaims.DEFAULT.groups()),
        claims.findText("purposes", findings),
        attributes);
  }

  /// Where the keys are; absent where the issuer's configuration says so, and after a mistake.
  private static Optional<URL> jwks(Value.Mapping entry, String issuer, Findings findings) {
    Optional<String> uri = entry.findText("jwks-uri", findings);
    Optional<String> file = entry.findText("jwks-file", findings);
    if (uri.isPresent() && file.isPresent()) {
      findings.error(
          entry.location(), "Cannot tell where the keys are; write 'jwks-uri' or 'jwks-file'");
      return Optional.empty();
    }
    if (uri.isEmpty() && file.isEmpty()) {
      if (!issuer.isEmpty()
          && (Discovery.address(issuer).isEmpty() || issuer.matches(".*[?#].*"))) {
        findings.error(
            entry.locationOf("issuer"),
            "Cannot find the keys of '%s' by itself: that takes an https:// address; else write"
                    .formatted(issuer)
                + " 'jwks-uri' or 'jwks-file'");
      }
      return Optional.empty();
    }
    Optional<URL> address =
        file.isPresent() ? address(file.get()) : uri.flatMap(Discovery::address);
    if (address.isEmpty()) {
      findings.error(
          entry.locationOf(uri.isPresent() ? "jwks-uri" : "jwks-file"),
          "Cannot use these keys: must be an https:// address, or a file");
    }
    return address;
  }

  private static Optional<URL> address(String file) {
    try {
      return Optional.of(Path.of(file).toAbsolutePath().toUri().toURL());
    } catch (MalformedURLException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}

package io.scorebook.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Tokens of an issuer, and those that only look like one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuerTest {
  private LocalIssuer issuer;
  private Issuer known;

  @SuppressWarnings("NullAway.Init")
  IssuerTest() {}

  @BeforeAll
  void start() throws Exception {
    issuer = new LocalIssuer();
    known = Issuer.of(issuer.settings("/keys"));
  }

  @AfterAll
  void stop() {
    issuer.close();
  }

  private Optional<Admitted> admit(String token) {
    return admit(known, token, InstantSource.system());
  }

  private static Optional<Admitted> admit(Issuer issuer, String token, InstantSource clock) {
    return issuer.admit(token, clock).toCompletableFuture().join();
  }

  private static JWTClaimsSet with(String claim, @Nullable Object value) {
    return LocalIssuer.claims().claim(claim, value).build();
  }

  @Test
  void claimsSayWhoAsks() throws Exception {
    for (String key : List.of("one", "two")) {
      String token = LocalIssuer.sign(issuer.key(key), LocalIssuer.claims().build());
      Admitted admitted = admit(token).orElseThrow();
      // No issuer puts anybody among the owners of the home.
      assertThat(admitted.caller())
          .isEqualTo(
              new Caller(
                  "sso:alice",
                  Set.of("analysts"),
                  Map.of("team", List.of("BOS", "LAL")),
                  Optional.empty()));
      assertThat(admitted.caller().seesAll()).isFalse();
      assertThat(admitted.purposes()).containsExactly("reporting");
      assertThat(admitted.isValid()).isTrue();
    }
  }

  /// What is not understood is not left out: `<>` of the rest would show more.
  @Test
  void anAttributeOfWhichAValueIsNoTextIsNotThere() throws Exception {
    for (Object value :
        List.of(List.of("BOS", Map.of("code", "LAL")), List.of("BOS", true), true, List.of())) {
      String token = LocalIssuer.sign(issuer.key("one"), with("team_codes", value));
      assertThat(admit(token).orElseThrow().caller().attributes()).as("%s", value).isEmpty();
    }
    String token = LocalIssuer.sign(issuer.key("one"), with("team_codes", List.of("BOS", 7)));
    assertThat(admit(token).orElseThrow().caller().attributes())
        .containsEntry("team", List.of("BOS", "7"));
  }

  @Test
  void whatOnlyLooksLikeATokenIsRefused() throws Exception {
    JWK key = issuer.key("one");
    RSAKey stranger = LocalIssuer.STRANGER;
    var publicKey = key.toRSAKey().toPublicJWK();
    byte[] asSecret = publicKey.toRSAPublicKey().getEncoded();
    byte[] asPem = publicKey.toJSONString().getBytes(StandardCharsets.UTF_8);
    JWTClaimsSet claims = LocalIssuer.claims().build();
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build();
    var attacks = new LinkedHashMap<String, String>();
    attacks.put(
        "expired", LocalIssuer.sign(key, with("exp", Date.from(Instant.now().minusSeconds(60)))));
    attacks.put("without an end", LocalIssuer.sign(key, with("exp", null)));
    attacks.put(
        "not yet valid",
        LocalIssuer.sign(key, with("nbf", Date.from(Instant.now().plusSeconds(120)))));
    attacks.put("for another audience", LocalIssuer.sign(key, with("aud", "somebody-else")));
    attacks.put("without audience", LocalIssuer.sign(key, with("aud", null)));
    attacks.put("of another issuer", LocalIssuer.sign(key, with("iss", "https://evil.example/")));
    attacks.put("without a name", LocalIssuer.sign(key, with("sub", null)));
    attacks.put("unsigned", new PlainJWT(claims).serialize());
    attacks.put(
        "HS256 with the public key", LocalIssuer.sign(header, new MACSigner(asSecret), claims));
    attacks.put("HS256 with its JSON", LocalIssuer.sign(header, new MACSigner(asPem), claims));
    attacks.put("signed by another of the same id", LocalIssuer.sign(stranger, claims));
    attacks.put(
        "of an algorithm that is not listed",
        LocalIssuer.sign(
            new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("one").build(),
            new RSASSASigner(key.toRSAKey()),
            claims));
    attacks.put(
        "with its own key in the header",
        LocalIssuer.sign(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .jwk(stranger.toPublicJWK())
                .build(),
            new RSASSASigner(stranger),
            claims));
    attacks.put("cut", LocalIssuer.sign(key, claims).replaceFirst("\\.[^.]*$", "."));
    String good = LocalIssuer.sign(key, claims);
    attacks.put(
        "changed", good.replaceFirst("\\.[^.]+\\.", "." + payload(with("sub", "bob")) + "."));
    attacks.forEach((what, token) -> assertThat(admit(token)).as(what).isEmpty());
    assertThat(admit(good)).isPresent();
  }

  private static String payload(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize().split("\\.")[1];
  }

  /// A header that says where keys are makes us ask nobody.
  @Test
  void addressesInAHeaderAreNotVisited() throws Exception {
    try (var trap = new LocalIssuer()) {
      RSAKey stranger = LocalIssuer.STRANGER;
      for (var header :
          List.of(
              new JWSHeader.Builder(JWSAlgorithm.RS256).jwkURL(trap.address("/keys").toURI()),
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .x509CertURL(trap.address("/keys").toURI()))) {
        String token =
            LocalIssuer.sign(
                header.keyID("one").build(),
                new RSASSASigner(stranger),
                LocalIssuer.claims().build());
        assertThat(admit(token)).isEmpty();
      }
      assertThat(trap.fetches).hasValue(0);
    }
  }

  @Test
  void keysAreFetchedOnceAndWhenTheyChange() throws Exception {
    try (var other = new LocalIssuer()) {
      Issuer rotating = Issuer.of(other.settings("/keys"));
      String first = LocalIssuer.sign(other.key("one"), LocalIssuer.claims().build());
      for (int i = 0; i < 5; i++) {
        assertThat(admit(rotating, first, InstantSource.system())).isPresent();
      }
      assertThat(other.fetches).hasValue(1);
      JWK next = LocalIssuer.ec("three");
      other.rotate(next);
      String second = LocalIssuer.sign(next, LocalIssuer.claims().build());
      assertThat(admit(rotating, second, InstantSource.system())).isPresent();
      assertThat(admit(rotating, first, InstantSource.system())).isEmpty();
      // Made-up ids do not make us ask again and again.
      String unknown = LocalIssuer.sign(LocalIssuer.ec("four"), LocalIssuer.claims().build());
      for (int i = 0; i < 20; i++) {
        assertThat(admit(rotating, unknown, InstantSource.system())).isEmpty();
      }
      assertThat(other.fetches.get()).isLessThanOrEqualTo(3);
      assertThat(admit(rotating, second, InstantSource.system())).isPresent();
    }
  }

  @Test
  void noRedirectLeadsElsewhere() throws Exception {
    Issuer redirected = Issuer.of(issuer.settings("/elsewhere"));
    int before = issuer.fetches.get();
    String token = LocalIssuer.sign(issuer.key("one"), LocalIssuer.claims().build());
    assertThatThrownBy(() -> admit(redirected, token, InstantSource.system()))
        .hasRootCauseInstanceOf(ProblemException.class)
        .hasMessageContaining("'sso'");
    assertThat(issuer.fetches).hasValue(before);
  }

  /// A connection that was opened with a token does not outlive it.
  @Test
  void validityEnds() throws Exception {
    Instant now = Instant.now();
    var clock = new java.util.concurrent.atomic.AtomicReference<>(now);
    Issuer timed = Issuer.of(issuer.settings("/keys"), clock::get);
    String token = LocalIssuer.sign(issuer.key("two"), LocalIssuer.claims().build());
    Admitted admitted = admit(timed, token, clock::get).orElseThrow();
    assertThat(admitted.isValid()).isTrue();
    clock.set(now.plusSeconds(400));
    assertThat(admitted.isValid()).isFalse();
    assertThat(admit(timed, token, clock::get)).isEmpty();
  }

  @Test
  void aTokenTooLongIsNotLookedAt() throws IOException {
    var doorkeeper = Doorkeeper.of(Token.of("t"));
    assertThat(doorkeeper.admit(new Credentials(Optional.empty(), "x".repeat(100_000)))).isEmpty();
    assertThat(admit("a.".repeat(8_000))).isEmpty();
  }

  @Test
  void settingsThatTrustTooMuchAreRefusedAllAtOnce() {
    var findings = new Findings();
    String yaml =
        """
        issuers:
          - name: sso
            issuer: https://login.example.com/
            audience: scorebook
            jwks-uri: https://login.example.com/keys
            claims: {name: email, attributes: {team: team_code}}
          - name: sso
            issuer: x
            algorithms: [HS256, none]
            jwks-uri: http://169.254.169.254/keys
            audiance: y
        """;
    Value.Mapping mapping =
        Document.parse("scorebook.yaml", yaml, findings)
            .flatMap(value -> value.asMapping("settings", findings))
            .orElseThrow();
    List<IssuerSettings> read = IssuerSettings.read(mapping, findings);
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().claims().attributes()).containsEntry("team", "team_code");
    assertThat(findings.toList().toString())
        .contains("'HS256'", "'none'", "https:// address", "audiance", "required 'audience'");
  }
}

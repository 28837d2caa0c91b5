package io.scorebook.gateway.callers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// An issuer of tokens in this process, with keys of its own and a server that tells the public
/// ones.
final class LocalIssuer implements AutoCloseable {
  static final String NAME = "https://login.example.com/";
  static final String AUDIENCE = "scorebook";

  /// Made once: to find the primes takes its time.
  static final RSAKey ONE = rsa("one");

  /// Of one who is not the issuer, and says he is.
  static final RSAKey STRANGER = rsa("one");

  final AtomicInteger fetches = new AtomicInteger();
  final AtomicInteger discoveries = new AtomicInteger();
  private final HttpServer server;
  private volatile List<JWK> keys;

  LocalIssuer() throws IOException, JOSEException {
    keys = List.of(ONE, ec("two"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = new JWKSet(keys).toString(true).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    for (String path : List.of("/real", "/other", "/odd")) {
      server.createContext(
          path + "/.well-known/openid-configuration",
          exchange -> {
            discoveries.incrementAndGet();
            byte[] body = configuration(path).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
    }
    server.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/keys");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  /// What the issuer says of itself: of `/real` the truth, of `/other` another name, of `/odd` keys
  /// that lie where they must not.
  private String configuration(String path) throws IOException {
    return "{\"issuer\": \"%s\", \"jwks_uri\": \"%s\"}"
        .formatted(
            path.equals("/other") ? NAME : address(path),
            path.equals("/odd") ? "http://169.254.169.254/keys" : address("/keys"));
  }

  /// Known by its name alone.
  IssuerSettings discovered(String path) throws IOException {
    return new IssuerSettings(
        "sso",
        address(path).toString(),
        Set.of(AUDIENCE),
        Optional.empty(),
        Set.of("RS256", "ES256"),
        CallerClaims.DEFAULT,
        Duration.ofSeconds(30));
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey ec(String id) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
  }

  URL address(String path) throws IOException {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path).toURL();
  }

  IssuerSettings settings(String path) throws IOException {
    return new IssuerSettings(
        "sso",
        NAME,
        Set.of(AUDIENCE),
        Optional.of(address(path)),
        Set.of("RS256", "ES256"),
        new CallerClaims(
            "sub", "realm_access.roles", Optional.of("purposes"), Map.of("team", "team_codes")),
        Duration.ofSeconds(30));
  }

  /// A new key in place of the others.
  void rotate(JWK key) {
    keys = List.of(key);
  }

  JWK key(String id) {
    return keys.stream().filter(key -> id.equals(key.getKeyID())).findFirst().orElseThrow();
  }

  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience(AUDIENCE)
        .subject("alice")
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("realm_access", Map.of("roles", List.of("analysts", "owners")))
        .claim("team_codes", List.of("BOS", "LAL"))
        .claim("purposes", "reporting");
  }

  static String sign(JWK key, JWTClaimsSet claims) throws JOSEException {
    boolean rsa = key instanceof RSAKey;
    return sign(
        new JWSHeader.Builder(rsa ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256)
            .keyID(key.getKeyID())
            .build(),
        rsa ? new RSASSASigner(key.toRSAKey()) : new ECDSASigner(key.toECKey()),
        claims);
  }

  static String sign(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
    var token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

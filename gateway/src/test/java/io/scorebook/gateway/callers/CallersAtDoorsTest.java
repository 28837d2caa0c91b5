package io.scorebook.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.nimbusds.jose.jwk.JWKSet;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.http.Door;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.Token;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Who asks, as the doors tell those behind them: several callers at one gateway.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallersAtDoorsTest {
  private static final String SQL = "SELECT 1 AS n";

  @TempDir private static Path home;
  private FakeBackend backend;
  private LocalIssuer issuer;
  private Door door;
  private KeyFile keys;

  @SuppressWarnings("NullAway.Init")
  CallersAtDoorsTest() {}

  @BeforeAll
  void open() throws Exception {
    backend = FakeBackend.ofSampleDomain();
    backend.answering((_, _) -> backend.rows(FakeBackend.NUMBERS, List.of(Arrays.asList(1L))));
    issuer = new LocalIssuer();
    keys = KeyFile.in(home);
    door =
        Door.open(
            backend,
            Doorkeeper.of(
                Token.of(Door.TOKEN), home, List.of(Issuer.of(issuer.settings("/keys")))));
  }

  @AfterAll
  void close() {
    door.close();
    issuer.close();
  }

  @BeforeEach
  void forget() {
    backend.callers.clear();
    backend.asked.clear();
  }

  private String add(String name, Optional<Instant> expires) {
    String secret = ApiKey.generate();
    assertThat(
            keys.add(
                new ApiKey(
                    name,
                    ApiKey.hashOf(secret),
                    Set.of("analysts"),
                    Map.of("team", List.of("BOS")),
                    Set.of("research"),
                    Instant.now(),
                    expires)))
        .isTrue();
    return secret;
  }

  private HttpResponse<String> ask(String authorization, String... headers) {
    var request =
        door.request("/v1/sql")
            .header("Authorization", authorization)
            .POST(BodyPublishers.ofString("{\"sql\":\"" + SQL + "\"}"));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return door.send(request);
  }

  private static String basic(String user, String password) {
    return "Basic "
        + java.util.Base64.getEncoder()
            .encodeToString(
                (user + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private Connection connect(String user, String password, String... properties)
      throws SQLException {
    var info = new Properties();
    info.setProperty("user", user);
    info.setProperty("password", password);
    for (int i = 0; i < properties.length; i += 2) {
      info.setProperty(properties[i], properties[i + 1]);
    }
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:%d/jdbc;serialization=protobuf"
            .formatted(door.port()),
        info);
  }

  private void ask(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(SQL)) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void aKeyIsACallerAtBothDoors() throws Exception {
    String secret = add("both", Optional.empty());
    var caller =
        new Caller("both", Set.of("analysts"), Map.of("team", List.of("BOS")), Optional.empty());
    assertThat(ask("Bearer " + secret).statusCode()).isEqualTo(200);
    assertThat(ask(basic("anything", secret)).statusCode()).isEqualTo(200);
    try (Connection connection = connect("both", secret)) {
      ask(connection);
    }
    assertThat(backend.callers).isNotEmpty().containsOnly(caller);
    keys.remove("both");
  }

  @Test
  void theTokenOfTheHomeIsItsOwner() throws Exception {
    assertThat(ask("Bearer " + Door.TOKEN, "Scorebook-Purpose", "anything").statusCode())
        .isEqualTo(200);
    try (Connection connection = connect("token", Door.TOKEN)) {
      ask(connection);
    }
    assertThat(backend.callers)
        .allMatch(Caller::seesAll)
        .contains(Caller.token(), Caller.token().withPurpose(Optional.of("anything")));
  }

  @Test
  void aJwtIsACallerAtBothDoors() throws Exception {
    String token = LocalIssuer.sign(issuer.key("one"), LocalIssuer.claims().build());
    assertThat(ask("Bearer " + token).statusCode()).isEqualTo(200);
    try (Connection connection = connect("alice", token, "purpose", "reporting")) {
      ask(connection);
    }
    assertThat(backend.callers).extracting(Caller::name).containsOnly("sso:alice");
    assertThat(backend.callers.getLast().purpose()).contains("reporting");
  }

  @Test
  void onlyPurposesThatAreAllowed() throws Exception {
    String secret = add("purposeful", Optional.empty());
    assertThat(ask("Bearer " + secret, "Scorebook-Purpose", "research").statusCode())
        .isEqualTo(200);
    assertThat(backend.callers.getFirst().purpose()).contains("research");
    HttpResponse<String> refused = ask("Bearer " + secret, "Scorebook-Purpose", "marketing");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("purpose").doesNotContain("marketing");
    assertThatThrownBy(
            () -> {
              try (Connection connection = connect("x", secret, "purpose", "marketing")) {
                ask(connection);
              }
            })
        .hasStackTraceContaining("403");
    keys.remove("purposeful");
  }

  @Test
  void aChangeOfTheKeysIsKnownAtOnceToOpenConnectionsToo() throws Exception {
    String secret = "Bearer " + add("short", Optional.empty());
    assertThat(ask(secret).statusCode()).isEqualTo(200);
    Connection connection = connect("short", secret.substring(7));
    ask(connection);
    assertThat(keys.remove("short")).isTrue();
    assertThat(ask(secret).statusCode()).isEqualTo(401);
    assertThatThrownBy(() -> ask(connection)).hasStackTraceContaining("401");
    assertThat(
            ask("Bearer " + add("ended", Optional.of(Instant.now().minusSeconds(1)))).statusCode())
        .isEqualTo(401);
    keys.remove("ended");
  }

  /// Whoever guesses learns nothing from the words.
  @Test
  void allThatIsWrongIsToldInTheSameWords() throws Exception {
    add("there", Optional.empty());
    String expired =
        LocalIssuer.sign(
            issuer.key("one"),
            LocalIssuer.claims().expirationTime(java.util.Date.from(Instant.EPOCH)).build());
    List<String> details =
        List.of(
                "Bearer wrong",
                "Bearer sbk_unknown",
                basic("there", "sbk_wrong"),
                basic("nobody", "sbk_wrong"),
                basic("root", Door.TOKEN),
                "Bearer " + expired,
                "Bearer a.b.c",
                "Digest x",
                "Bearer")
            .stream()
            .map(this::ask)
            .peek(response -> assertThat(response.statusCode()).isEqualTo(401))
            .map(response -> response.body().replaceAll("urn:uuid:[-0-9a-f]+", ""))
            .distinct()
            .toList();
    assertThat(details).hasSize(1);
    assertThat(backend.asked).isEmpty();
    keys.remove("there");
  }

  /// A connection's id, should it become known, does not lend its caller's eyes to another.
  @Test
  void aConnectionBelongsToWhoOpenedIt() throws Exception {
    String one = add("one", Optional.empty());
    String two = add("two", Optional.empty());
    var open = Requests.OpenConnectionRequest.newBuilder().setConnectionId("c-1").build();
    var list = Requests.SchemasRequest.newBuilder().setConnectionId("c-1").build();
    assertThat(call(one, open)).isEqualTo(200);
    assertThat(call(one, list)).isEqualTo(200);
    assertThat(call(two, list)).isEqualTo(401);
    assertThat(call(two, open)).isEqualTo(401);
    assertThat(call(one, list)).isEqualTo(200);
    keys.remove("one");
    keys.remove("two");
  }

  private int call(String secret, Message message) {
    var wire =
        Common.WireMessage.newBuilder()
            .setName(message.getClass().getName())
            .setWrappedMessage(message.toByteString())
            .build();
    return door.send(
            door.request("/jdbc")
                .header("Authorization", basic("x", secret))
                .POST(BodyPublishers.ofByteArray(wire.toByteArray())))
        .statusCode();
  }

  @Test
  void theFileHoldsNoKeyAndIsItsOwnersAlone() throws Exception {
    String secret = add("kept", Optional.empty());
    Path file = home.resolve("keys.json");
    assertThat(Files.readString(file))
        .contains("kept", ApiKey.hashOf(secret))
        .doesNotContain(secret);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(keys.add(keys.read().getFirst())).as("a second of the name").isFalse();
    // What cannot be read opens nothing, and does not keep the owner out.
    String good = Files.readString(file);
    Files.writeString(file, "{");
    assertThat(ask("Bearer " + secret).statusCode()).isEqualTo(401);
    assertThat(ask("Bearer " + Door.TOKEN).statusCode()).isEqualTo(200);
    Files.writeString(file, good);
    assertThat(ask("Bearer " + secret).statusCode()).isEqualTo(200);
    keys.remove("kept");
  }

  /// One that takes connections and says nothing: who shows its tokens waits, nobody else does.
  @Test
  void anIssuerThatHangsHoldsUpNobodyElse() throws Exception {
    var hang = new CountDownLatch(1);
    var keys =
        new IssuerKeys(
            "sso",
            () -> {
              hang.await();
              throw new IOException("gone");
            },
            Duration.ofSeconds(20),
            InstantSource.system());
    Issuer hanging = Issuer.of(issuer.settings("/keys"), keys, InstantSource.system());
    String token = LocalIssuer.sign(issuer.key("one"), LocalIssuer.claims().build());
    try (Door other =
        Door.open(
            backend, Doorkeeper.of(Token.of(Door.TOKEN), Path.of("none"), List.of(hanging)))) {
      HttpRequest asking =
          other.request("/v1/metrics").header("Authorization", "Bearer " + token).build();
      HttpClient client = HttpClient.newHttpClient();
      List<CompletableFuture<HttpResponse<String>>> waiting =
          Stream.generate(() -> client.sendAsync(asking, BodyHandlers.ofString()))
              .limit(40)
              .toList();
      HttpRequest unhindered = other.request("/health").build();
      assertThat(
              client
                  .sendAsync(unhindered, BodyHandlers.ofString())
                  .get(15, TimeUnit.SECONDS)
                  .statusCode())
          .isEqualTo(200);
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
      hang.countDown();
      for (var each : waiting) {
        HttpResponse<String> refused = each.get(20, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      }
    }
  }

  @Test
  void aRequestWaitsForTheKeyOfItsToken() throws Exception {
    var answer = new CountDownLatch(1);
    var keys =
        new IssuerKeys(
            "sso",
            () -> {
              answer.await();
              return new JWKSet(issuer.key("one"));
            },
            Duration.ofSeconds(20),
            InstantSource.system());
    Issuer late = Issuer.of(issuer.settings("/keys"), keys, InstantSource.system());
    String token = LocalIssuer.sign(issuer.key("one"), LocalIssuer.claims().build());
    try (Door other =
        Door.open(backend, Doorkeeper.of(Token.of(Door.TOKEN), Path.of("none"), List.of(late)))) {
      HttpRequest asking =
          other
              .request("/v1/sql")
              .header("Authorization", "Bearer " + token)
              .POST(BodyPublishers.ofString("{\"sql\":\"" + SQL + "\"}" + " ".repeat(100_000)))
              .build();
      var waiting = HttpClient.newHttpClient().sendAsync(asking, BodyHandlers.ofString());
      assertThat(other.send(other.request("/health")).statusCode()).isEqualTo(200);
      assertThat(waiting).isNotDone();
      answer.countDown();
      assertThat(waiting.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(backend.callers).extracting(Caller::name).containsExactly("sso:alice");
  }
}

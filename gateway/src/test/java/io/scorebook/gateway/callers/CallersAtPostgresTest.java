package io.scorebook.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.containers.ServerCertificate;
import io.scorebook.gateway.postgres.PostgresDoor;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who is behind a connection of PostgreSQL's own driver.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class CallersAtPostgresTest {
  private static final String SQL = "SELECT wins FROM basketball.team_games";
  private static final int CONNECTIONS = 2;

  @TempDir static Path home;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private FakeBackend backend;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private LocalIssuer issuer;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Desk desk;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private PostgresDoor door;

  @BeforeAll
  void open() throws Exception {
    backend = FakeBackend.ofSampleDomain();
    backend.answering((_, _) -> backend.rows(FakeBackend.NUMBERS, List.of(Arrays.asList(1L))));
    issuer = new LocalIssuer();
    desk = new Desk(backend, Desk.Allowance.DEFAULT);
    door =
        PostgresDoor.open(
            desk,
            Doorkeeper.of(
                Token.of("owner's token"), home, List.of(Issuer.of(issuer.settings("/keys")))),
            new PostgresDoor.Options("127.0.0.1", 0, CONNECTIONS, Optional.of(tls())));
  }

  private static SSLContext tls() throws Exception {
    ServerCertificate made = ServerCertificate.make(home);
    var context =
        SslContextBuilder.forServer(
                new ByteArrayInputStream(made.certificate().getBytes(StandardCharsets.US_ASCII)),
                new ByteArrayInputStream(made.key().getBytes(StandardCharsets.US_ASCII)))
            .sslProvider(SslProvider.JDK)
            .build();
    return ((JdkSslContext) context).context();
  }

  @AfterAll
  void close() {
    desk.close();
    door.close();
    issuer.close();
  }

  @BeforeEach
  void forget() {
    backend.callers.clear();
  }

  private static String add(String name) {
    String secret = ApiKey.generate();
    var key =
        new ApiKey(
            name,
            ApiKey.hashOf(secret),
            Set.of("analysts"),
            Map.of(),
            Set.of("research"),
            Instant.now(),
            Optional.empty());
    assertThat(KeyFile.in(home).add(key.withScram(ScramVerifier.of(secret)))).isTrue();
    return secret;
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
        "jdbc:postgresql://127.0.0.1:%d/any".formatted(door.port()), info);
  }

  private static void ask(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(SQL)) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void aKeyIsACallerUntilItIsRemoved() throws Exception {
    String secret = add("ann");
    try (Connection connection = connect("ann", secret)) {
      ask(connection);
      assertThat(backend.callers)
          .contains(new Caller("ann", Set.of("analysts"), Map.of(), Optional.empty()));
      KeyFile.in(home).remove("ann");
      SQLException refused = catchThrowableOfType(SQLException.class, () -> ask(connection));
      assertThat(refused.getSQLState()).isEqualTo("28000");
    }
    SQLException refused = catchThrowableOfType(SQLException.class, () -> connect("ann", secret));
    assertThat(refused.getSQLState()).isEqualTo("28P01");
  }

  /// Also where he has asked before, and only takes what is left.
  @Test
  void aKeyThatIsRemovedEndsACursor() throws Exception {
    String secret = add("eve");
    backend.answering(
        (_, _) -> backend.rows(FakeBackend.NUMBERS, Collections.nCopies(5, Arrays.asList(1L))));
    try (Connection connection = connect("eve", secret);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(2);
      try (var rows = statement.executeQuery(SQL)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.next()).isTrue();
        KeyFile.in(home).remove("eve");
        SQLException refused = catchThrowableOfType(SQLException.class, rows::next);
        assertThat(refused.getSQLState()).isEqualTo("28000");
      }
    }
    secret = add("eve");
    try (Connection connection = connect("eve", secret);
        var statement = connection.createStatement()) {
      statement.execute("BEGIN; DECLARE c CURSOR FOR " + SQL + "; FETCH 2 FROM c");
      KeyFile.in(home).remove("eve");
      SQLException refused =
          catchThrowableOfType(SQLException.class, () -> statement.execute("FETCH 2 FROM c"));
      assertThat(refused.getSQLState()).isEqualTo("28000");
    } finally {
      backend.answering((_, _) -> backend.rows(FakeBackend.NUMBERS, List.of(Arrays.asList(1L))));
    }
  }

  @Test
  void aKeyThatIsRemovedEndsTheAnswersThatAreOpen() throws Exception {
    backend.answering((_, _) ->
        backend.rows(
            FakeBackend.NUMBERS, List.of(Arrays.asList(1L), Arrays.asList(2L), Arrays.asList(3L))));
    String secret = add("eve");
    try (Connection connection = connect("eve", secret);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(1);
      var rows = statement.executeQuery(SQL);
      assertThat(rows.next()).isTrue();
      KeyFile.in(home).remove("eve");
      SQLException refused = catchThrowableOfType(SQLException.class, rows::next);
      assertThat(refused.getSQLState()).isEqualTo("28000");
    } finally {
      backend.answering((_, _) -> backend.rows(FakeBackend.NUMBERS, List.of(Arrays.asList(1L))));
    }
  }

  @Test
  void aJwtIsACallerOverTls() throws Exception {
    String token = LocalIssuer.sign(issuer.key("one"), LocalIssuer.claims().build());
    try (Connection connection =
        connect("jwt", token, "sslmode", "require", "options", "-c scorebook.purpose=reporting")) {
      ask(connection);
    }
    assertThat(backend.callers.getLast().purpose()).contains("reporting");
    assertThat(backend.callers.getLast().name()).isEqualTo("sso:alice");
    SQLException refused =
        catchThrowableOfType(
            SQLException.class, () -> connect("jwt", token + "x", "sslmode", "require"));
    assertThat(refused.getSQLState()).isEqualTo("28P01");
  }

  /// As pools reset a connection before the next one gets it.
  @Test
  void aResetGivesThePurposeOfTheBeginning() throws Exception {
    String secret = add("dan");
    for (String reset : List.of("DISCARD ALL", "RESET ALL", "RESET scorebook.purpose")) {
      try (Connection connection = connect("dan", secret);
          var statement = connection.createStatement()) {
        statement.execute("SET scorebook.purpose = 'research'");
        ask(connection);
        assertThat(backend.callers.getLast().purpose()).contains("research");
        statement.execute(reset);
        ask(connection);
        assertThat(backend.callers.getLast().purpose()).as(reset).isEmpty();
      }
      try (Connection connection =
              connect("dan", secret, "options", "-c scorebook.purpose=research");
          var statement = connection.createStatement()) {
        statement.execute("SET scorebook.purpose = ''");
        ask(connection);
        assertThat(backend.callers.getLast().purpose()).isEmpty();
        statement.execute(reset);
        ask(connection);
        assertThat(backend.callers.getLast().purpose()).as(reset).contains("research");
      }
    }
    KeyFile.in(home).remove("dan");
  }

  @Test
  void whoMayNotAskForAPurposeIsNotLetIn() {
    String secret = add("ben");
    SQLException refused =
        catchThrowableOfType(
            SQLException.class,
            () -> connect("ben", secret, "options", "-c scorebook.purpose=marketing"));
    assertThat(refused.getSQLState()).isEqualTo("42501");
    assertThat(String.valueOf(refused.getMessage())).doesNotContain("marketing");
  }

  @Test
  void thereAreNoMoreConnectionsThanAllowed() throws Exception {
    try (Connection one = connect("token", "owner's token");
        Connection two = connect("token", "owner's token")) {
      SQLException refused =
          catchThrowableOfType(SQLException.class, () -> connect("token", "owner's token"));
      assertThat(refused.getSQLState()).isEqualTo("53300");
      ask(one);
      ask(two);
    }
    try (Connection next = connect("token", "owner's token")) {
      ask(next);
    }
  }

  /// A place is not held by one who says a byte now and then, and never who he is.
  @Test
  void whoDoesNotLogInIsDisconnected() throws Exception {
    try (PostgresDoor impatient =
            PostgresDoor.open(
                desk,
                Doorkeeper.of(Token.of("owner's token")),
                new PostgresDoor.Options(
                    "127.0.0.1", 0, 1, Optional.empty(), Duration.ofMillis(400)));
        var socket = new Socket("127.0.0.1", impatient.port())) {
      socket.getOutputStream().write(new byte[] {0, 0, 0x20, 0}); // as many bytes will follow
      long begin = System.nanoTime();
      assertThatThrownBy(
              () -> {
                while (Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 20) {
                  socket.getOutputStream().write(0);
                  Thread.sleep(100); // as slow as he is
                }
              })
          .isInstanceOf(IOException.class);
    }
  }
}

package io.scorebook.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditMover;
import io.scorebook.catalog.audit.AuditRow;
import io.scorebook.catalog.audit.AuditTable;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.gateway.callers.ApiKey;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.callers.KeyFile;
import io.scorebook.gateway.http.Door;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.Quota;
import io.scorebook.gateway.session.Quotas;
import io.scorebook.gateway.session.Token;
import io.scorebook.semantic.plan.Issue;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered of questions at the doors, and what a caller may have of answers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditAtDoorsTest {
  @TempDir private static Path home;
  private FakeBackend backend;
  private Warehouse warehouse;
  private AuditLog log;
  private RefusedLogins logins;
  private Door door;
  private String key;
  private Instant begin;

  @SuppressWarnings("NullAway.Init")
  AuditAtDoorsTest() {}

  @BeforeAll
  void open() {
    backend = FakeBackend.ofSampleDomain();
    warehouse = Warehouse.open(WarehouseSettings.embedded(home));
    log = AuditLog.open(home);
    key = ApiKey.generate();
    KeyFile.in(home)
        .add(
            new ApiKey(
                "limited",
                ApiKey.hashOf(key),
                Set.of("analysts"),
                Map.of(),
                Set.of("research"),
                Instant.now(),
                Optional.empty()));
    var quotas =
        new Quotas(
            Quota.DEFAULT,
            Map.of(
                "analysts",
                new Quota(
                    OptionalLong.of(100),
                    OptionalLong.empty(),
                    Optional.of(Duration.ofSeconds(7)),
                    OptionalInt.of(2))),
            Map.of(),
            Map.of(
                "standings",
                new Quota(
                    OptionalLong.of(10),
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalInt.empty())));
    var desk = new Desk(backend, Desk.Allowance.DEFAULT, quotas, new AuditWitness(log));
    logins = new RefusedLogins(log, Duration.ofMinutes(10));
    door = Door.open(desk, Doorkeeper.of(Token.of(Door.TOKEN), home, List.of(), logins));
  }

  @AfterAll
  void close() {
    door.close();
    log.close();
    warehouse.close();
  }

  @BeforeEach
  void answerThreeRows() {
    begin = Instant.now();
    answer(3);
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(backend.open).hasValue(0);
  }

  private void answer(int rows) {
    backend.answering(
        (_, _) -> backend.generated(FakeBackend.NUMBERS, i -> i < rows ? List.of(i) : null));
  }

  private HttpResponse<String> sql(String secret, String sql, String... headers) {
    var request =
        door.request("/v1/sql")
            .header("Authorization", "Bearer " + secret)
            .POST(BodyPublishers.ofString("{\"sql\":\"" + sql.replace("\"", "\\\"") + "\"}"));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return door.send(request);
  }

  private AuditRow remembered() {
    AuditMover.moveAll(log, warehouse);
    List<AuditRow> rows = new AuditTable(warehouse).newest(begin, Optional.empty(), 10);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @Test
  void whoAskedWhatOverHttp() {
    String sql = "SELECT team FROM standings_v1.standings WHERE season = 2019 AND team <> 'BOS'";
    assertThat(sql(key, sql, "Scorebook-Purpose", "research").statusCode()).isEqualTo(200);
    AuditRow row = remembered();
    assertThat(row.text("caller")).isEqualTo("limited");
    assertThat(row.text("caller_groups")).isEqualTo("analysts");
    assertThat(row.text("purpose")).isEqualTo("research");
    assertThat(row.text("door")).isEqualTo("http");
    assertThat(row.text("asked")).isEqualTo("sql");
    assertThat(row.text("question"))
        .isEqualTo("SELECT team FROM standings_v1.standings WHERE season = ? AND team <> ?");
    assertThat(row.text("products")).isEqualTo("standings 1.0.0");
    assertThat(row.text("snapshots")).isEqualTo("league.games=5937117119577207000");
    assertThat(row.text("model_version")).isEqualTo("1.0.0");
    assertThat(row.text("outcome")).isEqualTo("served");
    assertThat(row.values()).containsEntry("rows_given", 3L);
  }

  @Test
  void whoAskedWhatOverJdbc() throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                "jdbc:avatica:remote:url=http://127.0.0.1:%d/jdbc;serialization=protobuf"
                    .formatted(door.port()),
                "x",
                key);
        var prepared =
            connection.prepareStatement("SELECT team FROM standings_v1.standings WHERE team = ?")) {
      prepared.setString(1, "secret value");
      try (var rows = prepared.executeQuery()) {
        while (rows.next()) {
          assertThat(rows.getInt(1)).isNotNegative();
        }
      }
    }
    AuditRow row = remembered();
    assertThat(row.text("door")).isEqualTo("jdbc");
    assertThat(row.text("question"))
        .isEqualTo("SELECT team FROM standings_v1.standings WHERE team = ?");
    assertThat(row.values()).containsEntry("rows_given", 3L).containsEntry("outcome", "served");
  }

  @Test
  void whatWasRefused() {
    backend.answering((_, _) -> FakeBackend.refused(Issue.Code.UNKNOWN_METRIC));
    assertThat(sql(key, "SELECT \"Alice\" FROM \"standings\"").statusCode()).isEqualTo(422);
    AuditRow row = remembered();
    assertThat(row.text("outcome")).isEqualTo("refused");
    assertThat(row.text("error")).isEqualTo("unknown_metric");
    assertThat(row.text("question")).isEqualTo("SELECT ? FROM \"standings\"");
    assertThat(row.values()).containsEntry("rows_given", 0L);
  }

  @Test
  void whatBroke() {
    backend.answering((_, _) -> {
      throw new IllegalStateException("a broken invariant");
    });
    assertThat(sql(key, "SELECT 1 AS n").statusCode()).isEqualTo(500);
    AuditRow row = remembered();
    assertThat(row.text("outcome")).isEqualTo("failed");
    assertThat(row.text("error")).isEqualTo("internal");
  }

  /// Without the secret, and without a name that may be one.
  @Test
  void refusedLoginsAreRememberedAndCannotFloodIt() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(sql("wrong-secret-" + i, "SELECT 1 AS n").statusCode()).isEqualTo(401);
    }
    String url =
        "jdbc:avatica:remote:url=http://127.0.0.1:%d/jdbc;serialization=protobuf"
            .formatted(door.port());
    for (String user : List.of("limited", "hunter2", "hunter3")) {
      assertThatThrownBy(() -> DriverManager.getConnection(url, user, "wrong-secret"))
          .hasMessageContaining("401");
    }
    logins.close();
    AuditMover.moveAll(log, warehouse);
    List<AuditRow> rows = new AuditTable(warehouse).newest(begin, Optional.empty(), 100);
    assertThat(rows)
        .extracting(row -> row.text("door"), row -> row.text("caller"), row -> row.text("question"))
        .containsExactlyInAnyOrder(
            tuple("http", "unknown", "login"),
            tuple("http", "unknown", "login, 49 more times within 600 s"),
            tuple("jdbc", "limited", "login"),
            tuple("jdbc", "unknown", "login"),
            tuple("jdbc", "unknown", "login, 1 more times within 600 s"));
    assertThat(rows)
        .allSatisfy(row -> {
          assertThat(row.text("asked")).isEqualTo("login");
          assertThat(row.text("outcome")).isEqualTo("refused");
          assertThat(row.text("error")).isEqualTo("unauthorized");
        });
    assertThat(rows.toString()).doesNotContain("secret").doesNotContain("hunter");
  }

  @Test
  void tooManyRowsAreNotGiven() {
    answer(101);
    HttpResponse<String> refused = sql(key, "SELECT 1 AS n");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("answer-too-large", "100 rows");
    assertThat(remembered().values())
        .containsEntry("outcome", "failed")
        .containsEntry("error", "answer_too_large")
        .containsEntry("rows_given", 100L);
    answer(100);
    assertThat(sql(key, "SELECT 1 AS n").statusCode()).isEqualTo(200);
    answer(101);
    assertThat(sql(Door.TOKEN, "SELECT 1 AS n").statusCode()).as("the owner").isEqualTo(200);
    answer(11);
    assertThat(sql(key, "SELECT n FROM \"standings_v1\".\"standings\"").statusCode())
        .as("of a product with a bound of its own")
        .isEqualTo(413);
  }

  @Test
  void tooManyRowsOverJdbc() throws SQLException {
    answer(101);
    try (var connection =
            DriverManager.getConnection(
                "jdbc:avatica:remote:url=http://127.0.0.1:%d/jdbc;serialization=protobuf"
                    .formatted(door.port()),
                "x",
                key);
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT 1 AS n"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("54000"));
    }
  }

  @Test
  void aCallersTimeIsItsOwn() {
    var times = new java.util.concurrent.CopyOnWriteArrayList<Duration>();
    backend.answering((_, limits) -> {
      times.add(limits.time());
      return backend.rows(FakeBackend.NUMBERS, List.of());
    });
    sql(key, "SELECT 1 AS n");
    sql(Door.TOKEN, "SELECT 1 AS n");
    assertThat(times).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(60));
  }

  @Test
  void tooManyAtOnceAreToldWhenToComeAgain() throws Exception {
    var entered = new CountDownLatch(2);
    var go = new CountDownLatch(1);
    backend.answering((_, _) -> {
      entered.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return backend.rows(FakeBackend.NUMBERS, List.of());
    });
    try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
      others.submit(() -> sql(key, "SELECT 1 AS n"));
      others.submit(() -> sql(key, "SELECT 1 AS n"));
      assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
      HttpResponse<String> refused = sql(key, "SELECT 1 AS n");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(refused.headers().firstValue("RateLimit-Policy")).contains("\"concurrent\";q=2");
      assertThat(refused.headers().firstValue("RateLimit")).contains("\"concurrent\";r=0");
      go.countDown();
    }
    HttpResponse<String> served = sql(key, "SELECT 1 AS n");
    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(served.headers().firstValue("RateLimit")).contains("\"concurrent\";r=2");
    AuditMover.moveAll(log, warehouse);
    assertThat(new AuditTable(warehouse).newest(begin, Optional.empty(), 10))
        .extracting(row -> row.text("outcome"))
        .containsExactlyInAnyOrder("served", "served", "served", "refused");
  }

  /// Where it cannot be remembered that something was read, nothing is read.
  @Test
  void noAnswerWithoutTheAudit() {
    AuditLog broken = AuditLog.open(home);
    broken.close();
    var desk = new Desk(backend, Desk.Allowance.DEFAULT, Quotas.DEFAULT, new AuditWitness(broken));
    try (Door other = Door.open(desk, Doorkeeper.of(Token.of(Door.TOKEN)))) {
      HttpResponse<String> refused = other.post("/v1/sql", "{\"sql\":\"SELECT 1 AS n\"}");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("audit");
    }
  }
}

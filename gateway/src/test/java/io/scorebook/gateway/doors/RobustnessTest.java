package io.scorebook.gateway.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.scorebook.gateway.cli.Stage;
import io.scorebook.gateway.doors.JdbcDoor.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Clients that speak nonsense, break off, say half of it, or do not listen: nothing hangs, memory
/// and threads stay bounded, and another client's questions go on. `-Dscorebook.robustness=50`
/// tries so many times as much.
@ExtendWith(OnStage.class)
@Timeout(600)
final class RobustnessTest {
  private static final int TIMES = Integer.getInteger("scorebook.robustness", 1);
  private static final Random RANDOM = new Random(11);
  private static final Duration PROMPT = Duration.ofSeconds(10);
  private static final long HEAP = 96L * 1024 * 1024;
  private static final int THREADS = 40;

  /// Far more rows than anybody reads.
  private static final String LONG =
      "SELECT a.event_id, b.note, c.city FROM events_v1.events a, events_v1.events b,"
          + " events_v1.events c";

  private final Stage stage;
  private final HttpClient http = HttpClient.newHttpClient();
  private long heap;
  private int threads;

  RobustnessTest(Stage stage) {
    this.stage = stage;
  }

  @BeforeEach
  void measure() throws SQLException {
    othersGoOn();
    heap = heap();
    threads = ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /// Whatever was done: others are answered, nothing is left open, and nothing has grown.
  @AfterEach
  void nothingIsLeft() throws SQLException {
    othersGoOn();
    await().atMost(PROMPT).untilAsserted(() -> assertThat(stage.open("ann")).isZero());
    await()
        .atMost(PROMPT)
        .untilAsserted(() ->
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                .isLessThan(threads + THREADS));
    await().atMost(PROMPT).untilAsserted(() -> assertThat(heap()).isLessThan(heap + HEAP));
    http.shutdownNow();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// One question at each door, each within its time.
  private void othersGoOn() throws SQLException {
    for (Driver driver : List.of(Driver.AVATICA, Driver.POSTGRES_TEXT)) {
      try (Connection connection = JdbcDoor.connect(stage, driver, "ann")) {
        goesOn(connection);
      }
    }
  }

  private static void goesOn(Connection connection) throws SQLException {
    long begin = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) AS n FROM events_v1.events")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(Stage.CSV.size() - 1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMPT);
  }

  private static byte[] noise(int most) {
    byte[] noise = new byte[RANDOM.nextInt(most)];
    RANDOM.nextBytes(noise);
    return noise;
  }

  @Test
  void noiseBeforeTheLogin() throws IOException {
    for (int i = 0; i < 60 * TIMES; i++) {
      try (Wire wire = Wire.connect(stage.postgres())) {
        if (i % 2 == 0) {
          wire.hello("ann");
        }
        wire.raw(noise(300));
      } catch (IOException _) {
        // ended by the gateway
      }
      URI address = URI.create(stage.http());
      try (var socket = new Socket(address.getHost(), address.getPort())) {
        socket.getOutputStream().write(noise(300));
      }
    }
  }

  @Test
  void noiseAfterTheLogin() throws IOException {
    for (int i = 0; i < 10 * TIMES; i++) {
      try (Wire wire = Wire.connect(stage.postgres()).login("ann", stage.secret("ann"))) {
        for (int each = 0; each < 50; each++) {
          wire.send("QPBDCEHSpdcfF".charAt(RANDOM.nextInt(13)), noise(40));
        }
        wire.raw(noise(100));
      } catch (IOException _) {
        // ended by the gateway
      }
    }
  }

  /// A message is refused by its length, before there is room made for it.
  @Test
  void lengthsThatNobodyHas() throws IOException {
    for (int length :
        new int[] {Integer.MAX_VALUE, 64 * 1024 * 1024, 3, 0, -1, Integer.MIN_VALUE}) {
      byte[] sized = java.nio.ByteBuffer.allocate(5).put((byte) 'Q').putInt(length).array();
      try (Wire wire = Wire.connect(stage.postgres()).login("ann", stage.secret("ann"))) {
        wire.raw(sized);
        Wire.Message refused = wire.readUntil('E');
        assertThat(refused.state()).isEqualTo("08P01");
        assertThat(refused.text()).contains("FATAL");
        assertThat(wire.ends()).isTrue();
      }
      try (Wire wire = Wire.connect(stage.postgres())) {
        wire.raw(java.nio.ByteBuffer.allocate(4).putInt(length).array());
        assertThat(wire.read().state()).isEqualTo("08P01");
        assertThat(wire.ends()).isTrue();
      }
    }
  }

  /// Of one who is not known yet nothing long is taken, however many of them there are.
  @Test
  void secretsThatNobodyHas() throws IOException {
    try (Wire wire = Wire.connect(stage.postgres())) {
      wire.hello("ann");
      wire.raw(java.nio.ByteBuffer.allocate(5).put((byte) 'p').putInt(70_000).array());
      Wire.Message refused = wire.read();
      assertThat(refused.state()).isEqualTo("08P01");
      assertThat(wire.ends()).isTrue();
    }
  }

  /// A few bytes that would be a gigabyte, written out.
  @Test
  void numbersWithoutEnd() throws Exception {
    String sql = "SELECT event_id FROM events_v1.events WHERE amount = ?";
    for (Driver driver : List.of(Driver.AVATICA, Driver.POSTGRES_TEXT)) {
      try (Connection connection = JdbcDoor.connect(stage, driver, "ann");
          var statement = connection.prepareStatement(sql)) {
        statement.setBigDecimal(1, new java.math.BigDecimal("1e999999999"));
        assertThat(catchThrowableOfType(SQLException.class, statement::executeQuery).getSQLState())
            .as("%s", driver)
            .isEqualTo("22018");
      }
    }
    HttpResponse<String> rows =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(stage.http() + "/v1/products/events/v1/data?amount=1e999999999"))
                .header("Authorization", "Bearer " + stage.secret("ann"))
                .timeout(PROMPT)
                .build(),
            BodyHandlers.ofString());
    assertThat(rows.statusCode()).as(rows.body()).isBetween(400, 499);
    for (String[] asked :
        new String[][] {
          {"/v1/sql", "{\"sql\": \"" + sql + "\", \"parameters\": [1e999999999]}"},
          {
            "/v1/query",
            "{\"metrics\": [\"happened\"], \"filters\":"
                + " [{\"field\": \"amount\", \"op\": \"=\", \"value\": 1e999999999}]}"
          },
          {
            "/v1/query",
            "{\"metrics\": [\"happened\"], \"filters\":"
                + " [{\"field\": \"happened\", \"op\": \">\", \"value\": 1e999999999}]}"
          }
        }) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(stage.http() + asked[0]))
                  .header("Authorization", "Bearer " + stage.secret("ann"))
                  .header("Content-Type", "application/json")
                  .timeout(PROMPT)
                  .POST(BodyPublishers.ofString(asked[1]))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(400, 499);
    }
  }

  @Test
  void protobufThatIsNone() throws Exception {
    for (int i = 0; i < 40 * TIMES; i++) {
      HttpResponse<byte[]> response =
          http.send(
              HttpRequest.newBuilder(URI.create(stage.http() + "/jdbc"))
                  .header("Authorization", "Bearer " + stage.secret("ann"))
                  .timeout(PROMPT)
                  .POST(BodyPublishers.ofByteArray(noise(300)))
                  .build(),
              BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).isBetween(400, 500);
    }
  }

  /// Half a message, and then nothing, from many at once.
  @Test
  void messagesThatAreNeverEnded() throws Exception {
    var waiting = new ArrayList<AutoCloseable>();
    for (int i = 0; i < 20; i++) {
      Wire wire = Wire.connect(stage.postgres());
      waiting.add(wire);
      if (i % 2 == 0) {
        wire.hello("ann");
      }
      wire.raw((byte) 'p', (byte) 0, (byte) 0);
      URI address = URI.create(stage.http());
      var socket = new Socket(address.getHost(), address.getPort());
      waiting.add(socket);
      socket
          .getOutputStream()
          .write(
              "POST /jdbc HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf"
                  .getBytes(StandardCharsets.US_ASCII));
    }
    othersGoOn();
    for (AutoCloseable each : waiting) {
      each.close();
    }
  }

  @Test
  void moreConnectionsThanThereMayBe() throws Exception {
    var open = new ArrayList<Wire>();
    try (Connection other = JdbcDoor.connect(stage, Driver.POSTGRES_TEXT, "ann")) {
      Wire.Message told = new Wire.Message('R', new byte[0]);
      while (told.type() == 'R' && open.size() <= Stage.POSTGRES_CONNECTIONS) {
        Wire wire = Wire.connect(stage.postgres());
        open.add(wire);
        told = wire.hello("ann");
      }
      assertThat(open).hasSize(Stage.POSTGRES_CONNECTIONS);
      assertThat(told.state()).isEqualTo("53300");
      assertThat(open.getLast().ends()).isTrue();
      goesOn(other);
      assertThat(
              catchThrowableOfType(
                      SQLException.class,
                      () -> JdbcDoor.connect(stage, Driver.POSTGRES_TEXT, "ann"))
                  .getSQLState())
          .isEqualTo("53300");
      goesOn(other);
    }
    for (Wire each : open) {
      each.close();
    }
    await()
        .atMost(PROMPT)
        .ignoreExceptions()
        .untilAsserted(() -> JdbcDoor.connect(stage, Driver.POSTGRES_TEXT, "ann").close());
  }

  /// Who reads a row a second is sent no more than he reads, and keeps nobody else waiting.
  @Test
  void oneWhoReadsARowASecond() throws Exception {
    try (Wire slow = Wire.narrow(stage.postgres()).login("ann", stage.secret("ann"))) {
      slow.send('Q', Wire.text(LONG));
      slow.readUntil('D');
      for (int i = 0; i < 2 * TIMES; i++) {
        Thread.sleep(1000); // as slow as he is
        assertThat(slow.read().type()).isEqualTo('D');
        othersGoOn();
        assertThat(heap()).isLessThan(heap + HEAP);
      }
    }
  }

  /// What is prepared and never closed is in memory: there is an end to it, at each door.
  @Test
  void statementsThatAreNeverClosed() throws Exception {
    String large = "SELECT 1 /* " + "x".repeat(1_000_000) + " */ AS n";
    try (Wire wire = Wire.connect(stage.postgres()).login("ann", stage.secret("ann"))) {
      int kept = 0;
      String told = "1 I";
      while (told.equals("1 I") && kept < 40) {
        told = wire.parse("s" + kept, large + kept).sync().brief();
        kept++;
      }
      assertThat(told).isEqualTo("E:53300 I");
      assertThat(wire.query("SELECT 1 AS one").brief()).isEqualTo("T D:1 C:SELECT_1 I");
      wire.query("DISCARD ALL; BEGIN").brief();
      for (kept = 0, told = "C:DECLARE_CURSOR T"; told.endsWith("CURSOR T") && kept < 40; kept++) {
        told = wire.query("DECLARE c%d CURSOR FOR %s%d".formatted(kept, large, kept)).brief();
      }
      assertThat(told).isEqualTo("E:53300 E");
      wire.query("ROLLBACK").brief();
      for (kept = 0, told = "C:SET I"; told.equals("C:SET I") && kept < 400; kept++) {
        told = wire.query("SET a.b%d = '%s'".formatted(kept, "x".repeat(9000))).brief();
      }
      assertThat(told).isEqualTo("E:22023 I");
    }
    try (Connection connection = JdbcDoor.connect(stage, Driver.AVATICA, "ann")) {
      // Its driver throws what is no SQLException here.
      Exception refused =
          catchThrowableOfType(
              Exception.class,
              () -> {
                for (int i = 0; i < 2000; i++) {
                  connection.createStatement().execute("SELECT 1 AS one");
                }
              });
      assertThat(refused.getMessage()).contains("more than 1000 statements");
    }
    try (var door = new FlightSqlDoor(stage)) {
      assertThat(door.prepareUntilRefused("ann", large, 40)).contains("16 MB");
    }
  }

  @Test
  void cancelledInMidStream() throws Exception {
    for (int i = 0; i < 2 * TIMES; i++) {
      try (Connection connection = JdbcDoor.connect(stage, Driver.POSTGRES_TEXT, "ann")) {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          statement.setFetchSize(5000);
          ResultSet rows = statement.executeQuery(LONG);
          for (int row = 0; row < 7000; row++) {
            assertThat(rows.next()).isTrue();
          }
          rows.close();
        }
        connection.rollback();
        assertThat(stage.open("ann")).isZero();
        goesOn(connection);
      }
      try (Wire wire = Wire.connect(stage.postgres()).login("ann", stage.secret("ann"))) {
        wire.send('Q', Wire.text(LONG));
        wire.readUntil('D');
        // cut, with rows on their way
      }
      try (Connection connection = JdbcDoor.connect(stage, Driver.AVATICA, "ann")) {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LONG);
        for (int row = 0; row < 7000; row++) {
          assertThat(rows.next()).isTrue();
        }
        statement.close();
        goesOn(connection);
      }
      HttpResponse<InputStream> response =
          http.send(
              HttpRequest.newBuilder(URI.create(stage.http() + "/v1/sql"))
                  .header("Authorization", "Bearer " + stage.secret("ann"))
                  .POST(BodyPublishers.ofString("{\"sql\": \"" + LONG + "\"}"))
                  .build(),
              BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body().readNBytes(50_000)).hasSize(50_000);
      response.body().close();
      await().atMost(PROMPT).untilAsserted(() -> assertThat(stage.open("ann")).isZero());
    }
  }

  @Test
  void aCancelWhileRowsAreSent() throws Exception {
    try (Connection connection = JdbcDoor.connect(stage, Driver.POSTGRES_SIMPLE, "ann");
        Statement statement = connection.createStatement()) {
      Thread.ofVirtual()
          .start(() -> {
            await().atMost(PROMPT).until(() -> stage.open("ann") > 0);
            try {
              statement.cancel();
            } catch (SQLException e) {
              throw new AssertionError(e);
            }
          });
      SQLException cancelled =
          catchThrowableOfType(
              SQLException.class,
              () ->
                  statement.executeQuery(
                      "SELECT COUNT(*) AS n FROM (" + LONG + ") x, events_v1.events y"));
      assertThat(cancelled.getSQLState()).isEqualTo("57014");
      goesOn(connection);
    }
  }

  /// What PostgreSQL would say, and no error of ours.
  @Test
  void aFetchFromWhatIsNoQuery() throws Exception {
    try (Wire wire = Wire.connect(stage.postgres()).login("ann", stage.secret("ann"))) {
      byte[] none = {0, 0};
      wire.send('P', Wire.text("show"), Wire.text("SHOW timezone"), none);
      wire.send('B', Wire.text("cursor"), Wire.text("show"), none, none, none);
      wire.send('P', Wire.text("fetch"), Wire.text("FETCH 1 FROM cursor"), none);
      wire.send('B', Wire.text(""), Wire.text("fetch"), none, none, none);
      wire.send('D', Wire.text("P"));
      wire.send('S');
      assertThat(wire.readUntil('E').state()).isEqualTo("34000");
      assertThat(wire.readUntil('Z').text()).isEqualTo("I");
    }
  }
}

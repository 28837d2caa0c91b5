package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/// PostgreSQL's own driver, as it comes, at the door of a gateway.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class PostgresDoorTest {
  private static final String HEADER = "sample_id,label,day,taken,seen,amount,ratio,flag\n";
  private static final int ROWS = 2500;

  /// Runs for longer than anybody waits.
  private static final String ENDLESS =
      "SELECT COUNT(*) FROM samples_v1.samples a, samples_v1.samples b, samples_v1.samples c,"
          + " samples_v1.samples d WHERE a.ratio + b.ratio + c.ratio + d.ratio < 0.3";

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Lab lab;

  @BeforeAll
  void open() throws Exception {
    lab = Lab.open(folder);
    var csv = new StringBuilder(HEADER);
    csv.append(
        "1,\"a \"\"quoted\"\", text\\\\with\ttab\",2015-10-27,2015-10-27T01:02:03.123456,2015-10-27T01:02:03.5Z,-12.30,0.1,true\n");
    csv.append("2,,,,,,,\n");
    for (int i = 3; i <= ROWS; i++) {
      csv.append(
          "%d,x%d,1999-12-31,1999-12-31T23:59:59,1999-12-31T23:59:59Z,%d.05,%d.5,false\n"
              .formatted(i, i % 10, i, i));
    }
    lab.load(csv.toString());
  }

  @AfterAll
  void close() {
    lab.close();
  }

  private String url(String more) {
    return "jdbc:" + lab.postgres() + "?user=token&password=" + lab.token() + more;
  }

  private Connection connect(String more) throws SQLException {
    return DriverManager.getConnection(url(more));
  }

  private static List<String> rows(ResultSet set) throws SQLException {
    var rows = new ArrayList<String>();
    while (set.next()) {
      var row = new ArrayList<String>();
      for (int i = 1; i <= set.getMetaData().getColumnCount(); i++) {
        row.add(set.getString(i));
      }
      rows.add(String.join("|", row));
    }
    return rows;
  }

  @Test
  void givesEveryTypeInTextAndInBinary() throws Exception {
    for (String how :
        List.of(
            "&preferQueryMode=simple",
            "&prepareThreshold=0",
            "&prepareThreshold=-1&binaryTransfer=true")) {
      try (Connection connection = connect(how);
          PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT * FROM samples_v1.samples WHERE sample_id <= 2 ORDER BY sample_id");
          ResultSet set = statement.executeQuery()) {
        assertThat(set.next()).as(how).isTrue();
        assertThat(set.getLong("sample_id")).isEqualTo(1);
        assertThat(set.getString("label")).isEqualTo("a \"quoted\", text\\\\with\ttab");
        assertThat(set.getObject("day", LocalDate.class)).isEqualTo(LocalDate.of(2015, 10, 27));
        assertThat(set.getObject("taken", LocalDateTime.class))
            .isEqualTo(LocalDateTime.parse("2015-10-27T01:02:03.123456"));
        assertThat(set.getObject("seen", OffsetDateTime.class).toInstant())
            .isEqualTo(OffsetDateTime.parse("2015-10-27T01:02:03.5Z").toInstant());
        assertThat(set.getBigDecimal("amount")).isEqualTo(new BigDecimal("-12.30"));
        assertThat(set.getDouble("ratio")).isEqualTo(0.1);
        assertThat(set.getBoolean("flag")).isTrue();
        var columns = set.getMetaData();
        assertThat(columns.getColumnType(1)).isEqualTo(Types.BIGINT);
        assertThat(columns.getColumnTypeName(6)).isEqualTo("numeric");
        assertThat(columns.getPrecision(6)).isEqualTo(12);
        assertThat(columns.getScale(6)).isEqualTo(2);
        assertThat(set.next()).isTrue();
        for (int i = 2; i <= columns.getColumnCount(); i++) {
          assertThat(set.getObject(i)).as("%s, column %d", how, i).isNull();
        }
        assertThat(set.next()).isFalse();
      }
    }
  }

  @Test
  void takesParametersOfEveryType() throws Exception {
    try (Connection connection = connect("&prepareThreshold=1")) {
      for (int round = 0; round < 3; round++) { // from the second on in binary
        try (PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT sample_id FROM samples_v1.samples
                WHERE sample_id = ? AND label LIKE ? AND day = ? AND taken = ? AND amount = ?
                  AND ratio = ? AND flag = ? -- and not this ?
                ORDER BY sample_id LIMIT ? OFFSET ?
                """)) {
          statement.setInt(1, 1);
          statement.setString(2, "a%");
          statement.setObject(3, LocalDate.of(2015, 10, 27));
          statement.setObject(4, LocalDateTime.parse("2015-10-27T01:02:03.123456"));
          statement.setBigDecimal(5, new BigDecimal("-12.30"));
          statement.setDouble(6, 0.1);
          statement.setBoolean(7, true);
          statement.setInt(8, 5);
          statement.setObject(9, "0", Types.OTHER); // as drivers that leave the type open
          assertThat(rows(statement.executeQuery())).as("round %d", round).containsExactly("1");
        }
      }
    }
  }

  @Test
  void asksForAMetricAsForAColumn() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      assertThat(
              rows(
                  statement.executeQuery(
                      "SELECT label, AGGREGATE(total) AS total, taken_samples FROM lab.samples"
                          + " WHERE label IN ('x3', 'x4') GROUP BY label ORDER BY label")))
          .containsExactly("x3|312012.50|250", "x4|312262.50|250");
    }
  }

  @Test
  void listsProductsAsTablesAndMetricsAsColumns() throws Exception {
    try (Connection connection = connect("")) {
      var metadata = connection.getMetaData();
      assertThat(rows(metadata.getSchemas()))
          .contains("lab|scorebook", "samples_v1|scorebook", "by_label_v1|scorebook");
      var tables = new ArrayList<String>();
      try (ResultSet set = metadata.getTables(null, "%_v1", "%", new String[] {"TABLE", "VIEW"})) {
        while (set.next()) {
          tables.add(set.getString("TABLE_SCHEM") + "." + set.getString("TABLE_NAME"));
        }
      }
      assertThat(tables).contains("samples_v1.samples", "by_label_v1.by_label");
      var columns = new ArrayList<String>();
      try (ResultSet set = metadata.getColumns(null, "lab", "samples", "t%")) {
        while (set.next()) {
          columns.add(
              set.getString("COLUMN_NAME")
                  + " "
                  + set.getString("TYPE_NAME")
                  + " "
                  + set.getString("REMARKS"));
        }
      }
      assertThat(columns)
          .anyMatch(
              column -> column.startsWith("total numeric") && column.contains("AGGREGATE(total)"))
          .anyMatch(column -> column.startsWith("taken_samples int8"));
    }
  }

  @Test
  void handsOutALongAnswerByACursor() throws Exception {
    try (Connection connection = connect("")) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(100);
        long sum = 0;
        int count = 0;
        try (ResultSet set = statement.executeQuery("SELECT sample_id FROM samples_v1.samples")) {
          while (set.next()) {
            sum += set.getLong(1);
            count++;
          }
        }
        assertThat(count).isEqualTo(ROWS);
        assertThat(sum).isEqualTo((long) ROWS * (ROWS + 1) / 2);
        statement.execute(
            "DECLARE c NO SCROLL CURSOR FOR SELECT sample_id FROM samples_v1.samples ORDER BY 1");
        assertThat(rows(statement.executeQuery("FETCH 2 FROM c"))).containsExactly("1", "2");
        assertThat(rows(statement.executeQuery("FETCH FORWARD 1 FROM c"))).containsExactly("3");
        statement.execute("CLOSE c");
      }
      connection.commit();
    }
  }

  @Test
  void copiesOutAsTextAndCsv() throws Exception {
    try (Connection connection = connect("")) {
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      var text = new StringWriter();
      String query =
          "(SELECT sample_id, label, flag FROM samples_v1.samples WHERE sample_id <= 2 ORDER BY 1)";
      assertThat(copy.copyOut("COPY " + query + " TO STDOUT", text)).isEqualTo(2);
      assertThat(text).hasToString("1\ta \"quoted\", text\\\\\\\\with\\ttab\tt\n2\t\\N\t\\N\n");
      var csv = new StringWriter();
      copy.copyOut("COPY " + query + " TO STDOUT WITH (FORMAT csv, HEADER)", csv);
      assertThat(csv)
          .hasToString("sample_id,label,flag\n1,\"a \"\"quoted\"\", text\\\\with\ttab\",t\n2,,\n");
    }
  }

  /// A list as a parameter, as pgjdbc sends it in text and from the second round on in binary.
  @Test
  void takesListsAsParameters() throws Exception {
    try (Connection connection = connect("&prepareThreshold=1")) {
      for (int round = 0; round < 3; round++) {
        try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT sample_id FROM samples_v1.samples"
                    + " WHERE sample_id = ANY (?) AND NOT label = ANY (?) ORDER BY sample_id")) {
          statement.setArray(1, connection.createArrayOf("int8", new Object[] {1L, 4711L, null}));
          statement.setArray(2, connection.createArrayOf("text", new Object[] {"b \"c\"", "{,}"}));
          assertThat(rows(statement.executeQuery())).as("round %d", round).containsExactly("1");
          statement.setArray(1, connection.createArrayOf("int4", new Object[] {}));
          assertThat(rows(statement.executeQuery())).as("round %d", round).isEmpty();
        }
      }
    }
  }

  /// What reads no table is not computed otherwise than at the other doors.
  @Test
  void refusesWhatReadsNothingAsElsewhere() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      for (String refused :
          List.of(
              "SELECT DATE '2024-01-31' - DATE '2024-01-01'",
              "SELECT CAST(2.5 AS INTEGER)",
              "SELECT 1.5::float8::text",
              "SELECT 0x1F",
              "SELECT 'a_c' LIKE 'a\\_c'",
              "SELECT 1 + 1 || 'a'")) {
        assertThatThrownBy(() -> statement.executeQuery(refused))
            .as(refused)
            .isInstanceOf(PSQLException.class)
            .hasMessageContaining("Cannot ");
      }
      assertThat(rows(statement.executeQuery("SELECT current_database() || 'x'"))).hasSize(1);
      assertThat(rows(statement.executeQuery("SELECT pg_backend_pid() > 0"))).hasSize(1);
    }
  }

  @Test
  void refusesWithStatePlaceAndHint() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      PSQLException wrong =
          catchThrowableOfType(
              PSQLException.class,
              () -> statement.executeQuery("SELECT labell\nFROM samples_v1.samples"));
      assertThat(wrong.getSQLState()).startsWith("42");
      assertThat(wrong.getMessage()).contains("labell");
      assertThat(wrong.getServerErrorMessage().getPosition()).isEqualTo(8);
      for (String write :
          List.of(
              "INSERT INTO samples_v1.samples VALUES (1)",
              "DROP TABLE samples_v1.samples",
              "COPY samples_v1.samples FROM STDIN")) {
        PSQLException refused =
            catchThrowableOfType(PSQLException.class, () -> statement.execute(write));
        assertThat(refused.getSQLState()).as(write).isEqualTo("25006");
      }
      // The connection goes on.
      assertThat(rows(statement.executeQuery("SELECT 1 AS one"))).containsExactly("1");
    }
  }

  /// A name that is a table of the model and of a product must not be taken for the other.
  @Test
  void looksNowhereElseThanItSays() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = lab, \"$user\", public");
      assertThat(rows(statement.executeQuery("SELECT AGGREGATE(taken_samples) FROM samples")))
          .containsExactly("" + ROWS);
      statement.execute("SET search_path TO \"samples_v1\", lab");
      String named = "SELECT COUNT(*) FROM samples_v1.samples";
      assertThat(rows(statement.executeQuery(named))).containsExactly("" + ROWS);
      for (String alone :
          List.of(
              "SELECT COUNT(*) FROM samples",
              "SELECT COUNT(*) FROM lab.samples a JOIN samples b ON true",
              "SELECT COUNT(*) FROM samples_v1.samples WHERE 1 IN (SELECT COUNT(*) FROM \"samples\" AS s)",
              "WITH samples AS (SELECT * FROM samples) SELECT COUNT(*) FROM samples",
              "EXPLAIN SELECT COUNT(*) FROM samples")) {
        PSQLException refused =
            catchThrowableOfType(PSQLException.class, () -> statement.executeQuery(alone));
        assertThat(refused.getSQLState()).as(alone).isEqualTo("42P01");
        assertThat(refused.getMessage()).as(alone).contains("write samples_v1.samples");
      }
      String given = "WITH s AS (SELECT * FROM samples_v1.samples) SELECT COUNT(*) FROM s";
      assertThat(rows(statement.executeQuery(given))).containsExactly("" + ROWS);
      statement.execute("RESET search_path");
      assertThat(rows(statement.executeQuery("SELECT AGGREGATE(taken_samples) FROM samples")))
          .containsExactly("" + ROWS);
    }
  }

  @Test
  void keepsToTheStatesOfATransaction() throws Exception {
    try (Connection connection = connect("")) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        PSQLException first =
            catchThrowableOfType(
                PSQLException.class, () -> statement.executeQuery("SELECT nothing FROM nowhere"));
        assertThat(first.getSQLState()).isEqualTo("42P01");
        PSQLException after =
            catchThrowableOfType(PSQLException.class, () -> statement.executeQuery("SELECT 1"));
        assertThat(after.getSQLState()).isEqualTo("25P02");
        connection.rollback();
        assertThat(rows(statement.executeQuery("SHOW transaction_isolation")))
            .containsExactly("read committed");
      }
    }
  }

  @Test
  void letsNobodyInWithoutASecret() {
    for (String wrong : List.of("token:wrong", "nobody:" + lab.token(), "jwt:abc")) {
      var properties = new Properties();
      properties.setProperty("user", wrong.substring(0, wrong.indexOf(':')));
      properties.setProperty("password", wrong.substring(wrong.indexOf(':') + 1));
      PSQLException refused =
          catchThrowableOfType(
              PSQLException.class,
              () -> DriverManager.getConnection("jdbc:" + lab.postgres(), properties));
      assertThat(refused.getSQLState()).as(wrong).isEqualTo("28P01");
    }
  }

  @Test
  void endsWhatIsCancelled() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      PSQLException cancelled =
          catchThrowableOfType(PSQLException.class, () -> statement.executeQuery(ENDLESS));
      assertThat(cancelled.getSQLState()).isEqualTo("57014");
    }
  }

  @Test
  void endsWhatTakesLongerThanItMay() throws Exception {
    try (Connection connection = connect("&options=-c%20statement_timeout=200ms");
        Statement statement = connection.createStatement()) {
      PSQLException late =
          catchThrowableOfType(PSQLException.class, () -> statement.executeQuery(ENDLESS));
      assertThat(late.getSQLState()).isEqualTo("57014");
      assertThat(late.getMessage()).contains("within 200 ms");
      assertThat(rows(statement.executeQuery("SHOW statement_timeout"))).containsExactly("200ms");
      statement.execute("SET statement_timeout = '10min'");
      assertThat(rows(statement.executeQuery("SELECT 1"))).containsExactly("1");
      PSQLException invalid =
          catchThrowableOfType(
              PSQLException.class, () -> statement.execute("SET statement_timeout = 'soon'"));
      assertThat(invalid.getSQLState()).isEqualTo("22023");
      assertThat(rows(statement.executeQuery("SHOW statement_timeout"))).containsExactly("10min");
      statement.execute("SET statement_timeout TO 1");
      assertThat(
              catchThrowableOfType(PSQLException.class, () -> statement.executeQuery(ENDLESS))
                  .getSQLState())
          .isEqualTo("57014");
      statement.execute("RESET ALL");
      assertThat(rows(statement.executeQuery("SELECT COUNT(*) FROM samples_v1.samples")))
          .containsExactly("" + ROWS);
    }
  }

  /// The system catalog is asked within the same bounds.
  @Test
  void endsQuestionsOnTheCatalogToo() throws Exception {
    String endless =
        "SELECT COUNT(*) FROM pg_attribute a, pg_attribute b, pg_attribute c, pg_attribute d,"
            + " pg_attribute e WHERE a.attname || b.attname || c.attname || d.attname"
            + " || e.attname = 'none'";
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT relname FROM pg_catalog.pg_class").close(); // is made now
      statement.execute("SET statement_timeout = '200ms'");
      PSQLException late =
          catchThrowableOfType(PSQLException.class, () -> statement.executeQuery(endless));
      assertThat(late.getSQLState()).isEqualTo("57014");
      assertThat(late.getMessage()).contains("within 200 ms");
      statement.execute("SET statement_timeout = '8s'");
      try (var later = Executors.newSingleThreadScheduledExecutor()) {
        later.schedule(
            () -> {
              statement.cancel();
              return true;
            },
            200,
            TimeUnit.MILLISECONDS);
        PSQLException cancelled =
            catchThrowableOfType(PSQLException.class, () -> statement.executeQuery(endless));
        assertThat(cancelled.getSQLState()).isEqualTo("57014");
        assertThat(cancelled.getMessage()).contains("cancelled");
      }
      statement.execute("RESET statement_timeout");
      assertThat(rows(statement.executeQuery("SELECT 1"))).containsExactly("1");
    }
  }

  /// What is set for one transaction ends with it.
  @Test
  void forgetsWhatWasSetForATransaction() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = '7s'");
      for (String end : List.of("COMMIT", "ROLLBACK")) {
        statement.execute("BEGIN");
        statement.execute("SET LOCAL statement_timeout = 1");
        assertThat(rows(statement.executeQuery("SHOW statement_timeout"))).containsExactly("1");
        statement.execute(end);
        assertThat(rows(statement.executeQuery("SHOW statement_timeout"))).containsExactly("7s");
      }
    }
  }

  @Test
  void fetchesFromCursorsOfQueriesAlone() throws Exception {
    try (Connection connection = connect("&preferQueryMode=extended")) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(1);
        PSQLException refused =
            catchThrowableOfType(
                PSQLException.class, () -> statement.executeQuery("FETCH 1 FROM nowhere"));
        assertThat(refused.getSQLState()).isEqualTo("34000");
      }
    }
  }

  @Test
  void survivesWhatIsNoMessage() throws Exception {
    URI door = URI.create(lab.postgres());
    var random = new Random(7);
    for (int i = 0; i < 200; i++) {
      try (var socket = new Socket(door.getHost(), door.getPort())) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        var out = new DataOutputStream(socket.getOutputStream());
        if (i % 2 == 0) { // behind a startup that is right
          byte[] user = "user\0token\0\0".getBytes(StandardCharsets.UTF_8);
          out.writeInt(8 + user.length);
          out.writeInt(196608);
          out.write(user);
        }
        out.write(noise);
        socket.shutdownOutput();
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        new DataInputStream(socket.getInputStream()).readAllBytes();
      } catch (IOException _) {
        // ended by the gateway
      }
    }
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement.executeQuery("SELECT 1"))).containsExactly("1");
    }
  }
}

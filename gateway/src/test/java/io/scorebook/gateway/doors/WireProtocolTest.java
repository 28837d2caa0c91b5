package io.scorebook.gateway.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.gateway.cli.Stage;
import io.scorebook.gateway.doors.JdbcDoor.Driver;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The protocol of PostgreSQL in the order in which a client may speak it, message by message: what
/// is answered, what is refused, and what the connection is then.
@ExtendWith(OnStage.class)
@Timeout(60)
final class WireProtocolTest {
  private static final int INT8 = 20;
  private static final int NUMERIC = 1700;
  private static final String IDS = "SELECT event_id FROM events_v1.events ORDER BY event_id";

  /// No format codes, one value that is NULL, text.
  private static final byte[] NOTHING = {0, 0, 0, 1, -1, -1, -1, -1, 0, 0};

  private final Stage stage;

  WireProtocolTest(Stage stage) {
    this.stage = stage;
  }

  private Wire open(String user) throws IOException {
    return Wire.connect(stage.postgres()).login(user, stage.secret(user));
  }

  private static String brief(Wire wire, String sql) throws IOException {
    return wire.query(sql).brief();
  }

  /// Who asks by Flush has not sent the Sync yet that he would go on by.
  @Test
  void anErrorIsToldBeforeSync() throws IOException {
    try (Wire wire = open("ann")) {
      wire.parse("s", "SELECT nothing FROM nowhere").send('D', Wire.text("Ss"));
      wire.send('H');
      assertThat(wire.readUntil('E').state()).isEqualTo("42P01");
      wire.parse("t", "SELECT 1 AS one").bind("", "t").execute("", 0); // passed over
      assertThat(wire.sync().brief()).isEqualTo("I");
      assertThat(brief(wire, "SELECT 1 AS one")).isEqualTo("T D:1 C:SELECT_1 I");
    }
  }

  @Test
  void aCallOfAFunctionIsRefusedAndEnded() throws IOException {
    try (Wire wire = open("ann")) {
      wire.send('F', ByteBuffer.allocate(10).putInt(1598).array());
      assertThat(wire.brief()).isEqualTo("E:0A000 I");
    }
  }

  /// What is not given is no NULL.
  @Test
  void aParameterWithoutAValueIsRefused() throws IOException {
    try (Wire wire = open("ann")) {
      for (String sql :
          List.of(
              "SELECT $1 AS n",
              "SELECT event_id FROM events_v1.events WHERE event_id = $1",
              "COPY (SELECT event_id FROM events_v1.events WHERE event_id = $1) TO STDOUT",
              "SELECT relname FROM pg_catalog.pg_class WHERE relname = $1")) {
        assertThat(brief(wire, sql)).as(sql).isEqualTo("E:08P01 I");
      }
      for (String sql : List.of("SELECT $0 AS n", "SELECT $70000 AS n")) {
        wire.parse("", sql).send('D', Wire.text("S"));
        assertThat(wire.sync().brief()).as(sql).startsWith("1 E:");
      }
    }
  }

  @Test
  void aCursorTakesValues() throws IOException {
    try (Wire wire = open("ann")) {
      brief(wire, "BEGIN");
      wire.parse(
              "",
              "DECLARE c CURSOR FOR SELECT event_id FROM events_v1.events WHERE event_id < $1"
                  + " ORDER BY event_id",
              INT8)
          .bind("", "", "3")
          .execute("", 0);
      assertThat(wire.sync().brief()).isEqualTo("1 2 C:DECLARE_CURSOR T");
      assertThat(brief(wire, "FETCH ALL FROM c")).isEqualTo("T D:1 D:2 C:FETCH_2 T");
    }
  }

  /// Asked again it would begin with the first row, and the client has that already.
  @Test
  void aCursorThatBrokeOffDoesNotBeginAnew() throws IOException {
    try (Wire wire = open("few")) {
      brief(wire, "BEGIN; DECLARE c CURSOR FOR " + IDS + "; SAVEPOINT s");
      assertThat(brief(wire, "FETCH 3 FROM c")).isEqualTo("T D:1 D:2 D:3 C:FETCH_3 T");
      assertThat(brief(wire, "FETCH 3 FROM c")).isEqualTo("T D:4 D:5 E:54000 E");
      assertThat(brief(wire, "ROLLBACK TO s")).isEqualTo("C:ROLLBACK T");
      assertThat(brief(wire, "FETCH 3 FROM c")).isEqualTo("E:34000 E");
      brief(wire, "ROLLBACK");
      // Nor does a portal.
      brief(wire, "BEGIN; SAVEPOINT s");
      wire.parse("", IDS).bind("p", "").execute("p", 3).execute("p", 3);
      assertThat(wire.sync().brief()).isEqualTo("1 2 D:1 D:2 D:3 s D:4 D:5 E:54000 E");
      brief(wire, "ROLLBACK TO s");
      assertThat(wire.execute("p", 3).sync().brief()).isEqualTo("E:34000 E");
    }
  }

  @Test
  void asManyRowsAsExecuteSays() throws IOException {
    try (Wire wire = open("ann")) {
      String three = "SELECT event_id FROM events_v1.events WHERE event_id <= 3 ORDER BY 1";
      wire.parse("", three).bind("", "").execute("", -1);
      assertThat(wire.sync().brief()).isEqualTo("1 2 D:1 D:2 D:3 C:SELECT_3 I");
      wire.parse("", three).bind("", "").execute("", 3).execute("", 3).execute("", 3);
      assertThat(wire.sync().brief()).isEqualTo("1 2 D:1 D:2 D:3 s C:SELECT_0 C:SELECT_0 I");
      brief(wire, "BEGIN; DECLARE c CURSOR FOR " + IDS);
      wire.parse("", "FETCH 5 FROM c").bind("", "").execute("", 2).execute("", 2).execute("", 2);
      assertThat(wire.sync().brief()).isEqualTo("1 2 D:1 D:2 s D:3 D:4 s D:5 C:FETCH_1 T");
      assertThat(brief(wire, "FETCH 1 FROM c")).isEqualTo("T D:6 C:FETCH_1 T");
      for (String wrong :
          List.of("FETCH 99999999999999999999 FROM c", "FETCH 0 FROM c", "FETCH 1e5 FROM c")) {
        brief(wire, "SAVEPOINT s");
        assertThat(brief(wire, wrong)).as(wrong).isEqualTo("E:0A000 E");
        brief(wire, "ROLLBACK TO s");
      }
    }
  }

  /// As clients of later versions say hello, who name the version as a whole in what they compare.
  @Test
  void aLaterVersionOfTheProtocolIsNegotiated() throws IOException {
    try (Wire wire = Wire.connect(stage.postgres())) {
      Wire.Message told = wire.hello((3 << 16) + 2, "user", "ann", "_pq_.new", "1");
      assertThat(told.type()).isEqualTo('v');
      ByteBuffer body = ByteBuffer.wrap(told.body());
      assertThat(body.getInt()).isEqualTo(3 << 16);
      assertThat(body.getInt()).isEqualTo(1);
      wire.read(); // how to log in
      wire.proves(stage.secret("ann"));
      assertThat(brief(wire, "SELECT 1 AS one")).isEqualTo("T D:1 C:SELECT_1 I");
    }
  }

  @Test
  void optionsAreReadAsTheyAreWritten() throws IOException {
    for (String options :
        List.of(
            "-c application_name=my-client -c statement_timeout=7s",
            "-capplication_name=my-client --statement-timeout=7s",
            "  --application_name=my-client  -c  statement_timeout=7s")) {
      try (Wire wire = Wire.connect(stage.postgres())) {
        wire.hello(3 << 16, "user", "ann", "options", options);
        wire.proves(stage.secret("ann"));
        assertThat(brief(wire, "SHOW application_name"))
            .as(options)
            .isEqualTo("T D:my-client C:SHOW I");
        assertThat(brief(wire, "SHOW statement_timeout")).isEqualTo("T D:7s C:SHOW I");
      }
    }
    try (Wire wire = Wire.connect(stage.postgres())) {
      wire.hello(3 << 16, "user", "ann", "options", "-c application_name=a\\ b\\\\c");
      wire.proves(stage.secret("ann"));
      assertThat(brief(wire, "SHOW application_name")).isEqualTo("T D:a b\\c C:SHOW I");
    }
  }

  @Test
  void whatIsSetInATransactionIsSetWithIt() throws IOException {
    try (Wire wire = open("ann")) {
      brief(wire, "SET statement_timeout = '7s'");
      brief(wire, "BEGIN; SET statement_timeout = '8s'; SET LOCAL application_name = 'x'");
      assertThat(brief(wire, "SHOW statement_timeout")).isEqualTo("T D:8s C:SHOW T");
      brief(wire, "ROLLBACK");
      assertThat(brief(wire, "SHOW statement_timeout")).isEqualTo("T D:7s C:SHOW I");
      brief(
          wire, "BEGIN; SET LOCAL statement_timeout = '8s'; SET statement_timeout = '9s'; COMMIT");
      assertThat(brief(wire, "SHOW statement_timeout")).isEqualTo("T D:9s C:SHOW I");
      brief(wire, "BEGIN; SET statement_timeout = '8s'; SELECT nothing FROM nowhere");
      assertThat(brief(wire, "COMMIT")).endsWith("C:ROLLBACK I");
      assertThat(brief(wire, "SHOW statement_timeout")).isEqualTo("T D:9s C:SHOW I");
      brief(wire, "BEGIN; SET LOCAL statement_timeout = '8s'; RESET ALL; COMMIT");
      assertThat(brief(wire, "SHOW statement_timeout")).isEqualTo("T D:0 C:SHOW I");
      brief(wire, "SET statement_timeout = '9s'; SET statement_timeout TO DEFAULT");
      assertThat(brief(wire, "SHOW statement_timeout")).isEqualTo("T D:0 C:SHOW I");
      brief(wire, "SET application_name = 'x'; SET application_name = DEFAULT");
      assertThat(brief(wire, "SHOW application_name")).isEqualTo("T D: C:SHOW I");
    }
  }

  /// A driver reads later answers of a statement by what it was told of it once.
  @Test
  void columnsStayWhatWasTold() throws Exception {
    try (Wire wire = open("ann")) {
      String sql = "SELECT event_id + $1 AS n FROM events_v1.events WHERE event_id = 1";
      wire.parse("s", sql, NUMERIC).send('D', Wire.text("Ss"));
      assertThat(wire.sync().brief()).isEqualTo("1 t T I");
      assertThat(wire.bind("", "s", "5.5").execute("", 0).sync().brief())
          .isEqualTo("2 D:6.5 C:SELECT_1 I");
      assertThat(wire.bind("", "s", "5").execute("", 0).sync().brief())
          .isEqualTo("2 D:6 C:SELECT_1 I");
      // Without a value it is of the type that it was told of, too.
      String nothing = "SELECT $1 AS n FROM events_v1.events WHERE event_id = 1";
      wire.parse("n", nothing, INT8).send('D', Wire.text("Sn"));
      wire.send('B', Wire.text(""), Wire.text("n"), NOTHING);
      assertThat(wire.execute("", 0).sync().brief()).isEqualTo("1 t T 2 D: C:SELECT_1 I");
    }
    try (Connection connection = JdbcDoor.connect(stage, Driver.POSTGRES_BINARY, "ann");
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT event_id + ? AS n FROM events_v1.events WHERE event_id = 1")) {
      for (String value : List.of("5", "5.5", "6", "7.25", "8")) {
        statement.setBigDecimal(1, new BigDecimal(value));
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getBigDecimal(1))
              .isEqualByComparingTo(new BigDecimal(value).add(BigDecimal.ONE));
        }
      }
    }
  }

  @Test
  void aPortalKeepsItsNameAndItsStatement() throws IOException {
    try (Wire wire = open("ann")) {
      brief(wire, "BEGIN");
      wire.parse("", IDS).bind("p", "").execute("p", 2);
      wire.parse("", "SELECT 1 AS one").bind("", "").execute("", 0).execute("p", 1);
      assertThat(wire.sync().brief()).isEqualTo("1 2 D:1 D:2 s 1 2 D:1 C:SELECT_1 D:3 s T");
      assertThat(wire.bind("p", "").sync().brief()).isEqualTo("E:42P03 E");
      // Nothing but the end of the transaction is asked for with this.
      wire.parse("", "").bind("", "").execute("", 0);
      assertThat(wire.sync().brief()).isEqualTo("1 2 I E");
      brief(wire, "ROLLBACK");
      assertThat(wire.execute("p", 1).sync().brief()).isEqualTo("E:34000 I");
      wire.send('C', Wire.text("Pnone"));
      wire.send('C', Wire.text("Snone"));
      assertThat(wire.sync().brief()).isEqualTo("3 3 I");
      wire.parse("", "SELECT 1 AS one").sync().brief();
      brief(wire, "SELECT 2 AS two");
      assertThat(wire.bind("", "").sync().brief()).as("forgotten").isEqualTo("E:26000 I");
    }
  }

  @Test
  void severalStatementsEndWithTheFirstThatFails() throws IOException {
    try (Wire wire = open("ann")) {
      assertThat(brief(wire, "SELECT 1 AS a; SELECT nothing FROM nowhere; SELECT 2 AS b"))
          .isEqualTo("T D:1 C:SELECT_1 E:42P01 I");
      assertThat(brief(wire, "BEGIN; SELECT nothing FROM nowhere; COMMIT"))
          .isEqualTo("C:BEGIN E:42P01 E");
      assertThat(brief(wire, "SELECT 1 AS a")).isEqualTo("E:25P02 E");
      assertThat(brief(wire, "")).isEqualTo("I E");
      assertThat(brief(wire, "COMMIT")).isEqualTo("C:ROLLBACK I");
      assertThat(brief(wire, " ; ")).isEqualTo("I I");
    }
  }

  @Test
  void savepointsAreThoseThatWereMade() throws IOException {
    try (Wire wire = open("ann")) {
      assertThat(brief(wire, "SAVEPOINT a")).isEqualTo("E:25P01 I");
      brief(wire, "BEGIN; DECLARE before CURSOR FOR " + IDS + "; SAVEPOINT a; SAVEPOINT \"B\"");
      brief(wire, "DECLARE behind CURSOR FOR " + IDS);
      brief(wire, "SELECT nothing FROM nowhere");
      assertThat(brief(wire, "ROLLBACK TO SAVEPOINT b")).isEqualTo("E:3B001 E");
      assertThat(brief(wire, "RELEASE a")).isEqualTo("E:25P02 E");
      assertThat(brief(wire, "ROLLBACK WORK TO SAVEPOINT a")).isEqualTo("C:ROLLBACK T");
      assertThat(brief(wire, "FETCH 1 FROM before")).isEqualTo("T D:1 C:FETCH_1 T");
      assertThat(brief(wire, "FETCH 1 FROM behind")).isEqualTo("E:34000 E");
      assertThat(brief(wire, "ROLLBACK TO \"B\"")).as("it was behind a").isEqualTo("E:3B001 E");
      assertThat(brief(wire, "ROLLBACK TO a")).isEqualTo("C:ROLLBACK T");
      assertThat(brief(wire, "RELEASE SAVEPOINT a")).isEqualTo("C:RELEASE T");
      assertThat(brief(wire, "RELEASE a")).isEqualTo("E:3B001 E");
      assertThat(brief(wire, "ROLLBACK")).isEqualTo("C:ROLLBACK I");
    }
  }

  private static String position(Wire.Message error) {
    int at = error.text().indexOf("\0P");
    return at < 0 ? "" : error.text().substring(at + 2, error.text().indexOf('\0', at + 1));
  }

  /// In the client's own words, or nowhere.
  @Test
  void aPlaceIsToldInWhatTheClientWrote() throws IOException {
    try (Wire wire = open("ann")) {
      for (String sql :
          List.of(
              "SELECT labell FROM events_v1.events",
              "; SELECT labell FROM events_v1.events",
              "COPY (SELECT labell FROM events_v1.events) TO STDOUT",
              "BEGIN; DECLARE c CURSOR FOR SELECT labell FROM events_v1.events",
              "ROLLBACK; SELECT 1 AS one;\n SELECT\n labell FROM events_v1.events")) {
        Wire.Message error = wire.query(sql).readUntil('E');
        assertThat(position(error)).as(sql).isEqualTo("" + (sql.indexOf("labell") + 1));
        wire.brief();
      }
      wire.parse("", "SELECT $1 AS a, labell FROM events_v1.events").send('D', Wire.text("S"));
      wire.sync();
      assertThat(position(wire.readUntil('E'))).isEmpty();
    }
  }

  /// By which a value could be taken for another, or for the end of a line.
  @Test
  void aCopyThatCouldNotBeReadIsRefused() throws IOException {
    try (Wire wire = open("ann")) {
      for (String how :
          List.of(
              "(DELIMITER 'n')",
              "(DELIMITER '.')",
              "(FORMAT csv, NULL ',')",
              "(FORMAT csv, NULL 'a\"b')",
              "(NULL 'a\nb')",
              "(DELIMITER '|', NULL '|')",
              "(FORMAT binary, DELIMITER '|')")) {
        assertThat(brief(wire, "COPY (SELECT note FROM events_v1.events) TO STDOUT " + how))
            .as(how)
            .isEqualTo("E:42601 I");
      }
    }
  }

  @Test
  void numbersOfMoreDigitsThanThereAreAreRefused() throws IOException {
    try (Wire wire = open("ann")) {
      String sql = "SELECT event_id FROM events_v1.events WHERE amount = $1";
      for (String number : List.of("1e999999999", "1e-999999999", "9".repeat(1_000_000))) {
        wire.parse("", sql, NUMERIC).bind("", "", number).execute("", 0);
        assertThat(wire.sync().brief()).endsWith("E:22018 I");
        wire.parse("", sql, INT8).bind("", "", number).execute("", 0);
        assertThat(wire.sync().brief()).endsWith("E:22018 I");
      }
    }
  }

  @Test
  void aDriverGoesOnWithWhatItHasPrepared() throws SQLException {
    try (Connection connection = JdbcDoor.connect(stage, Driver.POSTGRES_TEXT, "ann")) {
      connection.setAutoCommit(false);
      try (Statement one = connection.createStatement();
          Statement other = connection.createStatement()) {
        one.setFetchSize(2);
        other.setFetchSize(2);
        try (ResultSet first = one.executeQuery(IDS);
            ResultSet second = other.executeQuery(IDS)) {
          for (int i = 1; i <= 10; i++) {
            assertThat(first.next() && second.next()).isTrue();
            assertThat(first.getLong(1)).isEqualTo(second.getLong(1)).isEqualTo(i);
          }
        }
      }
      connection.rollback();
      SQLException refused =
          catchThrowableOfType(
              SQLException.class,
              () -> connection.prepareStatement("SELECT nothing FROM nowhere").executeQuery());
      assertThat(refused.getSQLState()).isEqualTo("42P01");
      connection.rollback();
      assertThat(connection.isValid(5)).isTrue();
    }
  }
}

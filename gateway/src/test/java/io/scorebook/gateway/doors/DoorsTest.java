package io.scorebook.gateway.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.audit.AuditRow;
import io.scorebook.gateway.cli.Stage;
import io.scorebook.gateway.session.ErrorCode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same questions through every door: the same rows, types, errors, policies, versions and
/// audit. What is right is said by plain DuckDB and by hand, never by another door.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
@Timeout(120)
final class DoorsTest {
  /// Runs for longer than anybody waits.
  private static final String ENDLESS =
      "SELECT COUNT(*) AS n FROM events_v1.events a, events_v1.events b, events_v1.events c,"
          + " events_v1.events d WHERE a.ratio + b.ratio + c.ratio + d.ratio < 0.3";

  @SuppressWarnings("NullAway.Init") // set before the first test
  private List<TestedDoor> doors;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private PlainDuckDb plain;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Stage stage;

  @BeforeAll
  void open(Stage shared) throws Exception {
    stage = shared;
    doors = TestedDoor.all(shared);
    plain = new PlainDuckDb();
  }

  @AfterAll
  void close() throws SQLException {
    doors.forEach(TestedDoor::close);
    plain.close();
  }

  static Stream<Asked> ofBoth() {
    return Questions.OF_BOTH.stream();
  }

  static Stream<Asked> ofOne() {
    return Stream.concat(Questions.OF_ONE.stream(), Questions.WITH_VALUES.stream());
  }

  @ParameterizedTest
  @MethodSource
  void ofBoth(Asked asked) throws SQLException {
    check("ann", asked);
    check("ben", asked);
  }

  @ParameterizedTest
  @MethodSource
  void ofOne(Asked asked) throws SQLException {
    check("ann", asked);
  }

  private void check(String caller, Asked asked) throws SQLException {
    List<List<@Nullable Object>> expected = plain.rows(caller, asked.expected());
    boolean ordered = asked.expected().contains("ORDER BY") && !asked.sql().contains("OVER");
    for (TestedDoor door : doors) {
      if (asked.values().isEmpty() || door.takesParameters()) {
        Told told = door.ask(caller, asked.sql(), asked.values());
        assertThat(told).as("%s at %s", caller, door).isInstanceOf(Told.Rows.class);
        var rows = (Told.Rows) told;
        assertThat(rows.types())
            .as("%s at %s", caller, door)
            .isEqualTo(Arrays.stream(asked.types().split(" ")).map(door::seen).toList());
        List<List<@Nullable Object>> seen = instants(rows.rows(), asked.types());
        assertThat(ordered ? seen : sorted(seen))
            .as("%s at %s", caller, door)
            .containsExactlyElementsOf(ordered ? expected : sorted(expected));
      }
    }
  }

  /// A moment that a door tells as a time means one of UTC.
  private static List<List<@Nullable Object>> instants(
      List<List<@Nullable Object>> rows, String types) {
    int at = List.of(types.split(" ")).indexOf("instant");
    if (at >= 0) {
      for (List<@Nullable Object> row : rows) {
        if (row.get(at) instanceof LocalDateTime time) {
          row.set(at, time.atOffset(ZoneOffset.UTC));
        }
      }
    }
    return rows;
  }

  private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
    return rows.stream().sorted(Comparator.comparing(List::toString)).toList();
  }

  /// Exact, or refused where the protocol has no room for it.
  @Test
  void timesFinerThanAMillisecondAreExactOrRefused() throws SQLException {
    for (TestedDoor door : doors) {
      Told told = door.ask("ann", Questions.FINE.sql(), List.of());
      if (door.carriesMicroseconds()) {
        assertThat(((Told.Rows) told).rows())
            .as(door.toString())
            .isEqualTo(plain.rows("ann", Questions.FINE.expected()));
      } else {
        assertThat(told).as(door.toString()).isInstanceOf(Told.Refused.class);
        assertThat(((Told.Refused) told).state()).isEqualTo("22003");
        assertThat(((Told.Refused) told).message()).contains("2024-02-29T12:34:56.123456");
      }
      assertThat(
              ((Told.Rows)
                      door.ask(
                          "ann",
                          "SELECT CAST(fine AS VARCHAR) AS t FROM events_v1.events WHERE event_id = 1",
                          List.of()))
                  .rows())
          .as(door.toString())
          .isEqualTo(List.of(List.of("2024-02-29 12:34:56.123456")));
    }
  }

  /// @param words that the message has at every door
  record Wrong(String caller, String sql, ErrorCode code, String words) {
    @Override
    public String toString() {
      return caller + ": " + sql;
    }
  }

  static List<Wrong> refused() {
    return List.of(
        new Wrong("ann", "SELECT citty FROM events", ErrorCode.UNKNOWN_DIMENSION, "citty"),
        new Wrong("ann", "SELECT x FROM stage.nothing", ErrorCode.UNKNOWN_TABLE, "nothing"),
        new Wrong("ann", "SELECT * FROM totals_v9.totals", ErrorCode.UNKNOWN_TABLE, "totals_v9"),
        new Wrong("ann", "SELECT FROM WHERE", ErrorCode.SYNTAX, "Cannot parse"),
        new Wrong(
            "ann",
            "SELECT SUM(mean_ratio) FROM events",
            ErrorCode.UNSUPPORTED_SQL,
            "AGGREGATE(mean_ratio)"),
        new Wrong(
            "ann", "SELECT DISTINCT city, total FROM events", ErrorCode.UNSUPPORTED_SQL, "'total'"),
        new Wrong("ann", "DELETE FROM events", ErrorCode.READ_ONLY, "Cannot run DELETE"),
        new Wrong(
            "ann",
            "/* x */ insert into events (city) values ('x')",
            ErrorCode.READ_ONLY,
            "Cannot run INSERT"),
        new Wrong("ann", "DROP TABLE events_v1.events", ErrorCode.READ_ONLY, "Cannot run DROP"),
        new Wrong(
            "ann",
            "SELECT CAST(note AS INTEGER) AS n FROM events_v1.events",
            ErrorCode.DATA,
            "Cannot"),
        new Wrong(
            "ann",
            "SELECT SUM(event_id * 9000000000000000000) AS s FROM events_v1.events",
            ErrorCode.DATA,
            "Cannot"),
        // Denied: told as what is not there.
        new Wrong("ben", "SELECT secret FROM events", ErrorCode.UNKNOWN_DIMENSION, "secret"),
        new Wrong(
            "ben",
            "SELECT AGGREGATE(mean_ratio) FROM events",
            ErrorCode.UNKNOWN_DIMENSION,
            "mean_ratio"),
        new Wrong("ben", "SELECT COUNT(*) FROM stage.ticks", ErrorCode.UNKNOWN_TABLE, "ticks"),
        // More than he may have.
        new Wrong(
            "few", "SELECT event_id FROM events_v1.events", ErrorCode.ANSWER_TOO_LARGE, "5 rows"),
        // More than may be read for him: one row fewer than there are.
        new Wrong(
            "low",
            "SELECT city, COUNT(*) AS n FROM events_v1.events GROUP BY city",
            ErrorCode.ANSWER_TOO_LARGE,
            "399"),
        // A draft is for those who publish.
        new Wrong("ann", "SELECT * FROM sketch_v1.sketch", ErrorCode.UNKNOWN_TABLE, "sketch_v1"),
        // Longer than he may ask.
        new Wrong("tim", ENDLESS, ErrorCode.TIMEOUT, "Cannot answer within"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Wrong wrong) {
    for (TestedDoor door : doors) {
      Told told = door.ask(wrong.caller(), wrong.sql(), List.of());
      assertThat(told).as(door.toString()).isInstanceOf(Told.Refused.class);
      var refused = (Told.Refused) told;
      assertThat(refused.message()).as(door.toString()).contains(wrong.words());
      assertThat(refused.state()).as(door.toString()).isEqualTo(wrong.code().sqlState());
      // The connection goes on.
      assertThat(door.ask(wrong.caller(), "SELECT 1 AS one", List.of()))
          .as(door.toString())
          .isInstanceOf(Told.Rows.class);
    }
  }

  /// What is nested without end is no question, and no thread is lost by it.
  @Test
  void nestedTooDeep() {
    String deep = "(".repeat(50_000) + "?" + ")".repeat(50_000);
    for (TestedDoor door : doors) {
      Told told = door.ask("ann", "SELECT " + deep.replace('?', '1') + " AS n", List.of());
      assertThat(told).as(door.toString()).isInstanceOf(Told.Refused.class);
      assertThat(((Told.Refused) told).message()).as(door.toString()).contains("nested too deep");
      assertThat(((Told.Refused) told).state()).as(door.toString()).isEqualTo("0A000");
      if (door.takesParameters()) {
        Told refused = door.ask("ann", "SELECT " + deep + " AS n", List.of(1));
        assertThat(refused).as(door.toString()).isInstanceOf(Told.Refused.class);
      }
      assertThat(door.ask("ann", "SELECT 1 AS one", List.of()))
          .as(door.toString())
          .isInstanceOf(Told.Rows.class);
    }
  }

  /// By its successor, in the words of the door; one that goes on says nothing.
  @Test
  void aVersionThatEndsSaysSo() {
    for (TestedDoor door : doors) {
      assertThat(door.tellsOf("ann", "totals_v1", "totals"))
          .as(door.toString())
          .anyMatch(words -> words.contains("totals 2.0.0") || words.contains("/totals/v2>"));
      assertThat(door.tellsOf("ann", "totals_v2", "totals")).as(door.toString()).isEmpty();
    }
  }

  /// What is said for one question, or of a connection that is given back, is not said of the next.
  @Test
  void aPurposeEndsWithWhatItWasSaidFor() {
    String sql = "SELECT COUNT(*) AS n FROM events_v1.events";
    for (TestedDoor door : doors) {
      Instant begin = Instant.now();
      assertThat(door.ask("ann", sql, List.of())).isInstanceOf(Told.Rows.class);
      assertThat(door.askFor("research", "ann", sql))
          .as(door.toString())
          .isInstanceOf(Told.Rows.class);
      assertThat(door.ask("ann", sql, List.of())).isInstanceOf(Told.Rows.class);
      Told refused = door.askFor("marketing", "ann", sql);
      assertThat(refused).as(door.toString()).isInstanceOf(Told.Refused.class);
      // Empty where the door has none for who is not let in.
      assertThat(((Told.Refused) refused).state()).as(door.toString()).isIn("42501", "");
      assertThat(door.ask("ann", sql, List.of())).isInstanceOf(Told.Rows.class);
      assertThat(stage.audit(begin).stream().map(row -> row.text("purpose")))
          .as(door.toString())
          .containsExactly("", "research", "", "");
    }
  }

  /// Every question once, and alike.
  @Test
  void remembered() {
    Instant begin = Instant.now();
    String asked = "SELECT city, total FROM totals_v1.totals WHERE city = 'Bern'";
    for (TestedDoor door : doors) {
      assertThat(door.ask("ben", asked, List.of())).isInstanceOf(Told.Rows.class);
      assertThat(door.ask("ben", "SELECT secret FROM events", List.of()))
          .isInstanceOf(Told.Refused.class);
      assertThat(door.ask("ben", "DELETE FROM events", List.of())).isInstanceOf(Told.Refused.class);
      assertThat(door.ask("few", "SELECT event_id FROM events_v1.events", List.of()))
          .as(door.toString())
          .isInstanceOf(Told.Refused.class);
    }
    List<String> expected =
        doors.stream()
            .flatMap(door ->
                Stream.of(
                        "ben|%s|SELECT city, total FROM totals_v1.totals WHERE city = ?|totals 1.0.0|served||1",
                        "ben|%s|SELECT secret FROM events||refused|unknown_dimension|0",
                        "ben|%s|DELETE FROM events||refused|read_only|0",
                        "few|%s|SELECT event_id FROM events_v1.events|events 1.0.0|failed|answer_too_large|5")
                    .map(row -> row.formatted(door.audited())))
            .toList();
    assertThat(stage.audit(begin).stream().map(DoorsTest::brief)).isEqualTo(expected);
  }

  private static String brief(AuditRow row) {
    return String.join(
        "|",
        row.text("caller"),
        row.text("door"),
        row.text("question"),
        row.text("products"),
        row.text("outcome"),
        row.text("error"),
        String.valueOf(row.values().get("rows_given")));
  }
}

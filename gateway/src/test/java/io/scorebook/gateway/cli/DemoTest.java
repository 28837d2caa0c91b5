package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.domains.SampleLeague;
import io.scorebook.gateway.http.Server;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.Token;
import io.scorebook.gateway.wire.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands, on a small league that is loaded once through the real stack.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class DemoTest {
  private static final String SQL =
      "SELECT team, AGGREGATE(wins) AS wins FROM basketball.team_games GROUP BY team"
          + " ORDER BY wins DESC, team LIMIT 3";

  private Path data;
  private Path home;

  @SuppressWarnings("NullAway.Init")
  DemoTest() {}

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    data = folder.resolve("data");
    home = folder.resolve("home");
    SampleLeague.small().write(data);
    Ran demo = run("demo", "--once", "--data", data.toString(), "--home", home(), "--port", "0");
    assertThat(demo.code()).as(demo.err()).isZero();
    assertThat(demo.out())
        .contains("jdbc:avatica:remote:url=http://127.0.0.1:")
        .contains("== Most wins\nteam  games  wins  losses")
        .contains("longest_win_streak_start")
        .contains("curl -s -H \"Authorization: Bearer $TOKEN\"")
        .contains(Files.readString(home.resolve("token")).strip());
    assertThat(home.resolve("gateway.json")).doesNotExist();
  }

  private String home() {
    return home.toString();
  }

  @Test
  void aSecondStartReusesWhatIsThere() {
    Ran again = run("demo", "--once", "--home", home(), "--port", "0");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).contains("reuses the data of files in " + data);
  }

  @Test
  void otherDataIsNotMixedIn(@TempDir Path other) {
    Ran refused = run("demo", "--once", "--data", other.toString(), "--home", home());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("it holds files in " + data).contains("--home");
  }

  @Test
  void allDoorsAndEnginesGiveTheSameRows() throws Exception {
    Ran query =
        run(
            "query",
            "--home",
            home(),
            "-m",
            "wins",
            "-d",
            "team",
            "--order-by",
            "-wins",
            "--limit",
            "3",
            "--format",
            "csv");
    assertThat(query.code()).as(query.err()).isZero();
    List<String> rows = query.out().lines().skip(1).toList();
    assertThat(rows).hasSize(3);
    assertThat(run("sql", "--home", home(), "--format", "csv", SQL).out()).isEqualTo(query.out());
    assertThat(run("sql", "--home", home(), "--format", "csv", "--engine", "reference", SQL).out())
        .isEqualTo(query.out());

    var options = new HomeOptions();
    options.home = home;
    Token token = Token.openOrCreate(home.resolve("token"));
    try (var backend = HomeBackend.open(options);
        var server =
            Server.start("127.0.0.1", 0, new Desk(backend, Desk.Allowance.DEFAULT), token)) {
      String url = "http://127.0.0.1:" + server.port();
      Ran remote =
          run(
              "query",
              "--home",
              home(),
              "--url",
              url,
              "-m",
              "wins",
              "-d",
              "team",
              "--order-by",
              "-wins",
              "--limit",
              "3",
              "--format",
              "csv");
      assertThat(remote.out()).as(remote.err()).isEqualTo(query.out());
      Ran refused = run("sql", "--home", home(), "--url", url, "SELECT wnis FROM team_games");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("1:8: Cannot find").contains("wnis");

      var properties = new Properties();
      properties.setProperty("avatica_user", "token");
      properties.setProperty("avatica_password", token.reveal());
      try (var connection =
              DriverManager.getConnection(
                  "jdbc:avatica:remote:url="
                      + url
                      + "/jdbc;serialization=protobuf;authentication=BASIC",
                  properties);
          var statement = connection.createStatement();
          var result = statement.executeQuery(SQL)) {
        for (String row : rows) {
          assertThat(result.next()).isTrue();
          assertThat(result.getString(1) + "," + result.getLong(2)).isEqualTo(row);
        }
        assertThat(result.next()).isFalse();
      }
    }
  }

  @Test
  void explainsInsteadOfAnswering() throws Exception {
    String query = "SELECT team, AGGREGATE(wins) AS wins FROM basketball.team_games GROUP BY team";
    Ran sql = run("sql", "--home", home(), "EXPLAIN " + query);
    assertThat(sql.code()).as(sql.err()).isZero();
    assertThat(sql.out())
        .contains("wins = COUNT(team_games.game_id) FILTER (WHERE team_games.won)")
        .containsPattern("declared as the primary key, unique in snapshot \\d+ of basketball.teams")
        .contains("Policies: no rows are filtered and no columns masked")
        .containsPattern("Snapshots read\n  basketball.games: \\d+\n  basketball.teams: \\d+\n")
        .contains("Sent to duckdb\n  WITH ")
        .contains(" FROM basketball.games)");
    assertThat(run("sql", "--home", home(), "--explain", query).out()).isEqualTo(sql.out());
    Ran question =
        run("query", "--home", home(), "-m", "wins", "-d", "team", "--explain", "--format", "json");
    JsonNode json = Json.MAPPER.readTree(question.out());
    assertThat(json.at("/parts/0/reaches/0/joins/0/holds").asBoolean()).isTrue();
    assertThat(json.path("refused")).isEmpty();
    assertThat(json.path("sent").asText()).contains("basketball.games");
    Ran reference =
        run("query", "--home", home(), "-m", "wins", "--explain", "--engine", "reference");
    assertThat(reference.out()).contains("Sent to reference\n  LogicalProject");
    Ran asRows = run("query", "--home", home(), "-m", "wins", "--explain", "--format", "csv");
    assertThat(asRows.code()).isEqualTo(2);
    Ran unknown = run("query", "--home", home(), "-m", "wnis", "--explain");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("Cannot find metric 'wnis'; did you mean 'wins'?");

    var options = new HomeOptions();
    options.home = home;
    Token token = Token.openOrCreate(home.resolve("token"));
    try (var backend = HomeBackend.open(options);
        var server =
            Server.start("127.0.0.1", 0, new Desk(backend, Desk.Allowance.DEFAULT), token)) {
      String url = "http://127.0.0.1:" + server.port();
      Ran remote = run("sql", "--home", home(), "--url", url, "EXPLAIN " + query);
      assertThat(remote.out()).as(remote.err()).isEqualTo(sql.out());
    }
  }

  @Test
  void loadingAgainChangesNothing() {
    Ran load =
        run(
            "load",
            "games",
            data.resolve("games.csv").toString(),
            "--home",
            home(),
            "--max-rejected",
            "1%");
    assertThat(load.code()).as(load.err()).isZero();
    assertThat(load.out()).contains("basketball.games: read").contains("loaded 0");
  }

  @Test
  void mistakesAreToldWithTheRightCode(@TempDir Path folder) throws Exception {
    assertThat(run("query", "--nonsense").code()).isEqualTo(2);
    assertThat(run().code()).isEqualTo(2);
    assertThat(run("query", "-m", "wins", "--where", "what").err())
        .contains("Cannot read the condition 'what'");
    Ran unknown = run("query", "--home", home(), "-m", "wnis", "-d", "team");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("Cannot find metric 'wnis'; did you mean 'wins'?");
    assertThat(unknown.out()).isEmpty();
    Ran table = run("load", "gmaes", data.resolve("games.csv").toString(), "--home", home());
    assertThat(table.code()).isEqualTo(1);
    assertThat(table.err()).contains("did you mean 'games'");
    Ran check = run("check", folder.toString());
    assertThat(check.code()).isEqualTo(1);
    Ran limit =
        run("query", "--home", home(), "-m", "points", "-d", "player", "--time-limit", "1ms");
    assertThat(limit.code()).isEqualTo(1);
    Ran engine = run("query", "--home", home(), "-m", "wins", "--engine", "duckbd");
    assertThat(engine.err()).contains("did you mean 'duckdb'");
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    for (String command : List.of("demo", "serve", "load", "query", "sql", "check", "init")) {
      Ran help = run(command, "--help");
      assertThat(help.code()).isZero();
      assertThat(help.out()).contains("Usage: scorebook " + command).contains("Example");
    }
  }
}

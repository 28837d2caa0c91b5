package io.scorebook.semantic.plan;

import static io.scorebook.semantic.plan.Basketball.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// SQL comes to the same plans as questions do, or is refused with what to write.
class SqlPlanTest {
  private final Planner planner =
      Basketball.planner(
          new ProductTable(
              "standings_v1",
              "standings",
              new ProductTable.Content.Metrics(
                  ask("games,wins,longest_win_streak", "team,season"))),
          new ProductTable(
              "player_games_v1", "player_games", new ProductTable.Content.Rows("player_games")));

  private Plan plan(String sql) {
    return switch (planner.plan(sql)) {
      case Planning.Planned(Plan plan) -> plan;
      case Planning.Rejected(var issues) -> throw new AssertionError(issues);
    };
  }

  private List<Issue> refusals(String sql) {
    return switch (planner.plan(sql)) {
      case Planning.Planned(Plan plan) -> throw new AssertionError(RelOptUtil.toString(plan.rel()));
      case Planning.Rejected(var issues) -> issues;
    };
  }

  private static String text(Plan plan) {
    return RelOptUtil.toString(plan.rel());
  }

  @Test
  void aggregateOfAMetricIsTheMetricsPlan() {
    Plan sql = plan("SELECT team, AGGREGATE(wins) FROM basketball.team_games GROUP BY team");
    Planning question = planner.plan(ask("wins", "team"));
    String asked = text(((Planning.Planned) question).plan());
    assertThat(text(sql).substring(text(sql).indexOf("LogicalAggregate")).indent(0))
        .isEqualTo(
            asked
                .substring(asked.indexOf("LogicalAggregate"))
                .indent(-2)
                .stripTrailing()
                .indent(0));
    assertThat(sql.columns()).map(Plan.OutputColumn::name).containsExactly("team", "wins");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT team, wins FROM team_games GROUP BY team",
        "SELECT team, season, AGGREGATE(win_pct), GROUPING(team, season) FROM team_games"
            + " WHERE season > 2018 GROUP BY ROLLUP(team, season) HAVING AGGREGATE(wins) > 10"
            + " ORDER BY 3 DESC LIMIT 3",
        "SELECT COUNT(*), MIN(\"date\"), COUNT(DISTINCT team) FROM team_games WHERE home_away = 'home'",
        "SELECT FLOOR(\"date\" TO MONTH) m, AGGREGATE(points) p FROM player_games"
            + " GROUP BY FLOOR(\"date\" TO MONTH)",
        "SELECT DISTINCT team, season FROM team_games",
        "SELECT team, \"date\" FROM team_games WHERE team IN ('BOS', 'GSW')",
        "WITH t AS (SELECT team, AGGREGATE(wins) w FROM team_games GROUP BY team)"
            + " SELECT MAX(w) FROM t",
        "SELECT s.team, s.wins - t.g FROM standings_v1.standings s JOIN"
            + " (SELECT team, AGGREGATE(games) g FROM team_games GROUP BY team) t ON s.team = t.team",
        "SELECT * FROM standings_v1.standings LIMIT 0",
        "SELECT player, SUM(points) FROM player_games_v1.player_games GROUP BY player",
        "SELECT team, RANK() OVER (ORDER BY AGGREGATE(wins) DESC) FROM team_games GROUP BY team",
        "SELECT team, AGGREGATE(wins) FROM team_games WHERE team IN"
            + " (SELECT team FROM standings_v1.standings WHERE wins > 50) GROUP BY team",
        "SELECT AGGREGATE(longest_win_streak), AGGREGATE(longest_win_streak_entity) FROM team_games",
        "SELECT a.team, a.\"date\", b.player FROM team_games a JOIN player_games b ON a.team = b.team",
        "SELECT CAST(1 AS NUMERIC), season::text FROM team_games",
        "SELECT a.season, SUM(a.wins) FROM team_games a JOIN (SELECT team, SUM(wins) w FROM team_games"
            + " GROUP BY team ORDER BY w DESC LIMIT 3) b ON a.team = b.team GROUP BY a.season",
        "SELECT * FROM (SELECT * FROM team_games LIMIT 10) x WHERE x.season > 2000",
        "SELECT 7 / 2"
      })
  void isPlannedWithNoMeasureLeft(String sql) {
    assertThat(text(plan(sql))).doesNotContain("M2V").doesNotContain("SemanticScan");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT team, win_pct FROM team_games | UNSUPPORTED_SQL | Cannot give the metric 'win_pct' for one row; write AGGREGATE(win_pct) in a query with GROUP BY
          SELECT SUM(x.win_pct) FROM (SELECT * FROM team_games LIMIT 9) x | UNSUPPORTED_SQL | Cannot give the metric 'win_pct' for one row; write AGGREGATE(win_pct) in a query with GROUP BY
          SELECT team FROM team_games WHERE wins > 3 GROUP BY team | UNSUPPORTED_SQL | Cannot choose the rows of groups by the metric 'wins'; write the condition in HAVING, on AGGREGATE(wins)
          SELECT DISTINCT team, wins FROM team_games | UNSUPPORTED_SQL | Cannot group by the metric 'wins'; write AGGREGATE(wins) in a subquery with GROUP BY, and group around it
          SELECT SUM(win_pct) FROM team_games | UNSUPPORTED_SQL | Cannot use SUM on the metric 'win_pct', which does not add up; write AGGREGATE(win_pct)
          SELECT SUM(games_won) FROM player_games | UNSUPPORTED_SQL | Cannot use SUM on the metric 'games_won', which does not add up; write AGGREGATE(games_won)
          SELECT SUM(DISTINCT points) FROM player_games | UNSUPPORTED_SQL | Cannot use SUM(DISTINCT ...) on the metric 'points'; write AGGREGATE(points)
          SELECT AVG(points) FROM player_games | UNSUPPORTED_SQL | Cannot use AVG on the metric 'points'; write AGGREGATE(points_per_game)
          SELECT MAX(points) FROM player_games | UNSUPPORTED_SQL | Cannot use MAX on the metric 'points'; write AGGREGATE(points)
          SELECT COUNT(DISTINCT points) FROM player_games | UNSUPPORTED_SQL | Cannot use COUNT(DISTINCT ...) on the metric 'points'; write AGGREGATE(points)
          SELECT SUM(points * 2) FROM player_games | UNSUPPORTED_SQL | Cannot use SUM of an expression over the metric 'points'; write the arithmetic around AGGREGATE(points), and conditions as AGGREGATE(points) FILTER (WHERE ...)
          SELECT AGGREGATE(points + 1) FROM player_games | UNSUPPORTED_SQL | Cannot use AGGREGATE of an expression or of a dimension; name one metric, and compute around AGGREGATE
          SELECT AGGREGATE(team) FROM player_games | UNSUPPORTED_SQL | Cannot use AGGREGATE of an expression or of a dimension; name one metric, and compute around AGGREGATE
          SELECT AGGREGATE(wins) FROM standings_v1.standings | UNSUPPORTED_SQL | Cannot use AGGREGATE of a plain column; it is for the metrics of a dataset, also through a subquery without join, LIMIT and GROUP BY. Write SUM, MIN or MAX
          SELECT t.team FROM team_games t WHERE EXISTS (SELECT 1 FROM player_games p WHERE p.team = t.team) | UNSUPPORTED_SQL | Cannot use a subquery that refers to the query around it; write a join, or IN (SELECT ...)
          SELECT * FROM team_games a JOIN player_games b ON a.team = b.team | UNSUPPORTED_SQL | Cannot use the metric 'games' of a dataset behind a join; aggregate each dataset in a subquery with GROUP BY, then join
          SELECT a.team, SUM(a.wins) FROM team_games a JOIN (SELECT team, season FROM team_games GROUP BY team, season) b ON a.team = b.team GROUP BY a.team | UNSUPPORTED_SQL | Cannot use the metric 'wins' of a dataset behind a join; aggregate each dataset in a subquery with GROUP BY, then join
          SELECT a.team, b.w, SUM(a.wins) FROM team_games a JOIN (SELECT team, SUM(wins) w FROM team_games GROUP BY team) b ON a.team = b.team GROUP BY a.team, b.w | UNSUPPORTED_SQL | Cannot use the metric 'wins' of a dataset behind a join; aggregate each dataset in a subquery with GROUP BY, then join
          SELECT wnis FROM team_games GROUP BY team | UNKNOWN_DIMENSION | Cannot find column 'wnis'; did you mean 'wins'?
          SELECT opponent FROM (SELECT team FROM team_games) AS t | UNKNOWN_DIMENSION | Cannot find column 'opponent' in what is read at this place; basketball.team_games, basketball.player_games, player_games_v1.player_games have it. Read that, or a subquery or a join that brings it along
          SELECT AGGREGATE(assists) FROM team_games | UNKNOWN_DIMENSION | Cannot find column 'assists' in what is read at this place; basketball.player_games, player_games_v1.player_games have it. Read that, or a subquery or a join that brings it along
          SELECT team FROM tem_games | UNKNOWN_TABLE | Cannot find table 'tem_games'; did you mean 'team_games'?
          DELETE FROM team_games | UNSUPPORTED_SQL | Cannot run a statement of kind DELETE; only queries are answered
          """)
  void isRefusedWithTheReason(String sql, Issue.Code code, String message) {
    assertThat(refusals(sql))
        .singleElement()
        .satisfies(issue -> {
          assertThat(issue.message()).isEqualTo(message);
          assertThat(issue.code()).isEqualTo(code);
        });
  }

  @Test
  void theTablesOfTheCatalogAreNotSeen() {
    assertThat(refusals("SELECT points FROM basketball.game_details"))
        .extracting(Issue::code)
        .containsExactly(Issue.Code.UNKNOWN_TABLE);
  }

  @Test
  void aMetricBehindAJoinIsRefused() {
    assertThat(
            refusals(
                "SELECT a.team, AGGREGATE(a.wins) FROM team_games a JOIN player_games b"
                    + " ON a.team = b.team GROUP BY a.team"))
        .extracting(Issue::code)
        .containsExactly(Issue.Code.UNSUPPORTED_SQL);
  }

  @Test
  void aSyntaxErrorHasItsPlace() {
    assertThat(refusals("SELECT team\nFORM team_games"))
        .singleElement()
        .satisfies(issue -> {
          assertThat(issue.code()).isEqualTo(Issue.Code.SYNTAX);
          assertThat(issue.position()).contains(new Issue.Position(2, 6));
        });
  }

  @Test
  void anErrorHasItsPlaceInTheTextAsItWasWritten() {
    assertThat(
            refusals(
                "SELECT date, date\nFROM team_games WHERE date > DATE '2023-01-01' AND wnis > 3"))
        .singleElement()
        .satisfies(issue -> assertThat(issue.position()).contains(new Issue.Position(2, 52)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM team_games LIMIT 0",
        "SELECT TOP 0 * FROM team_games",
        "SELECT team, AGGREGATE(longest_win_streak) FROM team_games WHERE 1 = 0 GROUP BY team",
        "SELECT * FROM (SELECT team, wins FROM team_games GROUP BY team) x WHERE (0 = 1)",
        "SELECT x.* FROM standings_v1.standings x WHERE 1 = 0 ORDER BY wins",
        "SELECT a.team FROM team_games a JOIN player_games b ON a.team = b.team LIMIT 0"
      })
  void aProbeReadsNothing(String sql) {
    Plan plan = plan(sql);
    assertThat(plan.tables()).isEmpty();
    assertThat(plan.assumedKeys()).isEmpty();
    assertThat(plan.columns()).isNotEmpty();
  }

  @Test
  void aTotalOfNoRowsIsARow() {
    assertThat(plan("SELECT AGGREGATE(wins) FROM team_games WHERE 1 = 0").tables()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT team, MEASURE(wins) FROM team_games GROUP BY team",
        "SELECT team, AGG(wins) FROM team_games GROUP BY team",
        "SELECT team, AGGREGATE(x.wins) FROM (SELECT * FROM team_games) x GROUP BY team"
      })
  void aMetricHasManyNames(String sql) {
    String aggregate = text(plan("SELECT team, AGGREGATE(wins) FROM team_games GROUP BY team"));
    assertThat(text(plan(sql))).isEqualTo(aggregate);
    assertThat(plan(sql).columns()).map(Plan.OutputColumn::name).containsExactly("team", "wins");
  }

  @Test
  void keysAssumedInsideAProductsTableCount() {
    assertThat(plan("SELECT wins FROM standings_v1.standings").assumedKeys())
        .contains(new AssumedKey("teams", List.of("team_id")));
  }

  @Test
  void describesDatasetsAndProducts() {
    assertThat(planner.tables())
        .map(table -> table.schema() + "." + table.name())
        .containsExactly(
            "basketball.team_games",
            "basketball.player_games",
            "basketball.standings_daily",
            "basketball.games",
            "basketball.teams",
            "basketball.players",
            "standings_v1.standings",
            "player_games_v1.player_games");
  }

  @Test
  void unknownFunctionsAreToldWithTheirPlace() {
    var rejected =
        (Planning.Rejected)
            Basketball.planner().plan("SELECT team,\n LENGHT(team) FROM team_games");
    assertThat(rejected.issues())
        .singleElement()
        .satisfies(issue -> {
          assertThat(issue.message())
              .isEqualTo("Cannot find the function 'LENGHT'; did you mean 'LENGTH'?");
          assertThat(issue.suggestions()).containsExactly("LENGTH");
          assertThat(issue.position()).contains(new Issue.Position(2, 2));
        });
  }
}

package io.scorebook.semantic.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is wrong with a statement, what is told is in our words: that it cannot be done, why,
/// and what to write; no name of a class, of a library or of a rule of the parser's.
class RefusalWordsTest {
  private static final Planner PLANNER = Basketball.planner();

  private static final Pattern FOREIGN =
      Pattern.compile(
          "org\\.apache|calcite|\\bRe[lx][A-Z]|Logical[A-Z]|Sql[A-Z]|[Ee]xception|\\bnull\\b|Throwable"
              + "|[Aa]ssert|Encountered|Was expecting|<[A-Z_]+>|`|\\bANY\\b|OperandType|\\$\\w+\\("
              + "|EXACT_DIVIDE|GROUP_VALUE|AGG_M2|\\bM2V\\b|\\bV2M\\b|MEASURE<|SAFE_CAST|while converting|JavaType|RecordType"
              + "|line \\d+, column");

  static Stream<String> statements() {
    return STATEMENTS.lines().map(String::strip).filter(line -> !line.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("statements")
  void areOurs(String sql) {
    check(PLANNER.plan(sql));
  }

  static Stream<Question> questions() {
    Question wins = Question.of(List.of("wins"), List.of("team"));
    return Stream.of(
        Question.of(List.of(), List.of("team")),
        Question.of(List.of("wnis"), List.of("team")),
        Question.of(List.of("nosuch", "wnis"), List.of("taem", "x.y.z")),
        Question.of(List.of(""), List.of("")),
        Question.of(List.of("wins"), List.of("date.fortnight")),
        Question.of(List.of("wins"), List.of("team.day")),
        Question.of(List.of("wins"), List.of("player")),
        Question.of(List.of("wins", "wins"), List.of("team", "team")),
        Question.of(List.of("wins"), List.of("wins")),
        Question.of(List.of("team"), List.of("team")),
        Question.of(List.of("wins_prior_season"), List.of("date.month")),
        Question.of(List.of("points_rank"), List.of("team")),
        filtered(wins, "nosuch", Filter.Op.EQUAL, "x"),
        filtered(wins, "season", Filter.Op.EQUAL, "x"),
        filtered(wins, "season", Filter.Op.EQUAL, true),
        filtered(wins, "season", Filter.Op.IN),
        filtered(wins, "season", Filter.Op.EQUAL),
        filtered(wins, "season", Filter.Op.EQUAL, BigDecimal.ONE, BigDecimal.TWO),
        filtered(wins, "season", Filter.Op.CONTAINS, "x"),
        filtered(wins, "date", Filter.Op.LESS, "2020-13-01"),
        filtered(wins, "date", Filter.Op.LESS, BigDecimal.ONE),
        filtered(wins, "wins", Filter.Op.EQUAL, "x"),
        filtered(wins, "team", Filter.Op.EQUAL, BigDecimal.ONE),
        wins.withGroupingSets(List.of(List.of("season"))),
        wins.withGroupingSets(List.of(List.of("nosuch"), List.of())));
  }

  private static Question filtered(
      Question question, String field, Filter.Op op, Object... values) {
    return question.withFilters(List.of(new Filter.Comparison(field, op, List.of(values))));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void areOursForQuestions(Question question) {
    check(PLANNER.plan(question));
  }

  @Test
  void areOursHoweverDeep() {
    check(PLANNER.plan("SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000)));
    check(PLANNER.plan("SELECT 1" + " + 1".repeat(50_000)));
  }

  private static void check(Planning planning) {
    switch (planning) {
      case Planning.Planned(Plan plan) -> throw new AssertionError("is planned: " + plan.columns());
      case Planning.Rejected(List<Issue> issues) -> {
        assertThat(issues).isNotEmpty();
        for (Issue issue : issues) {
          assertThat(issue.message()).matches("(?s)(Cannot|Invalid) .*");
          assertThat(FOREIGN.matcher(issue.message()).results().map(m -> m.group()).toList())
              .as(issue.message())
              .isEmpty();
          assertThat(issue.message()).hasSizeBetween(15, 400).doesNotContain("\n");
        }
      }
    }
  }

  private static final String STATEMENTS =
      """
      SELECT
      SELEC team FROM team_games
      SELECT FROM team_games
      SELECT team team_games
      SELECT team FROM
      SELECT team FROM team_games WHERE
      SELECT team FROM team_games GROUP
      SELECT team FROM team_games GROUP BY
      SELECT team FROM team_games ORDER BY
      SELECT team, FROM team_games
      SELECT (team FROM team_games
      SELECT team) FROM team_games
      SELECT 'team FROM team_games
      SELECT "team FROM team_games
      SELECT team FROM team_games LIMIT x
      SELECT team FROM team_games LIMIT -1
      SELECT team FROM team_games; SELECT 1
      SELECT team FROM team_games WHERE season = = 3
      SELECT team FROM team_games WHERE season IN ()
      SELECT team FROM team_games WHERE team LIKE
      SELECT CASE WHEN season THEN 1 FROM team_games
      SELECT CASE season WHEN 1 THEN 2 FROM team_games
      SELECT [wnis] FROM team_games
      SELECT [team FROM team_games
      SELECT ARRAY[season] FROM team_games
      SELECT TOP 10 PERCENT team FROM team_games
      SELECT TOP 10 WITH TIES team FROM team_games ORDER BY team
      SELECT wnis FROM team_games
      SELECT t.wnis FROM team_games t
      SELECT x.team FROM team_games t
      SELECT team FROM teem_games
      SELECT team FROM basketbal.team_games
      SELECT team FROM a.b.c.d
      SELECT LENGHT(team) FROM team_games
      SELECT NOSUCH(team) FROM team_games
      SELECT nosuch() FROM team_games
      SELECT LENGTH(team, 2, 3) FROM team_games
      SELECT COALESCE() FROM team_games
      SELECT NULLIF(team) FROM team_games
      SELECT date * 2 FROM team_games
      SELECT NOT team FROM team_games
      SELECT team AND season FROM team_games
      SELECT team FROM team_games WHERE team
      SELECT team FROM team_games WHERE season = 'x' OR team
      SELECT team FROM team_games WHERE date > 5
      SELECT CAST(team AS nosuch) FROM team_games
      SELECT CAST(date AS BOOLEAN) FROM team_games
      SELECT CAST(team AS INTEGER ARRAY) FROM team_games
      SELECT season::geometry FROM team_games
      SELECT DATE '2020-13-45' FROM team_games
      SELECT TIMESTAMP 'x' FROM team_games
      SELECT INTERVAL '3' LIGHTYEAR FROM team_games
      SELECT EXTRACT(FORTNIGHT FROM date) FROM team_games
      SELECT EXTRACT(YEAR FROM team) FROM team_games
      SELECT DATE_TRUNC('fortnight', date) FROM team_games
      SELECT DATEADD(fortnight, 1, date) FROM team_games
      SELECT LOG(season) FROM team_games
      SELECT AGGREGATE(team) FROM team_games GROUP BY team
      SELECT AGGREGATE(wnis) FROM team_games GROUP BY team
      SELECT AGGREGATE(wins + 1) FROM team_games GROUP BY team
      SELECT AGGREGATE() FROM team_games GROUP BY team
      SELECT AGGREGATE(wins, losses) FROM team_games GROUP BY team
      SELECT SUM(win_pct) FROM team_games
      SELECT SUM() FROM team_games
      SELECT SUM(*) FROM team_games
      SELECT MAX(wins) FROM team_games
      SELECT AVG(points) FROM player_games
      SELECT COUNT(DISTINCT wins) FROM team_games
      SELECT SUM(SUM(wins)) FROM team_games
      SELECT MODE(team) FROM team_games
      SELECT LISTAGG(team, ',') FROM team_games
      SELECT PERCENTILE_CONT(0.5) FROM team_games
      SELECT PERCENTILE_CONT(2) WITHIN GROUP (ORDER BY season) FROM team_games
      SELECT team, season FROM team_games GROUP BY team
      SELECT team, wins FROM team_games GROUP BY 3
      SELECT team FROM team_games GROUP BY wins
      SELECT team FROM team_games HAVING team = 'x' AND season > 3
      SELECT team, wins FROM team_games WHERE wins > 3 GROUP BY team
      SELECT team FROM team_games WHERE SUM(season) > 3
      SELECT team FROM team_games ORDER BY 7
      SELECT team FROM team_games ORDER BY nosuch
      SELECT DISTINCT team FROM team_games ORDER BY season
      SELECT team, longest_win_streak FROM team_games
      SELECT DISTINCT team, wins FROM team_games
      SELECT team FROM team_games UNION SELECT team, season FROM team_games
      SELECT t.team, SUM(p.points) FROM team_games t JOIN player_games p ON t.team = p.team GROUP BY t.team
      SELECT * FROM team_games t JOIN player_games p
      SELECT * FROM team_games JOIN player_games USING (nosuch)
      SELECT team FROM team_games t, player_games p WHERE team = 'x'
      SELECT team FROM (SELECT season FROM team_games)
      SELECT (SELECT team, season FROM team_games) FROM team_games
      SELECT team FROM team_games WHERE team IN (SELECT team, season FROM team_games)
      SELECT team FROM team_games t WHERE EXISTS (SELECT 1 FROM player_games p WHERE p.team = t.team) GROUP BY team
      WITH a AS (SELECT team FROM team_games) SELECT nosuch FROM a
      WITH a AS (SELECT team FROM b) SELECT team FROM a
      WITH a (x, y) AS (SELECT team FROM team_games) SELECT x FROM a
      WITH RECURSIVE a AS (SELECT team FROM team_games UNION ALL SELECT team FROM a) SELECT * FROM a
      SELECT RANK() FROM team_games
      SELECT RANK() OVER () FROM team_games
      SELECT NOSUCH() OVER (ORDER BY team) FROM team_games
      SELECT SUM(season) OVER (ORDER BY team ROWS BETWEEN x PRECEDING AND CURRENT ROW) FROM team_games
      SELECT SUM(season) OVER (ORDER BY team RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM team_games
      SELECT LAG(season) OVER (PARTITION BY nosuch ORDER BY team) FROM team_games
      SELECT SUM(ROW_NUMBER() OVER (ORDER BY date)) FROM team_games
      SELECT team FROM team_games WHERE ROW_NUMBER() OVER (ORDER BY date) = 1
      SELECT GROUPING(season) FROM team_games GROUP BY team
      SELECT GROUPING(team) FROM team_games
      SELECT * FROM team_games MATCH_RECOGNIZE (PATTERN (A+) DEFINE A AS season > 3)
      SELECT * FROM team_games TABLESAMPLE BERNOULLI(10)
      SELECT * FROM team_games FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00'
      SELECT * FROM TABLE(nosuch(1))
      SELECT * FROM UNNEST(ARRAY[1, 2])
      SELECT ARRAY[1, 2] FROM team_games
      SELECT ROW(1, 2) FROM team_games
      SELECT MAP['a', 1] FROM team_games
      SELECT * FROM team_games PIVOT (SUM(season) FOR team IN ('a'))
      SELECT ? FROM team_games
      SELECT @x FROM team_games
      SELECT $1 FROM team_games
      SELECT team FROM team_games WHERE season = 99999999999999999999999999999999999999999999
      SELECT 1e999 FROM team_games
      SELECT team.x FROM team_games
      SELECT team[1] FROM team_games
      SELECT t.* FROM team_games x
      VALUES (1), (2, 3)
      VALUES
      DELETE FROM team_games
      INSERT INTO team_games VALUES (1)
      UPDATE team_games SET team = 'x'
      CREATE TABLE x (y INT)
      DROP TABLE team_games
      EXPLAIN PLAN FOR SELECT 1
      SHOW TABLES
      SET x = 1
      DESCRIBE team_games
      CALL nosuch()
      BEGIN
      hello world
      1
      """;
}

package io.scorebook.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in the files is counted by DuckDB over the files, not by the generator.
class SampleLeagueTest {
  private static final List<String> FILES =
      List.of("games.csv", "games_details.csv", "players.csv", "teams.csv");

  @TempDir static Path folder;
  private static Hazards planted;
  private static Duck duck;

  @BeforeAll
  static void write() throws IOException, SQLException {
    planted = SampleLeague.standard().write(folder);
    duck = new Duck(folder);
  }

  @AfterAll
  static void close() throws SQLException {
    duck.close();
  }

  @Test
  void theSameSeedGivesTheSameBytes(@TempDir Path one, @TempDir Path other) throws IOException {
    Hazards first = SampleLeague.small().write(one);
    Hazards second = SampleLeague.small().write(other);
    assertThat(second).isEqualTo(first);
    for (String file : FILES) {
      assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
    }
  }

  @Test
  void anotherSeedGivesAnotherLeague(@TempDir Path one, @TempDir Path other) throws IOException {
    SampleLeague league = SampleLeague.small();
    league.write(one);
    new SampleLeague(league.seed() + 1, league.firstSeason(), league.seasons(), league.teams())
        .write(other);
    assertThat(Files.mismatch(one.resolve("games.csv"), other.resolve("games.csv")))
        .isNotEqualTo(-1);
  }

  @Test
  void aLeagueThatCannotBePlayedIsRefused() {
    assertThatThrownBy(() -> new SampleLeague(1, 2015, 10, 7))
        .hasMessage("Invalid number of teams: 7");
    assertThatThrownBy(() -> new SampleLeague(1, 2015, 0, 30)).hasMessageStartingWith("Invalid");
  }

  @Test
  void tenSeasonsOfThirtyTeamsThatPlayEightyTwoGamesEach() throws SQLException {
    assertThat(
            duck.rows(
                """
                select count(distinct season), count(distinct team), min(n), max(n) from (
                  select season, team, count(*) as n from team_games group by all)
                """))
        .containsExactly(List.of("10", "30", "82", "82"));
    assertThat(planted.appearances()).isBetween(235_000, 265_000);
  }

  @Test
  void rowsAreAsManyAsTold() throws SQLException {
    assertThat(duck.number("select count(*) from raw_games")).isEqualTo(planted.gameRows());
    assertThat(duck.number("select count(*) from raw_details")).isEqualTo(planted.detailRows());
    assertThat(duck.number("select count(*) from raw_players")).isEqualTo(planted.playerRows());
    assertThat(duck.number("select count(*) from players")).isEqualTo(planted.players());
    assertThat(duck.number("select count(*) from player_games")).isEqualTo(planted.appearances());
    assertThat(duck.number("select count(*) // 2 from team_games"))
        .isEqualTo(planted.gamesPlayed());
    assertThat(duck.number("select count(*) from games where home_points is null"))
        .isEqualTo(planted.gamesNotPlayed())
        .isPositive();
  }

  @Test
  void gamesAreListedTwiceWithTheSameContentAndWithOther() throws SQLException {
    assertThat(duck.number(furtherRows("raw_games", "game_id", "=")))
        .isEqualTo(planted.gamesRepeated())
        .isPositive();
    assertThat(duck.number(furtherRows("raw_games", "game_id", "<>")))
        .isEqualTo(planted.gamesConflicting())
        .isPositive();
  }

  @Test
  void detailsAreListedTwiceWithTheSameContentAndWithOther() throws SQLException {
    assertThat(duck.number(furtherRows("raw_details", "game_id || ' ' || player_id", "=")))
        .isEqualTo(planted.detailsRepeated())
        .isPositive();
    assertThat(duck.number(furtherRows("raw_details", "game_id || ' ' || player_id", "<>")))
        .isEqualTo(planted.detailsConflicting())
        .isPositive();
  }

  private static String furtherRows(String table, String key, String comparison) {
    return """
    with texts as (
      select line, %2$s as key, cast(struct_pack(*columns(* exclude (line))) as varchar) as content
      from %1$s),
    firsts as (select key, arg_min(content, line) as content, min(line) as line from texts group by key)
    select count(*) from texts join firsts using (key)
    where texts.line > firsts.line and texts.content %3$s firsts.content
    """
        .formatted(table, key, comparison);
  }

  @Test
  void pointsAreMissingOfThoseWhoDidNotPlayAndNowAndThenOfThoseWhoDid() throws SQLException {
    assertThat(duck.number("select count(*) from raw_details where pts is null and min is null"))
        .isEqualTo(planted.didNotPlay())
        .isPositive();
    assertThat(
            duck.number(
                """
                select count(*) from raw_details
                where pts is null and min is not null and comment is null
                """))
        .isEqualTo(planted.pointsUnknown())
        .isPositive();
    assertThat(
            duck.number("select count(*) from raw_details where min is null and comment is null"))
        .isZero();
  }

  @Test
  void someTeamsPlayTwiceOnADay() throws SQLException {
    assertThat(duck.number("select count(*) - count(distinct (team_id, date)) from team_games"))
        .isEqualTo(planted.doubleHeaders())
        .isPositive();
  }

  @Test
  void twoPlayersMayBearOneName() throws SQLException {
    assertThat(duck.number("select count(*) from players where player like '% (%)'"))
        .isEqualTo(planted.namesShared())
        .isPositive();
    assertThat(duck.number("select count(*) - count(distinct player) from players")).isZero();
  }

  @Test
  void playersMoveInMidSeasonAndSomeAreNotListed() throws SQLException {
    assertThat(
            duck.number(
                """
                select count(*) from (
                  select player_id, season from details join games using (game_id)
                  group by all having count(distinct team_id) > 1)
                """))
        .isEqualTo(planted.midSeasonMoves())
        .isPositive();
    assertThat(
            duck.number(
                """
                select count(distinct player_id) from raw_details
                where player_id not in (select player_id from raw_players)
                """))
        .isEqualTo(planted.playersNotListed())
        .isPositive();
  }

  @Test
  void aTeamsPointsAreTheSumOfItsPlayersPointsWhereAllAreKnown() throws SQLException {
    assertThat(
            duck.rows(
                """
                with sums as (
                  select game_id, team_id, sum(points) as points from details
                  where (game_id, player_id) not in (
                    select (whole(game_id), whole(player_id)) from raw_details
                    where pts is null and min is not null)
                  group by all),
                complete as (
                  select * from sums where (game_id, team_id) not in (
                    select (whole(game_id), whole(team_id)) from raw_details
                    where pts is null and min is not null))
                select count(*) > 24000, count(*) filter (team_games.points <> complete.points)
                from team_games join complete using (game_id, team_id)
                """))
        .containsExactly(List.of("true", "0"));
  }

  @Test
  void everyReferenceHoldsAndNobodyPlaysAgainstHimself() throws SQLException {
    assertThat(
            duck.rows(
                """
                select
                  (select count(*) from details where game_id not in (select game_id from games)),
                  (select count(*) from details where team_id not in (select team_id from teams)),
                  (select count(*) from team_games where team is null or opponent is null),
                  (select count(*) from team_games where team_id = opponent_id),
                  (select count(*) from team_games where points = allowed),
                  (select count(*) from player_games where home_away is null)
                """))
        .containsExactly(List.of("0", "0", "0", "0", "0", "0"));
  }

  @Test
  void scoresAndCareersArePlausible() throws SQLException {
    assertThat(decimal("select avg(points) from team_games")).isBetween(100.0, 120.0);
    assertThat(decimal("select stddev(points) from team_games")).isBetween(9.0, 18.0);
    assertThat(decimal("select avg(won::int) from team_games where home_away = 'home'"))
        .isCloseTo(0.57, within(0.05));
    assertThat(decimal("select min(p) from (%s)".formatted(SEASON_WIN_SHARES)))
        .isBetween(0.08, 0.3);
    assertThat(decimal("select max(p) from (%s)".formatted(SEASON_WIN_SHARES)))
        .isBetween(0.7, 0.92);
    assertThat(decimal("select max(points) from player_games")).isBetween(50.0, 90.0);
    assertThat(decimal("select max(s) from (%s)".formatted(SEASON_POINTS)))
        .isBetween(2000.0, 3200.0);
    assertThat(decimal("select count(*) from (%s) where seasons = 1".formatted(CAREERS)))
        .isPositive();
    assertThat(decimal("select count(*) from (%s) where seasons >= 8".formatted(CAREERS)))
        .isPositive();
  }

  @Test
  void namesAreNotAllAscii() throws SQLException {
    assertThat(duck.number("select count(*) from players where regexp_matches(player, '[^ -~]')"))
        .isGreaterThan(50);
  }

  private static final String SEASON_WIN_SHARES =
      "select season, team, avg(won::int) as p from team_games group by all";
  private static final String SEASON_POINTS =
      "select season, player_id, sum(points) as s from player_games group by all";
  private static final String CAREERS =
      "select player_id, count(distinct season) as seasons from player_games group by all";

  private static double decimal(String sql) throws SQLException {
    return Double.parseDouble(duck.rows(sql).getFirst().getFirst());
  }
}

package io.scorebook.semantic.plan;

import static io.scorebook.semantic.plan.Basketball.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.semantic.explain.Explanation;
import io.scorebook.semantic.explain.ExplanationWords;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Explanations, as an analyst reads them.
class ExplanationTest {
  private final Planner planner = Basketball.planner();

  private Explanation explain(Planning planning) {
    return switch (planning) {
      case Planning.Planned(Plan plan) -> planner.explain(plan);
      case Planning.Rejected(var issues) -> throw new AssertionError(issues);
    };
  }

  private String words(Question question) {
    return ExplanationWords.of(explain(planner.plan(question)), _ -> "");
  }

  private String words(String sql) {
    return ExplanationWords.of(explain(planner.plan(sql)), _ -> "");
  }

  private static Filter.Comparison filter(String field, Filter.Op op, Object... values) {
    return new Filter.Comparison(field, op, List.of(values));
  }

  @Test
  void tellsWhichFiltersChooseRowsPeriodsAndGroups() {
    assertThat(
            words(
                ask("wins_to_date", "team,date.month")
                    .withFilters(
                        List.of(
                            filter("season", Filter.Op.EQUAL, 2020L),
                            filter("home_away", Filter.Op.EQUAL, "home"),
                            filter("wins", Filter.Op.GREATER, 5L)))))
        .isEqualTo(
            """
            Metrics
              wins_to_date: wins since the season began, up to the end of the period
                described as: Wins from the season's first game to the end of the period (games)
                wins_to_date = wins
                made of wins
              wins: an expression over aggregates and metrics
                described as: Games that the team won (games)
                wins = COUNT(team_games.game_id) FILTER (WHERE team_games.won)
                computes COUNT(team_games.game_id), of rows of team_games where team_games.won

            Computed: wins_to_date, wins
              grouped by team, date.month
              team, from team_games: team_of_team_game > teams.team
                many team_games to one teams by (team_id) = (team_id), declared as the primary key
                not opponent_of_team_game > teams.team: it is called 'opponent' here
              date, from team_games: team_games.date
              season, from team_games: team_games.season
              home_away, from team_games: team_games.home_away
              where season = 2020: chooses rows; for wins_to_date the periods that are shown
              where home_away = 'home': chooses rows
              where wins > 5: chooses groups, after all is computed
              note: wins_to_date looks back: rows of team_games before the shown periods are read too
            """);
  }

  @Test
  void tellsThePathOfEachFactAndWhyNotAnother() {
    assertThat(
            words(
                ask("win_pct,games_won", "team,season")
                    .withGroupingSets(List.of(List.of("team", "season"), List.of("team")))))
        .endsWith(
            """
            Computed: win_pct, games_won
              grouped by (team, season), (team): each set gives rows of its own, from the facts' rows
              team, from team_games: team_of_team_game > teams.team
                many team_games to one teams by (team_id) = (team_id), declared as the primary key
                not opponent_of_team_game > teams.team: it is called 'opponent' here
              team, from player_games: team_of_player_game > teams.team
                many player_games to one teams by (team_id) = (team_id), declared as the primary key
                not team_game_of_player_game > team_of_team_game > teams.team: 'team_game_of_player_game' exposes only 'home_away', 'opponent', not 'team'
                not team_game_of_player_game > opponent_of_team_game > teams.team: it is called 'opponent' here
              season, from team_games: team_games.season
              season, from player_games: game_of_player_game > games.season
                many player_games to one games by (game_id) = (game_id), declared as the primary key
                not team_game_of_player_game > team_games.season: 'team_game_of_player_game' exposes only 'home_away', 'opponent', not 'season'
              team_games.won, from player_games: team_game_of_player_game > team_games.won
                many player_games to one team_games by (game_id, team_id) = (game_id, team_id), declared as the primary key
              note: the rows of team_games and player_games are aggregated each for themselves, and meet by the keys afterwards: no row is multiplied by another's
              note: a group that has rows on one side only: games_won is 0 where its side has none, other metrics are NULL
              note: win_pct: divided after aggregation; NULL where the divisor is 0
            """);
  }

  @Test
  void tellsWhichFiltersAFixedGrainIgnores() {
    assertThat(
            words(
                ask("points_share,points_rank", "player,team,season")
                    .withFilters(
                        List.of(
                            filter("player", Filter.Op.IN, "A", "B"),
                            filter("season", Filter.Op.EQUAL, 2020L),
                            filter("date.month", Filter.Op.GREATER, LocalDate.of(2020, 1, 1))))))
        .endsWith(
            """
              where player = 'A' OR player = 'B': chooses rows; for team_season_points nothing
              where season = 2020: chooses rows
              where date.month > '2020-01-01': chooses rows; for team_season_points nothing
              note: team_season_points is computed at its own grain (by team, season), and the value is given to each group within
              note: points_rank ranks all groups that the filters on rows leave, before filters on metrics and the limit
              note: points_share: divided after aggregation; NULL where the divisor is 0
            """);
  }

  @Test
  void tellsWhatEachKindOfMetricMeans() {
    assertThat(
            explain(
                    planner.plan(
                        ask(
                                "longest_win_streak,most_wins_in_90_games,bounce_back_pct,wins_prior_season,wins_last_10,win_streaks_of_5,standing_wins",
                                "team,season")
                            .withEvidence(List.of("longest_win_streak"))))
                .definitions()
                .stream()
                .map(d -> d.name() + ": " + d.kind() + ": " + d.meaning()))
        .containsExactly(
            "longest_win_streak: streak: the longest run of consecutive rows of one team_games.team_id, in order of team_games.date, team_games.game_id, for which team_games.won; a row where that is unknown is skipped",
            "most_wins_in_90_games: window: the largest SUM(CASE WHEN team_games.won THEN 1 ELSE 0 END) over 90 consecutive rows of one team_games.team_id, in order of team_games.date, team_games.game_id; only full windows count",
            "bounce_back_pct: conversion: the share of rows for which NOT team_games.won, followed in the next row of the same team_games.team_id, team_games.season by team_games.won, among those that any row follows",
            "wins_prior_season: prior: wins of the season before; NULL where nothing was then",
            "wins: expression: an expression over aggregates and metrics",
            "wins_last_10: rolling: wins over the last 10 rows of each team_games.team_id, in order of team_games.date, team_games.game_id, up to the end of the period; NULL where there are fewer",
            "win_streaks_of_5: streak: the number of runs of at least 5 consecutive rows of one team_games.team_id, in order of team_games.date, team_games.game_id, for which team_games.won; a row where that is unknown is skipped",
            "standing_wins: semiAdditive: SUM(standings_daily.wins) on the last date that each standings_daily.team_id has in the group; over them it adds up",
            "longest_win_streak_start: evidence: where the value of longest_win_streak is seen: the first row, the last row, or whose they are",
            "longest_win_streak_end: evidence: where the value of longest_win_streak is seen: the first row, the last row, or whose they are");
  }

  @Test
  void tellsWhatSqlAsksOfTheModel() {
    assertThat(
            words(
                """
                SELECT team, AGGREGATE(wins) AS w, MAX(season) FROM basketball.team_games
                WHERE season BETWEEN 2018 AND 2020 AND "date" > DATE '2018-11-01'
                GROUP BY team HAVING AGGREGATE(wins) > 3\
                """))
        .contains("wins = COUNT(team_games.game_id) FILTER (WHERE team_games.won)")
        .endsWith(
            """
            Computed: wins, MAX(season)
              grouped by team
              team, from team_games: team_of_team_game > teams.team
                many team_games to one teams by (team_id) = (team_id), declared as the primary key
                not opponent_of_team_game > teams.team: it is called 'opponent' here
              season, from team_games: team_games.season
              date, from team_games: team_games.date
              where season >= 2018: chooses rows
              where season <= 2020: chooses rows
              where date > '2018-11-01': chooses rows
            """);
  }

  @Test
  void tellsOfRowsAndOfNone() {
    assertThat(words("SELECT team, points FROM basketball.player_games WHERE season = 2018"))
        .contains("Rows of player_games\n")
        .contains("team, from player_games: team_of_player_game > teams.team\n");
    assertThat(words("SELECT team, points FROM basketball.player_games LIMIT 0"))
        .isEqualTo("Nothing is asked of the model: no row can come out, whatever the data\n");
  }

  /// The wider the net, the fewer kinds are forgotten: every metric alone, by what it needs.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "wins_change",
        "points_30d",
        "median_points",
        "over_10_pct",
        "worst_90_games",
        "longest_drought_under_10",
        "players_used",
        "current_win_streak"
      })
  void explainsEveryMetric(String metric) {
    String dimension = metric.startsWith("points_30d") ? "player,season" : "team,season";
    assertThat(words(ask(metric, dimension))).contains("Computed: " + metric).contains("season");
  }
}

package io.scorebook.domains;

import java.util.List;

/// What one asks of a league first.
///
/// @param title in words, for people
/// @param question as `POST /v1/query` takes it, JSON
/// @param sql the same in SQL, as `POST /v1/sql` and JDBC take it; without the evidence, which is
///   no column of a table
public record StandardQuestion(String title, String question, String sql) {

  /// The questions that a demonstration answers, in its order.
  public static List<StandardQuestion> all() {
    return List.of(
        new StandardQuestion(
            "Most points of a player for one team",
            """
            {"metrics": ["points", "appearances", "points_per_game"], "dimensions": ["player", "team"], \
            "orderBy": [{"field": "points", "direction": "desc"}], "limit": 5}\
            """,
            """
            SELECT player, team, AGGREGATE(points) AS points, AGGREGATE(appearances) AS appearances, \
            AGGREGATE(points_per_game) AS points_per_game FROM basketball.player_games \
            GROUP BY player, team ORDER BY points DESC, player, team LIMIT 5\
            """),
        new StandardQuestion(
            "Most points in one season",
            """
            {"metrics": ["points"], "dimensions": ["player", "season"], \
            "orderBy": [{"field": "points", "direction": "desc"}], "limit": 5}\
            """,
            """
            SELECT player, season, AGGREGATE(points) AS points FROM basketball.player_games \
            GROUP BY player, season ORDER BY points DESC, player, season LIMIT 5\
            """),
        new StandardQuestion(
            "Most wins",
            """
            {"metrics": ["games", "wins", "losses", "win_pct"], "dimensions": ["team"], \
            "orderBy": [{"field": "wins", "direction": "desc"}], "limit": 5}\
            """,
            """
            SELECT team, AGGREGATE(games) AS games, AGGREGATE(wins) AS wins, \
            AGGREGATE(losses) AS losses, AGGREGATE(win_pct) AS win_pct FROM basketball.team_games \
            GROUP BY team ORDER BY wins DESC, team LIMIT 5\
            """),
        new StandardQuestion(
            "Most wins in any 90 consecutive games of one team",
            """
            {"metrics": ["most_wins_in_90_games"], "dimensions": ["team"], \
            "evidence": ["most_wins_in_90_games"], \
            "orderBy": [{"field": "most_wins_in_90_games", "direction": "desc"}], "limit": 5}\
            """,
            """
            SELECT team, AGGREGATE(most_wins_in_90_games) AS most_wins_in_90_games \
            FROM basketball.team_games GROUP BY team \
            ORDER BY most_wins_in_90_games DESC, team LIMIT 5\
            """),
        new StandardQuestion(
            "Longest run of games with more than 10 points",
            """
            {"metrics": ["longest_streak_over_10"], "dimensions": ["player"], \
            "evidence": ["longest_streak_over_10"], \
            "orderBy": [{"field": "longest_streak_over_10", "direction": "desc"}], "limit": 5}\
            """,
            """
            SELECT player, AGGREGATE(longest_streak_over_10) AS longest_streak_over_10 \
            FROM basketball.player_games GROUP BY player \
            ORDER BY longest_streak_over_10 DESC, player LIMIT 5\
            """),
        new StandardQuestion(
            "Longest run of wins",
            """
            {"metrics": ["longest_win_streak", "current_win_streak"], "dimensions": ["team"], \
            "evidence": ["longest_win_streak"], \
            "orderBy": [{"field": "longest_win_streak", "direction": "desc"}], "limit": 5}\
            """,
            """
            SELECT team, AGGREGATE(longest_win_streak) AS longest_win_streak, \
            AGGREGATE(current_win_streak) AS current_win_streak FROM basketball.team_games \
            GROUP BY team ORDER BY longest_win_streak DESC, team LIMIT 5\
            """),
        new StandardQuestion(
            "How often the team at home wins, season by season",
            """
            {"metrics": ["games", "win_pct"], "dimensions": ["season"], \
            "filters": [{"field": "home_away", "op": "=", "value": "home"}]}\
            """,
            """
            SELECT season, AGGREGATE(games) AS games, AGGREGATE(win_pct) AS win_pct \
            FROM basketball.team_games WHERE home_away = 'home' GROUP BY season ORDER BY season\
            """));
  }
}

package io.scorebook.engine.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.domains.SampleDomain;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.duckdb.DuckDbEngine;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However many metrics of a fact are asked, of whatever kinds: each table is scanned once.
class OneScanTest {
  private static final Pattern SCAN = Pattern.compile("FROM (basketball\\.\\w+)\\)");

  /// A column of a table, as the text names it first.
  private static final Pattern COLUMN = Pattern.compile("\\b([a-z]+_[a-z_]+|abbreviation) AS n");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wins",
        "games,wins,losses,home_wins,away_wins,win_pct,team_points,points_allowed,point_differential",
        "wins,win_pct,longest_win_streak,current_win_streak,most_wins_in_90_games,worst_90_games,win_streaks_of_5,bounce_back_pct",
        "appearances,points,rebounds,assists,points_per_game,games_won,median_points,over_10_pct,players_used",
        "points,longest_streak_over_10,longest_streak_over_20,longest_drought_under_10",
        "wins,points,points_per_game,longest_streak_over_10,longest_win_streak,win_pct,median_points"
      })
  void ofEachTable(String metrics, @TempDir Path folder) throws IOException {
    Plan plan = plan(folder, metrics, "team", "season");
    List<String> scans =
        SCAN.matcher(DuckDbEngine.explain(plan))
            .results()
            .map((MatchResult scan) -> scan.group(1))
            .toList();
    assertThat(scans).isNotEmpty().doesNotHaveDuplicates();
    assertThat(plan.tables()).hasSameElementsAs(scans);
  }

  /// Of a table with many columns a small question would otherwise name them all at every step.
  @Test
  void namesOnlyTheColumnsThatAreNeeded(@TempDir Path folder) throws IOException {
    String sql = DuckDbEngine.explain(plan(folder, "games,win_pct", "team"));
    assertThat(COLUMN.matcher(sql).results().map(match -> match.group(1)))
        .containsExactlyInAnyOrder(
            "home_team_id",
            "visitor_team_id",
            "home_points",
            "away_points",
            "team_id",
            "abbreviation");
  }

  private static Plan plan(Path folder, String metrics, String... dimensions) throws IOException {
    SampleDomain.copyTo(folder);
    Planner planner = Domain.read(folder, new Findings()).orElseThrow().planner();
    Question question = Question.of(List.of(metrics.split(",")), List.of(dimensions));
    return switch (planner.plan(question)) {
      case Planning.Planned(Plan planned) -> planned;
      case Planning.Rejected(var issues) -> throw new AssertionError(issues);
    };
  }
}

package io.scorebook.domains.expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scorebook.domains.Duck;
import io.scorebook.domains.SampleLeague;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The hand-written SQL is itself held against what was worked out apart from it.
class IndependentAnswersTest {
  @TempDir Path folder;

  @Test
  void everyStatementRunsAndNamesAreUnique() throws IOException, SQLException {
    SampleLeague.small().write(folder);
    List<ExpectedAnswer> all = IndependentAnswers.all();
    assertThat(all)
        .hasSizeGreaterThan(200)
        .extracting(ExpectedAnswer::name)
        .doesNotHaveDuplicates();
    try (Duck duck = new Duck(folder)) {
      for (ExpectedAnswer expected : all) {
        assertThat(duck.rows(expected.sql())).as(expected.name()).isNotNull();
        assertThat(expected.sql() + expected.question()).doesNotContain("${");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "win streaks by team | \"longest_win_streak\", \"current_win_streak\"], \"dimensions\": [\"team\"]",
        "best ninety games by team | [\"most_wins_in_90_games\"], \"dimensions\": [\"team\"]",
        "evidence of the best ninety games by nothing | [\"most_wins_in_90_games\"], \"evidence\"",
        "scoring streaks by player | \"longest_streak_over_20\"], \"dimensions\": [\"player\"]",
        "evidence of the longest win streak of all by season | [\"season\"], \"evidence\"",
        "evidence of the longest run of games over 10 points | [\"player_id\"], \"evidence\"",
        "wins after losses by home_away | [\"bounce_back_pct\"], \"dimensions\": [\"home_away\"]",
        "droughts by player | [\"longest_drought_under_10\"], \"dimensions\": [\"player\"]",
      })
  void agreesWithWhatWasWorkedOutByHand(String name, String question)
      throws IOException, SQLException {
    Fixture.copyTo(folder);
    List<Fixture.WorkedAnswer> worked =
        Fixture.workedAnswers().stream().filter(w -> w.question().contains(question)).toList();
    assertThat(worked).hasSize(1);
    try (Duck duck = new Duck(folder)) {
      assertThat(duck.rows(sql(name))).isEqualTo(worked.getFirst().rows());
    }
  }

  /// The known answers of ten real seasons, worked out apart from this project.
  @Test
  void agreesWithTheKnownAnswersOfTheRealSeasons() throws SQLException {
    Path real = realData();
    assumeTrue(Files.exists(real), "there are no real seasons beside the project");
    try (Duck duck = new Duck(real)) {
      assertThat(
              duck.rows(
                  "select #1, #2, #4 from (%s) order by 3 desc limit 1"
                      .formatted(sql("player metrics by player, team"))))
          .containsExactly(List.of("Giannis Antetokounmpo", "MIL", "18816"));
      assertThat(
              duck.rows(
                  "select #1, #2, #4 from (%s) order by 3 desc limit 1"
                      .formatted(sql("player metrics by player, season"))))
          .containsExactly(List.of("James Harden", "2018", "2818"));
      assertThat(
              duck.rows(
                  "select #1, #3 from (%s) order by 2 desc limit 3"
                      .formatted(sql("team metrics by team"))))
          .containsExactly(List.of("BOS", "517"), List.of("GSW", "500"), List.of("MIL", "484"));
      assertThat(
              duck.rows(
                  "select * from (%s) order by 2 desc, 1 limit 4"
                      .formatted(sql("best ninety games by team"))))
          .containsExactly(
              List.of("GSW", "79"),
              List.of("SAS", "74"),
              List.of("MIL", "73"),
              List.of("OKC", "73"));
      assertThat(
              duck.rows(
                  """
                  select length, first_date, last_date from (%s)
                  where player_id = (select player_id from players where player = 'LeBron James')
                  """
                      .formatted(sql("evidence of the longest run of games over 10 points"))))
          .containsExactly(List.of("189", "2015-10-27", "2018-01-06"));
    }
  }

  private static String sql(String name) {
    return IndependentAnswers.all().stream()
        .filter(expected -> expected.name().equals(name))
        .map(ExpectedAnswer::sql)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no expected answer is named " + name));
  }

  private static Path realData() {
    String root = System.getProperty("scorebook.root");
    Path start = root != null ? Path.of(root) : Path.of("").toAbsolutePath();
    Path at = start;
    while (at.getParent() != null && !Files.exists(at.resolve(".mvn"))) {
      at = Objects.requireNonNull(at.getParent());
    }
    return at.resolve("../shared/data/nba").normalize();
  }
}

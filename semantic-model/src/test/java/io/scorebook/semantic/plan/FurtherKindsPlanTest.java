package io.scorebook.semantic.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What has no meaning is refused with what to ask instead; paths can be written out.
class FurtherKindsPlanTest {
  private final Planner planner = Basketball.planner();

  private static Question ask(String metrics, String dimensions) {
    return Question.of(
        List.of(metrics.split(",", -1)),
        dimensions.isEmpty() ? List.of() : List.of(dimensions.split(",", -1)));
  }

  private Plan plan(Question question) {
    return switch (planner.plan(question)) {
      case Planning.Planned(Plan plan) -> plan;
      case Planning.Rejected(var issues) -> throw new AssertionError(issues);
    };
  }

  private Issue refusal(Question question) {
    return switch (planner.plan(question)) {
      case Planning.Planned _ -> throw new AssertionError("is planned: " + question);
      case Planning.Rejected(var issues) -> issues.getFirst();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      emptyValue = "",
      value = {
        "points_rank; team; group by player or player_id",
        "wins_last_10; season; group by team",
        "points_30d; team,date.month; group by player or player_id",
        "wins_prior_season; team; group by just one period, season",
        "wins_prior_season; team,season,date.month; group by just one period, season",
        "wins_prior_season; team,date.year; group by just one period, season",
        "wins_change; player; no many-to-one path leads there",
      })
  void aGroupingWithoutMeaningIsRefused(String metric, String dimensions, String message) {
    Issue issue = refusal(ask(metric, dimensions));
    assertThat(issue.code()).isEqualTo(Issue.Code.NOT_GROUPABLE);
    assertThat(issue.message()).startsWith("Cannot ").contains(message);
  }

  @Test
  void aRankIsRefusedOnlyWhereNoSetHasItsEntity() {
    plan(
        ask("points_rank", "player,season")
            .withGroupingSets(List.of(List.of("player", "season"), List.of("season"))));
    assertThat(
            refusal(
                    ask("points_rank", "team,season")
                        .withGroupingSets(List.of(List.of("team", "season"), List.of())))
                .suggestions())
        .containsExactly("player", "player_id");
  }

  @Test
  void aFilterOfTimeAndSomethingElseIsRefusedWhereTheMetricLooksBack() {
    var either =
        new Filter.Or(
            List.of(
                new Filter.Comparison("season", Filter.Op.EQUAL, List.of(2018L)),
                new Filter.Comparison("team", Filter.Op.EQUAL, List.of("BOS"))));
    plan(ask("wins", "team").withFilters(List.of(either)));
    Issue issue = refusal(ask("wins_to_date", "team").withFilters(List.of(either)));
    assertThat(issue.code()).isEqualTo(Issue.Code.INVALID_FILTER);
    assertThat(issue.message()).contains("write them apart");
  }

  @Test
  void aFilterOfTheGrainAndSomethingElseIsRefusedWhereTheMetricHasItsOwnGrain() {
    var either =
        new Filter.Or(
            List.of(
                new Filter.Comparison("player", Filter.Op.EQUAL, List.of("A")),
                new Filter.Comparison("team", Filter.Op.EQUAL, List.of("BOS"))));
    assertThat(refusal(ask("points_share", "team").withFilters(List.of(either))).message())
        .contains("belongs to its grain");
  }

  @Test
  void aPathCanBeWrittenOut() {
    assertThat(plan(ask("wins", "opponent_of_team_game.team")).columns())
        .first()
        .satisfies(column -> assertThat(column.name()).isEqualTo("opponent_of_team_game.team"));
    assertThat(plan(ask("points", "team_game_of_player_game.opponent_of_team_game.team")).tables())
        .contains("basketball.games", "basketball.teams");
    assertThat(refusal(ask("wins", "opponent_of_team_gme.team")).code())
        .isEqualTo(Issue.Code.UNKNOWN_DIMENSION);
  }

  @Test
  void aCountOfRunsHasNoEvidence() {
    assertThat(
            refusal(ask("win_streaks_of_5", "team").withEvidence(List.of("win_streaks_of_5")))
                .message())
        .contains("it counts runs");
  }

  @Test
  void aMetricSaysWhatAQuestionMustGroupBy() {
    assertThat(planner.describe("points_rank").orElseThrow().requires())
        .containsExactly(List.of("player", "player_id"));
    assertThat(planner.describe("wins_change").orElseThrow().requires())
        .containsExactly(List.of("season"));
    assertThat(planner.describe("wins").orElseThrow().requires()).isEmpty();
  }

  @Test
  void daysAreCountedByNothingButADate() {
    String model =
        """
        version: 0.2.0.dev0
        name: shop
        datasets:
          - name: sales
            source: shop.sales
            primary_key: [sale_id]
            fields:
              - {name: day, dimension: {is_time: true}, expression: {dialects: [{dialect: ANSI_SQL, expression: day_number}]}}
        metrics:
          - name: again
            expression: {dialects: [{dialect: ANSI_SQL, expression: sales.sale_id > 0}]}
            custom_extensions:
              - {vendor_name: SCOREBOOK, data: '{"kind": "conversion", "then": "sales.sale_id > 0", "within": {"days": 7}, "entity": ["sales.sale_id"], "order": ["sales.day"]}'}
        """;
    var sales =
        new SourceTable(
            "shop",
            "sales",
            List.of(
                new SourceTable.Column("sale_id", SourceTable.Type.Simple.LONG, true),
                new SourceTable.Column("day_number", SourceTable.Type.Simple.INTEGER, false)));
    var read = OssieReader.parse("model.yaml", model, new Findings()).orElseThrow();
    var findings = new Findings();
    ModelCheck.check(read, List.of(sales), findings);
    assertThat(findings.toList())
        .anySatisfy(finding ->
            assertThat(finding.toString())
                .startsWith("model.yaml:10: error: ")
                .contains(
                    "Cannot tell days by 'sales.day', as metric 'again' does: it is INTEGER"));
    assertThatThrownBy(() -> new Planner(read, List.of(sales), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid metric 'again': its days are counted by 'sales.day', which is no date or time");
  }
}

package io.scorebook.semantic.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.Repository;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Files;
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

  /// Its value is known without its place: but a question of it alone is one of the metric.
  @Test
  void theTargetOfARankIsRefusedWhereItsRankIs() throws IOException {
    var findings = new Findings();
    var model =
        OssieReader.parse(
                "model.yaml",
                Files.readString(Repository.file("domains/basketball/model.yaml"))
                    .replace(
                        "\"kind\": \"rank\",",
                        "\"kind\": \"rank\", \"target\": {\"value\": 10, \"direction\": \"atMost\"},"),
                findings)
            .orElseThrow(() -> new AssertionError(findings.toList()));
    var ranked = new Planner(model, Basketball.tables(), List.of());
    for (String metric : List.of("points_rank_target", "points_rank_on_target")) {
      assertThat(ranked.plan(ask(metric, "team")))
          .isInstanceOfSatisfying(
              Planning.Rejected.class,
              rejected ->
                  assertThat(rejected.issues().getFirst().message())
                      .contains("group by player or player_id"));
      assertThat(ranked.plan(ask(metric, "player"))).isInstanceOf(Planning.Planned.class);
    }
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "wins| team| date.month| Cannot fill 'date.month': 'dimensions' does not have it",
        "wins| team| team| Cannot fill 'team': it is no time and no calendar",
        "wins| date.year,date.month| date.month,date.year| Cannot fill 'date.year': the question has 'date.month' beside it in one set; fill the finer of them",
        "wins| season,date.month| season| Cannot fill 'season': what 'date.month' there is in a period of it without rows is not known; fill 'date.month'",
        "wins| date.month| date.month,date.month| Cannot use 'date.month' twice in 'fill'",
        "points_30d| player,season| season| Cannot fill 'season' for 'points_30d': which days a period of it without rows has is not known; fill a grain of 'date'",
      })
  void whatHasNoPeriodsIsNotFilled(String metric, String dimensions, String fill, String message) {
    assertThat(refusal(ask(metric, dimensions).withFill(List.of(fill.split(",", -1)))).message())
        .isEqualTo(message);
  }

  @Test
  void withoutAPeriodNoneIsIncomplete() {
    Issue issue = refusal(ask("wins", "team").withPartial());
    assertThat(issue.code()).isEqualTo(Issue.Code.INVALID_QUESTION);
    assertThat(issue.message())
        .isEqualTo(
            "Cannot tell which periods are incomplete: no dimension is a period; group by a grain of a time, or by a calendar");
  }

  @Test
  void aFilterOfTimeAndSomethingElseIsRefusedWherePeriodsAreFilledOrTold() {
    var either =
        new Filter.Or(
            List.of(
                new Filter.Comparison("season", Filter.Op.EQUAL, List.of(2018L)),
                new Filter.Comparison("team", Filter.Op.EQUAL, List.of("BOS"))));
    Question wins = ask("wins", "date.month").withFilters(List.of(either));
    assertThat(refusal(wins.withFill(List.of("date.month"))).message())
        .isEqualTo(
            "Cannot tell which periods there are under a filter that has both 'date' and 'team' in it; write them apart");
    assertThat(refusal(wins.withPartial()).code()).isEqualTo(Issue.Code.INVALID_FILTER);
  }

  @Test
  void anAnswerOfFilledPeriodsIsBounded() {
    Plan plan = plan(ask("wins", "team,date").withFill(List.of("date")));
    assertThat(plan.excesses())
        .singleElement()
        .extracting(excess -> excess.issue().message())
        .isEqualTo(
            "Cannot fill 'date': that would make more than 1,000,000 rows, or more than 110,592 days from the first to the last; filter on 'date', or group by less");
    assertThat(plan(ask("wins", "team,date")).excesses()).isEmpty();
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

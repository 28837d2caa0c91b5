package io.scorebook.semantic.plan;

import static io.scorebook.semantic.plan.Basketball.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.semantic.lineage.Lineage.Edge;
import io.scorebook.semantic.lineage.Lineage.Use;
import io.scorebook.semantic.lineage.ModelLineage;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The shape of plans, and every way in which a question is refused. That the plans give the right
/// numbers is shown where there are engines and data.
class QuestionPlanTest {
  private final Planner planner = Basketball.planner();

  private Plan plan(Question question) {
    return switch (planner.plan(question)) {
      case Planning.Planned(Plan plan) -> plan;
      case Planning.Rejected(var issues) -> throw new AssertionError(issues);
    };
  }

  private List<String> refusals(Question question) {
    return switch (planner.plan(question)) {
      case Planning.Planned(Plan plan) -> throw new AssertionError(text(plan));
      case Planning.Rejected(var issues) -> issues.stream().map(Issue::message).toList();
    };
  }

  private static String text(Plan plan) {
    return RelOptUtil.toString(plan.rel());
  }

  private static Filter.Comparison filter(String field, Filter.Op op, Object... values) {
    return new Filter.Comparison(field, op, List.of(values));
  }

  @Test
  void allPlainAggregatesOfAFactAreOneAggregateOverOneJoin() {
    Plan plan = plan(ask("games,wins,losses,win_pct,team_points,point_differential", "team"));
    assertThat(text(plan)).containsOnlyOnce("LogicalAggregate").containsOnlyOnce("LogicalJoin");
    assertThat(plan.tables()).containsExactlyInAnyOrder("basketball.games", "basketball.teams");
  }

  @Test
  void alternativesMayStandInAlternatives() {
    var either =
        new Filter.Or(
            List.of(
                filter("season", Filter.Op.GREATER, 2018L),
                new Filter.Or(
                    List.of(
                        filter("season", Filter.Op.LESS, 2016L),
                        filter("season", Filter.Op.IN, 2017L, 2015L)))));
    plan(ask("wins", "team").withFilters(List.of(either, filter("wins", Filter.Op.IN, 1L, 2L))));
    assertThat(text(plan(ask("wins", "team").withFilters(List.of(either)))))
        .containsOnlyOnce("OR(");
  }

  @Test
  void alternativesMayStandInAlternativesWithinAnd() {
    var either =
        new Filter.Or(
            List.of(
                new Filter.Or(
                    List.of(
                        filter("team", Filter.Op.CONTAINS, "a"),
                        filter("team", Filter.Op.GREATER_OR_EQUAL, "b"))),
                new Filter.Not(filter("team", Filter.Op.GREATER, "b"))));
    var both = new Filter.And(List.of(either, filter("home_away", Filter.Op.EQUAL, "home")));
    assertThat(text(plan(ask("wins", "team").withFilters(List.of(both))))).containsOnlyOnce("OR(");
  }

  @Test
  void theOppositeOfConditionsMayHoldItsOwn() {
    var opposite =
        new Filter.Not(
            new Filter.And(
                List.of(
                    new Filter.Not(
                        new Filter.Or(
                            List.of(
                                filter("team", Filter.Op.CONTAINS, "a"),
                                filter("team", Filter.Op.GREATER_OR_EQUAL, "b")))),
                    filter("team", Filter.Op.GREATER, "b"))));
    plan(
        ask("wins", "team")
            .withFilters(List.of(opposite, filter("home_away", Filter.Op.EQUAL, "home"))));
  }

  @Test
  void onlyTheDatasetsInUseAreJoined() {
    assertThat(text(plan(ask("points", "player_id")))).doesNotContain("LogicalJoin");
    assertThat(text(plan(ask("points", "player")))).containsOnlyOnce("LogicalJoin");
  }

  @Test
  void factsMeetOnlyAfterEachIsAggregated() {
    Plan plan = plan(ask("wins,points", "team,season"));
    String text = text(plan);
    assertThat(text).contains("LogicalUnion");
    // Above the union there is no join any more: nothing multiplies.
    assertThat(text.substring(0, text.indexOf("LogicalUnion"))).doesNotContain("LogicalJoin");
  }

  @Test
  void aSequenceHasAStageForEachGroupingSetPartitionedByEntityAndKeys() {
    Plan plan =
        plan(
            ask("longest_win_streak", "team,season")
                .withGroupingSets(List.of(List.of("team", "season"), List.of("team"), List.of())));
    // Once by season and team, twice (for the set of the team, and for none) by the team alone.
    assertThat(text(plan)).contains("PARTITION BY CAST($3):INTEGER, $1 ORDER BY $4");
    assertThat(text(plan).split("LAG\\(", -1)).hasSize(4);
  }

  @Test
  void aKeyThatTheEntityDeterminesIsLookedUpAfterwards() {
    String text = text(plan(ask("longest_streak_over_10", "player,season")));
    assertThat(text.indexOf("basketball, players")).isGreaterThan(text.indexOf("LAG("));
    assertThat(text).contains("LogicalProject(k0=[$4], k1=[$0]");
    // A key that it does not determine parts the rows.
    assertThat(text(plan(ask("longest_streak_over_10", "team"))))
        .containsPattern("PARTITION BY \\$\\d+, \\$\\d+ ORDER BY");
  }

  @Test
  void aWindowHasItsRows() {
    assertThat(text(plan(ask("most_wins_in_90_games", "team")))).contains("ROWS 89 PRECEDING");
  }

  @Test
  void theOrderOfASequenceEndsWithThePrimaryKey() {
    assertThat(plan(ask("longest_streak_over_10", "player")).assumedKeys())
        .contains(
            new AssumedKey("player_games", List.of("game_id", "player_id"), AssumedKey.Use.ORDER),
            new AssumedKey("players", List.of("player_id")),
            new AssumedKey("games", List.of("game_id")));
  }

  @Test
  void columnsComeAsDimensionsGroupingMetricsEvidence() {
    Plan plan =
        plan(
            ask("most_wins_in_90_games,wins", "")
                .withGroupingSets(List.of(List.of("team"), List.of()))
                .withEvidence(List.of("most_wins_in_90_games")));
    assertThat(plan.columns())
        .map(Plan.OutputColumn::name)
        .containsExactly(
            "team",
            "grouping",
            "most_wins_in_90_games",
            "wins",
            "most_wins_in_90_games_start",
            "most_wins_in_90_games_end",
            "most_wins_in_90_games_entity");
    assertThat(plan.columns().getLast().type()).isEqualTo(Plan.OutputType.STRING);
  }

  @Test
  void evidenceNamesTheEntityOnlyAboveIt() {
    assertThat(
            plan(ask("longest_streak_over_10", "player")
                    .withEvidence(List.of("longest_streak_over_10")))
                .columns())
        .map(Plan.OutputColumn::name)
        .containsExactly(
            "player",
            "longest_streak_over_10",
            "longest_streak_over_10_start",
            "longest_streak_over_10_end");
  }

  @Test
  void aFilterOnADimensionStandsBelowTheAggregateOnAMetricAbove() {
    Plan plan =
        plan(
            ask("wins", "team")
                .withFilters(
                    List.of(
                        filter("season", Filter.Op.GREATER_OR_EQUAL, 2018L),
                        filter("wins", Filter.Op.GREATER, 40L))));
    String text = text(plan);
    int aggregate = text.indexOf("LogicalAggregate");
    assertThat(text.indexOf("40)")).isLessThan(aggregate);
    assertThat(text.indexOf("2018)")).isGreaterThan(aggregate);
  }

  @Test
  void divisionIsOfDoublesAndByZeroNull() {
    assertThat(text(plan(ask("win_pct", "")))).contains(":DOUBLE, 0.0E0), null:DOUBLE");
    assertThat(plan(ask("win_pct", "")).columns().getFirst().type())
        .isEqualTo(Plan.OutputType.DOUBLE);
  }

  @Test
  void everyMetricOfTheSampleCanBePlannedByEachDimensionThatItSaysItHas() {
    for (var metric : Basketball.MODEL.metrics()) {
      MetricDescription description = planner.describe(metric.name()).orElseThrow();
      for (String dimension : description.dimensions()) {
        var keys = new ArrayList<>(List.of(dimension));
        for (List<String> required : description.requires()) {
          if (required.stream().noneMatch(keys::contains)) {
            keys.add(required.getFirst());
          }
        }
        var question = Question.of(List.of(metric.name()), List.copyOf(keys));
        boolean twoPeriods =
            description.requires().contains(List.of("season")) && dimension.equals("date");
        if (twoPeriods) {
          assertThat(refusals(question).getFirst()).contains("just one period, season");
        } else {
          plan(question);
        }
      }
      assertThat(description.dimensions()).contains("team", "season", "date");
    }
  }

  @Test
  void lineageKnowsValuesFiltersJoinsKeysAndWindows() {
    Set<Edge> wins = plan(ask("wins", "team")).lineage().columns().get("wins");
    assertThat(wins)
        .contains(
            new Edge("basketball.games", "home_points", Use.FILTER),
            new Edge("basketball.games", "home_team_id", Use.JOIN),
            new Edge("basketball.teams", "abbreviation", Use.GROUP));
    Set<Edge> streak =
        plan(ask("longest_streak_over_10", "")).lineage().columns().get("longest_streak_over_10");
    assertThat(streak)
        .contains(
            new Edge("basketball.games", "game_date", Use.WINDOW),
            new Edge("basketball.game_details", "player_id", Use.WINDOW),
            new Edge("basketball.game_details", "points", Use.FILTER));
    Set<Edge> points = plan(ask("points", "")).lineage().columns().get("points");
    assertThat(points).contains(new Edge("basketball.game_details", "points", Use.AGGREGATION));
  }

  @Test
  void lineageTellsWhatIsCopiedFromWhatIsComputed() {
    Set<Edge> names = plan(ask("points", "player")).lineage().columns().get("player");
    assertThat(names).contains(new Edge("basketball.players", "player_name", Use.IDENTITY));
    ModelLineage model = planner.lineage();
    ModelLineage.OfDataset games = model.findDataset("team_games").orElseThrow();
    assertThat(games.fields().get("won"))
        .contains(new Edge("basketball.games", "home_points", Use.TRANSFORMATION));
    assertThat(games.named())
        .contains(new ModelLineage.Column("basketball.games", "visitor_team_id"));
    ModelLineage.OfMetric share =
        model.metrics().stream()
            .filter(metric -> metric.name().equals("win_pct"))
            .findFirst()
            .orElseThrow();
    assertThat(share.metrics()).containsExactlyInAnyOrder("wins", "games");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThat(refusals(ask("wnis,pionts", "team").withLimit(-1)))
        .containsExactlyInAnyOrder(
            "Invalid limit: must not be negative",
            "Cannot find metric 'wnis'; did you mean 'wins'?",
            "Cannot find metric 'pionts'; did you mean 'points'?");
  }

  @Test
  void dimensionsAreLookedUpAlsoBesideAnUnknownMetric() {
    assertThat(refusals(ask("wnis", "taem,date.month")))
        .containsExactly(
            "Cannot find metric 'wnis'; did you mean 'wins'?",
            "Cannot find dimension 'taem'; did you mean 'team'?");
    assertThat(refusals(ask("wnis,games", "taem")))
        .containsExactly(
            "Cannot find metric 'wnis'; did you mean 'wins'?",
            "Cannot find dimension 'taem'; did you mean 'team'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wins   | player       | Cannot use 'player' for metrics on 'team_games': no many-to-one path leads there; there is date, home_away, opponent, season, team
          wins   | taem         | Cannot find dimension 'taem'; did you mean 'team'?
          wins   | season.month | Cannot take 'month' of 'season': it is no date or time
          wins   | team,team    | Cannot use 'team' twice in 'dimensions'
          wins,wins | team      | Cannot use 'wins' twice in 'metrics'
          """)
  void aQuestionWithoutMeaningIsRefused(String metrics, String dimensions, String message) {
    assertThat(refusals(ask(metrics, dimensions))).containsExactly(message);
  }

  @Test
  void aDimensionThatOnlyOneOfTwoFactsHasIsRefusedAlsoInAFilter() {
    assertThat(
            refusals(
                ask("wins,points", "season")
                    .withFilters(List.of(filter("player", Filter.Op.EQUAL, "A. Body")))))
        .singleElement()
        .asString()
        .startsWith("Cannot use 'player' for metrics on 'team_games'");
  }

  @Test
  void valuesAreNotCastToFit() {
    assertThat(
            refusals(
                ask("wins", "team")
                    .withFilters(
                        List.of(
                            filter("season", Filter.Op.EQUAL, "2018"),
                            filter("team", Filter.Op.EQUAL, 7L),
                            filter("date", Filter.Op.LESS, "yesterday"),
                            filter("team", Filter.Op.IN),
                            new Filter.Comparison(
                                "team",
                                Filter.Op.EQUAL,
                                java.util.Collections.singletonList(null))))))
        .containsExactly(
            "Invalid value [2018] for 'season =': must be a number",
            "Invalid value [7] for 'team =': must be a text",
            "Invalid value [yesterday] for 'date <': must be a date as 2018-10-16",
            "Cannot compare 'team' by 'in' with 0 values",
            "Cannot compare 'team' with null; use the op isNull or isNotNull");
  }

  @Test
  void aFilterOfRowsAndGroupsAtOnceIsRefused() {
    assertThat(
            refusals(
                ask("wins", "team")
                    .withFilters(
                        List.of(
                            new Filter.Or(
                                List.of(
                                    filter("season", Filter.Op.EQUAL, 2018L),
                                    filter("wins", Filter.Op.GREATER, 40L)))))))
        .containsExactly(
            "Cannot combine dimensions (which choose rows) and metrics (which choose groups) in one filter: [season, wins]");
  }

  @Test
  void groupingSetsAreSetsOfTheDimensions() {
    assertThat(
            refusals(
                ask("wins", "team,season")
                    .withGroupingSets(List.of(List.of("team"), List.of("team"), List.of("date")))))
        .containsExactly(
            "Cannot use the grouping set [team] twice",
            "Cannot group by 'date' in a grouping set: 'dimensions' does not have it",
            "Cannot use the dimension 'season': no grouping set has it");
  }

  @Test
  void evidenceIsOfSequenceMetricsThatAreAskedFor() {
    assertThat(refusals(ask("wins", "team").withEvidence(List.of("wins", "longest_win_streak"))))
        .containsExactly(
            "Cannot give evidence of 'wins': it is no sequence metric",
            "Cannot give evidence of 'longest_win_streak': 'metrics' does not have it");
  }

  @Test
  void anUnknownOrderIsRefusedWithASuggestion() {
    assertThat(refusals(ask("wins", "team").withOrderBy(List.of(new Question.Order("wnis", true)))))
        .containsExactly(
            "Cannot order by 'wnis': it is neither a dimension of the question nor a metric; did you mean 'wins'?");
  }
}

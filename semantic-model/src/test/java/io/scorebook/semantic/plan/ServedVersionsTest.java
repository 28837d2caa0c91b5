package io.scorebook.semantic.plan;

import static io.scorebook.semantic.plan.Basketball.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.Repository;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Planner.By;
import io.scorebook.semantic.plan.Planner.ServedTable;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.junit.jupiter.api.Test;

/// Tables of products that are planned by models of before, beside those of today.
class ServedVersionsTest {
  private static final ProductTable V1 = wins("standings_v1");
  private static final ProductTable V2 = wins("standings_v2");
  private static final ProductTable STREAKS =
      new ProductTable(
          "streaks_v1",
          "streaks",
          new ProductTable.Content.Metrics(ask("longest_win_streak", "team")));

  private final Planner before = Basketball.planner(V1);
  private final Planner planner = serving(before);

  private static ProductTable wins(String schema) {
    return new ProductTable(
        schema, "standings", new ProductTable.Content.Metrics(ask("wins", "team")));
  }

  private static Planner serving(Planner before) {
    return new Planner(changed(), Basketball.tables(), List.of())
        .serving(
            List.of(
                new ServedTable(V2, Optional.empty(), Optional.empty()),
                new ServedTable(
                    V1, Optional.of(new By("publication 1", before)), Optional.of("Ends soon")),
                new ServedTable(
                    STREAKS, Optional.of(new By("publication 1", before)), Optional.empty())),
            Map.of("standings_v0", "Cannot find standings_v0: it ended; ask standings_v1"));
  }

  /// Wins are counted otherwise.
  private static SemanticModel changed() {
    try {
      String text = Files.readString(Repository.file("domains/basketball/model.yaml"));
      String formula = "COUNT(team_games.game_id) FILTER (WHERE team_games.won)";
      assertThat(text).contains(formula);
      return OssieReader.parse(
              "model.yaml", text.replace(formula, "2 * " + formula), new Findings())
          .orElseThrow();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Plan plan(String sql) {
    return plan(planner.plan(sql));
  }

  private static Plan plan(Planning planning) {
    return switch (planning) {
      case Planning.Planned(Plan plan) -> plan;
      case Planning.Rejected(var issues) -> throw new AssertionError(issues);
    };
  }

  private static String text(Plan plan) {
    return RelOptUtil.toString(plan.rel());
  }

  @Test
  void eachVersionHasTheFormulaOfItsModel() {
    assertThat(text(plan(planner.plan(V1))))
        .isEqualTo(text(plan(before.plan(V1))))
        .doesNotContain("*(2");
    assertThat(text(plan(planner.plan(V2)))).contains("*(2");
    assertThat(text(plan("SELECT * FROM standings_v1.standings"))).doesNotContain("*(2");
    assertThat(text(plan("SELECT * FROM standings_v2.standings"))).contains("*(2");
  }

  @Test
  void oneQueryMayHaveBothAndSaysWhichKeysAreWhose() {
    Plan plan =
        plan(
            "SELECT a.team, a.wins, b.wins FROM standings_v1.standings a"
                + " JOIN standings_v2.standings b ON a.team = b.team");
    assertThat(text(plan).split("\\*\\(2", -1)).hasSize(2);
    var own = new AssumedKey("teams", List.of("team_id"));
    var earlier =
        new AssumedKey(
            "teams", List.of("team_id"), AssumedKey.Use.JOIN, Optional.of("publication 1"));
    assertThat(plan.assumedKeys()).contains(own, earlier);
    assertThat(planner.claim(earlier).id()).isEqualTo(planner.claim(own).id());
    assertThat(planner.of(own.of())).isSameAs(planner);
    assertThat(planner.of(earlier.of())).isSameAs(before);
    assertThat(plan.relationships())
        .extracting(AssumedReference::of)
        .contains(Optional.empty(), Optional.of("publication 1"));
  }

  @Test
  void anExplanationTellsBothFormulas() {
    var explanation =
        planner.explain(
            plan(
                "SELECT a.wins, b.wins FROM standings_v1.standings a"
                    + " JOIN standings_v2.standings b ON a.team = b.team"));
    assertThat(explanation.definitions())
        .filteredOn(definition -> definition.name().equals("wins"))
        .extracting(definition -> definition.expression().startsWith("2 *"))
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void whatHasEndedIsToldWithWhatToAsk() {
    assertThat(planner.plan("SELECT * FROM standings_v0.standings"))
        .isInstanceOfSatisfying(
            Planning.Rejected.class,
            rejected -> {
              assertThat(rejected.issues())
                  .extracting(Issue::code)
                  .containsExactly(Issue.Code.GONE);
              assertThat(rejected.issues().getFirst().message()).contains("ask standings_v1");
            });
  }

  @Test
  void aTableOfAVersionTellsWhatIsSaidOfIt() {
    assertThat(planner.tables())
        .filteredOn(table -> table.schema().equals("standings_v1"))
        .extracting(TableDescription::description)
        .containsExactly(Optional.of("Ends soon"));
  }

  @Test
  void pinnedTablesAreReadByNamesOfTheirOwn() {
    var tables =
        Basketball.tables().stream().map(table -> table.at("product/standings/1.0.0")).toList();
    var pinned = new Planner(Basketball.MODEL, tables, List.of(V1));
    Planner both = serving(pinned); // the same tables at a tag, and as they are
    Plan plan =
        plan(
            both.plan(
                "SELECT a.wins, b.wins FROM standings_v1.standings a"
                    + " JOIN standings_v2.standings b ON a.team = b.team"));
    assertThat(plan.tables())
        .containsExactlyInAnyOrder(
            "basketball.games",
            "basketball.teams",
            "basketball.games@product/standings/1.0.0",
            "basketball.teams@product/standings/1.0.0");
    assertThat(SourceTable.untagged("basketball.games@product/standings/1.0.0"))
        .isEqualTo("basketball.games");
    assertThat(plan.lineage().columns().get("wins"))
        .extracting(edge -> edge.table())
        .containsOnly("basketball.games", "basketball.teams");
    AssumedKey key =
        plan.assumedKeys().stream().filter(one -> one.of().isPresent()).findFirst().orElseThrow();
    Proof.Counted proof = (Proof.Counted) both.of(key.of()).proof(both.claim(key), 3);
    assertThat(proof.tally().tables())
        .allMatch(table -> table.endsWith("@product/standings/1.0.0"));
  }
}

package io.scorebook.semantic.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.claim.Declared;
import io.scorebook.semantic.claim.Subject;
import io.scorebook.semantic.question.Question;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.junit.jupiter.api.Test;

final class ClaimsTest {
  private static final Declared DECLARED =
      new Declared("a test", io.scorebook.documents.Location.of("here"));

  private final Planner planner = Basketball.planner();

  private Claim claim(String id) {
    return planner.claims().stream()
        .filter(claim -> claim.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(planner.claims().stream().map(Claim::id).toList()));
  }

  private Plan plan(Question question) {
    return switch (planner.plan(question)) {
      case Planning.Planned(Plan plan) -> plan;
      case Planning.Rejected(var issues) -> throw new AssertionError(issues);
    };
  }

  @Test
  void keysRelationshipsOrdersAndJoinsAreClaimed() {
    assertThat(planner.claims())
        .extracting(Claim::id)
        .contains(
            "unique teams (team_id)",
            "notNull teams (team_id)",
            "unique teams (abbreviation)",
            "refers team_games (opponent_id) to teams (team_id)",
            "refers player_games (game_id, team_id) to team_games (game_id, team_id)",
            "order team_games (team_games.game_id, team_games.team_id)",
            "order team_games (team_games.team_id, team_games.date, team_games.game_id)",
            "join player_games along team_game_of_player_game, opponent_of_team_game")
        .doesNotHaveDuplicates();
    assertThat(claim("unique teams (team_id)").declared().toString())
        .matches("the primary key of 'teams', model.yaml:\\d+");
    assertThat(claim("order team_games (team_games.team_id, team_games.date, team_games.game_id)"))
        .isInstanceOfSatisfying(
            Claim.TotalOrder.class,
            order ->
                assertThat(order.metrics())
                    .contains("longest_win_streak", "most_wins_in_90_games", "wins_last_10"));
  }

  @Test
  void eachClaimCanBeLookedInto() {
    for (Claim claim : planner.claims()) {
      switch (planner.proof(claim, 3)) {
        case Proof.Counted(Plan tally, Plan examples) -> {
          assertThat(tally.columns()).as(claim.id()).hasSize(3);
          assertThat(examples.columns()).as(claim.id()).hasSizeGreaterThan(1);
        }
        case Proof.Compared(Plan sides, List<String> values) ->
            assertThat(sides.columns()).as(claim.id()).hasSize(values.size() + 2);
      }
    }
  }

  @Test
  void noColumnIsTakenToBeNeverNull() {
    var required =
        new Claim.NotNull(
            new Subject.OfTable("basketball", "teams"),
            List.of("team_id"),
            List.of("team_id"),
            DECLARED);
    Proof.Counted proof = (Proof.Counted) planner.proof(required, 3);
    assertThat(RelOptUtil.toString(proof.tally().rel())).contains("IS NULL");
  }

  @Test
  void boundsOfATableAreLookedAtOnBothSides() {
    var range =
        new Claim.WithinRange(
            new Subject.OfTable("basketball", "games"),
            "season",
            Optional.of(BigDecimal.ONE),
            Optional.of(BigDecimal.TEN),
            List.of("game_id", "season"),
            DECLARED);
    assertThat(range.sentence()).isEqualTo("basketball.games (season) is 1 or more and 10 or less");
    Proof.Counted proof = (Proof.Counted) planner.proof(range, 3);
    assertThat(RelOptUtil.toString(proof.tally().rel())).contains("<($", ">($");
    assertThat(proof.tally().tables()).containsExactly("basketball.games");
  }

  @Test
  void aPlanSaysAlongWhichRelationshipsItJoins() {
    assertThat(plan(Question.of(List.of("points"), List.of("player"))).relationships())
        .containsExactly(new AssumedReference("player_of_player_game", Optional.empty()));
    assertThat(plan(Question.of(List.of("wins"), List.of())).relationships()).isEmpty();
  }

  @Test
  void aRankRestsOnTheNamesOfItsEntities() {
    var names = new AssumedKey("players", List.of("player_name"));
    assertThat(plan(Question.of(List.of("points_rank"), List.of("player"))).assumedKeys())
        .contains(names);
    assertThat(plan(Question.of(List.of("points_rank"), List.of("player_id"))).assumedKeys())
        .doesNotContain(names);
    assertThat(plan(Question.of(List.of("wins_last_10"), List.of("team"))).assumedKeys())
        .contains(new AssumedKey("teams", List.of("abbreviation")));
    assertThat(planner.claim(names).id()).isEqualTo("unique players (player_name)");
  }

  @Test
  void aKeyIsRequiredToBeSingleAsItIsUsed() {
    var join = new AssumedKey("teams", List.of("team_id"));
    assertThat(planner.claim(join)).isInstanceOf(Claim.Unique.class);
    var order = new AssumedKey("teams", List.of("team_id"), AssumedKey.Use.ORDER);
    assertThat(planner.claim(order)).isInstanceOf(Claim.TotalOrder.class);
    assertThat(planner.claim(new AssumedReference("team_of_player_game", Optional.empty())).id())
        .isEqualTo("refers player_games (team_id) to teams (team_id)");
  }
}

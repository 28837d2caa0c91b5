package io.scorebook.semantic.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.Repository;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.plan.SourceTable.Column;
import io.scorebook.semantic.plan.SourceTable.Type.Simple;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The sample's model and the standard's example have nothing to mend.
class SharedModelsCheckTest {
  private final Findings findings = new Findings();

  private static SourceTable table(String name, Column... columns) {
    return new SourceTable("basketball", name, List.of(columns));
  }

  @Test
  void theSampleAgreesWithItsTables() {
    SemanticModel model =
        OssieReader.read(Repository.file("domains/basketball/model.yaml"), "model.yaml", findings)
            .orElseThrow();
    ModelCheck.check(
        model,
        List.of(
            table(
                "games",
                new Column("game_id", Simple.LONG, true),
                new Column("game_date", Simple.DATE, true),
                new Column("season", Simple.INTEGER, true),
                new Column("home_team_id", Simple.LONG, true),
                new Column("visitor_team_id", Simple.LONG, true),
                new Column("home_points", Simple.INTEGER, false),
                new Column("away_points", Simple.INTEGER, false)),
            table(
                "game_details",
                new Column("game_id", Simple.LONG, true),
                new Column("team_id", Simple.LONG, true),
                new Column("player_id", Simple.LONG, true),
                new Column("minutes", Simple.DOUBLE, false),
                new Column("points", Simple.INTEGER, false),
                new Column("rebounds", Simple.INTEGER, false),
                new Column("assists", Simple.INTEGER, false)),
            table(
                "teams",
                new Column("team_id", Simple.LONG, true),
                new Column("abbreviation", Simple.STRING, true)),
            table(
                "players",
                new Column("player_id", Simple.LONG, true),
                new Column("player_name", Simple.STRING, true))),
        findings);
    assertThat(findings.toList()).isEmpty();
  }

  @Test
  void theStandardsExampleIsRight() {
    SemanticModel model =
        OssieReader.read(
                Repository.shared("data/ossie/tpcds_semantic_model.yaml"), "tpcds.yaml", findings)
            .orElseThrow();
    ModelCheck.check(model, findings);
    assertThat(findings.toList()).isEmpty();
  }
}

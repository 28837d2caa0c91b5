package io.scorebook.semantic.plan;

import static io.scorebook.semantic.plan.SourceTable.Type.Simple.DATE;
import static io.scorebook.semantic.plan.SourceTable.Type.Simple.DOUBLE;
import static io.scorebook.semantic.plan.SourceTable.Type.Simple.INTEGER;
import static io.scorebook.semantic.plan.SourceTable.Type.Simple.LONG;
import static io.scorebook.semantic.plan.SourceTable.Type.Simple.STRING;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.Repository;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.question.Question;
import java.util.List;

/// The sample's model over tables without data.
final class Basketball {
  static final SemanticModel MODEL = model();

  private Basketball() {}

  static Planner planner(ProductTable... products) {
    return new Planner(MODEL, tables(), List.of(products));
  }

  private static SemanticModel model() {
    var findings = new Findings();
    SemanticModel model =
        OssieReader.read(Repository.file("domains/basketball/model.yaml"), "model.yaml", findings)
            .orElseThrow(() -> new IllegalStateException(findings.toList().toString()));
    if (findings.hasErrors()) {
      throw new IllegalStateException(findings.toList().toString());
    }
    return model;
  }

  static List<SourceTable> tables() {
    return List.of(
        table(
            "games",
            column("game_id", LONG, true),
            column("game_date", DATE, true),
            column("season", INTEGER, true),
            column("home_team_id", LONG, true),
            column("visitor_team_id", LONG, true),
            column("home_points", INTEGER, false),
            column("away_points", INTEGER, false)),
        table(
            "game_details",
            column("game_id", LONG, true),
            column("player_id", LONG, true),
            column("team_id", LONG, true),
            column("player_name", STRING, true),
            column("minutes", DOUBLE, false),
            column("points", INTEGER, false),
            column("rebounds", INTEGER, false),
            column("assists", INTEGER, false)),
        table(
            "teams",
            column("team_id", LONG, true),
            column("abbreviation", STRING, true),
            column("city", STRING, false),
            column("name", STRING, false),
            column("nickname", STRING, false),
            column("full_name", STRING, false)),
        table("players", column("player_id", LONG, true), column("player_name", STRING, true)));
  }

  private static SourceTable table(String name, SourceTable.Column... columns) {
    return new SourceTable("basketball", name, List.of(columns));
  }

  private static SourceTable.Column column(String name, SourceTable.Type type, boolean required) {
    return new SourceTable.Column(name, type, required);
  }

  static Question ask(String metrics, String dimensions) {
    return Question.of(split(metrics), split(dimensions));
  }

  static List<String> split(String names) {
    return names.isEmpty() ? List.of() : List.of(names.split(","));
  }
}

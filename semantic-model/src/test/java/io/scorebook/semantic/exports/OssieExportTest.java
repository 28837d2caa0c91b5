package io.scorebook.semantic.exports;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.compare.ModelComparison;
import io.scorebook.semantic.compare.ModelVersion;
import io.scorebook.semantic.exports.OssieExport.Exported;
import io.scorebook.semantic.model.JsonSchemas;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.Repository;
import io.scorebook.semantic.model.SemanticModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OssieExportTest {
  private record Source(SemanticModel model, Value.Mapping document) {}

  private static Source read(Path file) {
    var findings = new Findings();
    SemanticModel model = OssieReader.read(file, "model.yaml", findings).orElseThrow();
    Value.Mapping document =
        (Value.Mapping) Document.read(file, "model.yaml", findings).orElseThrow();
    assertThat(findings.hasErrors()).isFalse();
    return new Source(model, document);
  }

  private static SemanticModel back(Exported exported) {
    var findings = new Findings();
    SemanticModel model =
        OssieReader.parse("exported.yaml", exported.text(), findings).orElseThrow();
    ModelCheck.check(model, findings);
    assertThat(findings.toList().stream().filter(finding -> finding.isError())).isEmpty();
    return model;
  }

  private static Source sample() {
    return read(Repository.file("domains/basketball/model.yaml"));
  }

  @Test
  void withItsExtensionsItIsTheSameModel() {
    Source sample = sample();
    SemanticModel back = back(OssieExport.withExtensions(sample.model(), sample.document()));
    assertThat(back.hash()).isEqualTo(sample.model().hash());
    assertThat(
            ModelComparison.changes(
                new ModelVersion(sample.model(), Optional.empty()),
                new ModelVersion(back, Optional.empty())))
        .isEmpty();
  }

  @Test
  void whatAPlainReaderMisreadsIsTold() {
    Source sample = sample();
    assertThat(OssieExport.withExtensions(sample.model(), sample.document()).losses())
        .extracting(Loss::toString)
        .anyMatch(loss ->
            loss.contains(
                "misread: metric 'longest_win_streak': plain Ossie has no metrics of the kind 'streak'"))
        .anyMatch(loss -> loss.contains("misread: metric 'win_pct': it names other metrics"))
        .anyMatch(loss -> loss.contains("misread: relationship 'opponent_of_team_game'"))
        .noneMatch(loss -> loss.contains("metric 'wins':"));
  }

  @Test
  void plainItHasNoExtensionAndMetricsOfMetricsAreWrittenOut() {
    Source sample = sample();
    Exported plain = OssieExport.plain(sample.model(), sample.document());
    assertThat(plain.text()).doesNotContain("SCOREBOOK");
    SemanticModel back = back(plain);
    assertThat(back.findMetric("longest_win_streak")).isEmpty();
    assertThat(back.findMetric("wins_change")).isEmpty();
    assertThat(back.findMetric("win_pct").map(Metric::expression))
        .hasValue(
            "(COUNT(team_games.game_id) FILTER (WHERE team_games.won)) / (COUNT(team_games.game_id))");
    assertThat(plain.losses())
        .extracting(Loss::toString)
        .anyMatch(loss -> loss.contains("left out: metric 'wins_change'"))
        .noneMatch(loss -> loss.contains("metric 'win_pct'"));
  }

  @Test
  void bothFormsAreValidByTheStandardsOwnSchema() throws IOException {
    var schema =
        JsonSchemas.schema(Files.readString(Repository.shared("data/ossie/ossie-schema.json")));
    Source sample = sample();
    assertThat(
            JsonSchemas.validate(
                schema, OssieExport.withExtensions(sample.model(), sample.document()).text()))
        .isEmpty();
    assertThat(
            JsonSchemas.validate(
                schema, OssieExport.plain(sample.model(), sample.document()).text()))
        .isEmpty();
  }

  @Test
  void theStandardsExampleComesOutInTheNewestForm() throws IOException {
    Source example = read(Repository.shared("data/ossie/tpcds_semantic_model.yaml"));
    Exported exported = OssieExport.withExtensions(example.model(), example.document());
    assertThat(exported.text()).doesNotContain("semantic_model:");
    var schema =
        JsonSchemas.schema(Files.readString(Repository.shared("data/ossie/ossie-schema.json")));
    assertThat(JsonSchemas.validate(schema, exported.text())).isEmpty();
    assertThat(back(exported).hash()).isEqualTo(example.model().hash());
  }
}

package io.scorebook.semantic.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// The sample's model against the standard, and the standard's own examples.
class SharedModelsTest {
  private final Findings findings = new Findings();

  @Test
  void theSampleIsValidByTheStandardsSchema() throws IOException {
    String schema = Files.readString(Repository.shared("data/ossie/ossie-schema.json"));
    String model = Files.readString(Repository.file("domains/basketball/model.yaml"));
    assertThat(JsonSchemas.validate(JsonSchemas.schema(schema), model)).isEmpty();
    assertThat(
            JsonSchemas.validate(
                JsonSchemas.schema(schema), model.replace("primary_key:", "primary_keys:")))
        .isNotEmpty();
  }

  @Test
  void readsTheSample() {
    SemanticModel model =
        OssieReader.read(Repository.file("domains/basketball/model.yaml"), "model.yaml", findings)
            .orElseThrow();
    assertThat(findings.toList()).isEmpty();
    assertThat(model.datasets())
        .extracting(Dataset::name)
        .containsExactly(
            "team_games", "player_games", "standings_daily", "games", "teams", "players");
    assertThat(model.metrics()).hasSize(37);
  }

  @Test
  void readsTheStandardsExampleOfTheOlderForm() {
    SemanticModel model =
        OssieReader.read(
                Repository.shared("data/ossie/tpcds_semantic_model.yaml"), "tpcds.yaml", findings)
            .orElseThrow();
    assertThat(findings.toList()).isEmpty();
    assertThat(model.name()).isEqualTo("tpcds_retail_model");
    assertThat(model.datasets()).hasSize(5);
    assertThat(model.metrics()).hasSize(5);
  }

  @Test
  void refusesTheStandardsExampleOfTheOntologyLayer() {
    assertThat(
            OssieReader.read(
                Repository.shared("data/ossie/flights.yaml"), "flights.yaml", findings))
        .isEmpty();
    assertThat(findings.toList())
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("ontology layer"));
  }
}

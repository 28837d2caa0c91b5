package io.scorebook.semantic.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.JsonSchemas;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.Repository;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.plan.SourceTable.Column;
import io.scorebook.semantic.plan.SourceTable.Type.Simple;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The examples of `docs/model.md` are right.
class ModelGuideTest {
  /// The code blocks of one language, in order.
  private static List<String> blocks(String language) throws IOException {
    String guide = Files.readString(Repository.file("docs/model.md"));
    return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(guide)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  @Test
  void theModelHasNothingToMend() throws IOException {
    var findings = new Findings();
    SemanticModel model =
        OssieReader.parse("docs/model.md", String.join("", blocks("yaml")), findings).orElseThrow();
    ModelCheck.check(
        model,
        List.of(
            new SourceTable(
                "shop",
                "sales",
                List.of(
                    new Column("sale_id", Simple.LONG, true),
                    new Column("sold_on", Simple.DATE, false),
                    new Column("fiscal_year", Simple.INTEGER, false),
                    new Column("channel", Simple.STRING, false),
                    new Column("item_id", Simple.LONG, false),
                    new Column("gift_id", Simple.LONG, false),
                    new Column("amount", new SourceTable.Type.Decimal(12, 2), false))),
            new SourceTable(
                "shop",
                "visits",
                List.of(
                    new Column("visit_id", Simple.LONG, true),
                    new Column("visited_on", Simple.DATE, false))),
            new SourceTable(
                "shop",
                "items",
                List.of(
                    new Column("item_id", Simple.LONG, true),
                    new Column("label", Simple.STRING, true),
                    new Column("list_price", new SourceTable.Type.Decimal(12, 2), false)))),
        findings);
    assertThat(findings.toList()).isEmpty();
    assertThat(model.metrics()).hasSize(20);
  }

  @Test
  void theModelIsValidByTheStandardsSchema() throws IOException {
    String schema = Files.readString(Repository.shared("data/ossie/ossie-schema.json"));
    assertThat(JsonSchemas.validate(JsonSchemas.schema(schema), String.join("", blocks("yaml"))))
        .isEmpty();
  }

  @Test
  void theExtensionsAreValid() throws IOException {
    String schema =
        Files.readString(
            Repository.file(
                "semantic-model/src/main/resources/io/scorebook/semantic/model/scorebook-extension.schema.json"));
    assertThat(blocks("json")).hasSize(3);
    for (String extension : blocks("json")) {
      assertThat(JsonSchemas.validate(JsonSchemas.schema(schema), extension)).isEmpty();
    }
  }
}

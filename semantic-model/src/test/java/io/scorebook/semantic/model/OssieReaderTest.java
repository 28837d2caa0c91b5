package io.scorebook.semantic.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OssieReaderTest {
  private final Findings findings = new Findings();

  private static final String SHOP =
      """
      version: 0.2.0.dev0
      name: shop
      description: What a shop sells
      custom_extensions:
        - vendor_name: OTHER
          data: 'anything'
        - vendor_name: SCOREBOOK
          data: '{"version": "1.2.0", "conformed": ["day"]}'
      datasets:
        - name: sales
          source: prod.shop.sales
          primary_key: [sale_id]
          unique_keys: [[receipt, line]]
          fields:
            - name: day
              datatype: Date
              expression:
                dialects:
                  - {dialect: ANSI_SQL, expression: sold_on}
                  - {dialect: OSSIE_SQL_2026, expression: sale_day}
            - name: booked_at
              datatype: DateTime
              dimension: {is_time: false}
              expression: {dialects: [{dialect: ANSI_SQL, expression: booked_at}]}
            - name: amount
              datatype: Decimal
              ai_context: {synonyms: [price]}
              expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}
            - name: year
              datatype: Integer
              dimension: {is_time: true}
              expression: {dialects: [{dialect: ANSI_SQL, expression: sale_year}]}
        - name: items
          source: |
            SELECT item_id, label
            FROM shop.items
          primary_key: [item_id]
      relationships:
        - name: item_of_sale
          from: sales
          to: items
          from_columns: [item_id]
          to_columns: [item_id]
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: '{"exposes": {"thing": "label"}}'
        - name: gift_of_sale
          from: sales
          to: items
          from_columns: [gift_id]
          to_columns: [item_id]
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: '{"exposes": ["label"]}'
      metrics:
        - name: revenue
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
        - name: longest_run
          expression: {dialects: [{dialect: ANSI_SQL, expression: sales.amount > 10}]}
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: |
                {"kind": "streak", "mode": "longest", "onNull": "break",
                 "entity": ["sales.item_id"], "order": ["sales.day"]}
        - name: worst_week
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: '{"kind": "window", "mode": "worst", "rows": 7, "entity": ["sales.item_id"], "order": ["sales.day"]}'
      """;

  private SemanticModel readShop() {
    Optional<SemanticModel> model = OssieReader.parse("model.yaml", SHOP, findings);
    assertThat(findings.toList()).isEmpty();
    return model.orElseThrow();
  }

  private void assertFinds(String text, String... lines) {
    OssieReader.parse("model.yaml", text, findings);
    assertThat(findings.toList()).extracting(Finding::toString).containsExactly(lines);
  }

  @Test
  void readsTheModelAndItsExtension() {
    SemanticModel shop = readShop();
    assertThat(shop.name()).isEqualTo("shop");
    assertThat(shop.version()).isEqualTo("1.2.0");
    assertThat(shop.conformed()).containsExactly("day");
    assertThat(shop.conformedAt()).isEqualTo(new Location("model.yaml", 8, 33));
  }

  @Test
  void keepsTheLastTwoPartsOfATableName() {
    assertThat(readShop().findDataset("sales").orElseThrow().source())
        .isEqualTo(new Dataset.Source.Table("shop", "sales"));
  }

  @Test
  void takesASourceThatBeginsWithSelectForAQuery() {
    assertThat(readShop().findDataset("items").orElseThrow().source())
        .isEqualTo(
            new Dataset.Source.Query(
                "SELECT item_id, label\nFROM shop.items\n", new Location("model.yaml", 35, 7)));
  }

  @Test
  void prefersTheStandardsOwnDialect() {
    assertThat(field("day").expression()).isEqualTo("sale_day");
    assertThat(field("amount").expression()).isEqualTo("amount");
  }

  @Test
  void takesFieldsWithDimensionOrTemporalTypeForDimensions() {
    assertThat(field("day").isDimension()).isTrue();
    assertThat(field("day").isTime()).isTrue();
    assertThat(field("booked_at").isDimension()).isTrue();
    assertThat(field("booked_at").isTime()).isFalse();
    assertThat(field("amount").isDimension()).isFalse();
    assertThat(field("year").isTime()).isTrue();
  }

  private Field field(String name) {
    return readShop().findDataset("sales").orElseThrow().findField(name).orElseThrow();
  }

  @Test
  void readsWhatRelationshipsExpose() {
    assertThat(readShop().relationships())
        .extracting(Relationship::exposes)
        .containsExactly(
            Optional.of(Map.of("thing", "label")), Optional.of(Map.of("label", "label")));
  }

  @Test
  void readsEachKindOfMetric() {
    SemanticModel shop = readShop();
    assertThat(shop.findMetric("revenue").orElseThrow()).isInstanceOf(Metric.Expression.class);
    var run = (Metric.Streak) shop.findMetric("longest_run").orElseThrow();
    assertThat(run.expression()).isEqualTo("sales.amount > 10");
    assertThat(run.mode()).isEqualTo(Metric.Streak.Mode.LONGEST);
    assertThat(run.onNull()).isEqualTo(Metric.Streak.OnNull.BREAK);
    assertThat(run.entity()).containsExactly("sales.item_id");
    var week = (Metric.Window) shop.findMetric("worst_week").orElseThrow();
    assertThat(week.rows()).isEqualTo(7);
    assertThat(week.mode()).isEqualTo(Metric.Window.Mode.WORST);
    assertThat(week.order()).containsExactly("sales.day");
  }

  @Test
  void hashesContentAndNotLayout() {
    String hash = readShop().hash();
    assertThat(hash).matches("sha256:[0-9a-f]{64}");
    String reordered =
        SHOP.replace(
                "name: shop\ndescription: What a shop sells",
                "description: 'What a shop sells'\nname:   shop")
            .replace(
                "{\"version\": \"1.2.0\", \"conformed\": [\"day\"]}",
                "{\"conformed\":[\"day\"],\"version\":\"1.2.0\"}");
    assertThat(reordered).isNotEqualTo(SHOP);
    assertThat(OssieReader.parse("other.yaml", reordered, findings).orElseThrow().hash())
        .isEqualTo(hash);
    assertThat(
            OssieReader.parse("model.yaml", SHOP.replace("amount > 10", "amount > 11"), findings)
                .orElseThrow()
                .hash())
        .isNotEqualTo(hash);
    assertThat(
            OssieReader.parse("model.yaml", SHOP.replace("\"rows\": 7", "\"rows\": 8"), findings)
                .orElseThrow()
                .hash())
        .isNotEqualTo(hash);
  }

  @Test
  void readsTheOlderFormToTheSameModel() {
    String older =
        SHOP.replaceFirst("version: 0.2.0.dev0\n", "")
            .indent(4)
            .replaceFirst(" {4}name: shop", "version: 0.2.0.dev0\nsemantic_model:\n  - name: shop");
    Optional<SemanticModel> model = OssieReader.parse("older.yaml", older, findings);
    assertThat(findings.toList()).isEmpty();
    assertThat(model.orElseThrow().hash()).isEqualTo(readShop().hash());
  }

  @Test
  void refusesSeveralModelsInOneDocument() {
    assertFinds(
        """
        version: 0.2.0.dev0
        semantic_model:
          - {name: a, datasets: [{name: t, source: n.t}]}
          - {name: b, datasets: [{name: t, source: n.t}]}
        """,
        "model.yaml:2: error: Cannot choose among 2 semantic models; write one model a document");
  }

  @Test
  void refusesTheOntologyLayer() {
    assertFinds(
        """
        version: 0.2.0.dev0
        name: Flights
        ontology:
          - concept: Airport
        """,
        "model.yaml:3: error: Cannot use a document of Ossie's ontology layer as a semantic model;"
            + " give the semantic model (datasets, relationships, metrics) that it maps to");
  }

  @Test
  void reportsEverythingAtOnceWithPlaceAndMend() {
    assertFinds(
        """
        version: 0.3.0
        name: 9lives
        datasets:
          - name: sales
            source: sales
            primary_keys: [id]
          - name: items
            source: shop.items
            fields:
              - name: price
                datatype: Decimall
                expression: {dialects: [{dialect: TABLEAU, expression: "[Price]"}]}
              - name: colour
        metrics:
          - name: revenue
            expression: {dialects: [{dialect: ANSI_SQLL, expression: SUM(items.price)}]}
            custom_extensions:
              - vendor_name: Scorebook
                data: '{}'
        """,
        "model.yaml:1: error: Cannot read version '0.3.0' of Ossie; write 0.2.0.dev0",
        "model.yaml:2: error: Invalid name of a model: '9lives'; use letters, digits and _, at most"
            + " 128, not beginning with a digit",
        "model.yaml:5: error: Invalid source 'sales'; write namespace.table, or a query that begins"
            + " with SELECT, WITH or (",
        "model.yaml:6: error: Cannot use the key 'primary_keys'; did you mean 'primary_key'?",
        "model.yaml:11: error: Cannot find the datatype 'Decimall'; did you mean 'Decimal'?",
        "model.yaml:12: error: Cannot read an expression in TABLEAU only; write it in the dialect"
            + " OSSIE_SQL_2026 or ANSI_SQL",
        "model.yaml:13: error: Cannot find the required 'expression'",
        "model.yaml:16: error: Cannot read an expression in ANSI_SQLL only; write it in the dialect"
            + " OSSIE_SQL_2026 or ANSI_SQL",
        "model.yaml:16: error: Cannot find the dialect 'ANSI_SQLL'; did you mean 'ANSI_SQL'?",
        "model.yaml:18: error: Invalid vendor 'Scorebook'; write SCOREBOOK");
  }

  @Test
  void reportsMistakesInExtensionsAtTheirPlaceInTheDocument() {
    assertFinds(
        SHOP.replace("\"onNull\": \"break\"", "\"onNull\": \"brake\"")
            .replace("\"order\": [\"sales.day\"]}\n", "\"ordr\": [\"sales.day\"]}\n")
            .replace("\"rows\": 7", "\"rows\": 0")
            .replace("\"conformed\"", "\"conform\"")
            .replace("'{\"exposes\": [\"label\"]}'", "'{\"exposes\": [\"label\"}'"),
        "model.yaml:8: error: Cannot use the key 'conform'; did you mean 'conformed'?",
        "model.yaml:54: error: Cannot parse the JSON: Unexpected close marker '}': expected ']'",
        "model.yaml:63: error: Cannot find a field in the required 'order'; write a list of"
            + " dataset.field",
        "model.yaml:63: error: Cannot use 'brake' as 'onNull'; did you mean 'break'?",
        "model.yaml:64: error: Cannot use the key 'ordr'; did you mean 'order'?",
        "model.yaml:69: error: Invalid 'rows': 0; use 1 or more");
  }

  @Test
  void refusesAnExtensionWhereThereIsNone() {
    assertFinds(
        """
        version: 0.2.0.dev0
        name: shop
        datasets:
          - name: sales
            source: shop.sales
            custom_extensions: [{vendor_name: SCOREBOOK, data: '{"grain": "day"}'}]
        """,
        "model.yaml:6: error: Cannot have a SCOREBOOK extension on a dataset; a model, a"
            + " relationship and a metric can have one");
  }

  @Test
  void reportsAFileThatCannotBeRead(@TempDir Path folder) throws IOException {
    assertThat(OssieReader.read(folder.resolve("model.yaml"), "model.yaml", findings)).isEmpty();
    Files.write(
        folder.resolve("latin1.yaml"), new byte[] {'n', 'a', 'm', 'e', ':', ' ', (byte) 0xe9});
    assertThat(OssieReader.read(folder.resolve("latin1.yaml"), "latin1.yaml", findings)).isEmpty();
    assertThat(findings.toList())
        .extracting(Finding::toString)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("latin1.yaml:1: error: Cannot read the file"),
            second -> assertThat(second).startsWith("model.yaml:1: error: Cannot read the file"));
  }

  @Test
  void refusesAnUnknownKindOfMetric() {
    assertFinds(
        SHOP.replace("\"kind\": \"streak\"", "\"kind\": \"steak\""),
        "model.yaml:63: error: Cannot find the kind of metric 'steak'; did you mean 'streak'?");
  }
}

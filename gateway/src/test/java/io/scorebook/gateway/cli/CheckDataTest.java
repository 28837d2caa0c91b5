package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.catalog.attestation.Attestations;
import io.scorebook.catalog.attestation.Attested;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is declared is proven at each load, and by `check --data`.
class CheckDataTest {
  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: shop
      datasets:
        - name: sales
          description: A row for each sale
          source: shop.sales
          primary_key: [id]
          fields:
            - {name: item_id, datatype: Integer, expression: {dialects: [{dialect: ANSI_SQL, expression: item_id}]}}
            - {name: amount, datatype: Integer, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
        - name: items
          description: A row for each item
          source: shop.items
          primary_key: [item_id]
          unique_keys: [[label]]
          fields:
            - {name: item, datatype: String, description: Its label, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: label}]}}
      relationships:
        - {name: item_of_sale, from: sales, to: items, from_columns: [item_id], to_columns: [item_id]}
      metrics:
        - name: revenue
          description: What was paid (money)
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
      """;

  private static final String SALES =
      """
      {"type": "record", "name": "sales", "namespace": "shop", "primaryKey": ["id"],
       "fields": [{"name": "id", "type": "long"}, {"name": "item_id", "type": ["null", "long"]},
                  {"name": "amount", "type": "int", "min": 0}]}
      """;

  private static final String ITEMS =
      """
      {"type": "record", "name": "items", "namespace": "shop", "primaryKey": ["item_id"],
       "fields": [{"name": "item_id", "type": "long"}, {"name": "label", "type": "string"}]}
      """;

  @TempDir private Path temp;

  private record Ran(int code, String out, String err) {}

  private Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code =
        line.execute(
            Stream.concat(
                    Stream.of(arguments), Stream.of("--home", temp.resolve("home").toString()))
                .toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  private Ran load(String table, String csv, String... more) throws IOException {
    Path file = Files.writeString(temp.resolve(table + csv.hashCode() + ".csv"), csv);
    return run(
        Stream.concat(
                Stream.of("load", table, file.toString(), "--domain", temp.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Ran check(String... more) {
    return run(
        Stream.concat(Stream.of("check", temp.toString(), "--data"), Stream.of(more))
            .toArray(String[]::new));
  }

  private List<Attested> kept() {
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(temp.resolve("home")))) {
      Domain domain = Domain.read(temp, new Findings()).orElseThrow();
      return new Attestations(warehouse, "shop").read(domain.model().hash());
    }
  }

  @BeforeEach
  void writeDomain() throws IOException {
    Files.createDirectories(temp.resolve("schemas"));
    Files.writeString(temp.resolve("model.yaml"), MODEL);
    Files.writeString(temp.resolve("schemas/sales.avsc"), SALES);
    Files.writeString(temp.resolve("schemas/items.avsc"), ITEMS);
  }

  @Test
  void factsMayComeBeforeWhatTheyReferTo() throws IOException {
    Ran facts = load("sales", "id,item_id,amount\n1,7,10\n2,8,20\n3,,5\n");
    assertThat(facts.code()).as(facts.err()).isZero();
    assertThat(facts.out()).contains("loaded 3");
    assertThat(facts.err())
        .contains(
            "disproved: each sales (item_id) is in items (item_id): 2 counterexamples, of 3 rows"
                + " (the relationship 'item_of_sale', model.yaml:");
    assertThat(load("items", "item_id,label\n7,tea\n8,cups\n").err()).doesNotContain("disproved");
    Ran checked = check();
    assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.out())
        .contains("proven     each sales (item_id) is in items (item_id): 3 rows, 33.3 % without,")
        .contains("proven     joining sales to items by item_of_sale changes no metric (revenue)");
  }

  @Test
  void showsTheRowsThatContradictAndEndsWithOne() throws IOException {
    load("sales", "id,item_id,amount\n1,7,10\n2,8,20\n3,9,5\n");
    load("items", "item_id,label\n7,tea\n8,tea\n");
    Ran checked = check("--examples", "1");
    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.out())
        .contains("disproved  items (label) is unique: 1 of 2 rows, values that several have,")
        .contains("(a unique key of 'items', model.yaml:")
        .contains("\n             label = tea (2 rows)\n")
        .contains(
            "disproved  each sales (item_id) is in items (item_id): 1 of 3 rows are not there")
        .contains("\n             item_id = 9 (1 row)\n");
    assertThat(checked.err()).contains("2 of them not proven");
    Ran json = check("--format", "json");
    assertThat(json.code()).isEqualTo(1);
    JsonNode plain = Json.MAPPER.readTree(json.out());
    assertThat(plain.path("notProven").asInt()).isEqualTo(2);
    assertThat(plain.path("snapshots").properties()).hasSize(2);
    JsonNode label =
        plain
            .path("proofs")
            .valueStream()
            .filter(proof -> proof.path("claim").asText().equals("items (label) is unique"))
            .findFirst()
            .orElseThrow();
    assertThat(label.path("kind").asText()).isEqualTo("unique");
    assertThat(label.path("result").asText()).isEqualTo("disproved");
    assertThat(label.path("broken").asInt()).isEqualTo(1);
    assertThat(label.path("examples").get(0).path("values").path("label").asText())
        .isEqualTo("tea");
    assertThat(label.path("examples").get(0).path("rows").asInt()).isEqualTo(2);
  }

  @Test
  void aLoadKeepsWhatItProvedUnlessItIsToldNotToProve() throws IOException {
    load("items", "item_id,label\n7,tea\n", "--no-attest");
    assertThat(kept()).isEmpty();
    load("items", "item_id,label\n8,cups\n");
    assertThat(kept())
        .extracting(Attested::claim)
        .contains("unique items (item_id)", "unique items (label)");
    assertThat(kept()).allMatch(Attested::holds);
  }

  @Test
  void filesWithMistakesAreNotProven() throws IOException {
    Files.writeString(
        temp.resolve("model.yaml"), MODEL.replace("SUM(sales.amount)", "SUM(sales.amonut)"));
    Ran checked = check();
    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.out()).contains("amonut").doesNotContain("proven");
  }
}

package io.scorebook.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContractTest {
  @TempDir Path folder;

  private List<String> findings(String text) throws IOException {
    var findings = new Findings();
    Path file = Files.writeString(folder.resolve("t.avsc"), text);
    assertThat(Contract.read(file, "schemas/t.avsc", findings)).isEmpty();
    return findings.toList().stream().map(Finding::toString).toList();
  }

  private Contract read(String text) throws IOException {
    var findings = new Findings();
    Path file = Files.writeString(folder.resolve("t.avsc"), text);
    return Contract.read(file, "schemas/t.avsc", findings)
        .orElseThrow(() -> new AssertionError(findings.toList().toString()));
  }

  @Test
  void everyPropertyArrives() throws IOException {
    Contract contract =
        read(
            """
            {"type": "record", "name": "t", "namespace": "league", "doc": "Rows.",
             "primaryKey": ["id"], "sortOrder": ["day"], "partitioning": ["year(day)", "kind"],
             "onConflict": "keepFirst", "distinctNames": {"field": "kind", "with": "id"},
             "references": [{"fields": ["id"], "to": "u"}], "files": ["t.csv"],
             "fields": [
               {"name": "id", "type": "long", "aliases": ["ID", "T_ID"], "doc": "Key."},
               {"name": "day", "type": {"type": "int", "logicalType": "date"}},
               {"name": "kind", "type": ["null", "string"], "pii": "name"},
               {"name": "cost", "type": ["null", {"type": "bytes", "logicalType": "decimal",
                 "precision": 9, "scale": 2}], "default": null, "unit": "EUR", "min": 0, "max": 1e6}]}
            """);
    assertThat(contract.table()).hasToString("league.t");
    assertThat(contract.sortOrder()).containsExactly("day", "id");
    assertThat(contract.references().getFirst().toFields()).containsExactly("id");
    assertThat(contract.partitioning()).hasSize(2);
    assertThat(contract.files()).containsExactly("t.csv");
    Field cost = contract.field("cost");
    assertThat(cost.type()).isEqualTo(new ColumnType.Decimal(9, 2));
    assertThat(cost.required()).isFalse();
    assertThat(cost.mayBeMissing()).isTrue();
    assertThat(cost.unit()).contains("EUR");
    assertThat(cost.max().orElseThrow()).isEqualByComparingTo("1000000");
    assertThat(contract.field("kind").mayBeMissing()).isFalse();
    assertThat(contract.field("kind").pii()).contains("name");
    assertThat(contract.field("day").type()).isEqualTo(Simple.DATE);
    var schema = TableForm.schema(contract);
    assertThat(schema.identifierFieldNames()).containsExactly("id");
    assertThat(schema.findField("id").doc()).isEqualTo("Key.");
    assertThat(schema.findField("id").isRequired()).isTrue();
    assertThat(schema.findField("cost").isRequired()).isFalse();
  }

  @Test
  void allMistakesAreToldAtOnceEachAtItsPlace() throws IOException {
    assertThat(
            findings(
                """
                {"type": "record", "name": "u", "namespace": "league",
                 "primaryKeys": ["id"],
                 "sortOrder": ["dayy"],
                 "partitioning": ["hour(day)", "cost"],
                 "onConflict": "keepfirst",
                 "fields": [
                   {"name": "id", "type": "lnog"},
                   {"name": "day", "type": {"type": "int", "logicalType": "date"}, "alias": ["D"]},
                   {"name": "cost", "type": ["null", "double"], "default": 0},
                   {"name": "Cost", "type": "string", "min": 1},
                   {"name": "time", "type": "float", "format": "minute"}]}
                """))
        .containsExactly(
            "schemas/t.avsc:1: error: Cannot use a contract without a 'primaryKey'; name the fields of which each value has one row",
            "schemas/t.avsc:1: error: Cannot find the table 'u' in a file called t.avsc; call the file u.avsc",
            "schemas/t.avsc:2: error: Cannot use the key 'primaryKeys'; did you mean 'primaryKey'?",
            "schemas/t.avsc:3: error: Cannot find the field 'dayy' that 'sortOrder' names; did you mean 'day'?",
            "schemas/t.avsc:4: error: Cannot partition by 'hour'; write a field, or year(FIELD), month(FIELD), day(FIELD)",
            "schemas/t.avsc:4: error: Cannot partition by identity of 'cost', a DOUBLE; use an int, long, string, boolean or date",
            "schemas/t.avsc:5: error: Invalid 'onConflict': 'keepfirst'; did you mean 'keepFirst'?",
            "schemas/t.avsc:7: error: Cannot use the type 'lnog'; use boolean, int, long, float, double, string, or one of the logical types date (of int), timestamp-micros and local-timestamp-micros (of long), decimal (of bytes)",
            "schemas/t.avsc:8: error: Cannot use the key 'alias'; did you mean 'aliases'?",
            "schemas/t.avsc:9: error: Cannot use a default other than null, or one on a field that is not nullable; a default of null says that files may lack the column",
            "schemas/t.avsc:10: error: Cannot use the name 'Cost' for the field 'Cost': 'cost' has it already",
            "schemas/t.avsc:10: error: Invalid 'min': must be a number, on a field that is a number",
            "schemas/t.avsc:11: error: Cannot use the format 'minute'; did you mean 'minutes'?");
  }

  @Test
  void aKeyMustBeRequiredAndExact() throws IOException {
    assertThat(
            findings(
                """
                {"type": "record", "name": "t", "namespace": "league", "primaryKey": ["a", "b", "a"],
                 "fields": [{"name": "a", "type": ["null", "long"]}, {"name": "b", "type": "double"}]}
                """))
        .containsExactly(
            "schemas/t.avsc:1: error: Cannot name 'a' twice in 'primaryKey'",
            "schemas/t.avsc:2: error: Cannot have the nullable 'a' in the key",
            "schemas/t.avsc:2: error: Cannot have 'b' in the key: a DOUBLE is not exact");
  }

  @Test
  void whatIsNoAvroIsTold() throws IOException {
    assertThat(
            findings(
                    """
                    {"type": "record", "name": "t", "namespace": "league", "primaryKey": ["a"],
                     "fields": [{"name": "a", "type": "long", "order": "sideways"}]}
                    """)
                .getFirst())
        .startsWith("schemas/t.avsc:1: error: Invalid Avro schema: ");
    assertThat(findings("{\"type\": \"record\",").getFirst())
        .startsWith("schemas/t.avsc:")
        .contains("Cannot parse the document");
  }

  @Test
  void contractsOfAFolderAgree() throws IOException {
    Path schemas = Files.createDirectory(folder.resolve("schemas"));
    Files.writeString(
        schemas.resolve("a.avsc"), contract("a", "{\"fields\": [\"id\"], \"to\": \"b\"}"));
    Files.writeString(schemas.resolve("b.avsc"), contract("b", ""));
    var findings = new Findings();
    assertThat(Contracts.read(schemas, findings).inLoadOrder())
        .extracting(contract -> contract.table().name())
        .containsExactly("b", "a");
    assertThat(findings.toList()).isEmpty();

    Files.writeString(
        schemas.resolve("b.avsc"), contract("b", "{\"fields\": [\"id\"], \"to\": \"a\"}"));
    Files.writeString(
        schemas.resolve("c.avsc"), contract("c", "{\"fields\": [\"id\"], \"to\": \"aa\"}"));
    Files.writeString(
        schemas.resolve("d.avsc"),
        contract("d", "{\"fields\": [\"id\"], \"to\": \"a\", \"toFields\": [\"x\"]}")
            .replace("league", "cup"));
    Contracts.read(schemas, findings);
    assertThat(findings.toList().stream().map(Finding::toString))
        .containsExactly(
            "schemas/a.avsc:1: error: Cannot load tables that reference each other in a circle: a -> b",
            "schemas/c.avsc:2: error: Cannot find the table 'aa' that is referenced; did you mean 'a'?",
            "schemas/d.avsc:1: error: Cannot have the namespace 'cup' beside the 'league' of schemas/a.avsc",
            "schemas/d.avsc:2: error: Cannot reference [x] of 'a'; its primary key is [id]");
  }

  private static String contract(String name, String reference) {
    return """
    {"type": "record", "name": "%s", "namespace": "league", "primaryKey": ["id"],
     "references": [%s],
     "fields": [{"name": "id", "type": "long"}]}
    """
        .formatted(name, reference);
  }
}

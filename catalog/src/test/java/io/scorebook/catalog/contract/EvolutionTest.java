package io.scorebook.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each change of a contract: made, or refused with its reason.
final class EvolutionTest {
  private static final String BEFORE =
      """
      {"type": "record", "name": "t", "namespace": "league", "primaryKey": ["id"],
       "sortOrder": ["day"], "partitioning": ["year(day)"],
       "fields": [
         {"name": "id", "type": "long", "doc": "Key."},
         {"name": "day", "type": {"type": "int", "logicalType": "date"}},
         {"name": "i", "type": "int"},
         {"name": "f", "type": ["null", "float"]},
         {"name": "d", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
         {"name": "s", "type": ["null", "string"]}]}
      """;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nothing             | "Key." | "Key." |
          int to long         | "i", "type": "int" | "i", "type": "long" |
          float to double     | "float" | "double" |
          more digits         | "precision": 9 | "precision": 12 |
          made optional       | "i", "type": "int" | "i", "type": ["null", "int"] |
          another doc         | "Key." | "The key." |
          optional added      | {"name": "s" | {"name": "n", "type": ["null", "int"]}, {"name": "s" |
          another sort order  | "sortOrder": ["day"] | "sortOrder": ["i"] |
          required added      | {"name": "s" | {"name": "n", "type": "int"}, {"name": "s" | Cannot add the column 'n' as required: present rows have no value; make it nullable
          dropped             | ,\\n   {"name": "s", "type": ["null", "string"]} | `` | Cannot drop the column 's': those who read it would fail
          narrowed            | "id", "type": "long" | "id", "type": "int" | Cannot change the column 'id' from long to int
          int to double       | "i", "type": "int" | "i", "type": "double" | Cannot change the column 'i' from int to double
          string to int       | ["null", "string"] | ["null", "int"] | Cannot change the column 's' from string to int
          another scale       | "scale": 2 | "scale": 3 | Cannot change the column 'd' from decimal(9, 2) to decimal(9, 3)
          fewer digits        | "precision": 9 | "precision": 8 | Cannot change the column 'd' from decimal(9, 2) to decimal(8, 2)
          made required       | ["null", "string"] | "string" | Cannot make the column 's' required: present rows may lack it
          another key         | "primaryKey": ["id"] | "primaryKey": ["id", "i"] | Cannot change the primary key from [id] to [id, i]
          other partitions    | year(day) | month(day) | Cannot change the partitioning from [year(day_year)] to [month(day_month)]
          no partitions       | "partitioning": ["year(day)"], | `` | Cannot change the partitioning from [year(day_year)] to []
          """)
  void aChangeOfTheContract(String name, String from, String to, String reason) throws IOException {
    String before = from.replace("\\n", "\n");
    assertThat(BEFORE).contains(before);
    Contract old = contract(BEFORE);
    Contract changed = contract(BEFORE.replace(before, to));
    try (var catalog = new InMemoryCatalog()) {
      catalog.initialize("test", Map.of());
      catalog.createNamespace(Namespace.of("league"));
      Schema schema = TableForm.schema(old);
      Table table =
          catalog
              .buildTable(TableIdentifier.of("league", "t"), schema)
              .withPartitionSpec(TableForm.partitions(old, schema))
              .withSortOrder(TableForm.order(old, schema))
              .create();
      switch (Evolution.plan(changed, table)) {
        case Evolution.Refused refused -> assertThat(refused.reasons()).containsExactly(reason);
        case Evolution.Compatible compatible -> {
          assertThat(reason).as("a refusal is expected").isNull();
          assertThat(compatible.changes()).hasSize(name.equals("nothing") ? 0 : 1);
          Evolution.apply(compatible, table);
          assertThat(Evolution.plan(changed, table))
              .isEqualTo(new Evolution.Compatible(java.util.List.of()));
        }
      }
    }
  }

  private Contract contract(String text) throws IOException {
    var findings = new Findings();
    Path file = Files.writeString(folder.resolve("t.avsc"), text);
    return Contract.read(file, "t.avsc", findings)
        .orElseThrow(() -> new AssertionError(findings.toList().toString()));
  }
}

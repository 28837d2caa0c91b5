package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same rows in every format come to the same table.
final class FormatsTest {
  private static final String[] COLUMNS = {
    "match_id", "day", "year", "club", "goals", "price", "minutes", "note", "seen", "sold_out"
  };
  private static final List<String> ROWS =
      List.of(
          "1|2020-03-01|2020|1|3|12.50|31.5|Čedr|2020-03-01T19:00:00.000001Z|true",
          "2|1969-12-31|1969|null|null|null|null|null|null|null");

  @TempDir Path folder;
  private Warehouse warehouse;
  private League league;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")));
    league = new League(folder, warehouse).withClubs();
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private void assertLoads(Path file) {
    assertThat(Loads.loaded(league.load(league.matches, file)).loaded()).isEqualTo(2);
    assertThat(league.rows(league.matches.table(), COLUMNS)).containsExactlyElementsOf(ROWS);
  }

  @Test
  void csvWithAByteOrderMarkAndWindowsLines() {
    assertLoads(
        league.write(
            "matches.csv",
            "\uFEFFmatch_id,day,year,club,goals,price,minutes,note,seen,sold_out\r\n"
                + "1,2020-03-01,2020,1,3,12.5,31:30,Čedr,2020-03-01T19:00:00.000001Z,TRUE\r\n"
                + "\r\n2,1969-12-31,1969,,,,,,,\r\n"));
  }

  @Test
  void gzippedWhateverItsName() {
    assertLoads(
        league.write(
            "matches.csv",
            League.gzip(
                "match_id,day,year,club,goals,price,minutes,note,seen,sold_out\n"
                    + "1,2020-03-01,2020,1,3,12.5,31:30,Čedr,2020-03-01T19:00:00.000001Z,1\n"
                    + "2,1969-12-31,1969,,,,,,,\n")));
  }

  @Test
  void jsonLines() {
    assertLoads(
        league.write(
            "matches.ndjson",
            """
            {"MATCH": 1, "day": "2020-03-01", "year": 2020, "club": 1, "goals": 3.0, "price": 12.5, \
            "minutes": "31:30", "note": "Čedr", "seen": "2020-03-01T19:00:00.000001Z", "sold_out": true, "x": 1}

            {"match_id": 2, "day": "1969-12-31", "year": 1969, "club": null}
            """));
  }

  @Test
  void jsonLinesThatAreNone() {
    Path file =
        league.write(
            "matches.ndjson",
            """
            {"MATCH": 1, "day": "2020-03-01", "year": 2020, "club": 1, "goals": 3}
            {"MATCH": 2, "day": "2020-03-01",
            [1]
            {"MATCH": 3, "MATCH": 4, "day": "2020-03-01", "year": 2020}
            {"MATCH": 5, "day": "2020-03-01", "year": 2020, "note": {"a": 1}}
            {"MATCH": 6, "day": "2020-03-01", "year": "NaN", "goals": 1e999999999}
            """);
    LoadReport report =
        Loads.loaded(
            league.loader.load(
                league.matches, List.of(file), LoadOptions.DEFAULT.allowing(Allowance.parse("5"))));
    assertThat(report.loaded()).isEqualTo(1);
    assertThat(report.rejections().stream().map(Rejection::line).distinct())
        .containsExactly(2L, 3L, 4L, 5L, 6L);
    Path lacking =
        league.write("lacking.jsonl", "{\"MATCH\": 9, \"day\": \"2020-03-01\", \"year\": 1}\n");
    assertThat(Loads.refused(league.load(league.matches, lacking)).reasons().getFirst())
        .contains("there is no column 'club'")
        .contains("there is no column 'goals'");
  }

  @Test
  void avro() throws Exception {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "m", "fields": [
                  {"name": "MATCH", "type": "int"},
                  {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                  {"name": "year", "type": "int"},
                  {"name": "club", "type": ["null", "long"]},
                  {"name": "goals", "type": ["null", "double"]},
                  {"name": "price", "type": ["null",
                    {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 3}]},
                  {"name": "minutes", "type": ["null", "string"]},
                  {"name": "note", "type": ["null", "string"]},
                  {"name": "seen", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
                  {"name": "sold_out", "type": ["null", "boolean"]}]}
                """);
    Path file = folder.resolve("matches.avro");
    try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file.toFile());
      GenericRecord one = new GenericData.Record(schema);
      one.put("MATCH", 1);
      one.put("day", (int) LocalDate.of(2020, 3, 1).toEpochDay());
      one.put("year", 2020);
      one.put("club", 1L);
      one.put("goals", 3.0);
      one.put("price", ByteBuffer.wrap(new BigDecimal("12.500").unscaledValue().toByteArray()));
      one.put("minutes", "31:30");
      one.put("note", "Čedr");
      one.put("seen", 1583089200000001L);
      one.put("sold_out", true);
      writer.append(one);
      GenericRecord two = new GenericData.Record(schema);
      two.put("MATCH", 2);
      two.put("day", -1);
      two.put("year", 1969);
      writer.append(two);
    }
    assertLoads(file);
  }

  @Test
  void parquet() throws Exception {
    Path file = folder.resolve("matches.parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT 1 AS "MATCH", DATE '2020-03-01' AS day, 2020::SMALLINT AS year, 1::BIGINT AS club,
                       3.0 AS goals, 12.5::DECIMAL(9,1) AS price, 31.5 AS minutes, 'Čedr' AS note,
                       TIMESTAMPTZ '2020-03-01T19:00:00.000001Z' AS seen, true AS sold_out
                UNION ALL SELECT 2, DATE '1969-12-31', 1969, NULL, NULL, NULL, NULL, NULL, NULL, NULL
                ORDER BY 1)
          TO '%s' (FORMAT parquet)\
          """
              .formatted(file));
    }
    assertLoads(file);
  }

  /// Texts that a format has types of their own for.
  @Test
  void enumsAndUuidsAreTexts() throws Exception {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "m", "fields": [
                  {"name": "MATCH", "type": "int"},
                  {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                  {"name": "year", "type": "int"},
                  {"name": "club", "type": "null"},
                  {"name": "goals", "type": "null"},
                  {"name": "note", "type": {"type": "enum", "name": "n", "symbols": ["WON"]}}]}
                """);
    Path avro = folder.resolve("matches.avro");
    try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, avro.toFile());
      GenericRecord one = new GenericData.Record(schema);
      one.put("MATCH", 1);
      one.put("day", 0);
      one.put("year", 1970);
      one.put("note", new GenericData.EnumSymbol(schema.getField("note").schema(), "WON"));
      writer.append(one);
    }
    Path parquet = folder.resolve("matches.parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT 2 AS "MATCH", DATE '1970-01-01' AS day, 1970 AS year, NULL::INT AS club,
                       NULL::INT AS goals, '01234567-89ab-cdef-0123-456789abcdef'::UUID AS note)
          TO '%s' (FORMAT parquet)\
          """
              .formatted(parquet));
    }
    Loads.loaded(league.load(league.matches, avro));
    Loads.loaded(league.load(league.matches, parquet));
    assertThat(league.rows(league.matches.table(), "match_id", "note"))
        .containsExactly("1|WON", "2|01234567-89ab-cdef-0123-456789abcdef");
  }

  @Test
  void theFormatMayBeSaid() {
    Path file =
        league.write("matches.txt", "match_id,day,year,club,goals\n1,2020-03-01,2020,1,3\n");
    var options =
        new LoadOptions(Optional.of(SourceFormat.CSV), Allowance.NONE, LoadProgress.SILENT);
    assertThat(Loads.loaded(league.loader.load(league.matches, List.of(file), options)).loaded())
        .isEqualTo(1);
  }
}

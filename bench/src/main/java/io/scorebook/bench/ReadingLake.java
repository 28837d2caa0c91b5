package io.scorebook.bench;

import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadRefused;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.EngineSettings;
import io.scorebook.engine.Platform;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;

/// A home with one table of any number of rows, seven columns of six types; a product of its rows
/// and one of a metric. DuckDB makes the rows, a file for each two million.
final class ReadingLake {
  private static final long FILE_ROWS = 2_000_000;
  private static final TableName TABLE = new TableName("plant", "readings");

  private ReadingLake() {}

  static void make(Path home, Path work, long rows) throws IOException, SQLException {
    Path folder = work.resolve("plant");
    for (String file :
        List.of(
            "model.yaml",
            "schemas/readings.avsc",
            "products/readings.yaml",
            "products/by_batch.yaml")) {
      Path target = folder.resolve(file);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      try (var in =
          Objects.requireNonNull(ReadingLake.class.getResourceAsStream("plant/" + file), file)) {
        Files.copy(in, target);
      }
    }
    try (Platform platform =
        Platform.open(WarehouseSettings.embedded(home), EngineSettings.defaults())) {
      var findings = new Findings();
      Domain domain =
          platform
              .domains()
              .publish(folder, findings)
              .orElseThrow(() -> new IllegalStateException(findings.toList().toString()));
      load(platform, domain, Files.writeString(work.resolve("one.csv"), one()));
      Table table = platform.warehouse().loadTable(TABLE);
      for (long from = 1; from < rows; from += FILE_ROWS) {
        append(table, work.resolve("rows.parquet"), from, Math.min(rows, from + FILE_ROWS));
      }
    }
  }

  private static String one() {
    return "reading_id,sensor,day,batch,value,amount,note\n0,s0,2020-01-01,0,0.5,1.25,first\n";
  }

  private static void load(Platform platform, Domain domain, Path file) {
    var loaded =
        new Loader(platform.warehouse())
            .load(
                domain.contracts().find(TABLE.name()).orElseThrow(),
                List.of(file),
                LoadOptions.DEFAULT);
    if (loaded instanceof LoadRefused refused) {
      throw new IllegalStateException(refused.toString());
    }
  }

  private static void append(Table table, Path file, long from, long to)
      throws IOException, SQLException {
    Files.deleteIfExists(file);
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          """
          COPY (SELECT i AS reading_id, 's' || (i * 7919 %% 8000) AS sensor,
                       DATE '2015-01-01' + CAST(i %% 3650 AS INTEGER) AS day,
                       CAST(i * 10 // %d AS INTEGER) AS batch, i / 7.0::DOUBLE AS value,
                       CAST(i %% 100000 / 100 AS DECIMAL(12,2)) AS amount,
                       CASE WHEN i %% 3 = 0 THEN NULL ELSE 'note ' || i END AS note
                FROM range(%d, %d) AS t(i))
          TO '%s' (FORMAT parquet, COMPRESSION zstd, FIELD_IDS {%s})
          """
              .formatted(to, from, to, file, fieldIds(table)));
    }
    String path = table.locationProvider().newDataLocation("rows-" + from + ".parquet");
    try (OutputStream out = table.io().newOutputFile(path).create()) {
      Files.copy(file, out);
    }
    table
        .newAppend()
        .appendFile(
            DataFiles.builder(table.spec())
                .withPath(path)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(Files.size(file))
                .withRecordCount(to - from)
                .build())
        .commit();
  }

  private static String fieldIds(Table table) {
    return String.join(
        ", ",
        table.schema().columns().stream()
            .map(field -> field.name() + ": " + field.fieldId())
            .toList());
  }
}

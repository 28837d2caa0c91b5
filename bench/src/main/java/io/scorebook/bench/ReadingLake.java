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

/// A home with one table of any number of rows; a product of its rows and one of a metric. DuckDB
/// makes the rows, a file for each two million.
///
/// @param one the first row as CSV, which is loaded as any user loads one
/// @param select the others: `i` is their number from `from` to `to`, which is as `%2$d`
record ReadingLake(TableName table, String metricProduct, String one, String select) {
  private static final long FILE_ROWS = 2_000_000;

  /// Seven columns of six types.
  static final ReadingLake PLANT =
      new ReadingLake(
          new TableName("plant", "readings"),
          "by_batch",
          "reading_id,sensor,day,batch,value,amount,note\n0,s0,2020-01-01,0,0.5,1.25,first\n",
          """
          SELECT i AS reading_id, 's' || (i * 7919 %% 8000) AS sensor,
                 DATE '2015-01-01' + CAST(i %% 3650 AS INTEGER) AS day,
                 CAST(i * 10 // %2$d AS INTEGER) AS batch, i / 7.0::DOUBLE AS value,
                 CAST(i %% 100000 / 100 AS DECIMAL(12,2)) AS amount,
                 CASE WHEN i %% 3 = 0 THEN NULL ELSE 'note ' || i END AS note
          FROM range(%1$d, %2$d) AS t(i)\
          """);

  /// Eight columns: integers, decimals, a double, a date, a time (to milliseconds, the finest that
  /// Avatica has) and a text.
  static final ReadingLake EVENTS =
      new ReadingLake(
          new TableName("wire", "events"),
          "by_kind",
          "id,kind,price,total,ratio,day,moment,note\n"
              + "0,0,1.25,2.5000,0.5,2020-01-01,2020-01-01T10:00:00,first\n",
          """
          SELECT i AS id, CAST(i %% 40 AS INTEGER) AS kind,
                 CAST(i %% 1000000 / 100 AS DECIMAL(9,2)) AS price,
                 CAST(i * 31 / 16 AS DECIMAL(18,4)) AS total, i / 7.0::DOUBLE AS ratio,
                 DATE '2015-01-01' + CAST(i %% 3650 AS INTEGER) AS day,
                 TIMESTAMP '2015-01-01' + to_milliseconds(i * 61123) AS moment,
                 CASE WHEN i %% 9 = 0 THEN NULL ELSE 'note of event ' || i END AS note
          FROM range(%1$d, %2$d) AS t(i)\
          """);

  void make(Path home, Path work, long rows) throws IOException, SQLException {
    Path folder = work.resolve(table.namespace());
    for (String file :
        List.of(
            "model.yaml",
            "schemas/" + table.name() + ".avsc",
            "products/" + table.name() + ".yaml",
            "products/" + metricProduct + ".yaml")) {
      Path target = folder.resolve(file);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      String resource = table.namespace() + "/" + file;
      try (var in =
          Objects.requireNonNull(ReadingLake.class.getResourceAsStream(resource), resource)) {
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
      load(platform, domain, Files.writeString(work.resolve("one.csv"), one));
      Table stored = platform.warehouse().loadTable(table);
      for (long from = 1; from < rows; from += FILE_ROWS) {
        append(stored, work.resolve("rows.parquet"), from, Math.min(rows, from + FILE_ROWS));
      }
    }
  }

  private void load(Platform platform, Domain domain, Path file) {
    var loaded =
        new Loader(platform.warehouse())
            .load(
                domain.contracts().find(table.name()).orElseThrow(),
                List.of(file),
                LoadOptions.DEFAULT);
    if (loaded instanceof LoadRefused refused) {
      throw new IllegalStateException(refused.toString());
    }
  }

  private void append(Table stored, Path file, long from, long to)
      throws IOException, SQLException {
    Files.deleteIfExists(file);
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd, FIELD_IDS {%s})"
              .formatted(select.formatted(from, to), file, fieldIds(stored)));
    }
    String path = stored.locationProvider().newDataLocation("rows-" + from + ".parquet");
    try (OutputStream out = stored.io().newOutputFile(path).create()) {
      Files.copy(file, out);
    }
    stored
        .newAppend()
        .appendFile(
            DataFiles.builder(stored.spec())
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

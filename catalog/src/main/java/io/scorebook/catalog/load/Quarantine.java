package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.PresentRows.Wanted;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.table.TableSnapshot;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// The table of the rows that were rejected: where each stands, why, and the row itself as JSON. A
/// row that is there already (same file, line and content) is not added again.
final class Quarantine implements Publication.Companion {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "load_id", Types.StringType.get(), "The load that rejected it"),
          NestedField.required(2, "loaded_at", Types.TimestampType.withZone(), "When"),
          NestedField.required(3, "file", Types.StringType.get(), "The name of the file"),
          NestedField.required(4, "line", Types.LongType.get(), "Where the row begins, from 1"),
          NestedField.optional(5, "column", Types.StringType.get(), "The first column at fault"),
          NestedField.required(6, "reason", Types.StringType.get(), "Why it was rejected"),
          NestedField.required(7, "raw", Types.StringType.get(), "The row as JSON"));

  private final Warehouse warehouse;
  private final TableName name;
  private final Database database;
  private final Path folder;
  private final String loadId;
  private final Instant time;
  private @Nullable Table table;
  private @Nullable DataFileUpload upload;
  private @Nullable DataFile added;

  Quarantine(
      Warehouse warehouse,
      Contract contract,
      Database database,
      Path folder,
      String loadId,
      Instant time) {
    this.warehouse = warehouse;
    this.name = contract.table().quarantine();
    this.database = database;
    this.folder = folder;
    this.loadId = loadId;
    this.time = time;
  }

  /// Reads the file of a number, and keeps the rows of some lines whole.
  interface Opener {
    RowReader open(int file, LongPredicate whole);
  }

  /// Reads the rejected rows once more from their files, whole.
  void collectRows(Opener files) {
    database.execute("CREATE TABLE IF NOT EXISTS raws(__file INTEGER, __line BIGINT, raw VARCHAR)");
    database.execute("DELETE FROM raws");
    for (int file :
        database.rows("SELECT DISTINCT __file FROM reject ORDER BY 1", row -> row.getInt(1))) {
      var lines =
          new TreeSet<>(
              database.rows(
                  "SELECT DISTINCT __line FROM reject WHERE __file = " + file,
                  row -> row.getLong(1)));
      try (RowReader reader = files.open(file, lines::contains);
          DuckDBAppender appender = database.appender("raws")) {
        while (!lines.isEmpty() && reader.next()) {
          if (lines.remove(reader.line())) {
            appender.beginRow().append(file).append(reader.line()).append(reader.raw()).endRow();
          }
        }
      } catch (SQLException e) {
        throw Database.failure(e);
      }
      if (!lines.isEmpty()) {
        throw new UnreadableSource("Cannot read the rejected rows: a file changed meanwhile");
      }
    }
  }

  @Override
  public void write() {
    Optional<Table> present = warehouse.findTable(name);
    var rows = new PresentRows(folder);
    List<String> files =
        database.rows("SELECT DISTINCT name FROM files", row -> fileName(row.getString(1)));
    String there =
        rows.relation(
            present.map(found -> TableSnapshot.current(name, found)),
            Expressions.in("file", files.toArray()),
            List.of(
                new Wanted("file", "VARCHAR"),
                new Wanted("line", "BIGINT"),
                new Wanted("raw", "VARCHAR")));
    database.execute(
        """
        CREATE OR REPLACE TABLE quarantine AS
        SELECT %s AS load_id, TIMESTAMPTZ '%s' AS loaded_at, parse_filename(f.name) AS "file",
               r.__line AS line, first(r.col ORDER BY r.col) AS "column",
               string_agg(r.reason, '; ' ORDER BY r.col, r.reason) AS reason, any_value(w.raw) AS raw
        FROM reject r JOIN files f USING (__file)
             JOIN raws w ON w.__file = r.__file AND w.__line = r.__line
        GROUP BY f.__file, f.name, r.__line\
        """
            .formatted(Sql.text(loadId), time));
    database.execute(
        """
        DELETE FROM quarantine q WHERE EXISTS (
          SELECT 1 FROM %s t WHERE t."file" = q."file" AND t.line = q.line AND t.raw = q.raw)\
        """
            .formatted(there));
    if (database.number("SELECT count(*) FROM quarantine") > 0) {
      append(present.orElseGet(this::create));
    }
  }

  /// For a load that has nothing to publish.
  void writeOrUndo() {
    try {
      write();
    } catch (RuntimeException e) {
      try {
        undo();
      } catch (RuntimeException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private void append(Table target) {
    table = target;
    upload = new DataFileUpload(target, loadId);
    var writer = new ParquetFiles(database, folder, target.schema());
    WrittenFile written =
        writer.write("SELECT * FROM quarantine ORDER BY \"file\", line", "quarantine", List.of());
    DataFile file = upload.upload(written);
    StoreFailures.attempt(
        "write the table '%s'".formatted(name),
        () -> {
          target.newAppend().appendFile(file).set("scorebook.load-id", loadId).commit();
          return file;
        });
    added = file;
  }

  private Table create() {
    return StoreFailures.attempt(
        "make the table '%s'".formatted(name),
        () -> {
          try {
            return warehouse
                .buildTable(name, SCHEMA)
                .withProperties(
                    Map.of("format-version", "2", "write.parquet.compression-codec", "zstd"))
                .create();
          } catch (AlreadyExistsException _) {
            return warehouse.loadTable(name);
          }
        });
  }

  @Override
  public void undo() {
    if (table != null && added != null) {
      table.newDelete().deleteFile(added).commit();
      added = null;
    }
    if (upload != null) {
      upload.remove();
    }
  }

  static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}

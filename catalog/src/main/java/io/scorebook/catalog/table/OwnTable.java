package io.scorebook.catalog.table;

import io.scorebook.catalog.store.RowFiles;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/// A table of the platform beside those of a domain, of few rows that come a few at a time. Safe
/// for many threads and processes: what is added in one call is there whole or not at all.
public final class OwnTable {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "format-version", "2",
          "write.parquet.compression-codec", "zstd",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "10",
          // Small commits of many at once: each must have its turn.
          "commit.retry.num-retries", "30",
          "commit.retry.min-wait-ms", "50",
          "commit.retry.max-wait-ms", "1000",
          "commit.retry.total-timeout-ms", "60000");

  /// Each addition is a file; so many become one again.
  private static final int MOST_FILES = 50;

  private final Warehouse warehouse;
  private final TableName name;
  private final Schema schema;
  private final UnaryOperator<List<Record>> kept;

  /// @param kept chooses the rows that stay when the files become one; may change the list
  public OwnTable(
      Warehouse warehouse, TableName name, Schema schema, UnaryOperator<List<Record>> kept) {
    this.warehouse = warehouse;
    this.name = name;
    this.schema = schema;
    this.kept = kept;
  }

  /// What tells whether there is something new to read: the table's newest snapshot; absent where
  /// nothing was ever added.
  ///
  /// @throws StoreException where the store or the catalog fails
  public Optional<Long> version() {
    return warehouse.findTable(name).map(Table::currentSnapshot).map(Snapshot::snapshotId);
  }

  /// The rows for which the filter is true.
  ///
  /// @throws StoreException where the store or the catalog fails
  public List<Record> read(Expression filter) {
    Optional<Table> table = warehouse.findTable(name);
    return table.isEmpty()
        ? List.of()
        : StoreFailures.attempt(
            "read the table '%s'".formatted(name),
            () -> rows(IcebergGenerics.read(table.get()).where(filter)));
  }

  private List<Record> rows(IcebergGenerics.ScanBuilder scan) {
    var rows = new ArrayList<Record>();
    try (CloseableIterable<Record> found = scan.build()) {
      found.forEach(rows::add);
    } catch (IOException e) {
      throw StoreFailures.translate("read the table '%s'".formatted(name), e);
    }
    return rows;
  }

  /// Adds rows, in one commit.
  ///
  /// @throws StoreException where the store or the catalog fails; nothing is added then
  public void add(List<Record> rows) {
    if (rows.isEmpty()) {
      return;
    }
    StoreFailures.attempt(
        "add to the table '%s'".formatted(name),
        () -> {
          Table table = warehouse.findTable(name).orElseGet(this::create);
          table.newAppend().appendFile(new RowFiles(table).write(rows)).commit();
          tidy(table);
          return table;
        });
  }

  private Table create() {
    try {
      return warehouse.buildTable(name, schema).withProperties(PROPERTIES).create();
    } catch (AlreadyExistsException _) {
      return warehouse.loadTable(name); // made by another in between
    }
  }

  /// Brings many small files together.
  private void tidy(Table table) {
    Snapshot base = table.currentSnapshot();
    if (Integer.parseInt(base.summary().getOrDefault("total-data-files", "0")) < MOST_FILES) {
      return;
    }
    List<DataFile> files = files(table);
    try {
      List<Record> stay = kept.apply(rows(IcebergGenerics.read(table)));
      RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(base.snapshotId());
      files.forEach(rewrite::deleteFile);
      rewrite.addFile(new RowFiles(table).write(stay)).commit();
      table.expireSnapshots().expireOlderThan(System.currentTimeMillis()).retainLast(1).commit();
      // Iceberg would leave them until the next time. Who still reads one of them looks anew.
      files.forEach(file -> table.io().deleteFile(file.location()));
    } catch (RuntimeException e) {
      StoreException failure = StoreFailures.translate("tidy up", e);
      if (failure.kind() != Kind.CONFLICT) {
        throw failure;
      } // another does it at this moment
    }
  }

  private static List<DataFile> files(Table table) {
    var files = new ArrayList<DataFile>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    } catch (IOException e) {
      throw StoreFailures.translate("list the files of a table", e);
    }
    return files;
  }
}

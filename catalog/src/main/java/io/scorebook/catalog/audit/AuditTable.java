package io.scorebook.catalog.audit;

import io.scorebook.catalog.store.RowFiles;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/// `scorebook.audit`: a row for each question that was asked of any gateway or command line over
/// this lakehouse. Safe for many threads and processes.
public final class AuditTable {
  public static final TableName NAME = new TableName("scorebook", "audit");

  static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "id", Types.StringType.get(), "Of the question"),
          NestedField.required(
              2, "asked_at", Types.TimestampType.withoutZone(), "When it was asked, UTC"),
          NestedField.required(
              3, "door", Types.StringType.get(), "http, jdbc, postgres, flight or cli"),
          NestedField.required(4, "caller", Types.StringType.get(), "Who asked"),
          NestedField.required(5, "caller_groups", Types.StringType.get(), "Of the caller, with ,"),
          NestedField.optional(6, "purpose", Types.StringType.get(), "What for"),
          NestedField.required(
              7,
              "asked",
              Types.StringType.get(),
              "query, sql, explain; metadata, catalog, unchanged, head; login"),
          NestedField.required(
              8, "question", Types.StringType.get(), "With ? in place of every value"),
          NestedField.optional(9, "model", Types.StringType.get(), "That was asked about"),
          NestedField.optional(10, "model_version", Types.StringType.get(), null),
          NestedField.optional(11, "model_hash", Types.StringType.get(), null),
          NestedField.optional(
              12, "products", Types.StringType.get(), "With their versions, with ,"),
          NestedField.optional(13, "snapshots", Types.StringType.get(), "table=snapshot, with ,"),
          NestedField.optional(14, "policies", Types.StringType.get(), "Rules applied, with ,"),
          NestedField.optional(
              15, "access", Types.StringType.get(), "Fingerprint of what policies say"),
          NestedField.optional(16, "engine", Types.StringType.get(), null),
          NestedField.required(17, "rows_given", Types.LongType.get(), null),
          NestedField.required(18, "micros", Types.LongType.get(), "How long it took"),
          NestedField.required(
              19, "outcome", Types.StringType.get(), "served, refused, failed, broken_off or lost"),
          NestedField.optional(20, "error", Types.StringType.get(), "Code of the problem"),
          NestedField.required(
              21, "batch", Types.StringType.get(), "What it was moved with, at once"));

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "format-version", "2",
          "write.parquet.compression-codec", "zstd",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "20",
          "commit.retry.num-retries", "30",
          "commit.retry.min-wait-ms", "50",
          "commit.retry.max-wait-ms", "1000",
          "commit.retry.total-timeout-ms", "60000");

  /// So many small files become one.
  private static final int MOST_SMALL = 64;

  private static final long SMALL = 256 * 1024;

  /// Who reads an older snapshot may go on for so long after small files became one.
  private static final Duration KEPT = Duration.ofHours(1);

  private final Warehouse warehouse;
  private final int mostSmall;

  public AuditTable(Warehouse warehouse) {
    this(warehouse, MOST_SMALL);
  }

  AuditTable(Warehouse warehouse, int mostSmall) {
    this.warehouse = warehouse;
    this.mostSmall = mostSmall;
  }

  /// Adds records in one commit.
  ///
  /// @param batch tells them from all others
  /// @throws StoreException where the store or the catalog fails; whether they are in the table is
  ///   then for [#holds] to say
  void append(String batch, List<AuditRecord> entries) {
    StoreFailures.attempt(
        "write the audit",
        () -> {
          Table table = warehouse.findTable(NAME).orElseGet(this::create);
          DataFile file =
              new RowFiles(table).write(entries.stream().map(entry -> row(batch, entry)).toList());
          table.newAppend().appendFile(file).commit();
          tidy(table);
          return table;
        });
  }

  /// Makes the table where there is none yet.
  public void prepare() {
    StoreFailures.attempt(
        "make the audit's table", () -> warehouse.findTable(NAME).orElseGet(this::create));
  }

  private Table create() {
    try {
      return warehouse.buildTable(NAME, SCHEMA).withProperties(PROPERTIES).create();
    } catch (AlreadyExistsException _) {
      return warehouse.loadTable(NAME); // made by another in between
    }
  }

  /// Whether a batch is in the table.
  boolean holds(String batch) {
    Optional<Table> table = warehouse.findTable(NAME);
    if (table.isEmpty()) {
      return false;
    }
    return StoreFailures.attempt(
        "read the audit",
        () -> {
          try (CloseableIterable<Record> rows =
              IcebergGenerics.read(table.get())
                  .where(Expressions.equal("batch", batch))
                  .select("batch")
                  .build()) {
            return rows.iterator().hasNext();
          } catch (IOException e) {
            throw StoreFailures.translate("read the audit", e);
          }
        });
  }

  /// What was asked since a time, the newest first.
  ///
  /// @param caller whose questions; all where it is absent
  public List<AuditRow> newest(Instant since, Optional<String> caller, int most) {
    Optional<Table> table = warehouse.findTable(NAME);
    if (table.isEmpty()) {
      return List.of();
    }
    String from = LocalDateTime.ofInstant(since, ZoneOffset.UTC).toString();
    Expression wanted = Expressions.greaterThanOrEqual("asked_at", from);
    if (caller.isPresent()) {
      wanted = Expressions.and(wanted, Expressions.equal("caller", caller.get()));
    }
    Expression filter = wanted;
    return StoreFailures.attempt(
        "read the audit",
        () -> {
          Comparator<Record> byTime = Comparator.comparing(AuditTable::at);
          var newest = new PriorityQueue<Record>(byTime);
          try (CloseableIterable<Record> rows =
              IcebergGenerics.read(table.get()).where(filter).build()) {
            for (Record row : rows) {
              newest.add(row);
              if (newest.size() > most) {
                newest.remove();
              }
            }
          } catch (IOException e) {
            throw StoreFailures.translate("read the audit", e);
          }
          return newest.stream().sorted(byTime.reversed()).map(AuditRow::of).toList();
        });
  }

  private static LocalDateTime at(Record row) {
    return (LocalDateTime) row.getField("asked_at");
  }

  private static Record row(String batch, AuditRecord entry) {
    Record row = GenericRecord.create(SCHEMA);
    row.setField("id", entry.id());
    row.setField("asked_at", LocalDateTime.ofInstant(entry.at(), ZoneOffset.UTC));
    row.setField("door", entry.door());
    row.setField("caller", entry.who().name());
    row.setField("caller_groups", String.join(",", entry.who().groups()));
    row.setField("purpose", entry.who().purpose().orElse(null));
    row.setField("asked", entry.asked());
    row.setField("question", entry.question());
    entry
        .source()
        .ifPresent(source -> {
          row.setField("model", source.model());
          row.setField("model_version", source.modelVersion());
          row.setField("model_hash", source.modelHash());
          row.setField("products", String.join(",", source.products()));
          row.setField(
              "snapshots",
              source.snapshots().entrySet().stream()
                  .map(pinned -> pinned.getKey() + "=" + pinned.getValue())
                  .collect(Collectors.joining(",")));
          row.setField("policies", String.join(",", source.policies()));
          row.setField("access", source.access());
          row.setField("engine", source.engine());
        });
    row.setField("rows_given", entry.rows());
    row.setField("micros", entry.took().toNanos() / 1000);
    row.setField("outcome", entry.outcome().word());
    row.setField("error", entry.error().orElse(null));
    row.setField("batch", batch);
    return row;
  }

  /// Brings many small files together.
  private void tidy(Table table) {
    Snapshot base = table.currentSnapshot();
    if (Integer.parseInt(base.summary().getOrDefault("total-data-files", "0")) < mostSmall) {
      return;
    }
    List<DataFile> small = smallFiles(table);
    if (small.size() < mostSmall) {
      return;
    }
    try {
      DataFile one = new RowFiles(table).write(rows(table, small));
      RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(base.snapshotId());
      small.forEach(rewrite::deleteFile);
      rewrite.addFile(one).commit();
      expire(table);
    } catch (RuntimeException e) {
      StoreException failure = StoreFailures.translate("tidy up the audit", e);
      if (failure.kind() != Kind.CONFLICT) {
        throw failure;
      } // another does it at this moment
    }
  }

  static void expire(Table table) {
    table.expireSnapshots().expireOlderThan(System.currentTimeMillis() - KEPT.toMillis()).commit();
  }

  private static List<DataFile> smallFiles(Table table) {
    var files = new ArrayList<DataFile>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> {
        if (task.file().fileSizeInBytes() < SMALL) {
          files.add(task.file());
        }
      });
    } catch (IOException e) {
      throw StoreFailures.translate("list the audit's files", e);
    }
    return files;
  }

  static List<Record> rows(Table table, List<DataFile> files) {
    var rows = new ArrayList<Record>();
    for (DataFile file : files) {
      try (CloseableIterable<Record> content =
          Parquet.read(table.io().newInputFile(file.location()))
              .project(table.schema())
              .createReaderFunc(type -> GenericParquetReaders.buildReader(table.schema(), type))
              .build()) {
        content.forEach(rows::add);
      } catch (IOException e) {
        throw StoreFailures.translate("read " + file.location(), e);
      }
    }
    return rows;
  }
}

package io.scorebook.catalog.attestation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scorebook.catalog.store.RowFiles;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/// The attestations of one domain: an Iceberg table in the domain's namespace, a row each. Safe for
/// many threads and processes.
///
/// What is added in one call is there whole or not at all. A snapshot never changes, so neither
/// does what is true of it: two rows about the same say the same, and one that is lost is found
/// again by looking.
public final class Attestations {
  static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "model_hash", Types.StringType.get(), "Of the model"),
          NestedField.required(2, "claim", Types.StringType.get(), "What is declared"),
          NestedField.required(
              3, "snapshots", Types.StringType.get(), "The snapshot of each table, as JSON"),
          NestedField.required(4, "rows", Types.LongType.get(), "Rows that were looked at"),
          NestedField.required(5, "nulls", Types.LongType.get(), "Of them, left out by a NULL"),
          NestedField.required(6, "broken", Types.LongType.get(), "Counterexamples; 0: it holds"),
          NestedField.required(7, "engine", Types.StringType.get(), "That looked"),
          NestedField.required(8, "attested_at", Types.TimestampType.withZone(), "When"),
          NestedField.required(9, "millis", Types.LongType.get(), "How long it took"));

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

  /// Of one claim under one model, what is kept when files become one: the newest.
  private static final int KEPT = 5;

  private final Warehouse warehouse;
  private final TableName name;

  /// @param namespace of the domain
  public Attestations(Warehouse warehouse, String namespace) {
    this.warehouse = warehouse;
    this.name = nameIn(namespace);
  }

  /// The table of a domain's attestations.
  public static TableName nameIn(String namespace) {
    return new TableName(namespace, "scorebook__attestations");
  }

  /// What tells whether there is something new to read: the table's newest snapshot; absent where
  /// nothing was ever added.
  ///
  /// @throws StoreException where the store or the catalog fails
  public Optional<Long> version() {
    return warehouse.findTable(name).map(Table::currentSnapshot).map(Snapshot::snapshotId);
  }

  /// All that is known under a model.
  ///
  /// @throws StoreException where the store or the catalog fails
  public List<Attested> read(String modelHash) {
    Optional<Table> table = warehouse.findTable(name);
    return table.isEmpty()
        ? List.of()
        : StoreFailures.attempt(
            "read the attestations in '%s'".formatted(name),
            () -> {
              var found = new ArrayList<Attested>();
              try (CloseableIterable<Record> rows =
                  IcebergGenerics.read(table.get())
                      .where(Expressions.equal("model_hash", modelHash))
                      .build()) {
                rows.forEach(row -> found.add(AttestedRow.of(row)));
              } catch (IOException e) {
                throw StoreFailures.translate("read the attestations in '%s'".formatted(name), e);
              }
              return found;
            });
  }

  /// Adds what was found, in one commit.
  ///
  /// @throws StoreException where the store or the catalog fails; nothing is lost but the time to
  ///   look again
  public void add(String modelHash, List<Attested> attested) {
    if (attested.isEmpty()) {
      return;
    }
    StoreFailures.attempt(
        "keep the attestations in '%s'".formatted(name),
        () -> {
          Table table = warehouse.findTable(name).orElseGet(this::create);
          var files = new RowFiles(table);
          DataFile file =
              files.write(attested.stream().map(one -> AttestedRow.row(modelHash, one)).toList());
          table.newAppend().appendFile(file).commit();
          tidy(table);
          return table;
        });
  }

  private Table create() {
    try {
      return warehouse.buildTable(name, SCHEMA).withProperties(PROPERTIES).create();
    } catch (AlreadyExistsException _) {
      return warehouse.loadTable(name); // made by another in between
    }
  }

  /// Brings many small files together, without what is about snapshots of long ago.
  private static void tidy(Table table) {
    Snapshot base = table.currentSnapshot();
    if (Integer.parseInt(base.summary().getOrDefault("total-data-files", "0")) < MOST_FILES) {
      return;
    }
    List<DataFile> files = files(table);
    try {
      DataFile one = new RowFiles(table).write(newest(table));
      RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(base.snapshotId());
      files.forEach(rewrite::deleteFile);
      rewrite.addFile(one).commit();
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
      throw StoreFailures.translate("list the attestations", e);
    }
    return files;
  }

  private static List<Record> newest(Table table) throws StoreException {
    var rows = new ArrayList<Record>();
    try (CloseableIterable<Record> all = IcebergGenerics.read(table).build()) {
      all.forEach(rows::add);
    } catch (IOException e) {
      throw StoreFailures.translate("read the attestations", e);
    }
    rows.sort((one, other) -> AttestedRow.at(other).compareTo(AttestedRow.at(one)));
    var kept = new LinkedHashMap<String, Integer>();
    rows.removeIf(row -> kept.merge(AttestedRow.place(row), 1, Integer::sum) > KEPT);
    return rows;
  }

  /// Between a row of the table and what it says.
  private static final class AttestedRow {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AttestedRow() {}

    static String place(Record row) {
      return row.getField("model_hash") + " " + row.getField("claim");
    }

    static java.time.OffsetDateTime at(Record row) {
      return (java.time.OffsetDateTime) row.getField("attested_at");
    }

    static Attested of(Record row) {
      return new Attested(
          row.getField("claim").toString(),
          snapshots(row.getField("snapshots").toString()),
          (Long) row.getField("rows"),
          (Long) row.getField("nulls"),
          (Long) row.getField("broken"),
          row.getField("engine").toString(),
          at(row).toInstant(),
          Duration.ofMillis((Long) row.getField("millis")));
    }

    private static SortedMap<String, Long> snapshots(String json) {
      try {
        return JSON.readValue(json, new TypeReference<TreeMap<String, Long>>() {});
      } catch (JsonProcessingException e) {
        throw new StoreException(Kind.FAILED, "Cannot read an attestation: " + e.getMessage(), e);
      }
    }

    private static String json(SortedMap<String, Long> snapshots) {
      try {
        return JSON.writeValueAsString(snapshots);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("Cannot write as JSON: " + snapshots, e);
      }
    }

    static Record row(String modelHash, Attested attested) {
      Record row = org.apache.iceberg.data.GenericRecord.create(SCHEMA);
      row.setField("model_hash", modelHash);
      row.setField("claim", attested.claim());
      row.setField("snapshots", json(attested.snapshots()));
      row.setField("rows", attested.rows());
      row.setField("nulls", attested.nulls());
      row.setField("broken", attested.broken());
      row.setField("engine", attested.engine());
      row.setField("attested_at", attested.at().atOffset(ZoneOffset.UTC));
      row.setField("millis", attested.took().toMillis());
      return row;
    }
  }
}

package io.scorebook.catalog.attestation;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.table.OwnTable;
import io.scorebook.catalog.table.SnapshotIds;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
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

  /// Of one claim under one model, what is kept when files become one: the newest.
  private static final int KEPT = 5;

  private final OwnTable table;

  /// @param namespace of the domain
  public Attestations(Warehouse warehouse, String namespace) {
    this.table = new OwnTable(warehouse, nameIn(namespace), SCHEMA, Attestations::newest);
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
    return table.version();
  }

  /// All that is known under a model.
  ///
  /// @throws StoreException where the store or the catalog fails
  public List<Attested> read(String modelHash) {
    return table.read(Expressions.equal("model_hash", modelHash)).stream()
        .map(AttestedRow::of)
        .toList();
  }

  /// Adds what was found, in one commit.
  ///
  /// @throws StoreException where the store or the catalog fails; nothing is lost but the time to
  ///   look again
  public void add(String modelHash, List<Attested> attested) {
    table.add(attested.stream().map(one -> AttestedRow.row(modelHash, one)).toList());
  }

  /// Without what is about snapshots of long ago.
  private static List<Record> newest(List<Record> rows) {
    rows.sort((one, other) -> AttestedRow.at(other).compareTo(AttestedRow.at(one)));
    var kept = new LinkedHashMap<String, Integer>();
    rows.removeIf(row -> kept.merge(AttestedRow.place(row), 1, Integer::sum) > KEPT);
    return rows;
  }

  /// Between a row of the table and what it says.
  private static final class AttestedRow {
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
          SnapshotIds.in(row, "snapshots"),
          (Long) row.getField("rows"),
          (Long) row.getField("nulls"),
          (Long) row.getField("broken"),
          row.getField("engine").toString(),
          at(row).toInstant(),
          Duration.ofMillis((Long) row.getField("millis")));
    }

    static Record row(String modelHash, Attested attested) {
      Record row = org.apache.iceberg.data.GenericRecord.create(SCHEMA);
      row.setField("model_hash", modelHash);
      row.setField("claim", attested.claim());
      row.setField("snapshots", SnapshotIds.json(attested.snapshots()));
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

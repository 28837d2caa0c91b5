package io.scorebook.catalog.quality;

import io.scorebook.catalog.quality.Measured.Kind;
import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.table.OwnTable;
import io.scorebook.catalog.table.SnapshotIds;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/// The measurements of one domain: an Iceberg table in the domain's namespace, a row each. Safe for
/// many threads and processes.
///
/// The history of a metric is kept whole; of a rule the newest measurements, each on other
/// snapshots.
public final class Measurements {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "kind", Types.StringType.get(), "rule, newest or target"),
          NestedField.required(2, "subject", Types.StringType.get(), "The digest of what it is of"),
          NestedField.required(3, "of", Types.StringType.get(), "Product and port, or model"),
          NestedField.required(4, "name", Types.StringType.get(), "Of the rule or metric"),
          NestedField.required(
              5, "snapshots", Types.StringType.get(), "The snapshot of each table, as JSON"),
          NestedField.required(
              6, "outcome", Types.StringType.get(), "passed, failed or not_measured"),
          NestedField.optional(7, "value", Types.StringType.get(), "What was measured"),
          NestedField.required(8, "bound", Types.StringType.get(), "What it had to be"),
          NestedField.optional(9, "looked", Types.LongType.get(), "Rows or groups looked at"),
          NestedField.optional(10, "reason", Types.StringType.get(), "Why it was not measured"),
          NestedField.required(11, "engine", Types.StringType.get(), "That measured"),
          NestedField.required(12, "measured_at", Types.TimestampType.withZone(), "When"),
          NestedField.required(13, "millis", Types.LongType.get(), "How long it took"));

  /// Of one subject that is no metric, what is kept when files become one: the newest.
  private static final int KEPT = 30;

  private final OwnTable table;

  /// @param namespace of the domain
  public Measurements(Warehouse warehouse, String namespace) {
    this.table = new OwnTable(warehouse, nameIn(namespace), SCHEMA, Measurements::newest);
  }

  /// The table of a domain's measurements.
  public static TableName nameIn(String namespace) {
    return new TableName(namespace, "scorebook__quality");
  }

  /// What tells whether there is something new to read; absent where nothing was ever added.
  ///
  /// @throws StoreException where the store or the catalog fails
  public Optional<Long> version() {
    return table.version();
  }

  /// All of one kind or another, in no order.
  ///
  /// @throws StoreException where the store or the catalog fails
  public List<Measured> read() {
    return table.read(Expressions.alwaysTrue()).stream().map(Measurements::of).toList();
  }

  /// Adds what was measured, in one commit.
  ///
  /// @throws StoreException where the store or the catalog fails; nothing is added then
  public void add(List<Measured> measured) {
    table.add(measured.stream().map(Measurements::row).toList());
  }

  private static List<Record> newest(List<Record> rows) {
    rows.sort((one, other) -> at(other).compareTo(at(one)));
    var kept = new HashMap<Object, Integer>();
    rows.removeIf(row ->
        !Kind.TARGET.word().equals(row.getField("kind"))
            && kept.merge(row.getField("subject"), 1, Integer::sum) > KEPT);
    return rows;
  }

  private static OffsetDateTime at(Record row) {
    return (OffsetDateTime) row.getField("measured_at");
  }

  private static Measured of(Record row) {
    Object looked = row.getField("looked");
    return new Measured(
        Kind.valueOf(text(row, "kind").toUpperCase(Locale.ROOT)),
        text(row, "subject"),
        text(row, "of"),
        text(row, "name"),
        SnapshotIds.in(row, "snapshots"),
        Outcome.valueOf(text(row, "outcome").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getField("value")).map(Object::toString),
        text(row, "bound"),
        looked == null ? OptionalLong.empty() : OptionalLong.of((Long) looked),
        Optional.ofNullable(row.getField("reason")).map(Object::toString),
        text(row, "engine"),
        at(row).toInstant(),
        Duration.ofMillis((Long) row.getField("millis")));
  }

  private static String text(Record row, String column) {
    return row.getField(column).toString();
  }

  private static Record row(Measured measured) {
    Record row = GenericRecord.create(SCHEMA);
    row.setField("kind", measured.kind().word());
    row.setField("subject", measured.subject());
    row.setField("of", measured.of());
    row.setField("name", measured.name());
    row.setField("snapshots", SnapshotIds.json(measured.snapshots()));
    row.setField("outcome", measured.outcome().word());
    measured.value().ifPresent(value -> row.setField("value", value));
    row.setField("bound", measured.bound());
    measured.looked().ifPresent(looked -> row.setField("looked", looked));
    measured.reason().ifPresent(reason -> row.setField("reason", reason));
    row.setField("engine", measured.engine());
    row.setField("measured_at", measured.at().atOffset(ZoneOffset.UTC));
    row.setField("millis", measured.took().toMillis());
    return row;
  }
}

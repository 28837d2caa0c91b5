package io.scorebook.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.TableName;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TableSnapshotTest {
  private static final TableName NAME = new TableName("league", "matches");
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get(), "Key."),
          Types.NestedField.optional(2, "paid", Types.DecimalType.of(9, 2)),
          Types.NestedField.optional(3, "seen", Types.TimestampType.withZone()));

  private Table table = create();

  @BeforeEach
  void open() {
    table = create();
  }

  private static Table create() {
    var catalog = new InMemoryCatalog();
    catalog.initialize("test", Map.of());
    catalog.createNamespace(Namespace.of("league"));
    return catalog
        .buildTable(NAME.identifier(), SCHEMA)
        .withSortOrder(SortOrder.builderFor(SCHEMA).asc("id").build())
        .create();
  }

  private DataFile file(String name, FileFormat format, SortOrder order) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("memory://" + name)
        .withFormat(format)
        .withFileSizeInBytes(10)
        .withRecordCount(5)
        .withSortOrder(order)
        .build();
  }

  private long append(DataFile file) {
    table.newAppend().appendFile(file).commit();
    return Objects.requireNonNull(table.currentSnapshot()).snapshotId();
  }

  @Test
  void aTableWithoutRowsHasColumnsAndNoSnapshot() {
    TableSnapshot snapshot = TableSnapshot.current(NAME, table);
    assertThat(snapshot.id()).isEmpty();
    assertThat(snapshot.files()).isEmpty();
    assertThat(snapshot.columns())
        .containsExactly(
            new Column(1, "id", ColumnType.Simple.LONG, true, Optional.of("Key.")),
            new Column(2, "paid", new ColumnType.Decimal(9, 2), false, Optional.empty()),
            new Column(3, "seen", ColumnType.Simple.TIMESTAMP_TZ, false, Optional.empty()));
  }

  @Test
  void anOlderSnapshotKeepsItsFilesAndColumns() {
    long first = append(file("a.parquet", FileFormat.PARQUET, table.sortOrder()));
    table.manageSnapshots().createTag("pinned", first).commit();
    table.updateSchema().addColumn("note", Types.StringType.get()).commit();
    append(file("b.parquet", FileFormat.PARQUET, table.sortOrder()));
    assertThat(TableSnapshot.current(NAME, table).records()).isEqualTo(10);
    assertThat(TableSnapshot.current(NAME, table).columns()).hasSize(4);
    TableSnapshot old = TableSnapshot.at(NAME, table, first);
    assertThat(old.files()).containsExactly(new SnapshotFile("memory://a.parquet", 10, 5, ""));
    assertThat(old.columns()).hasSize(3);
    assertThat(TableSnapshot.of(NAME, table, "pinned").id()).hasValue(first);
  }

  @Test
  void sortedOnlyWhereAllFilesAre() {
    append(file("a.parquet", FileFormat.PARQUET, table.sortOrder()));
    assertThat(TableSnapshot.current(NAME, table).sortedBy()).containsExactly("id");
    append(file("b.parquet", FileFormat.PARQUET, SortOrder.unsorted()));
    assertThat(TableSnapshot.current(NAME, table).sortedBy()).isEmpty();
  }

  @Test
  void anUnknownSnapshotOrTagIsTold() {
    assertThatThrownBy(() -> TableSnapshot.at(NAME, table, 7))
        .hasMessage("Cannot find the snapshot 7 of the table 'league.matches'");
    append(file("a.parquet", FileFormat.PARQUET, table.sortOrder()));
    assertThatThrownBy(() -> TableSnapshot.of(NAME, table, "v9"))
        .hasMessage(
            "Cannot find the tag or branch 'v9' of the table 'league.matches'; there is [main]");
  }

  @Test
  void deleteFilesAndOtherFormatsAreRefusedNotIgnored() {
    append(file("a.parquet", FileFormat.PARQUET, table.sortOrder()));
    table
        .newRowDelta()
        .addDeletes(
            FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
                .ofEqualityDeletes(1)
                .withPath("memory://deletes.parquet")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(10)
                .withRecordCount(1)
                .build())
        .commit();
    assertThatThrownBy(() -> TableSnapshot.current(NAME, table))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
        .hasMessageContaining("it has delete files");
    table = create();
    append(file("a.orc", FileFormat.ORC, table.sortOrder()));
    assertThatThrownBy(() -> TableSnapshot.current(NAME, table))
        .hasMessageContaining("is not Parquet");
  }
}

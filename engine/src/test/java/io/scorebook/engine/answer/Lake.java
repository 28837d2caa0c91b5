package io.scorebook.engine.answer;

import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.catalog.table.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.io.DataWriter;
import org.jspecify.annotations.Nullable;

/// A warehouse in a temporary folder, with tables written row by row.
public final class Lake implements AutoCloseable {
  private final Warehouse warehouse;
  private final String namespace;

  public Lake(Path home) {
    this(home, "test");
  }

  /// @param namespace of all its tables
  public Lake(Path home, String namespace) {
    this.namespace = namespace;
    warehouse = Warehouse.open(WarehouseSettings.embedded(home));
  }

  public Warehouse warehouse() {
    return warehouse;
  }

  /// Makes an empty table of that name, in the namespace.
  public Table create(String name, Schema schema) {
    var space = Namespace.of(namespace);
    var spaces = (SupportsNamespaces) warehouse.catalog();
    if (!spaces.namespaceExists(space)) {
      spaces.createNamespace(space);
    }
    return warehouse.catalog().createTable(TableIdentifier.of(space, name), schema);
  }

  /// Appends rows as one file, in one commit.
  public void append(String name, List<List<@Nullable Object>> rows) {
    Table table = warehouse.loadTable(new TableName(namespace, name));
    try {
      var writers =
          new GenericFileWriterFactory.Builder(table)
              .dataFileFormat(org.apache.iceberg.FileFormat.PARQUET)
              .dataSchema(table.schema())
              .build();
      String path = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
      DataWriter<Record> writer =
          writers.newDataWriter(
              EncryptedFiles.encryptedOutput(
                  table.io().newOutputFile(path), EncryptionKeyMetadata.empty()),
              table.spec(),
              (PartitionKey) null);
      try (writer) {
        for (List<@Nullable Object> row : rows) {
          var record = GenericRecord.create(table.schema());
          for (int i = 0; i < row.size(); i++) {
            record.set(i, row.get(i));
          }
          writer.write(record);
        }
      }
      table.newAppend().appendFile(writer.toDataFile()).commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public PinnedTable pin(String name) {
    var table = new TableName(namespace, name);
    return new PinnedTable(
        table.toString(), warehouse.findTable(table).map(t -> TableSnapshot.current(table, t)));
  }

  public PinnedTables pin(List<String> names) {
    var tables = new ArrayList<PinnedTable>();
    names.forEach(name -> tables.add(pin(name)));
    return new PinnedTables(tables);
  }

  @Override
  public void close() {
    warehouse.close();
  }
}

package io.scorebook.catalog.store;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.DataWriter;

/// Writes the data files of the platform's own tables, which are small: in memory first, so that
/// each has its digest in its name.
public final class RowFiles {
  private final Table table;

  public RowFiles(Table table) {
    this.table = table;
  }

  /// Writes rows, which are in no table yet.
  ///
  /// @throws StoreException where the store fails
  public DataFile write(List<Record> rows) {
    var writers =
        new GenericFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .dataSchema(table.schema())
            .build();
    var bytes = new InMemoryOutputFile();
    DataWriter<Record> writer =
        writers.newDataWriter(
            EncryptedFiles.encryptedOutput(bytes, EncryptionKeyMetadata.empty()),
            table.spec(),
            (PartitionKey) null);
    try (writer) {
      rows.forEach(writer::write);
    } catch (IOException e) {
      throw StoreFailures.translate("write the rows", e);
    }
    byte[] content = bytes.toByteArray();
    String name = "%s-%s.parquet".formatted(UUID.randomUUID(), ContentDigest.of(content));
    String path = table.locationProvider().newDataLocation(name);
    try (var out = table.io().newOutputFile(path).create()) {
      out.write(content);
    } catch (IOException e) {
      throw StoreFailures.translate("write " + path, e);
    }
    return DataFiles.builder(table.spec()).copy(writer.toDataFile()).withPath(path).build();
  }
}

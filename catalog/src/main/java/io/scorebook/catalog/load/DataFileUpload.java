package io.scorebook.catalog.load;

import io.scorebook.catalog.store.ContentDigest;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Files;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.ParquetUtil;

/// Brings data files from the staging folder to the table's place. What was uploaded is known, so
/// that it can be removed again.
final class DataFileUpload {
  private static final int AT_ONCE = 8;

  private final Table table;
  private final String loadId;
  private final Collection<String> uploaded = new ConcurrentLinkedQueue<>();

  DataFileUpload(Table table, String loadId) {
    this.table = table;
    this.loadId = loadId;
  }

  /// Uploads several files at once, in order.
  List<DataFile> upload(List<WrittenFile> files) {
    try (var threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("upload-", 0).factory())) {
      List<Future<DataFile>> uploads =
          files.stream().map(file -> threads.submit(() -> upload(file))).toList();
      var done = new ArrayList<DataFile>();
      RuntimeException failure = null;
      for (Future<DataFile> upload : uploads) {
        try {
          done.add(upload.get());
        } catch (ExecutionException e) {
          failure = StoreFailures.translate("write the data files", asException(e));
        } catch (InterruptedException e) {
          threads.shutdownNow();
          Thread.currentThread().interrupt();
          failure = StoreFailures.translate("write the data files", e);
        }
      }
      if (failure != null) {
        throw failure;
      }
      return done;
    }
  }

  private static Exception asException(ExecutionException failure) {
    return failure.getCause() instanceof Exception cause ? cause : failure;
  }

  DataFile upload(WrittenFile file) {
    PartitionSpec spec = table.spec();
    var partition = new PartitionData(spec.partitionType());
    for (int i = 0; i < file.partition().size(); i++) {
      partition.set(i, file.partition().get(i));
    }
    String name = "%s-%s-%s.parquet".formatted(loadId, stem(file.path()), digest(file.path()));
    String location =
        spec.isUnpartitioned()
            ? table.locationProvider().newDataLocation(name)
            : table.locationProvider().newDataLocation(spec, partition, name);
    uploaded.add(location);
    copy(file.path(), table.io().newOutputFile(location));
    var builder =
        DataFiles.builder(spec)
            .withPath(location)
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(size(file.path()))
            .withMetrics(
                ParquetUtil.fileMetrics(
                    Files.localInput(file.path().toFile()), MetricsConfig.forTable(table)))
            .withSortOrder(table.sortOrder());
    return spec.isUnpartitioned() ? builder.build() : builder.withPartition(partition).build();
  }

  /// Removes what was uploaded, for a load that is not published.
  void remove() {
    RuntimeException first = null;
    for (String location : uploaded) {
      try {
        table.io().deleteFile(location);
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    uploaded.clear();
    if (first != null) {
      throw first;
    }
  }

  private static void copy(Path from, OutputFile to) {
    try (var out = to.create()) {
      java.nio.file.Files.copy(from, out);
    } catch (IOException e) {
      throw StoreFailures.translate("write " + to.location(), e);
    }
    long arrived = to.toInputFile().getLength();
    if (arrived != size(from)) {
      throw new StoreException(
          Kind.FAILED,
          "Cannot write %s: %d of %d bytes arrived".formatted(to.location(), arrived, size(from)));
    }
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String digest(Path file) {
    try {
      return ContentDigest.of(file);
    } catch (IOException e) {
      throw StoreFailures.translate("read " + file, e);
    }
  }

  private static long size(Path file) {
    try {
      return java.nio.file.Files.size(file);
    } catch (IOException e) {
      throw StoreFailures.translate("read " + file, e);
    }
  }
}

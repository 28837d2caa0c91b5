package io.scorebook.catalog.audit;

import io.scorebook.catalog.store.RowFiles;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.Warehouse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/// Removes the audit's old records, while others write new ones.
///
/// A file that has old records and others becomes two first, which changes no row; then the files
/// that are old as a whole are taken out. Both commits fail where another process has moved rows
/// from one of the files into another meanwhile, and are tried again: no record is lost that is not
/// old.
public final class AuditRetention {
  private static final int TRIES = 5;
  private static final String WHAT = "remove old records of the audit";

  private final Warehouse warehouse;

  public AuditRetention(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  private record Old(List<DataFile> whole, List<DataFile> mixed, long records) {}

  /// How many records are older; nothing is changed.
  ///
  /// @throws StoreException where the store or the catalog fails
  public long count(Instant before) {
    return warehouse
        .findTable(AuditTable.NAME)
        .map(table -> StoreFailures.attempt(WHAT, () -> find(table, before).records()))
        .orElse(0L);
  }

  /// Removes what is older. Who reads an older snapshot of the table may go on for an hour; what is
  /// left of the files after that goes when the table is tidied up, or with the next removal.
  ///
  /// @return how many records
  /// @throws StoreException where the store or the catalog fails; some may be removed then
  public long remove(Instant before) {
    Optional<Table> table = warehouse.findTable(AuditTable.NAME);
    if (table.isEmpty()) {
      return 0;
    }
    for (int i = 1; ; i++) {
      try {
        return StoreFailures.attempt(WHAT, () -> remove(table.get(), before));
      } catch (StoreException e) {
        if (e.kind() != Kind.CONFLICT || i == TRIES) {
          throw e;
        }
      }
    }
  }

  private static long remove(Table table, Instant before) {
    table.refresh();
    AuditTable.expire(table);
    Old old = find(table, before);
    if (old.records() == 0) {
      return 0;
    }
    var gone = new ArrayList<>(old.whole());
    if (!old.mixed().isEmpty()) {
      RewriteFiles parts =
          table.newRewrite().validateFromSnapshot(table.currentSnapshot().snapshotId());
      for (DataFile file : old.mixed()) {
        List<Record> records = AuditTable.rows(table, List.of(file));
        var files = new RowFiles(table);
        DataFile oldPart = files.write(records.stream().filter(row -> isOld(row, before)).toList());
        parts.deleteFile(file);
        parts.addFile(oldPart);
        parts.addFile(files.write(records.stream().filter(row -> !isOld(row, before)).toList()));
        gone.add(oldPart);
      }
      parts.commit();
    }
    DeleteFiles delete = table.newDelete().validateFilesExist();
    gone.forEach(delete::deleteFile);
    delete.commit();
    return old.records();
  }

  private static boolean isOld(Record row, Instant before) {
    return ((LocalDateTime) row.getField("asked_at")).toInstant(ZoneOffset.UTC).isBefore(before);
  }

  private static Old find(Table table, Instant before) {
    var whole = new ArrayList<DataFile>();
    var mixed = new ArrayList<DataFile>();
    long records = 0;
    String time = LocalDateTime.ofInstant(before, ZoneOffset.UTC).toString();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().filter(Expressions.lessThan("asked_at", time)).planFiles()) {
      for (FileScanTask task : tasks) {
        DataFile file = task.file().copy();
        List<Record> rows = AuditTable.rows(table, List.of(file));
        long old = rows.stream().filter(row -> isOld(row, before)).count();
        if (old == rows.size()) {
          whole.add(file);
        } else if (old > 0) {
          mixed.add(file);
        }
        records += old;
      }
    } catch (IOException e) {
      throw StoreFailures.translate("list the audit's files", e);
    }
    return new Old(whole, mixed, records);
  }
}

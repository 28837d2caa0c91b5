package io.scorebook.catalog.table;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/// A table at one moment, never to change: which files hold its rows, and what the columns are.
///
/// @param table Iceberg's view, for those who read rows through it
/// @param id the snapshot; absent for a table that never had rows
/// @param committed when the snapshot was made
/// @param schema the columns as Iceberg knows them
/// @param columns the same, flat
/// @param files in order of their paths
/// @param sortedBy the columns by which each file is sorted, outermost first, ascending with NULLs
///   first; empty where files of this snapshot may be unsorted or the order is another
public record TableSnapshot(
    TableName name,
    Table table,
    OptionalLong id,
    Optional<Instant> committed,
    Schema schema,
    List<Column> columns,
    List<SnapshotFile> files,
    List<String> sortedBy) {

  public TableSnapshot {
    columns = List.copyOf(columns);
    files = List.copyOf(files);
    sortedBy = List.copyOf(sortedBy);
  }

  /// The newest published snapshot.
  public static TableSnapshot current(TableName name, Table table) {
    return of(name, table, Optional.ofNullable(table.currentSnapshot()), table.schema());
  }

  /// The snapshot of this id; [Kind#NOT_FOUND] where it is unknown or expired.
  public static TableSnapshot at(TableName name, Table table, long id) {
    Snapshot snapshot = table.snapshot(id);
    if (snapshot == null) {
      throw new StoreException(
          Kind.NOT_FOUND, "Cannot find the snapshot %d of the table '%s'".formatted(id, name));
    }
    return of(name, table, Optional.of(snapshot), schema(table, snapshot));
  }

  /// The snapshot of a tag or branch; [Kind#NOT_FOUND] where there is none.
  public static TableSnapshot of(TableName name, Table table, String ref) {
    Snapshot snapshot = table.snapshot(ref);
    if (snapshot == null) {
      throw new StoreException(
          Kind.NOT_FOUND,
          "Cannot find the tag or branch '%s' of the table '%s'; there is %s"
              .formatted(ref, name, table.refs().keySet().stream().sorted().toList()));
    }
    return of(name, table, Optional.of(snapshot), schema(table, snapshot));
  }

  /// The number of rows.
  public long records() {
    return files.stream().mapToLong(SnapshotFile::records).sum();
  }

  /// Where the table's newest metadata is, for engines that read it themselves.
  public Optional<String> metadataLocation() {
    return table instanceof HasTableOperations known
        ? Optional.ofNullable(known.operations().current().metadataFileLocation())
        : Optional.empty();
  }

  /// The files that another snapshot of the table does not have.
  public List<SnapshotFile> filesNotIn(TableSnapshot other) {
    Set<String> paths =
        other.files().stream().map(SnapshotFile::path).collect(Collectors.toUnmodifiableSet());
    return files.stream().filter(file -> !paths.contains(file.path())).toList();
  }

  /// The same snapshot as if it had only some of its files.
  public TableSnapshot withFiles(List<SnapshotFile> some) {
    return new TableSnapshot(name, table, id, committed, schema, columns, some, sortedBy);
  }

  /// The files that may hold rows for which the filter is true, by what is known of each file.
  public List<SnapshotFile> files(Expression filter) {
    return id.isEmpty() ? List.of() : plan(name, table, id.getAsLong(), filter, new ArrayList<>());
  }

  private static Schema schema(Table table, Snapshot snapshot) {
    Integer id = snapshot.schemaId();
    Schema schema = id == null ? null : table.schemas().get(id);
    return schema == null ? table.schema() : schema;
  }

  private static TableSnapshot of(
      TableName name, Table table, Optional<Snapshot> snapshot, Schema schema) {
    var sortOrders = new ArrayList<Integer>();
    List<SnapshotFile> files =
        snapshot
            .map(s -> plan(name, table, s.snapshotId(), Expressions.alwaysTrue(), sortOrders))
            .orElse(List.of());
    return new TableSnapshot(
        name,
        table,
        snapshot.map(s -> OptionalLong.of(s.snapshotId())).orElse(OptionalLong.empty()),
        snapshot.map(s -> Instant.ofEpochMilli(s.timestampMillis())),
        schema,
        columns(schema),
        files,
        sortedBy(table, schema, sortOrders));
  }

  private static List<SnapshotFile> plan(
      TableName name, Table table, long snapshot, Expression filter, List<Integer> sortOrders) {
    var files = new ArrayList<SnapshotFile>();
    StoreFailures.attempt(
        "list the files of the table '%s'".formatted(name),
        () -> {
          try (CloseableIterable<FileScanTask> tasks =
              table.newScan().useSnapshot(snapshot).filter(filter).planFiles()) {
            for (FileScanTask task : tasks) {
              checkReadable(name, task);
              var file = task.file();
              Integer order = file.sortOrderId();
              sortOrders.add(order == null ? 0 : order);
              PartitionSpec spec = task.spec();
              files.add(
                  new SnapshotFile(
                      file.location(),
                      file.fileSizeInBytes(),
                      file.recordCount(),
                      spec.partitionToPath(file.partition())));
            }
          } catch (IOException e) {
            throw StoreFailures.translate("list the files of the table '%s'".formatted(name), e);
          }
          return files;
        });
    files.sort(Comparator.comparing(SnapshotFile::path));
    return files;
  }

  /// Files are read without Iceberg, which alone knows how to leave out deleted rows.
  private static void checkReadable(TableName name, FileScanTask task) {
    if (!task.deletes().isEmpty()) {
      throw new StoreException(
          Kind.UNSUPPORTED,
          "Cannot read the table '%s': it has delete files; rewrite its data files first"
              .formatted(name));
    }
    if (task.file().format() != FileFormat.PARQUET) {
      throw new StoreException(
          Kind.UNSUPPORTED,
          "Cannot read the table '%s': the file %s is not Parquet"
              .formatted(name, task.file().location()));
    }
  }

  /// Without those that are nested: no contract can name them.
  private static List<Column> columns(Schema schema) {
    return schema.columns().stream()
        .filter(field -> !field.type().isNestedType())
        .map((Types.NestedField field) ->
            new Column(
                field.fieldId(),
                field.name(),
                ColumnType.of(field.type()),
                field.isRequired(),
                Optional.ofNullable(field.doc())))
        .toList();
  }

  /// The order that all files share, if it is a plain one.
  private static List<String> sortedBy(Table table, Schema schema, List<Integer> orders) {
    List<Integer> distinct = orders.stream().distinct().toList();
    if (distinct.size() != 1 || table.sortOrders().get(distinct.getFirst()) == null) {
      return List.of();
    }
    var names = new ArrayList<String>();
    for (SortField field : table.sortOrders().get(distinct.getFirst()).fields()) {
      String column = schema.findColumnName(field.sourceId());
      if (column == null
          || !field.transform().isIdentity()
          || field.direction() != SortDirection.ASC) {
        break;
      }
      names.add(column);
    }
    return names;
  }
}

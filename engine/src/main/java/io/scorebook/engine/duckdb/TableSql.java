package io.scorebook.engine.duckdb;

import io.scorebook.catalog.table.SnapshotFile;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.PinnedTable;
import io.scorebook.engine.sql.PlanSql;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.iceberg.types.Types.NestedField;

/// Writes what a scan reads: the files of the pinned snapshot, their columns found by Iceberg's
/// field ids, so that a file from before a column was added, renamed or widened reads rightly.
final class TableSql {
  private TableSql() {}

  /// @param local where a data file lies in this machine
  static String write(PlanSql.Scan scan, PinnedTable table, Function<String, Path> local) {
    List<RelDataTypeField> columns = scan.columns();
    String body =
        table.snapshot().filter(snapshot -> !snapshot.files().isEmpty()).isPresent()
            ? read(scan, columns, table.snapshot().get(), local)
            : nothing(scan, columns);
    return "%s AS NOT MATERIALIZED (%s)".formatted(scan.name(), body);
  }

  /// The same for a reader, by the table's name.
  static String explain(PlanSql.Scan scan) {
    List<RelDataTypeField> columns = scan.columns();
    return "%s AS NOT MATERIALIZED (SELECT %s FROM %s)"
        .formatted(
            scan.name(),
            columns.isEmpty()
                ? "1"
                : columns.stream()
                    .map(column -> column.getName() + alias(scan, column))
                    .collect(Collectors.joining(", ")),
            scan.table());
  }

  private static String nothing(PlanSql.Scan scan, List<RelDataTypeField> columns) {
    return columns.stream()
        .map(column -> LiteralSql.cast("NULL", column.getType()) + alias(scan, column))
        .collect(Collectors.joining(", ", "SELECT ", " WHERE FALSE"));
  }

  private static String read(
      PlanSql.Scan scan,
      List<RelDataTypeField> columns,
      TableSnapshot snapshot,
      Function<String, Path> local) {
    String files =
        snapshot.files().stream()
            .map(SnapshotFile::path)
            .map(local)
            .map(path -> SqlTypes.quoted(path.toString()))
            .collect(Collectors.joining(", ", "[", "]"));
    String schema =
        columns.stream()
            .map(column -> {
              NestedField field = field(scan, column, snapshot);
              return "%d: {name: 'x%d', type: '%s', default_value: NULL}"
                  .formatted(field.fieldId(), column.getIndex(), SqlTypes.of(field.type()));
            })
            .collect(Collectors.joining(", ", "MAP {", "}"));
    String selected =
        columns.stream()
            .map(column -> converted(column) + alias(scan, column))
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM read_parquet(%s, hive_partitioning = false, schema = %s)"
        .formatted(selected.isEmpty() ? "1" : selected, files, schema);
  }

  private static String converted(RelDataTypeField column) {
    return LiteralSql.cast("x" + column.getIndex(), column.getType());
  }

  private static String alias(PlanSql.Scan scan, RelDataTypeField column) {
    return " AS %sc%d".formatted(scan.name(), column.getIndex());
  }

  private static NestedField field(
      PlanSql.Scan scan, RelDataTypeField column, TableSnapshot snapshot) {
    NestedField field = snapshot.schema().findField(column.getName());
    if (field == null) {
      throw new EngineException(
          Kind.DATA,
          "Cannot find the column '%s' in the table '%s' as it was loaded; load it again by its"
                  .formatted(column.getName(), scan.table())
              + " present contract",
          null);
    }
    if (field.initialDefault() != null) {
      throw SqlTypes.unsupported(
          "the column '%s' of '%s', which has a default for older files"
              .formatted(column.getName(), scan.table()));
    }
    return field;
  }
}

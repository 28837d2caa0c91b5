package io.scorebook.catalog.load;

import io.scorebook.catalog.store.Downloads;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.table.Column;
import io.scorebook.catalog.table.SnapshotFile;
import io.scorebook.catalog.table.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expression;

/// Published rows as relations of the staging database: the files are copied here, once each.
final class PresentRows {
  private final Path folder;
  private final Map<String, Path> copies = new HashMap<>();

  /// @param staging a folder in which the copies get one of their own
  PresentRows(Path staging) {
    try {
      this.folder = Files.createTempDirectory(staging, "present-");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a folder in " + staging, e);
    }
  }

  /// A column wanted of a table, with the SQL type in which it is wanted.
  record Wanted(String name, String sqlType) {}

  /// An expression for FROM: the wanted columns of the rows for which the filter may be true.
  /// Columns are found in the files by their ids; one that the table lacks is NULL.
  String relation(Optional<TableSnapshot> snapshot, Expression filter, List<Wanted> wanted) {
    List<SnapshotFile> files = snapshot.map(s -> s.files(filter)).orElse(List.of());
    if (files.isEmpty()) {
      return wanted.stream()
          .map(w -> "CAST(NULL AS %s) AS %s".formatted(w.sqlType, Sql.name(w.name)))
          .collect(Collectors.joining(", ", "(SELECT ", " WHERE false)"));
    }
    Map<String, Column> columns =
        snapshot.orElseThrow().columns().stream()
            .collect(Collectors.toMap(Column::name, column -> column));
    String paths =
        files.stream()
            .map(file -> Sql.text(copy(snapshot.orElseThrow(), file).toString()))
            .collect(Collectors.joining(", "));
    String schema =
        wanted.stream()
            .filter(w -> columns.containsKey(w.name))
            .map(w -> entry(columns, w))
            .collect(Collectors.joining(", "));
    String select =
        wanted.stream()
            .map(w ->
                columns.containsKey(w.name)
                    ? Sql.name(w.name)
                    : "CAST(NULL AS %s) AS %s".formatted(w.sqlType, Sql.name(w.name)))
            .collect(Collectors.joining(", "));
    return "(SELECT %s FROM read_parquet([%s], schema = MAP {%s}, hive_partitioning = false))"
        .formatted(select, paths, schema);
  }

  private static String entry(Map<String, Column> columns, Wanted wanted) {
    Column column = columns.get(wanted.name);
    if (column == null) {
      throw new IllegalArgumentException("Invalid column: " + wanted.name);
    }
    return "%d: {name: %s, type: %s, default_value: NULL}"
        .formatted(column.id(), Sql.text(wanted.name), Sql.text(wanted.sqlType));
  }

  private Path copy(TableSnapshot snapshot, SnapshotFile file) {
    return copies.computeIfAbsent(
        file.path(),
        path -> {
          Path copy = folder.resolve("%d.parquet".formatted(copies.size()));
          try {
            Downloads.copy(snapshot.table().io(), path, file.bytes(), copy);
            return copy;
          } catch (IOException | RuntimeException e) {
            throw StoreFailures.translate("read " + path, e);
          }
        });
  }
}

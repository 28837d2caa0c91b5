package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.Partitioning;
import io.scorebook.catalog.table.ColumnType.Simple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/// Writes the rows of the staging database into Parquet files with the table's field ids.
final class ParquetFiles {
  /// Rows of a file at most: a few hundred megabytes of narrow rows.
  private static final long ROWS_PER_FILE = 8_000_000;

  /// Rows of a row group: what one thread of an engine reads at a time.
  private static final int ROWS_PER_GROUP = 122_880;

  private final Database database;
  private final Path folder;
  private final Schema schema;

  ParquetFiles(Database database, Path folder, Schema schema) {
    this.database = database;
    this.folder = folder;
    this.schema = schema;
  }

  private record Range(List<@Nullable Object> partition, long first, long last) {}

  /// The live rows, sorted: at least one file for each partition, none where there are no rows.
  List<WrittenFile> write(Contract contract) {
    order(contract);
    var files = new ArrayList<WrittenFile>();
    for (Range range : ranges(contract.partitioning())) {
      for (long from = range.first; from <= range.last; from += ROWS_PER_FILE) {
        long to = Math.min(range.last, from + ROWS_PER_FILE - 1);
        String rows =
            "SELECT %s FROM ordered WHERE rowid BETWEEN %d AND %d ORDER BY rowid"
                .formatted(Sql.names(contract.namesOfFields()), from, to);
        files.add(write(rows, "data-%05d".formatted(files.size()), range.partition));
      }
    }
    return files;
  }

  /// The rows of a query as one file.
  WrittenFile write(String query, String name, List<@Nullable Object> partition) {
    Path file = folder.resolve(name + ".parquet");
    String ids =
        schema.columns().stream()
            .map((Types.NestedField column) -> Sql.name(column.name()) + ": " + column.fieldId())
            .collect(Collectors.joining(", "));
    long rows =
        database.execute(
            """
            COPY (%s) TO %s
            (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, FIELD_IDS {%s})\
            """
                .formatted(query, Sql.text(file.toString()), ROWS_PER_GROUP, ids));
    return new WrittenFile(file, rows, partition);
  }

  private void order(Contract contract) {
    List<Partitioning> parts = contract.partitioning();
    String partition =
        IntStream.range(0, parts.size())
            .mapToObj(i -> "%s AS __p%d, ".formatted(expression(contract, parts.get(i)), i))
            .collect(Collectors.joining());
    String fields =
        contract.fields().stream()
            .map(field -> Sql.name(field.name()))
            .collect(Collectors.joining(", "));
    String renamed =
        contract
            .distinctNames()
            .map(rule ->
                """
                (SELECT l.* REPLACE (coalesce(n.now, l.%1$s) AS %1$s)
                 FROM %2$s l LEFT JOIN renames n ON n.__seq = l.__seq)\
                """
                    .formatted(Sql.name(rule.field()), Checks.LIVE))
            .orElse(Checks.LIVE);
    String order =
        IntStream.range(0, parts.size())
                .mapToObj(i -> "__p" + i + " NULLS FIRST, ")
                .collect(Collectors.joining())
            + contract.sortOrder().stream()
                .map(field -> Sql.name(field) + " ASC NULLS FIRST")
                .collect(Collectors.joining(", "));
    database.execute(
        "CREATE TABLE ordered AS SELECT %s%s FROM %s ORDER BY %s"
            .formatted(partition, fields, renamed, order));
  }

  /// The value that Iceberg's transform gives: years, months and days since 1970.
  private static String expression(Contract contract, Partitioning part) {
    String name = Sql.name(part.field());
    return switch (part.transform()) {
      case IDENTITY ->
          contract.field(part.field()).type() == Simple.DATE
              ? "CAST(%s - DATE '1970-01-01' AS INTEGER)".formatted(name)
              : name;
      case YEAR -> "CAST(year(%s) - 1970 AS INTEGER)".formatted(name);
      case MONTH -> "CAST((year(%1$s) - 1970) * 12 + month(%1$s) - 1 AS INTEGER)".formatted(name);
      case DAY -> "CAST(CAST(%s AS DATE) - DATE '1970-01-01' AS INTEGER)".formatted(name);
    };
  }

  private List<Range> ranges(List<Partitioning> parts) {
    String keys =
        IntStream.range(0, parts.size())
            .mapToObj(i -> "__p" + i + ", ")
            .collect(Collectors.joining());
    List<Range> ranges =
        database.rows(
            """
            SELECT %smin(rowid) AS f, max(rowid) AS l, count(*) FROM ordered
            GROUP BY ALL HAVING count(*) > 0 ORDER BY f\
            """
                .formatted(keys),
            row -> {
              var partition = new ArrayList<@Nullable Object>();
              for (int i = 1; i <= parts.size(); i++) {
                partition.add(row.getObject(i));
              }
              long first = row.getLong(parts.size() + 1);
              long last = row.getLong(parts.size() + 2);
              if (last - first + 1 != row.getLong(parts.size() + 3)) {
                throw new IllegalStateException("Cannot write rows that are out of order");
              }
              return new Range(partition, first, last);
            });
    return ranges;
  }
}

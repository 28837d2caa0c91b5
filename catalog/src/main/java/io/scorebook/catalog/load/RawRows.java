package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.catalog.contract.Contract.OnConflict;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.documents.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a file before there is a contract for it, read by the readers of a load: what is
/// seen here is what a load will see. Not safe to share.
public final class RawRows implements AutoCloseable {
  private static final Location NOWHERE = Location.of("");

  private final RowReader reader;
  private final List<String> columns;

  private RawRows(RowReader reader, List<String> columns) {
    this.reader = reader;
    this.columns = columns;
  }

  /// Opens a file. Of JSON lines all rows are read once before, since any of them may have a key of
  /// its own.
  ///
  /// @throws UnreadableSource where the file as a whole cannot be used, as for a column that is
  ///   there twice
  public static RawRows open(Path file, SourceFormat format) {
    List<String> columns;
    try (RowReader reader = RowReader.open(file, format, contract(List.of()), _ -> false)) {
      while (format == SourceFormat.NDJSON && reader.next()) {
        // each row adds its keys to those that are not known
      }
      columns = reader.ignored().stream().filter(name -> !name.isBlank()).toList();
    }
    return new RawRows(RowReader.open(file, format, contract(columns), _ -> false), columns);
  }

  /// A contract that takes every column, whatever is in it.
  private static Contract contract(List<String> columns) {
    return new Contract(
        new TableName("draft", "draft"),
        Optional.empty(),
        columns.stream().map(RawRows::field).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        OnConflict.REJECT,
        Optional.empty(),
        List.of(),
        NOWHERE);
  }

  private static Field field(String column) {
    return new Field(
        column,
        Simple.STRING,
        false,
        true,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        NOWHERE);
  }

  /// The names of the columns as the file has them, without those that have none.
  public List<String> columns() {
    return columns;
  }

  /// Moves to the next row; false behind the last.
  ///
  /// @throws UnreadableSource where the file cannot be read on
  public boolean next() {
    return reader.next();
  }

  /// Where the row begins, counted from 1; in binary files the number of the row.
  public long line() {
    return reader.line();
  }

  /// Why the row cannot be taken apart, or null.
  public @Nullable String malformed() {
    return reader.malformed();
  }

  /// The value of a column, by its position.
  public RawValue value(int column) {
    return RawValue.of(reader.value(column));
  }

  @Override
  public void close() {
    reader.close();
  }
}

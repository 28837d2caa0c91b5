package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The rows of one file, one after the other. All methods throw [UnreadableSource] where the file
/// as a whole cannot be used.
interface RowReader extends Closeable {

  /// @param whole the lines whose rows are kept whole, for [#raw]
  static RowReader open(Path file, SourceFormat format, Contract contract, LongPredicate whole) {
    return switch (format) {
      case CSV -> CsvRows.open(file, contract, whole);
      case NDJSON -> new JsonRows(file, contract);
      case AVRO -> AvroRows.open(file, contract);
      case PARQUET -> ParquetRows.open(file, contract);
    };
  }

  /// Moves to the next row; false behind the last.
  boolean next();

  /// Where the row begins, counted from 1.
  long line();

  /// Why the row cannot be taken apart, or null.
  @Nullable String malformed();

  /// The value for a field of the contract, by its position there: text, number, boolean, date,
  /// time; null where there is none.
  @Nullable Object value(int field);

  /// The whole row as a JSON object, where its line was asked for.
  String raw();

  /// Columns that the contract does not know; complete behind the last row.
  Set<String> ignored();

  /// Of the file's bytes; behind the last row.
  String sha256();

  @Override
  void close();
}

package io.scorebook.gateway.postgres;

import io.scorebook.engine.pgcatalog.SystemCatalog;
import io.scorebook.gateway.session.OpenAnswer;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows on their way to a client: of the desk, or of the system catalog.
interface RowSource extends AutoCloseable {
  List<Field> fields();

  boolean next();

  @Nullable Object value(int column);

  /// Told where the client wants no more rows.
  void satisfied();

  @Override
  void close();

  /// How a column is written, row by row.
  default Cell cell(int column, boolean binary) {
    Field field = fields().get(column);
    return out -> {
      Object value = value(column);
      if (value == null) {
        return false;
      }
      if (binary) {
        out.bytes(BinaryForm.of(value, field));
      } else {
        out.utf8(TextForm.of(value, field));
      }
      return true;
    };
  }

  /// All columns in the formats that a client asks for.
  default List<Cell> cells(Formats formats) {
    return IntStream.range(0, fields().size()).mapToObj(i -> cell(i, formats.isBinary(i))).toList();
  }

  static RowSource of(OpenAnswer answer) {
    try {
      return new BatchSource(answer);
    } catch (RuntimeException | Error e) {
      answer.close(); // which nobody else will: it was cancelled before its first batch, say
      throw e;
    }
  }

  static RowSource of(SystemCatalog.Result result) {
    return of(result.columns().stream().map(Field::of).toList(), result.rows());
  }

  static RowSource of(List<Field> fields, List<List<@Nullable Object>> rows) {
    Iterator<List<@Nullable Object>> iterator = rows.iterator();
    return new RowSource() {
      private List<@Nullable Object> row = List.of();

      @Override
      public List<Field> fields() {
        return fields;
      }

      @Override
      public boolean next() {
        boolean there = iterator.hasNext();
        row = there ? iterator.next() : List.of();
        return there;
      }

      @Override
      public @Nullable Object value(int column) {
        return row.get(column);
      }

      @Override
      public void satisfied() {
        // nothing keeps count
      }

      @Override
      public void close() {
        // all in memory
      }
    };
  }
}

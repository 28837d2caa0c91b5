package io.scorebook.gateway.postgres;

import io.scorebook.engine.pgcatalog.SystemCatalog;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.Session;
import java.util.Iterator;
import java.util.List;
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

  static RowSource of(OpenAnswer answer) {
    List<Field> fields = Field.of(Session.Column.of(answer));
    return new RowSource() {
      @Override
      public List<Field> fields() {
        return fields;
      }

      @Override
      public boolean next() {
        return answer.next();
      }

      @Override
      public @Nullable Object value(int column) {
        return answer.value(column);
      }

      @Override
      public void satisfied() {
        answer.satisfied();
      }

      @Override
      public void close() {
        answer.close();
      }
    };
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

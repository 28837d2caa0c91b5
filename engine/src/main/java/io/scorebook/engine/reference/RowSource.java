package io.scorebook.engine.reference;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows, one at a time. Values are as Calcite's functions take them: dates as days, timestamps as
/// milliseconds, decimals as BigDecimal.
interface RowSource extends AutoCloseable {
  /// The next row, or null after the last.
  @Nullable Object @Nullable [] next();

  @Override
  default void close() {}

  static RowSource of(Iterator<@Nullable Object[]> rows) {
    return () -> rows.hasNext() ? rows.next() : null;
  }

  static RowSource of(List<@Nullable Object[]> rows) {
    return of(rows.iterator());
  }

  /// All rows, in memory.
  static List<@Nullable Object[]> drain(RowSource source) {
    try (source) {
      var rows = new ArrayList<@Nullable Object[]>();
      for (@Nullable Object[] row = source.next(); row != null; row = source.next()) {
        rows.add(row);
      }
      return rows;
    }
  }
}

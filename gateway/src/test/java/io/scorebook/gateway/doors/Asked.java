package io.scorebook.gateway.doors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question of the suite.
///
/// @param sql as it is asked
/// @param values of its `?`
/// @param types that its columns have: `integer decimal(12,2) instant`
/// @param expected another query, written by hand for plain DuckDB over the same rows
record Asked(String sql, List<? extends @Nullable Object> values, String types, String expected) {
  static Asked of(String sql, String types, String expected) {
    return new Asked(sql, List.of(), types, expected);
  }

  @Override
  public String toString() {
    return sql.replaceAll("\\s+", " ") + (values.isEmpty() ? "" : " " + values);
  }
}

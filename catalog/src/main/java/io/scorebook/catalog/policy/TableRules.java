package io.scorebook.catalog.policy;

import io.scorebook.documents.Location;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What holds for one source table.
///
/// @param rows which rows may be read; where it is absent, all; where no rule concerns a caller,
///   none
/// @param columns by name, those that not everyone sees
public record TableRules(
    String table,
    Optional<List<RowRule>> rows,
    Map<String, ColumnRule> columns,
    Location location) {

  public TableRules {
    rows = rows.map(List::copyOf);
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
  }
}

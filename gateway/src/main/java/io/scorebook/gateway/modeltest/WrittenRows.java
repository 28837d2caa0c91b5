package io.scorebook.gateway.modeltest;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Value;
import io.scorebook.documents.Value.Mapping;
import io.scorebook.documents.Value.Scalar;
import io.scorebook.documents.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rows as a test writes them: a list of mappings, or `columns` once and `rows` as lists.
///
/// @param columns in the order in which they are first named
record WrittenRows(List<String> columns, List<Row> rows) {

  WrittenRows {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// @param values by the names of columns
  record Row(Location location, Map<String, Scalar> values) {}

  static WrittenRows read(Value value, String what, Findings findings) {
    return switch (value) {
      case Sequence list -> ofMappings(list, what, findings);
      case Mapping table -> ofLists(table, what, findings);
      case Scalar scalar -> {
        findings.error(
            scalar.location(),
            "Invalid %s: must be a list of rows, or columns and rows".formatted(what));
        yield new WrittenRows(List.of(), List.of());
      }
    };
  }

  private static WrittenRows ofMappings(Sequence list, String what, Findings findings) {
    Set<String> columns = new LinkedHashSet<>();
    List<Row> rows = new ArrayList<>();
    for (Value item : list.items()) {
      item.asMapping("row of " + what, findings)
          .ifPresent(mapping -> {
            Map<String, Scalar> values = new LinkedHashMap<>();
            mapping.entries().forEach((column, value) -> put(values, column, value, findings));
            columns.addAll(values.keySet());
            rows.add(new Row(mapping.location(), values));
          });
    }
    return new WrittenRows(List.copyOf(columns), rows);
  }

  private static WrittenRows ofLists(Mapping table, String what, Findings findings) {
    table.allowOnly(Set.of("columns", "rows"), findings);
    List<String> columns = table.texts("columns", findings);
    if (columns.isEmpty() || Set.copyOf(columns).size() < columns.size()) {
      findings.error(
          table.locationOf("columns"),
          "Invalid 'columns' of %s: must name each column once".formatted(what));
      return new WrittenRows(List.of(), List.of());
    }
    List<Row> rows = new ArrayList<>();
    for (Value item : table.items("rows", findings)) {
      if (!(item instanceof Sequence list) || list.items().size() != columns.size()) {
        findings.error(
            item.location(),
            "Invalid row of %s: must be a list of %d values, as 'columns' has"
                .formatted(what, columns.size()));
        continue;
      }
      Map<String, Scalar> values = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        put(values, columns.get(i), list.items().get(i), findings);
      }
      rows.add(new Row(list.location(), values));
    }
    return new WrittenRows(columns, rows);
  }

  private static void put(
      Map<String, Scalar> values, String column, Value value, Findings findings) {
    if (value instanceof Scalar scalar) {
      values.put(column, scalar);
    } else {
      findings.error(
          value.location(), "Invalid value of '%s': must be one value".formatted(column));
    }
  }
}

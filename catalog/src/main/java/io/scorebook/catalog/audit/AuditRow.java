package io.scorebook.catalog.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// A row of the audit's table, as texts and numbers by the names of its columns.
public record AuditRow(Map<String, @Nullable Object> values) {
  public AuditRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static AuditRow of(Record row) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (NestedField column : AuditTable.SCHEMA.columns()) {
      Object value = row.getField(column.name());
      values.put(column.name(), value == null || value instanceof Long ? value : value.toString());
    }
    return new AuditRow(values);
  }

  /// A value as text; the empty one where there is none.
  public String text(String column) {
    Object value = values.get(column);
    return value == null ? "" : value.toString();
  }
}

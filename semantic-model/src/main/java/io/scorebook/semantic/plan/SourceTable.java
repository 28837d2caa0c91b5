package io.scorebook.semantic.plan;

import java.util.List;

/// A table of the catalog as the planner sees it: names and types, no data.
public record SourceTable(String namespace, String name, List<Column> columns) {

  public SourceTable {
    columns = List.copyOf(columns);
  }

  /// The same table, of which nothing is known but names and types.
  SourceTable withoutRequired() {
    return new SourceTable(
        namespace,
        name,
        columns.stream().map(column -> new Column(column.name(), column.type(), false)).toList());
  }

  /// @param required whether the column is never NULL
  public record Column(String name, Type type, boolean required) {}

  /// The types of stored columns.
  public sealed interface Type {
    /// The types without parameters.
    enum Simple implements Type {
      BOOLEAN,
      INTEGER,
      LONG,
      FLOAT,
      DOUBLE,
      STRING,
      BINARY,
      DATE,
      TIME,
      TIMESTAMP,
      TIMESTAMP_TZ
    }

    record Decimal(int precision, int scale) implements Type {}
  }
}

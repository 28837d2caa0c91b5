package io.scorebook.semantic.plan;

import java.util.List;
import java.util.Optional;

/// A table of the catalog as the planner sees it: names and types, no data.
///
/// @param tag of the table's snapshots, at which it is read; absent for the newest
/// @param sight what is seen of it; all where it is absent
public record SourceTable(
    String namespace,
    String name,
    List<Column> columns,
    Optional<String> tag,
    Optional<Sight> sight) {
  private static final char AT = '@';

  public SourceTable {
    columns = List.copyOf(columns);
  }

  /// A table that is read as it is, and of which all is seen.
  public SourceTable(String namespace, String name, List<Column> columns) {
    this(namespace, name, columns, Optional.empty(), Optional.empty());
  }

  /// The same table, read at a tag of its snapshots. Plans call it `namespace.name@tag`.
  public SourceTable at(String pinned) {
    return new SourceTable(namespace, name, columns, Optional.of(pinned), sight);
  }

  /// What scans call it within its namespace.
  String scanned() {
    return tag.map(of -> name + AT + of).orElse(name);
  }

  /// The table that a plan's `namespace.name` or `namespace.name@tag` is about.
  public static String untagged(String table) {
    int at = table.indexOf(AT);
    return at < 0 ? table : table.substring(0, at);
  }

  /// The tag in a plan's name of a table.
  public static Optional<String> tagOf(String table) {
    int at = table.indexOf(AT);
    return at < 0 ? Optional.empty() : Optional.of(table.substring(at + 1));
  }

  /// The same table, of which no more is seen than this.
  public SourceTable seenThrough(Sight other) {
    return new SourceTable(namespace, name, columns, tag, Optional.of(other));
  }

  /// The same table, of which nothing is known but names and types.
  SourceTable withoutRequired() {
    return new SourceTable(
        namespace,
        name,
        columns.stream().map(column -> new Column(column.name(), column.type(), false)).toList(),
        tag,
        sight);
  }

  /// The name without a tag, `namespace.table`.
  public String qualifiedName() {
    return namespace + "." + name;
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

package io.scorebook.semantic.lineage;

import java.util.Map;
import java.util.Set;

/// For each output column the source columns that it depends on, and how they are used.
public record Lineage(Map<String, Set<Edge>> columns) {

  public Lineage {
    columns = Map.copyOf(columns);
  }

  /// @param table `namespace.table`
  public record Edge(String table, String column, Use use) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return java.util.Comparator.comparing(Edge::table)
          .thenComparing(Edge::column)
          .thenComparing(Edge::use)
          .compare(this, other);
    }
  }

  /// How a source column is used.
  public enum Use {
    /// Its values are part of the output's.
    VALUE,
    /// It chooses rows or groups.
    FILTER,
    JOIN,
    GROUP,
    ORDER,
    /// It partitions or orders a window.
    WINDOW
  }
}

package io.scorebook.semantic.lineage;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/// For each output column the source columns that it depends on, and how they are used.
///
/// @param columns by the names of the output; what the presence of its rows depends on is among the
///   edges of each
/// @param rows what the presence and the order of the rows depend on, whatever the column
public record Lineage(Map<String, Set<Edge>> columns, Set<Edge> rows) {

  public Lineage {
    columns = Map.copyOf(columns);
    rows = Set.copyOf(rows);
  }

  /// Where nothing is known of the rows.
  public Lineage(Map<String, Set<Edge>> columns) {
    this(columns, Set.of());
  }

  /// @param table `namespace.table`
  public record Edge(String table, String column, Use use) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return Comparator.comparing(Edge::table)
          .thenComparing(Edge::column)
          .thenComparing(Edge::use)
          .compare(this, other);
    }
  }

  /// How a source column is used. Of a value the strongest counts that it went through: what is
  /// summed up and then divided is an aggregation.
  public enum Use {
    /// Its values are the output's, unchanged.
    IDENTITY,
    /// The output's values are computed from its values, row by row.
    TRANSFORMATION,
    /// The output's values are computed from its values of many rows.
    AGGREGATION,
    /// It chooses rows or groups.
    FILTER,
    JOIN,
    GROUP,
    ORDER,
    /// It partitions or orders a window.
    WINDOW;

    /// Whether its values are part of the output's.
    public boolean isValue() {
      return compareTo(AGGREGATION) <= 0;
    }
  }
}

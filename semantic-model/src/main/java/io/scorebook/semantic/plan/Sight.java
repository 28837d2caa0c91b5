package io.scorebook.semantic.plan;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is seen of a source table by those for whom a plan is made: some of its rows, and what
/// stands in the place of columns. It lies directly over each scan, below all that a plan does.
///
/// @param rows all where it is absent
/// @param columns by name, those that are not seen as they are
public record Sight(Optional<Rows> rows, Map<String, Shown> columns) {
  public Sight {
    columns = java.util.Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /// The rows for which one of the first conditions holds, and all of the others.
  public record Rows(List<Condition> anyOf, List<Condition> allOf) {
    public Rows {
      anyOf = List.copyOf(anyOf);
      allOf = List.copyOf(allOf);
    }
  }

  /// @param sql over the table's columns and `caller.x`
  /// @param attributes the values of `caller.x`; a condition that names another holds for no row
  public record Condition(String sql, Map<String, List<String>> attributes) {
    public Condition {
      attributes = Map.copyOf(attributes);
    }
  }

  /// What is shown of a column.
  public sealed interface Shown {
    /// Nothing: there is no such column.
    record Hidden() implements Shown {}

    /// No value.
    record Nothing() implements Shown {}

    /// A pseudonym; of texts and longs.
    record Pseudonym() implements Shown {}

    /// The first and last characters of a text.
    record Partial(int first, int last) implements Shown {}

    /// The lower bound of the range of a number.
    record Bucket(BigDecimal size) implements Shown {}

    /// The first day of the period of a date or timestamp.
    record Period(Grain grain) implements Shown {}

    /// The same for all rows.
    record Constant(String text) implements Shown {}
  }

  boolean hides(String column) {
    return columns.get(column) instanceof Shown.Hidden;
  }
}

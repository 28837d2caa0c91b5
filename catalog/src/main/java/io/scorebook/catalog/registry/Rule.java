package io.scorebook.catalog.registry;

import io.scorebook.documents.Location;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A rule of quality that an output port is held to, in ODCS's words: a number that is measured,
/// and what it has to be.
///
/// @param name unique in its port
/// @param dimension of quality that it is about, as `completeness`
/// @param schedule when it is measured beside each load; absent for loads alone
/// @param stopsLoad whether a load after which it would not hold is refused
public record Rule(
    String name,
    Optional<String> description,
    Measure measure,
    Comparison comparison,
    Severity severity,
    Optional<String> dimension,
    Optional<Schedule> schedule,
    boolean stopsLoad,
    Location location) {

  /// What follows where it does not hold.
  public enum Severity {
    /// The product is failing.
    ERROR,
    /// It is told.
    WARNING,
    /// It is told to who asks.
    INFO;

    /// The word that a document writes.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether rows are counted, or their part of all rows in percent.
  public enum Unit {
    ROWS,
    PERCENT;

    /// The word that a document writes.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The number that is measured.
  public sealed interface Measure {
    /// All rows of the port.
    record RowCount() implements Measure {}

    /// Rows whose column is NULL.
    record NullValues(String column, Unit unit) implements Measure {}

    /// Rows whose column has a value that stands for none.
    ///
    /// @param missing the values, as [Port.Condition] has them; NULL may be one of them
    record MissingValues(String column, List<@Nullable Object> missing, Unit unit)
        implements Measure {}

    /// Rows whose column has a value, and no valid one.
    ///
    /// @param valid the values that are; empty where only the pattern says
    /// @param pattern found anywhere in the text of a valid value
    record InvalidValues(String column, List<Object> valid, Optional<String> pattern, Unit unit)
        implements Measure {

      public InvalidValues {
        valid = List.copyOf(valid);
      }
    }

    /// Rows whose columns have values that a row before has already; a row with a NULL among them
    /// repeats none.
    record DuplicateValues(List<String> columns, Unit unit) implements Measure {
      public DuplicateValues {
        columns = List.copyOf(columns);
      }
    }

    /// The only value of the only row of a query over the domain's public tables.
    record Query(String sql) implements Measure {}

    /// The value of a metric in each group: each of them has to be as the comparison says, and what
    /// is measured is how many are not. A group without a value is left out.
    record KpiValues(String metric, List<String> dimensions, List<Port.Condition> filters)
        implements Measure {

      public KpiValues {
        dimensions = List.copyOf(dimensions);
        filters = List.copyOf(filters);
      }
    }
  }

  /// The column that the rule is about, where it is about one.
  public Optional<String> column() {
    return switch (measure) {
      case Measure.NullValues(String column, _) -> Optional.of(column);
      case Measure.MissingValues(String column, _, _) -> Optional.of(column);
      case Measure.InvalidValues(String column, _, _, _) -> Optional.of(column);
      case Measure.DuplicateValues(var columns, _) ->
          columns.size() == 1 ? Optional.of(columns.getFirst()) : Optional.empty();
      case Measure.RowCount _, Measure.Query _, Measure.KpiValues _ -> Optional.empty();
    };
  }

  /// The rule in words, as `nullValues of 'team' = 0`.
  public String sentence() {
    String what =
        switch (measure) {
          case Measure.RowCount _ -> "rowCount";
          case Measure.NullValues(String column, Unit unit) -> of("nullValues", column, unit);
          case Measure.MissingValues(String column, _, Unit unit) ->
              of("missingValues", column, unit);
          case Measure.InvalidValues(String column, _, _, Unit unit) ->
              of("invalidValues", column, unit);
          case Measure.DuplicateValues(var columns, Unit unit) ->
              of("duplicateValues", String.join(", ", columns), unit);
          case Measure.Query _ -> "the query's value";
          case Measure.KpiValues(String metric, var dimensions, _) ->
              dimensions.isEmpty() ? metric : metric + " by " + String.join(", ", dimensions);
        };
    return what + " " + comparison.words();
  }

  private static String of(String what, String column, Unit unit) {
    return "%s of %s%s".formatted(what, column, unit == Unit.PERCENT ? " in percent" : "");
  }
}

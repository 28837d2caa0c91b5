package io.scorebook.semantic.model;

import io.scorebook.documents.Location;
import java.util.List;
import java.util.Optional;

/// A KPI, defined once.
public sealed interface Metric {
  String name();

  Optional<Field.DataType> datatype();

  Optional<String> description();

  List<String> synonyms();

  Location location();

  /// The SQL of the metric: what it aggregates, or the predicate of its rows.
  String expression();

  /// Where the text of the expression begins.
  Location expressionAt();

  /// Aggregates over fields (`SUM(team_games.points)`), other metrics (`wins`), and arithmetic on
  /// them: simple, distinct, filtered, ratio and derived metrics are all of this form. Division is
  /// exact, and by zero NULL.
  record Expression(
      String name,
      String expression,
      Optional<Field.DataType> datatype,
      Optional<String> description,
      List<String> synonyms,
      Location location,
      Location expressionAt)
      implements Metric {

    public Expression {
      synonyms = List.copyOf(synonyms);
    }

    /// A metric whose expression stands where the metric does.
    public Expression(
        String name,
        String expression,
        Optional<Field.DataType> datatype,
        Optional<String> description,
        List<String> synonyms,
        Location location) {
      this(name, expression, datatype, description, synonyms, location, location);
    }
  }

  /// The length of runs of consecutive rows of one entity for which a predicate holds.
  ///
  /// @param predicate a boolean over fields; a row for which it is NULL is skipped, or ends the run
  /// @param entity the fields that identify whose runs they are, as `dataset.field`
  /// @param order the fields that order the rows; the dataset's primary key is appended
  record Streak(
      String name,
      String predicate,
      Mode mode,
      List<String> entity,
      List<String> order,
      OnNull onNull,
      Optional<Field.DataType> datatype,
      Optional<String> description,
      List<String> synonyms,
      Location location,
      Location expressionAt)
      implements Metric, Sequence {

    public Streak {
      entity = List.copyOf(entity);
      order = List.copyOf(order);
      synonyms = List.copyOf(synonyms);
    }

    /// A streak whose predicate stands where the metric does.
    public Streak(
        String name,
        String predicate,
        Mode mode,
        List<String> entity,
        List<String> order,
        OnNull onNull,
        Optional<Field.DataType> datatype,
        Optional<String> description,
        List<String> synonyms,
        Location location) {
      this(
          name,
          predicate,
          mode,
          entity,
          order,
          onNull,
          datatype,
          description,
          synonyms,
          location,
          location);
    }

    @Override
    public String expression() {
      return predicate;
    }

    public enum Mode {
      LONGEST,
      CURRENT
    }

    public enum OnNull {
      SKIP,
      BREAK
    }
  }

  /// The largest or smallest aggregate over N consecutive rows of one entity; only full windows
  /// count.
  ///
  /// @param expression one aggregate over fields: SUM, AVG, MIN, MAX or COUNT
  record Window(
      String name,
      String expression,
      Mode mode,
      int rows,
      List<String> entity,
      List<String> order,
      Optional<Field.DataType> datatype,
      Optional<String> description,
      List<String> synonyms,
      Location location,
      Location expressionAt)
      implements Metric, Sequence {

    public Window {
      entity = List.copyOf(entity);
      order = List.copyOf(order);
      synonyms = List.copyOf(synonyms);
    }

    /// A window whose aggregate stands where the metric does.
    public Window(
        String name,
        String expression,
        Mode mode,
        int rows,
        List<String> entity,
        List<String> order,
        Optional<Field.DataType> datatype,
        Optional<String> description,
        List<String> synonyms,
        Location location) {
      this(
          name,
          expression,
          mode,
          rows,
          entity,
          order,
          datatype,
          description,
          synonyms,
          location,
          location);
    }

    public enum Mode {
      BEST,
      WORST
    }
  }

  /// What streaks and windows share: an entity, and an order of its rows. Such a metric has
  /// evidence: the first and the last row of the run or window, and its entity.
  sealed interface Sequence permits Streak, Window {
    String name();

    List<String> entity();

    List<String> order();
  }
}

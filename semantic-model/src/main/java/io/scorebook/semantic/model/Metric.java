package io.scorebook.semantic.model;

import io.scorebook.documents.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// A KPI, defined once.
///
/// Every kind has an expression. Of [Expression] it is the whole definition; [Streak] and
/// [Conversion] take it as a condition on one row, [Window] as one aggregate; the other kinds take
/// it as the metric that they look at in another way, over time ([Cumulative], [Rolling], [Prior],
/// [SemiAdditive]) or at another grain ([Fixed], [Nested], [Rank]).
public sealed interface Metric {
  Head head();

  /// The SQL of the metric: what it aggregates, or the predicate of its rows.
  String expression();

  default String name() {
    return head().name();
  }

  default Optional<Field.DataType> datatype() {
    return head().datatype();
  }

  default Optional<String> description() {
    return head().description();
  }

  default List<String> synonyms() {
    return head().synonyms();
  }

  default Location location() {
    return head().location();
  }

  /// Where the text of the expression begins.
  default Location expressionAt() {
    return head().expressionAt();
  }

  /// What metrics of all kinds have.
  ///
  /// @param target what the values should come to
  record Head(
      String name,
      Optional<Field.DataType> datatype,
      Optional<String> description,
      List<String> synonyms,
      Optional<Target> target,
      Location location,
      Location expressionAt) {

    public Head {
      synonyms = List.copyOf(synonyms);
    }
  }

  /// What the values of a metric should come to. With it a metric `m` has two more beside it:
  /// `m_target`, the value, and `m_on_target`, whether `m` reaches it (NULL where `m` is NULL).
  record Target(BigDecimal value, Direction direction) {

    public enum Direction {
      AT_LEAST,
      AT_MOST
    }
  }

  /// Aggregates over fields (`SUM(team_games.points)`), other metrics (`wins`), and arithmetic on
  /// them: simple, distinct, filtered, ratio and derived metrics are all of this form. Division is
  /// exact, and by zero NULL.
  record Expression(Head head, String expression) implements Metric {}

  /// What has an entity, in whose rows it looks at one after the other.
  sealed interface OfEntity extends Metric
      permits Sequence, Rolling, SemiAdditive, Rank, Conversion {
    /// The fields that identify whose rows they are, as `dataset.field`.
    List<String> entity();

    /// The fields that order the rows of an entity; the dataset's primary key is appended. None
    /// where only the entity counts.
    default List<String> order() {
      return List.of();
    }
  }

  /// What streaks and windows share. Such a metric has evidence: the first and the last row of the
  /// run or window, and its entity.
  sealed interface Sequence extends OfEntity permits Streak, Window {
    /// Whether there is one run or window that the value can be seen in.
    boolean hasEvidence();
  }

  /// The length of runs of consecutive rows of one entity for which a predicate holds.
  ///
  /// @param expression a boolean over fields; a row for which it is NULL is skipped, or ends the
  ///   run
  /// @param atLeast the rows that a run needs to count, of [Mode#COUNT]; else 1
  record Streak(
      Head head,
      String expression,
      Mode mode,
      int atLeast,
      List<String> entity,
      List<String> order,
      OnNull onNull)
      implements Sequence {

    public Streak {
      entity = List.copyOf(entity);
      order = List.copyOf(order);
    }

    @Override
    public boolean hasEvidence() {
      return mode != Mode.COUNT;
    }

    public enum Mode {
      LONGEST,
      CURRENT,
      /// The number of runs; those of several entities add up.
      COUNT
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
      Head head, String expression, Mode mode, int rows, List<String> entity, List<String> order)
      implements Sequence {

    public Window {
      entity = List.copyOf(entity);
      order = List.copyOf(order);
    }

    @Override
    public boolean hasEvidence() {
      return true;
    }

    public enum Mode {
      BEST,
      WORST
    }
  }

  /// What looks along a time dimension.
  sealed interface OverTime extends Metric permits Cumulative, Rolling, Prior, SemiAdditive {
    /// The time dimension, as questions name it.
    String time();
  }

  /// All that was up to the end of the period: since ever, or since the period began that it
  /// restarts with.
  ///
  /// @param restart a grain (`year`) or a calendar of the model (`season`)
  record Cumulative(Head head, String expression, String time, Optional<String> restart)
      implements OverTime {}

  /// The last rows or days up to the end of the period.
  ///
  /// @param combine how the values of several entities become one; without it a question must name
  ///   the entity
  record Rolling(
      Head head,
      String expression,
      String time,
      Frame frame,
      List<String> entity,
      List<String> order,
      Optional<Combine> combine)
      implements OverTime, OfEntity {

    public Rolling {
      entity = List.copyOf(entity);
      order = List.copyOf(order);
    }

    /// How much of the past is looked at.
    public sealed interface Frame {
      /// So many rows, the last one included; NULL where there are fewer.
      record Rows(int count) implements Frame {}

      /// So many days, that of the last row included.
      record Days(int count) implements Frame {}
    }

    public enum Combine {
      SUM,
      MIN,
      MAX
    }
  }

  /// The value of an earlier period; NULL where nothing was then.
  ///
  /// @param unit a grain (`month`) or a calendar of the model (`season`)
  record Prior(Head head, String expression, String time, String unit, int periods)
      implements OverTime {}

  /// The value of the first or last day that an entity has in the group; over entities it adds up.
  record SemiAdditive(Head head, String expression, String time, Take take, List<String> entity)
      implements OverTime, OfEntity {

    public SemiAdditive {
      entity = List.copyOf(entity);
    }

    public enum Take {
      FIRST,
      LAST
    }
  }

  /// The value at a coarser grain than the question's: of all its dimensions only some are kept, in
  /// its groups and in its filters.
  record Fixed(Head head, String expression, Grain grain, List<String> dimensions)
      implements Metric {

    public Fixed {
      dimensions = List.copyOf(dimensions);
    }

    public enum Grain {
      KEEP_ONLY,
      EXCLUDE
    }
  }

  /// The value at a finer grain than the question's, brought back to it: the average of players'
  /// points a game.
  record Nested(Head head, String expression, List<String> include, Aggregate aggregate)
      implements Metric {

    public Nested {
      include = List.copyOf(include);
    }

    public enum Aggregate {
      SUM,
      AVG,
      MIN,
      MAX
    }
  }

  /// The place of an entity among those of the same other keys; equal values share a place, and the
  /// next is skipped.
  record Rank(Head head, String expression, List<String> entity, Direction direction)
      implements OfEntity {

    public Rank {
      entity = List.copyOf(entity);
    }

    public enum Direction {
      DESC,
      ASC
    }
  }

  /// Rows for which a condition holds (events) that are followed by a row of the same entity for
  /// which another does.
  ///
  /// @param expression the condition of an event
  /// @param then the condition of what follows
  /// @param of which events the rate is of
  record Conversion(
      Head head,
      String expression,
      String then,
      Location thenAt,
      Rolling.Frame within,
      List<String> entity,
      List<String> order,
      Of of,
      Result result)
      implements OfEntity {

    public Conversion {
      entity = List.copyOf(entity);
      order = List.copyOf(order);
    }

    public enum Of {
      ALL,
      /// Those that any row of the entity follows.
      FOLLOWED
    }

    public enum Result {
      RATE,
      COUNT
    }
  }
}

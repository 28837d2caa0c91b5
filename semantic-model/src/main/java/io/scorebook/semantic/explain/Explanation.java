package io.scorebook.semantic.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a question is understood, before it is run: what its metrics are, how its dimensions are
/// reached, what its filters choose, and what is done that the question does not say.
///
/// @param definitions of the metrics asked for, each followed by those that it is made of
/// @param parts what is asked of the model; SQL may ask several times
public record Explanation(List<Definition> definitions, List<Part> parts) {

  public Explanation {
    definitions = List.copyOf(definitions);
    parts = List.copyOf(parts);
  }

  /// A metric as the model defines it.
  ///
  /// @param kind as the model writes it; `expression` where it has no other
  /// @param meaning of the kind, in words
  /// @param extension what the kind has besides its expression, as the model writes it
  /// @param madeOf other metrics
  /// @param leaves what it computes itself
  public record Definition(
      String name,
      String kind,
      String meaning,
      String expression,
      Map<String, String> extension,
      Optional<String> description,
      List<String> madeOf,
      List<Leaf> leaves) {

    public Definition {
      extension = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(extension));
      madeOf = List.copyOf(madeOf);
      leaves = List.copyOf(leaves);
    }
  }

  /// What is computed from the rows of a dataset.
  ///
  /// @param aggregate in SQL, without its filter
  /// @param filter which rows count
  public record Leaf(String fact, String aggregate, Optional<String> filter) {}

  /// Metrics by dimensions, or the rows of a dataset.
  ///
  /// @param metrics that are computed; none for rows
  /// @param facts the datasets whose rows are aggregated, each for itself
  /// @param groupBy the keys
  /// @param groupingSets of the keys, one or more
  /// @param reaches how each field in use is reached from each fact
  public record Part(
      List<String> metrics,
      List<String> facts,
      List<String> groupBy,
      List<List<String>> groupingSets,
      List<Reach> reaches,
      List<Filter> filters,
      List<Rewrite> rewrites) {

    public Part {
      metrics = List.copyOf(metrics);
      facts = List.copyOf(facts);
      groupBy = List.copyOf(groupBy);
      groupingSets = groupingSets.stream().map(List::copyOf).toList();
      reaches = List.copyOf(reaches);
      filters = List.copyOf(filters);
      rewrites = List.copyOf(rewrites);
    }
  }

  /// How a field is reached from the rows of a fact.
  ///
  /// @param name as the question or a metric writes it
  /// @param field what it is, as `dataset.field`
  /// @param joins none where it is the fact's own
  public record Reach(
      String name, String fact, String field, List<Join> joins, List<Rejected> rejected) {

    public Reach {
      joins = List.copyOf(joins);
      rejected = List.copyOf(rejected);
    }

    /// As `team_of_game > teams.team`.
    public String path() {
      return joins.stream().map(join -> join.relationship() + " > ").reduce("", String::concat)
          + field;
    }
  }

  /// A step from many rows to at most one.
  ///
  /// @param declared what makes the model say that there is at most one
  public record Join(
      String relationship,
      String from,
      List<String> fromColumns,
      String to,
      List<String> toColumns,
      Declared declared) {

    public Join {
      fromColumns = List.copyOf(fromColumns);
      toColumns = List.copyOf(toColumns);
    }

    /// How the model declares that the far side is single.
    public enum Declared {
      PRIMARY_KEY,
      UNIQUE_KEY,
      /// By the relationship alone.
      RELATIONSHIP
    }
  }

  /// Another path to a field of the same name, which the name does not mean.
  public record Rejected(String path, String reason) {}

  /// A condition of the question.
  ///
  /// @param effect for most metrics
  /// @param exceptions the metrics for which it has another effect
  public record Filter(String condition, Effect effect, Map<String, Effect> exceptions) {

    public Filter {
      exceptions = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(exceptions));
    }
  }

  /// What a condition chooses.
  public enum Effect {
    ROWS,
    GROUPS,
    /// The periods that are shown; rows of earlier ones are read all the same.
    PERIODS,
    NOTHING
  }

  /// What is done that the question does not say.
  public record Rewrite(Kind kind, String what) {

    /// What for.
    public enum Kind {
      LOOK_BACK,
      FIXED_GRAIN,
      FINER_GRAIN,
      REACHED_ONCE,
      EMPTY_SIDE,
      RANK,
      DIVISION,
      SEVERAL_FACTS,
      FILLED
    }
  }
}

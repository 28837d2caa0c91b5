package io.scorebook.semantic.plan;

import java.util.List;
import java.util.Optional;

/// A reason why a question has no answer. All of a question's issues are told at once.
///
/// @param field the name in the question that the issue is about
/// @param suggestions names that may have been meant
/// @param position where in the SQL text, for SQL
public record Issue(
    Code code,
    String message,
    Optional<String> field,
    List<String> suggestions,
    Optional<Position> position) {

  public Issue {
    suggestions = List.copyOf(suggestions);
  }

  /// Line and column, counted from 1.
  public record Position(int line, int column) {}

  /// The kinds of reasons; the edge gives each a status and an SQLSTATE.
  public enum Code {
    UNKNOWN_METRIC,
    UNKNOWN_DIMENSION,
    UNKNOWN_TABLE,
    /// A version of a product that has ended; the message names what to ask in its place.
    GONE,
    AMBIGUOUS_PATH,
    /// The metric has no meaning at this grouping, or under this clause.
    NOT_GROUPABLE,
    INVALID_FILTER,
    INVALID_VALUE,
    /// The data breaks what the model declares, so that any number would be wrong.
    DUPLICATE_KEY,
    INVALID_QUESTION,
    SYNTAX,
    /// SQL that is understood and has no right answer here.
    UNSUPPORTED_SQL
  }
}

package io.scorebook.gateway.session;

import io.scorebook.semantic.question.Question;
import java.util.Optional;

/// What is asked for at a door.
public sealed interface Ask {
  /// The engine that shall answer; absent for the default one.
  Optional<String> engine();

  /// Metrics by dimensions.
  ///
  /// @param model may be left out where there is one
  record Metrics(Optional<String> model, Question question, Optional<String> engine)
      implements Ask {}

  /// One SQL query, with no parameter left in it.
  record Sql(String sql, Optional<String> engine) implements Ask {}
}

package io.scorebook.gateway.session;

import io.scorebook.engine.answer.AsOf;
import io.scorebook.semantic.question.Question;
import java.util.Optional;

/// What is asked for at a door.
public sealed interface Ask {
  /// The engine that shall answer; absent for the default one.
  Optional<String> engine();

  /// Which state of the tables is asked.
  AsOf asOf();

  /// Metrics by dimensions.
  ///
  /// @param model may be left out where there is one
  record Metrics(Optional<String> model, Question question, Optional<String> engine, AsOf asOf)
      implements Ask {
    /// Of the newest state.
    public Metrics(Optional<String> model, Question question, Optional<String> engine) {
      this(model, question, engine, AsOf.newest());
    }
  }

  /// One SQL query, with no parameter left in it.
  record Sql(String sql, Optional<String> engine, AsOf asOf) implements Ask {
    /// Of the newest state.
    public Sql(String sql, Optional<String> engine) {
      this(sql, engine, AsOf.newest());
    }

    /// The same query of another state.
    public Sql withAsOf(AsOf other) {
      return new Sql(sql, engine, other);
    }
  }
}

package io.scorebook.engine.answer;

import io.scorebook.semantic.explain.Explanation;
import io.scorebook.semantic.plan.Issue;
import java.util.List;

/// What becomes of the wish to have a question explained: what would be done to answer it, or the
/// reasons why it cannot be asked, which are those that the question itself would be refused by.
public sealed interface Explaining {
  /// @param provenance what an answer would be made of
  /// @param keys what the joins take for granted, as it was looked at on the snapshots; where one
  ///   does not hold the question is refused
  /// @param sent what the engine is sent: SQL, or the tree of the plan where it takes no SQL
  record Explained(Explanation explanation, Provenance provenance, List<KeyCheck> keys, String sent)
      implements Explaining {
    public Explained {
      keys = List.copyOf(keys);
    }
  }

  record Refused(List<Issue> issues) implements Explaining {
    public Refused {
      issues = List.copyOf(issues);
    }
  }
}

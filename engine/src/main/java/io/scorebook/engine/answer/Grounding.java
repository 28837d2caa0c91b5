package io.scorebook.engine.answer;

import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import java.util.List;

/// What a question would be answered from, found without answering it.
public sealed interface Grounding {
  /// @param domain as the caller sees it; its hash says which documents and which policies
  /// @param tables of the plan, each at the snapshot that would be read
  record Grounds(Domain domain, Plan plan, PinnedTables tables) implements Grounding {}

  /// @param issues all reasons, at least one
  record Refused(List<Issue> issues) implements Grounding {
    public Refused {
      issues = List.copyOf(issues);
    }
  }
}

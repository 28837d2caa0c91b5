package io.scorebook.semantic.plan;

import java.util.List;

/// What becomes of a question: a plan, or the reasons why not.
public sealed interface Planning {
  record Planned(Plan plan) implements Planning {}

  record Rejected(List<Issue> issues) implements Planning {
    public Rejected {
      issues = List.copyOf(issues);
    }
  }
}

package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.Issue;
import java.util.List;

/// What becomes of a question: an answer to read and close, or the reasons why there is none.
public sealed interface Outcome {
  record Answered(Answer answer) implements Outcome {}

  record Refused(List<Issue> issues) implements Outcome {
    public Refused {
      issues = List.copyOf(issues);
    }
  }
}

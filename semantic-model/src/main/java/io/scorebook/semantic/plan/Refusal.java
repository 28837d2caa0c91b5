package io.scorebook.semantic.plan;

import java.util.List;
import java.util.Optional;

/// Carries the reasons for a refusal out of the depth of a planning; [Planner] makes them a
/// [Planning.Rejected].
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Issue> issues;

  Refusal(List<Issue> issues) {
    super(issues.stream().map(Issue::message).reduce((a, b) -> a + "; " + b).orElse(""));
    this.issues = List.copyOf(issues);
  }

  Refusal(Issue.Code code, String field, String message, List<String> suggestions) {
    this(List.of(new Issue(code, message, Optional.of(field), suggestions, Optional.empty())));
  }

  Refusal(Issue.Code code, String message) {
    this(List.of(new Issue(code, message, Optional.empty(), List.of(), Optional.empty())));
  }

  List<Issue> issues() {
    return issues;
  }
}

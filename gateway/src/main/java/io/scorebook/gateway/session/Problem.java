package io.scorebook.gateway.session;

import io.scorebook.semantic.plan.Issue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why there is no answer, ready to be told by any door.
///
/// @param code the kind of the first issue, where there are several
/// @param issues all that is wrong with the question, at least one where the asker can mend it
public record Problem(ErrorCode code, String detail, List<Issue> issues) {

  public Problem {
    issues = List.copyOf(issues);
  }

  public static Problem of(ErrorCode code, String detail) {
    return new Problem(code, detail, List.of());
  }

  /// What is wrong with a question, all at once.
  public static Problem of(List<Issue> issues) {
    return of(ErrorCode.of(issues.getFirst().code()), issues);
  }

  /// What is wrong with a request, whatever the codes of its issues.
  public static Problem of(ErrorCode code, List<Issue> issues) {
    return new Problem(
        code, issues.stream().map(Issue::message).collect(Collectors.joining("\n")), issues);
  }

  public Optional<String> field() {
    return issues.stream().findFirst().flatMap(Issue::field);
  }

  public List<String> suggestions() {
    return issues.stream().findFirst().map(Issue::suggestions).orElse(List.of());
  }

  public Optional<Issue.Position> position() {
    return issues.stream().findFirst().flatMap(Issue::position);
  }
}

package io.scorebook.gateway.session;

import org.jspecify.annotations.Nullable;

/// Carries a [Problem] to the door that tells it.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    this(problem, null);
  }

  public ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.detail(), cause);
    this.problem = problem;
  }

  public ProblemException(ErrorCode code, String detail) {
    this(Problem.of(code, detail), null);
  }

  public Problem problem() {
    return problem;
  }
}

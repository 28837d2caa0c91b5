package io.scorebook.catalog.load;

import java.util.List;

/// Carries what an [Audit] found out of a publication that was undone; [Attempt] makes it a
/// refusal.
final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<String> problems;

  Stopped(List<String> problems) {
    super("Cannot publish: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}

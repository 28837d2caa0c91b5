package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.AssumedKey;
import io.scorebook.semantic.plan.Issue;
import java.util.List;
import java.util.SortedMap;

/// What the data says of a key that a plan takes for granted.
///
/// @param snapshots of the tables that were looked at
/// @param issues why it does not hold; empty where it does
public record KeyCheck(AssumedKey key, SortedMap<String, Long> snapshots, List<Issue> issues) {
  public KeyCheck {
    issues = List.copyOf(issues);
  }

  public boolean holds() {
    return issues.isEmpty();
  }
}

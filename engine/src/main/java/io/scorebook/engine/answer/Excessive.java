package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.Excess;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import java.util.List;
import java.util.function.Supplier;

/// Looks in the data for what would make an answer too large.
final class Excessive {
  private Excessive() {}

  /// Why a plan is not run; empty where it may be.
  ///
  /// @param tables pinned, as for the plan itself
  static List<Issue> issues(
      Plan plan, Engine engine, PinnedTables tables, Supplier<Limits> limits) {
    return plan.excesses().stream()
        .filter(excess -> {
          Plan search = excess.search();
          try (Rows rows = engine.run(search, tables.only(search.tables()), limits.get())) {
            return rows.next();
          }
        })
        .map(Excess::issue)
        .toList();
  }
}

package io.scorebook.engine.answer;

import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.plan.Plan;
import java.util.OptionalLong;

/// How much a question reads, by the statistics of its tables, before it is run.
final class ReadLimit {
  private ReadLimit() {}

  /// What is kept back of a table must not show by being counted: where policies keep back
  /// anything, nothing is estimated, and the limits hold while the question runs.
  ///
  /// @throws EngineException where it reads too much
  static void check(Domain domain, Plan plan, PinnedTables tables, OptionalLong most) {
    if (most.isEmpty() || domain.access().restrictsAny(plan.tables())) {
      return;
    }
    long rows =
        plan.tables().stream()
            .flatMap(table -> tables.table(table).snapshot().stream())
            .mapToLong(snapshot -> snapshot.records())
            .sum();
    if (rows > most.getAsLong()) {
      throw new EngineException(
          Kind.TOO_LARGE,
          "Cannot read the %d rows of %s for this caller, who may read %d; ask of smaller tables"
              .formatted(rows, plan.tables(), most.getAsLong()),
          null);
    }
  }
}

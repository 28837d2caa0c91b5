package io.scorebook.engine.answer;

import io.scorebook.semantic.plan.Plan;
import org.apache.calcite.plan.RelOptUtil;

/// Runs a plan over pinned tables. All engines give the same rows for the same plan and tables; the
/// contract test holds them to it.
///
/// What SQL leaves open is closed here: a division by zero fails with [EngineException.Kind#DATA]
/// (a plan that wants NULL says NULLIF), as does an integer or decimal that overflows, and a value
/// of the answer that is NaN or infinite.
public interface Engine extends AutoCloseable {
  /// What provenance calls it.
  String name();

  /// Whether it runs plans; else it only writes them, and [#run] is refused.
  default boolean runs() {
    return true;
  }

  /// Starts the plan; its rows arrive as they are read. The caller closes them.
  ///
  /// @throws EngineException where the engine fails, is cancelled, runs out of time or does not
  ///   have what the plan needs
  Rows run(Plan plan, PinnedTables tables, Limits limits);

  /// What it is sent to run a plan, for people to read, the tables by their names: SQL; here the
  /// tree, of an engine that takes no SQL.
  default String text(Plan plan) {
    return RelOptUtil.toString(plan.rel()).stripTrailing();
  }

  @Override
  void close();
}

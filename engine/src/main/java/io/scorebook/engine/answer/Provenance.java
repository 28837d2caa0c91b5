package io.scorebook.engine.answer;

import java.util.List;
import java.util.SortedMap;

/// What made an answer.
///
/// @param snapshots the snapshot id that was read of each table, `namespace.table`; a table without
///   a snapshot yet has none
/// @param engine the engine that ran the plan
/// @param policies the policies that were applied
public record Provenance(
    Model model, SortedMap<String, Long> snapshots, String engine, List<String> policies) {

  /// Which model, exactly.
  public record Model(String name, String version, String hash) {}
}

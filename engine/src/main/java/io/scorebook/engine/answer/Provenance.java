package io.scorebook.engine.answer;

import java.util.List;
import java.util.SortedMap;

/// What made an answer.
///
/// @param snapshots the snapshot id that was read of each table, `namespace.table`; a table without
///   a snapshot yet has none
/// @param engine the engine that ran the plan
/// @param policies the policies that were applied
/// @param restsOn what has to be true of the data for the answer to be what it says
public record Provenance(
    Model model,
    SortedMap<String, Long> snapshots,
    String engine,
    List<String> policies,
    List<Basis> restsOn) {

  public Provenance {
    policies = List.copyOf(policies);
    restsOn = List.copyOf(restsOn);
  }

  /// An answer that rests on nothing but its rows.
  public Provenance(
      Model model, SortedMap<String, Long> snapshots, String engine, List<String> policies) {
    this(model, snapshots, engine, policies, List.of());
  }

  /// @param claim in words, as `teams (team_id) is unique`
  /// @param declared where, as `the primary key of 'teams', model.yaml:12`
  /// @param snapshots on which it was looked into; none where nobody has, or the tables are empty
  /// @param broken how many counterexamples there are
  public record Basis(
      String claim, String declared, State state, SortedMap<String, Long> snapshots, long broken) {}

  /// How something is known.
  public enum State {
    /// Nobody has looked at these snapshots yet.
    DECLARED,
    /// Proven on these snapshots.
    ATTESTED,
    /// These snapshots contradict it; of what an answer is given for, no number changes by it.
    DISPROVED
  }

  /// Which model, exactly.
  public record Model(String name, String version, String hash) {}
}

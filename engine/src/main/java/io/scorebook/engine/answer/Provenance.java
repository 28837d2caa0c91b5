package io.scorebook.engine.answer;

import io.scorebook.catalog.policy.Access;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What made an answer.
///
/// @param snapshots the snapshot id that was read of each table, `namespace.table`; a table without
///   a snapshot yet has none, nor has one of which the caller does not see all
/// @param engine the engine that ran the plan
/// @param policies the rules that took part, by their names
/// @param restsOn what has to be true of the data for the answer to be what it says
/// @param levels what the products that were read promise and miss, as far as the asker may know
public record Provenance(
    Model model,
    SortedMap<String, Long> snapshots,
    String engine,
    List<String> policies,
    List<Basis> restsOn,
    List<Missed> levels) {

  public Provenance {
    policies = List.copyOf(policies);
    restsOn = List.copyOf(restsOn);
    levels = List.copyOf(levels);
  }

  /// An answer that reads no product, or one that is as it promises.
  public Provenance(
      Model model,
      SortedMap<String, Long> snapshots,
      String engine,
      List<String> policies,
      List<Basis> restsOn) {
    this(model, snapshots, engine, policies, restsOn, List.of());
  }

  /// An answer that rests on nothing but its rows.
  public Provenance(
      Model model, SortedMap<String, Long> snapshots, String engine, List<String> policies) {
    this(model, snapshots, engine, policies, List.of());
  }

  /// What a caller is told of snapshots: nothing of a table of which he does not see all, since its
  /// snapshots change with rows that he does not see.
  static SortedMap<String, Long> told(SortedMap<String, Long> snapshots, Access access) {
    var told = new TreeMap<>(snapshots);
    told.keySet().removeIf(access::restricts);
    return Collections.unmodifiableSortedMap(told);
  }

  /// What a product misses.
  ///
  /// @param level the property of a service level, as `freshness`; `quality` for a rule
  /// @param name of the level or rule
  /// @param promised in words, for a time as `PT24H`
  /// @param measured likewise
  public record Missed(
      String product,
      String version,
      String level,
      String name,
      String promised,
      String measured) {}

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

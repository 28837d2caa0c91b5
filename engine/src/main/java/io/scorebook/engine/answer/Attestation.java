package io.scorebook.engine.answer;

import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.plan.AssumedKey;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/// Looks whether the data keeps to the keys that a plan takes for granted: a join to a side whose
/// key is there twice would multiply measures. Each key is looked at once for each snapshot.
final class Attestation {
  private static final int MOST = 1000;

  private final Pinning pinning;
  private final Map<Looked, List<Issue>> results = new ConcurrentHashMap<>();

  /// The plans of the searches: a key is looked for on every question, and planned once.
  private final Map<Sought, Plan> searches = new ConcurrentHashMap<>();

  private record Sought(String domain, AssumedKey key) {}

  private record Looked(String domain, AssumedKey key, SortedMap<String, Long> snapshots) {}

  Attestation(Pinning pinning) {
    this.pinning = pinning;
  }

  /// What is wrong with the keys of a plan; empty where they all hold.
  ///
  /// @param tables the tables of the plan as they are pinned
  List<Issue> look(Domain domain, Plan plan, PinnedTables tables, Engine engine, Limits limits) {
    return check(domain, plan, tables, engine, limits).stream()
        .flatMap(check -> check.issues().stream())
        .toList();
  }

  /// What the data says of each key of a plan.
  List<KeyCheck> check(
      Domain domain, Plan plan, PinnedTables tables, Engine engine, Limits limits) {
    return plan.assumedKeys().stream()
        .sorted(
            Comparator.comparing(AssumedKey::dataset).thenComparing(k -> k.columns().toString()))
        .map(key -> check(domain, key, tables, engine, limits))
        .toList();
  }

  private KeyCheck check(
      Domain domain, AssumedKey key, PinnedTables tables, Engine engine, Limits limits) {
    Plan search =
        searches.computeIfAbsent(
            new Sought(domain.hash(), key), sought -> domain.planner().duplicates(sought.key()));
    PinnedTables searched =
        tables.names().containsAll(search.tables())
            ? tables.only(search.tables())
            : pinning.pin(search.tables());
    var looked = new Looked(domain.hash(), key, searched.snapshots());
    List<Issue> known = results.get(looked);
    if (known == null) {
      known = search(key, search, searched, engine, limits);
      if (results.size() >= MOST) {
        results.clear(); // old snapshots; the keys in use are looked at again
        searches.clear(); // and old models
      }
      results.put(looked, known);
    }
    return new KeyCheck(key, searched.snapshots(), known);
  }

  private static List<Issue> search(
      AssumedKey key, Plan search, PinnedTables tables, Engine engine, Limits limits) {
    try (Rows rows = engine.run(search, tables, limits)) {
      return DuplicateKeys.issues(key, search, rows);
    }
  }
}

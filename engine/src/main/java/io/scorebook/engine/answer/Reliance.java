package io.scorebook.engine.answer;

import io.scorebook.catalog.policy.Access;
import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.plan.AssumedKey;
import io.scorebook.semantic.plan.Issue;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Something that a plan rests on.
///
/// @param key that it takes for granted; absent for what changes no number, a reference
/// @param verdict what the data says; absent where nobody has looked yet
/// @param issues why the question is refused for it
record Reliance(
    Optional<AssumedKey> key,
    Claim claim,
    Provenance.State state,
    Optional<Verdict> verdict,
    List<Issue> issues) {

  Reliance {
    issues = List.copyOf(issues);
  }

  /// @param access of who is told: of a table of which not all is seen, no snapshot
  Provenance.Basis basis(Access access) {
    return new Provenance.Basis(
        claim.sentence(),
        claim.declared().toString(),
        state,
        verdict
            .map(found -> Provenance.told(found.snapshots(), access))
            .orElseGet(() -> Collections.unmodifiableSortedMap(new TreeMap<>())),
        verdict.map(Verdict::broken).orElse(0L));
  }

  /// @param access of who is told
  Optional<KeyCheck> keyCheck(Access access) {
    return key.flatMap(of ->
        verdict.map(found -> new KeyCheck(of, Provenance.told(found.snapshots(), access), issues)));
  }
}

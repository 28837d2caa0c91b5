package io.scorebook.engine.answer;

import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.claim.Subject;
import io.scorebook.semantic.plan.AssumedKey;
import io.scorebook.semantic.plan.AssumedReference;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What a plan rests on, and whether the data bears it: a join to a side whose key is there twice
/// would multiply measures. A key is looked at once for each snapshot, at the latest for the first
/// question; that a reference holds changes no number, so that nobody waits for it.
final class Attestation {
  private static final int MOST = 1000;
  private static final int EXAMPLES = 3;

  private final Pinning pinning;
  private final Ledger ledger;

  /// What is relied on again and again is planned once.
  private final Map<Sought, Looked> looks = new ConcurrentHashMap<>();

  private final Map<Told, Issue> issues = new ConcurrentHashMap<>();

  /// What was found in what callers see of tables of which they do not see all. It is true of their
  /// rows alone, and so is kept apart from what is attested of all rows.
  private final Map<Viewed, Verdict> views = new ConcurrentHashMap<>();

  private record Viewed(String domain, String claim, SortedMap<String, Long> snapshots) {}

  /// @param domain where the rows are those that a caller sees
  /// @param inFull with values
  private record Told(Optional<String> domain, Verdict verdict, boolean inFull) {}

  private record Sought(String domain, Object what) {}

  /// @param model the hash of the model that declares it
  private record Looked(Claim claim, String id, String model, Proof proof, Set<String> tables) {}

  Attestation(Pinning pinning, Ledger ledger) {
    this.pinning = pinning;
    this.ledger = ledger;
  }

  /// What a plan rests on: the keys first, each proven or disproved, then the references.
  ///
  /// @param tables the tables of the plan as they are pinned
  List<Reliance> look(
      Domain domain, Plan plan, PinnedTables tables, Engine engine, Deadline deadline) {
    var rests = new ArrayList<Reliance>();
    plan.assumedKeys().stream()
        .sorted(
            Comparator.comparing(AssumedKey::dataset)
                .thenComparing(key -> key.columns().toString())
                .thenComparing(AssumedKey::use)
                .thenComparing(key -> key.of().orElse("")))
        .forEach(key -> rests.add(proven(domain, key, tables, engine, deadline)));
    plan.relationships().stream()
        .sorted(
            Comparator.comparing(AssumedReference::relationship)
                .thenComparing(reference -> reference.of().orElse("")))
        .forEach(relationship -> rests.add(known(domain, relationship, tables)));
    ledger.keep();
    return rests;
  }

  private Looked looked(
      Domain domain, Object what, Optional<String> of, Function<Planner, Claim> claim) {
    if (looks.size() >= MOST) {
      looks.clear(); // old models
    }
    return looks.computeIfAbsent(
        new Sought(domain.hash(), what),
        _ -> {
          Planner planner = domain.planner().of(of);
          Claim found = claim.apply(domain.planner());
          Proof proof = planner.proof(found, EXAMPLES);
          return new Looked(found, found.id(), planner.model().hash(), proof, tables(proof));
        });
  }

  private static Ledger.Model model(Domain domain, Looked looked) {
    return new Ledger.Model(domain.name(), looked.model);
  }

  static Set<String> tables(Proof proof) {
    return switch (proof) {
      case Proof.Counted(Plan tally, Plan examples) -> {
        var tables = new HashSet<>(tally.tables());
        tables.addAll(examples.tables());
        yield Set.copyOf(tables);
      }
      case Proof.Compared(Plan sides, _) -> sides.tables();
    };
  }

  private PinnedTables pinned(Looked looked, PinnedTables tables, Deadline deadline) {
    return tables.names().containsAll(looked.tables)
        ? tables.only(looked.tables)
        : deadline.within(() -> pinning.pin(looked.tables));
  }

  private Reliance proven(
      Domain domain, AssumedKey key, PinnedTables tables, Engine engine, Deadline deadline) {
    Looked looked = looked(domain, key, key.of(), planner -> planner.claim(key));
    PinnedTables read = pinned(looked, tables, deadline);
    Verdict verdict =
        find(domain, looked, read, deadline)
            .orElseGet(() -> prove(domain, looked, read, engine, deadline));
    return new Reliance(
        Optional.of(key),
        looked.claim,
        verdict.holds() ? Provenance.State.ATTESTED : Provenance.State.DISPROVED,
        Optional.of(verdict),
        verdict.holds()
            ? List.of()
            : List.of(issue(domain, verdict, looked, read, engine, deadline)));
  }

  private Optional<Verdict> find(
      Domain domain, Looked looked, PinnedTables read, Deadline deadline) {
    var snapshots = read.snapshots();
    if (isView(domain, looked)) {
      return Optional.ofNullable(views.get(new Viewed(domain.hash(), looked.id, snapshots)));
    }
    return ledger
        .known(model(domain, looked), looked.claim, looked.id, snapshots)
        .or(() ->
            deadline.within(() -> ledger.readNew(model(domain, looked)))
                ? ledger.known(model(domain, looked), looked.claim, looked.id, snapshots)
                : Optional.empty());
  }

  /// Whether the rows that are looked at are not all of their tables.
  private static boolean isView(Domain domain, Looked looked) {
    return domain.access().restrictsAny(looked.tables);
  }

  private Verdict prove(
      Domain domain, Looked looked, PinnedTables read, Engine engine, Deadline deadline) {
    long start = System.nanoTime();
    Verdict verdict =
        Proving.verdict(
            looked.claim,
            looked.proof,
            read.snapshots(),
            plan -> engine.run(plan, read, deadline.remaining()));
    if (isView(domain, looked)) {
      if (views.size() >= MOST) {
        views.clear(); // old snapshots; those in use are found again
      }
      views.put(new Viewed(domain.hash(), looked.id, verdict.snapshots()), verdict);
      return verdict;
    }
    ledger.add(
        model(domain, looked), verdict, engine.name(), Duration.ofNanos(System.nanoTime() - start));
    return verdict;
  }

  /// The rows that contradict are not kept anywhere but here.
  private Issue issue(
      Domain domain,
      Verdict verdict,
      Looked looked,
      PinnedTables read,
      Engine engine,
      Deadline deadline) {
    boolean inFull = mayNameValues(domain, looked.claim);
    var told =
        new Told(
            isView(domain, looked) ? Optional.of(domain.hash()) : Optional.empty(),
            verdict,
            inFull);
    if (issues.size() >= MOST) {
      issues.clear();
    }
    Issue known = issues.get(told);
    if (known == null) {
      known =
          Proving.issue(
              verdict,
              inFull
                  ? Proving.examples(
                      looked.proof, plan -> engine.run(plan, read, deadline.remaining()))
                  : List.of());
      issues.put(told, known);
    }
    return known;
  }

  /// What is made of a dataset may be granted without it: the values of its keys are not, then.
  private static boolean mayNameValues(Domain domain, Claim claim) {
    return domain.access().seesAll()
        || claim.of() instanceof Subject.OfDataset(String name)
            && domain.planner().visibility().hasDataset(name);
  }

  private Reliance known(Domain domain, AssumedReference reference, PinnedTables tables) {
    Looked looked = looked(domain, reference, reference.of(), planner -> planner.claim(reference));
    boolean view = isView(domain, looked);
    Optional<Verdict> verdict =
        !view && tables.names().containsAll(looked.tables)
            ? ledger.known(
                model(domain, looked),
                looked.claim,
                looked.id,
                tables.only(looked.tables).snapshots())
            : Optional.empty();
    if (verdict.isEmpty() && !view) {
      ledger.refresh(model(domain, looked));
    }
    return new Reliance(
        Optional.empty(),
        looked.claim,
        verdict
            .map(found -> found.holds() ? Provenance.State.ATTESTED : Provenance.State.DISPROVED)
            .orElse(Provenance.State.DECLARED),
        verdict,
        List.of());
  }
}

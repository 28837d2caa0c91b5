package io.scorebook.engine.answer;

import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Proof;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/// The claims of one domain, proven one after the other on the same snapshots, chosen at the
/// beginning. Closing it keeps what was found, all in one commit.
public final class Attesting implements AutoCloseable {
  private final Domain domain;
  private final Ledger ledger;
  private final Engine engine;
  private final PinnedTables tables;
  private final Map<Claim, Plan> plans = new LinkedHashMap<>();

  Attesting(Domain domain, Pinning pinning, Ledger ledger, Engine engine) {
    this.domain = domain;
    this.ledger = ledger;
    this.engine = engine;
    var names = new TreeSet<String>();
    for (Claim claim : domain.claims()) {
      Plan plan = plan(domain.planner().proof(claim, 0));
      plans.put(claim, plan);
      names.addAll(plan.tables());
    }
    this.tables = pinning.pin(names);
  }

  private static Plan plan(Proof proof) {
    return switch (proof) {
      case Proof.Counted(Plan tally, _) -> tally;
      case Proof.Compared(Plan sides, _) -> sides;
    };
  }

  /// All that is declared.
  public List<Claim> claims() {
    return List.copyOf(plans.keySet());
  }

  /// What a table's change may have changed, and nobody has looked into since.
  ///
  /// @param table `namespace.table`
  public List<Claim> open(String table) {
    ledger.readNew(Ledger.Model.of(domain));
    return plans.entrySet().stream()
        .filter(claim -> claim.getValue().tables().contains(table))
        .filter(claim ->
            ledger
                .known(
                    Ledger.Model.of(domain),
                    claim.getKey(),
                    claim.getKey().id(),
                    tables.only(claim.getValue().tables()).snapshots())
                .isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The snapshots on which claims are proven.
  public SortedMap<String, Long> snapshots() {
    return tables.snapshots();
  }

  public String engine() {
    return engine.name();
  }

  /// Proves or disproves a claim, whatever is known of it.
  ///
  /// @param examples how many counterexamples are wanted
  /// @throws EngineException where the work is cancelled, runs out of time, or the store fails
  public Proven prove(Claim claim, int examples, Limits limits) {
    long start = System.nanoTime();
    Proof proof = domain.planner().proof(claim, examples);
    PinnedTables read = tables.only(Attestation.tables(proof));
    Function<Plan, Rows> run = plan -> engine.run(plan, read, limits);
    try {
      Verdict verdict = Proving.verdict(claim, proof, read.snapshots(), run);
      List<Counterexample> found =
          verdict.holds() || examples == 0
              ? List.of()
              : Proving.examples(proof, run).stream().limit(examples).toList();
      var took = Duration.ofNanos(System.nanoTime() - start);
      ledger.add(Ledger.Model.of(domain), verdict, engine.name(), took);
      return new Proven.Decided(verdict, found, took);
    } catch (EngineException e) {
      if (isOfTheClaim(e.kind())) {
        return new Proven.Undecided(
            claim, String.valueOf(e.getMessage()), Duration.ofNanos(System.nanoTime() - start));
      }
      throw e;
    }
  }

  /// Whether another claim may still be proven.
  private static boolean isOfTheClaim(Kind kind) {
    return switch (kind) {
      case DATA, UNSUPPORTED, OUT_OF_MEMORY, TOO_LARGE, NO_SNAPSHOT, EXPIRED -> true;
      case TIMEOUT, CANCELLED, CACHE_FULL, STORE_UNAVAILABLE, INTERNAL -> false;
    };
  }

  @Override
  public void close() {
    ledger.keep();
  }
}

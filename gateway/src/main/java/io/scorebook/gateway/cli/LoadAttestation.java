package io.scorebook.gateway.cli;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.TableName;
import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Attesting;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Proven;
import io.scorebook.engine.answer.Verdict;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.claim.Claim;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What tables declare, looked into after they were loaded. The rows are published by then: what
/// does not hold is told and kept, and questions that rest on it are refused.
final class LoadAttestation {
  private static final Limits LIMITS = Limits.of(Duration.ofHours(1));

  private final HomeBackend backend;
  private final PrintWriter err;

  LoadAttestation(HomeBackend backend, PrintWriter err) {
    this.backend = backend;
    this.err = err;
  }

  /// After `load`, on a home of its own.
  ///
  /// @param folder of the domain; without it the domain is a published one
  static void after(TableName table, HomeOptions home, Optional<Path> folder, PrintWriter err) {
    try (HomeBackend backend = HomeBackend.open(home)) {
      Optional<Domain> domain =
          folder.isPresent()
              ? Domain.read(folder.get(), new Findings())
              : backend.platform().domains().find(table.namespace());
      if (domain.isEmpty()) {
        err.println(
            "  nothing is attested: the domain has mistakes, which ./scorebook check tells");
        return;
      }
      new LoadAttestation(backend, err).attest(domain.get(), List.of(table.toString()));
      LoadQuality.measure(backend, domain.get(), err);
    } catch (StoreException | IllegalStateException e) {
      tellUndone(table.toString(), e, err);
    }
  }

  private static void tellUndone(String tables, RuntimeException e, PrintWriter err) {
    err.println("  nothing is attested of %s: %s".formatted(tables, e.getMessage()));
    err.println("  the first question that rests on it looks into it");
  }

  /// Never fails: what is not looked into now is so by the first question that rests on it.
  ///
  /// @param tables that were loaded
  void attest(Domain domain, Collection<String> tables) {
    var proven = new ArrayList<Proven>();
    try (Attesting attesting = backend.platform().answers().attest(domain)) {
      Set<Claim> open = new LinkedHashSet<>();
      tables.forEach(table -> open.addAll(attesting.open(table)));
      open.forEach(claim -> proven.add(attesting.prove(claim, 0, LIMITS)));
    } catch (EngineException e) {
      tellUndone(String.join(", ", tables), e, err);
      return;
    }
    List<Proven> broken = proven.stream().filter(one -> !one.holds()).toList();
    broken.forEach(one -> err.println("  disproved: " + words(one)));
    if (!broken.isEmpty()) {
      err.println("  ./scorebook check FOLDER --data shows the rows");
    }
  }

  private static String words(Proven proven) {
    return switch (proven) {
      case Proven.Undecided(Claim claim, String reason, _) ->
          "%s: cannot be told: %s".formatted(claim.sentence(), reason);
      case Proven.Decided(Verdict verdict, _, _) ->
          "%s: %s counterexamples, of %s rows (%s)"
              .formatted(
                  verdict.claim().sentence(),
                  LoadWords.number(verdict.broken()),
                  LoadWords.number(verdict.rows()),
                  verdict.claim().declared());
    };
  }
}

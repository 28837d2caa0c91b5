package io.scorebook.gateway.cli;

import io.scorebook.engine.answer.Attesting;
import io.scorebook.engine.answer.Counterexample;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Proven;
import io.scorebook.engine.answer.Verdict;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.wire.ProofForm;
import io.scorebook.semantic.claim.Claim;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Proves what a domain declares on the rows in home, and prints each proof. Rows are shown here
/// alone: to who holds the home.
final class DataProofs {
  private final HomeBackend backend;
  private final ProofOptions options;
  private final PrintWriter out;
  private final PrintWriter err;

  DataProofs(HomeBackend backend, ProofOptions options, PrintWriter out, PrintWriter err) {
    this.backend = backend;
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /// @return whether all holds
  boolean prove(Domain domain) {
    long start = System.nanoTime();
    var proven = new ArrayList<Proven>();
    try (Attesting attesting = backend.platform().answers().attest(domain)) {
      for (Claim claim : attesting.claims()) {
        Proven one =
            attesting.prove(claim, Math.max(0, options.examples), Limits.of(options.limit));
        proven.add(one);
        if (options.format == ProofOptions.Form.TABLE) {
          lines(one).forEach(out::println);
          out.flush();
        }
      }
      if (options.format == ProofOptions.Form.JSON) {
        out.println(ProofForm.json(domain, attesting, proven));
      }
    }
    long disproved = proven.stream().filter(one -> !one.holds()).count();
    err.println(
        String.format(
            Locale.ROOT,
            "%d declarations, %d of them not proven, in %.1f s",
            proven.size(),
            disproved,
            (System.nanoTime() - start) / 1e9));
    return disproved == 0;
  }

  private static List<String> lines(Proven proven) {
    var lines = new ArrayList<String>();
    String declared = "  (%s)".formatted(proven.claim().declared());
    switch (proven) {
      case Proven.Undecided undecided -> {
        lines.add("undecided  " + proven.claim().sentence() + declared);
        lines.add("             " + undecided.reason());
      }
      case Proven.Decided decided -> {
        lines.add(
            "%s  %s: %s, %d ms%s"
                .formatted(
                    decided.holds() ? "proven   " : "disproved",
                    proven.claim().sentence(),
                    counts(decided.verdict()),
                    decided.took().toMillis(),
                    decided.holds() ? "" : declared));
        decided.examples().stream()
            .map(Counterexample::toString)
            .forEach(example -> lines.add("             " + example));
        long more = decided.verdict().broken() - decided.examples().size();
        if (more > 0 && !decided.examples().isEmpty()) {
          lines.add("             and more");
        }
      }
    }
    return lines;
  }

  private static String counts(Verdict verdict) {
    String rows = LoadWords.number(verdict.rows()) + " rows";
    String nulls =
        verdict.nulls() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %.1f %% without", 100.0 * verdict.nulls() / verdict.rows());
    return verdict.holds()
        ? rows + nulls
        : "%s of %s contradict%s"
            .formatted(LoadWords.number(verdict.broken()), rows, nulls)
            .replace(" contradict", contradiction(verdict.claim()));
  }

  private static String contradiction(Claim claim) {
    return switch (claim) {
      case Claim.Unique _, Claim.TotalOrder _ -> ", values that several have";
      case Claim.SameWithJoin _ -> ", values that change";
      case Claim.Refers _ -> " are not there";
      case Claim.NotNull _ -> " have NULL";
      case Claim.WithinRange _ -> " lie outside";
    };
  }
}

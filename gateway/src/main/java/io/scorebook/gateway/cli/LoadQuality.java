package io.scorebook.gateway.cli;

import io.scorebook.catalog.load.Audit;
import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.catalog.registry.Rule;
import io.scorebook.catalog.registry.Rule.Severity;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.quality.Inspection.Inspected;
import io.scorebook.engine.quality.Inspection.Time;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/// What products promise, measured after a load. The rows are published by then: what does not hold
/// is told and kept, and answers over the product say so.
final class LoadQuality {
  private static final Time TIME = Time.of(Duration.ofMinutes(10), Duration.ofHours(1));

  private LoadQuality() {}

  /// Stops loads that break rules which say so, of what the domain promises.
  static Audit audit(HomeBackend backend, Domain domain) {
    return staged -> backend.platform().inspection().against(domain, staged, TIME);
  }

  static boolean stopsLoads(Domain domain) {
    return domain.ports().stream()
        .flatMap(port -> port.port().rules().stream())
        .anyMatch(Rule::stopsLoad);
  }

  /// Never fails: what is not measured now is so by `./scorebook quality`, or on schedule.
  static void measure(HomeBackend backend, Domain domain, PrintWriter err) {
    List<Inspected> inspected;
    try {
      inspected = backend.platform().inspection().inspect(domain, _ -> true, false, TIME);
    } catch (EngineException | StoreException e) {
      err.println("  the quality of products is not measured: " + e.getMessage());
      return;
    }
    inspected.stream().filter(Inspected::isNew).forEach(one -> tell(one, err));
  }

  private static void tell(Inspected one, PrintWriter err) {
    boolean isTold =
        one.measured().outcome() != Outcome.PASSED
            && one.task()
                .rule()
                .filter(rule -> rule.rule().severity() != Severity.INFO)
                .isPresent();
    if (isTold) {
      err.println(
          "  %s: the rule '%s' of %s, %s%s"
              .formatted(
                  one.measured().outcome() == Outcome.FAILED ? "does not hold" : "not measured",
                  one.measured().name(),
                  one.measured().of(),
                  one.measured().bound(),
                  one.measured()
                      .value()
                      .map(": "::concat)
                      .or(() -> one.measured().reason().map(": "::concat))
                      .orElse("")));
    }
  }
}

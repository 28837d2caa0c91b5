package io.scorebook.gateway.cli;

import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Rule;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Finding.Severity;
import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.quality.Inspection.Inspected;
import io.scorebook.engine.quality.Inspection.Time;
import io.scorebook.gateway.modeltest.FailedTest;
import io.scorebook.gateway.modeltest.MetricTests;
import io.scorebook.semantic.check.ModelLint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// All mistakes of a domain's files at once.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Check a domain's files: model, schemas, products, policies; then run its tests.",
      "Tells all mistakes at once, with file and line, and each test that fails with the rows",
      "expected and answered; ends with 1 where there is an error or a test fails.",
      "With --data, prove what the files declare on the rows in home, and measure the rules of",
      "its products; ends with 1 where anything is disproved."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook check domains/basketball",
      "  scorebook check domains/basketball --data --examples 10",
      "  scorebook check domains/basketball --data --format json"
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      defaultValue = ".",
      description = "The folder with model.yaml; default: the working folder.")
  Path folder = Path.of(".");

  @Option(names = "--data", description = "Prove what is declared on the rows in home, too.")
  boolean data;

  @Mixin ProofOptions proofs = new ProofOptions();
  @Mixin HomeOptions home = new HomeOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    var findings = new Findings();
    Optional<Domain> domain = Domain.read(folder, findings);
    Optional<MetricTests> tests = domain.map(read -> MetricTests.read(folder, read, findings));
    domain.ifPresent(read -> ModelLint.check(read.model(), used(read, tests), findings));
    List<Finding> found = findings.toList();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean isJson = data && proofs.format == ProofOptions.Form.JSON;
    PrintWriter told = isJson ? err : out; // JSON stands alone
    found.forEach(told::println);
    long errors = count(found, Severity.ERROR);
    // What a broken domain or a broken test answers says nothing.
    List<FailedTest> failed = errors > 0 ? List.of() : tests.orElseThrow().run();
    failed.forEach(told::println);
    err.println(
        "%s: %d errors, %d warnings".formatted(folder, errors, count(found, Severity.WARNING)));
    domain.ifPresent(read ->
        err.println(
            "Domain '%s': %d datasets, %d metrics, %d products; %s"
                .formatted(
                    read.name(),
                    read.model().datasets().size(),
                    read.model().metrics().size(),
                    read.products().size(),
                    errors > 0 ? "no test was run" : outcome(tests.orElseThrow(), failed))));
    boolean isProven = !data || errors > 0 || prove(domain.orElseThrow());
    return errors > 0 || !failed.isEmpty() || !isProven ? Failures.FAILED : 0;
  }

  private boolean prove(Domain domain) {
    try (HomeBackend backend = HomeBackend.open(home)) {
      var line = spec.commandLine();
      boolean isProven =
          new DataProofs(backend, proofs, line.getOut(), line.getErr()).prove(domain);
      return keepsRules(backend, domain) && isProven;
    }
  }

  /// Measures what the products of the folder promise; that of levels which time alone may break is
  /// told by `quality`.
  private boolean keepsRules(HomeBackend backend, Domain domain) {
    List<Inspected> rules =
        backend
            .platform()
            .inspection()
            .inspect(
                domain,
                task -> task.rule().isPresent(),
                false,
                Time.of(proofs.limit, proofs.limit.multipliedBy(10)));
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter told = proofs.format == ProofOptions.Form.JSON ? err : out; // JSON stands alone
    rules.forEach(one -> told.println(QualityWords.rule(one)));
    long broken =
        rules.stream()
            .filter(one -> one.measured().outcome() != Outcome.PASSED)
            .filter(one -> one.task().rule().orElseThrow().rule().severity() == Rule.Severity.ERROR)
            .count();
    err.println(
        "%d rules of products, %d of severity error not held to".formatted(rules.size(), broken));
    return broken == 0;
  }

  /// The metrics that products and tests use; absent for a domain that has neither.
  private static Optional<Set<String>> used(Domain domain, Optional<MetricTests> tests) {
    Set<String> used = new HashSet<>();
    for (var product : domain.products()) {
      for (Port port : product.ports()) {
        switch (port.content()) {
          case Port.MetricQuery query -> used.addAll(query.metrics());
          case Port.DatasetRows _ -> {}
        }
      }
    }
    tests.ifPresent(read -> used.addAll(read.names()));
    return used.isEmpty() ? Optional.empty() : Optional.of(used);
  }

  private static long count(List<Finding> found, Severity severity) {
    return found.stream().filter(finding -> finding.severity() == severity).count();
  }

  private static String outcome(MetricTests tests, List<FailedTest> failed) {
    String passed = "%d tests passed".formatted(tests.count() - failed.size());
    return failed.isEmpty() ? passed : "%d failed, %s".formatted(failed.size(), passed);
  }
}

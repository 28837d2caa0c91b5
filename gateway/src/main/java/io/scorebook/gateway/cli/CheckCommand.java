package io.scorebook.gateway.cli;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// All mistakes of a domain's files at once.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Check a domain's files: model, schemas, products and policies.",
      "Tells all mistakes at once, with file and line; ends with 1 where there is an error."
    },
    footer = {"", "Example:", "  scorebook check domains/basketball"})
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      defaultValue = ".",
      description = "The folder with model.yaml; default: the working folder.")
  Path folder = Path.of(".");

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    var findings = new Findings();
    var domain = Domain.read(folder, findings);
    List<Finding> found = findings.toList();
    PrintWriter out = spec.commandLine().getOut();
    found.forEach(out::println);
    long errors = found.stream().filter(Finding::isError).count();
    PrintWriter err = spec.commandLine().getErr();
    err.println("%s: %d errors, %d warnings".formatted(folder, errors, found.size() - errors));
    domain.ifPresent(read ->
        err.println(
            "Domain '%s': %d datasets, %d metrics, %d products"
                .formatted(
                    read.name(),
                    read.model().datasets().size(),
                    read.model().metrics().size(),
                    read.products().size())));
    return errors > 0 ? Failures.FAILED : 0;
  }
}

package io.scorebook.gateway.cli;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.lineage.Impact;
import io.scorebook.engine.lineage.Impact.Fallen;
import io.scorebook.gateway.wire.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What breaks when a source column is dropped.
@Command(
    name = "impact",
    mixinStandardHelpOptions = true,
    description = {
      "List all that falls with a source column: fields, metrics, ports, products, contracts,",
      "each with why."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook impact game_details.points",
      "  scorebook impact games.season --domain domains/basketball --json"
    })
final class ImpactCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(index = "0", paramLabel = "COLUMN", description = "TABLE.COLUMN of a source table.")
  String column;

  @Option(
      names = "--domain",
      paramLabel = "FOLDER",
      description = "The domain, as it is in a folder; default: the published ones.")
  @Nullable Path domain;

  @Option(names = "--json", description = "Write it as JSON.")
  boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    if (domain != null) {
      tell(List.of(read(domain)));
      return 0;
    }
    try (var backend = HomeBackend.open(home)) {
      tell(backend.as(Caller.local()).domains());
    }
    return 0;
  }

  private Domain read(Path folder) {
    var findings = new Findings();
    Optional<Domain> read = Domain.read(folder, findings);
    PrintWriter err = spec.commandLine().getErr();
    findings.toList().stream().filter(finding -> finding.isError()).forEach(err::println);
    return read.orElseThrow(() ->
        new Failures.Refused(
            "Cannot use the domain in %s; mend the errors above".formatted(folder)));
  }

  private void tell(List<Domain> domains) {
    PrintWriter out = spec.commandLine().getOut();
    List<Fallen> fallen =
        domains.stream()
            .flatMap(one -> new Impact(one).of(column).stream())
            .findFirst()
            .orElseThrow(() -> unknown(domains));
    if (json) {
      out.println(Json.indented(Map.of("column", column, "falls", fallen)));
    } else {
      int kind = width(fallen.stream().map(Fallen::kind).toList());
      int name = width(fallen.stream().map(Fallen::name).toList());
      String form = "%-" + kind + "s  %-" + name + "s  %s";
      fallen.forEach(one ->
          out.println(form.formatted(one.kind(), one.name(), String.join("; ", one.because()))));
    }
    out.flush();
  }

  private static int width(List<String> words) {
    return words.stream().mapToInt(String::length).max().orElse(1);
  }

  private Failures.Refused unknown(List<Domain> domains) {
    List<String> known = domains.stream().flatMap(one -> Impact.columns(one).stream()).toList();
    return new Failures.Refused(
        "Cannot find the column '%s'; %s"
            .formatted(
                column,
                known.isEmpty()
                    ? "no domain is published here; name one with --domain FOLDER"
                    : Suggestions.clause(column, known)));
  }
}

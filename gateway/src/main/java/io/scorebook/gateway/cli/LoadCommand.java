package io.scorebook.gateway.cli;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contracts;
import io.scorebook.catalog.load.Allowance;
import io.scorebook.catalog.load.Audit;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadRefused;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.LoadResult;
import io.scorebook.catalog.load.SourceFormat;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.openlineage.LineageEmitter;
import io.scorebook.engine.openlineage.LineageTarget;
import io.scorebook.engine.openlineage.LoadRun;
import io.scorebook.engine.publish.PublishedDomains;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Files through the contract into a table, published in one commit.
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Load files into a table, through its contract: all in one commit, or nothing.",
      "Loading a file twice changes nothing. Then what the model declares of the table is proven."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook load teams teams.csv --domain domains/basketball",
      "  scorebook load games 2024.csv.gz 2025.csv.gz --max-rejected 1%%"
    })
final class LoadCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(index = "0", paramLabel = "TABLE", description = "games, or basketball.games.")
  String table;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Gzipped or not.")
  List<Path> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default: by the files' names.")
  @Nullable SourceFormat format;

  @Option(
      names = "--domain",
      paramLabel = "FOLDER",
      description = "The domain with the contract; default: the published ones.")
  @Nullable Path domain;

  @Option(
      names = "--max-rejected",
      paramLabel = "N|N%",
      defaultValue = "0",
      description = "Rows that may be rejected before the load is refused; default: none.")
  String maxRejected = "0";

  @Option(
      names = "--no-attest",
      description = {
        "Leave what the model says of the table unproven; the first question that rests on it",
        "proves it then. What products promise is not measured either."
      })
  boolean noAttest;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    LoadResult result = load(allowance(), err);
    return switch (result) {
      case LoadReport report -> {
        LoadWords.lines(report).forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        if (!noAttest && report.loaded() > 0) {
          LoadAttestation.after(report.table(), home, Optional.ofNullable(domain), err);
        }
        yield 0;
      }
      case LoadRefused refused -> {
        err.println(refused.message());
        yield Failures.FAILED;
      }
    };
  }

  private LoadResult load(Allowance allowance, PrintWriter err) {
    Optional<Domain> stopping;
    try (var warehouse = Warehouse.open(home.warehouse())) {
      QuietLogging.toFile(home.home);
      stopping = stopping(warehouse);
      if (stopping.isEmpty()) {
        return load(warehouse, allowance, Audit.NONE, err);
      }
    }
    try (HomeBackend backend = HomeBackend.open(home)) {
      Audit audit = LoadQuality.audit(backend, stopping.get());
      return load(backend.platform().warehouse(), allowance, audit, err);
    }
  }

  private LoadResult load(Warehouse warehouse, Allowance allowance, Audit audit, PrintWriter err) {
    List<LineageTarget> targets = home.lineage();
    Contract contract = contract(warehouse, err);
    var progress = new Progress(err);
    var options =
        new LoadOptions(Optional.ofNullable(format), allowance, progress.of(contract), audit);
    try (var lineage = LineageEmitter.open(targets)) {
      return LoadRun.load(warehouse, lineage, contract, files, options);
    } finally {
      progress.done();
    }
  }

  /// The domain, where rules of its products stop loads. A domain with mistakes has no products.
  private Optional<Domain> stopping(Warehouse warehouse) {
    Optional<Domain> found =
        domain == null
            ? PublishedDomains.open(warehouse).list().stream()
                .filter(published ->
                    published.contracts().inLoadOrder().stream().anyMatch(this::isWanted))
                .findFirst()
            : Domain.read(domain, new Findings());
    return found.filter(LoadQuality::stopsLoads);
  }

  private boolean isWanted(Contract contract) {
    return contract.table().name().equals(table) || contract.table().toString().equals(table);
  }

  private Allowance allowance() {
    try {
      return Allowance.parse(maxRejected);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Contract contract(Warehouse warehouse, PrintWriter err) {
    List<Contract> known = contracts(warehouse, err);
    return known.stream()
        .filter(this::isWanted)
        .findFirst()
        .orElseThrow(() ->
            new Failures.Refused(
                "Cannot find a contract for the table '%s'; %s"
                    .formatted(
                        table,
                        known.isEmpty()
                            ? "no domain is published here; name one with --domain FOLDER"
                            : Suggestions.clause(
                                table, known.stream().map(c -> c.table().name()).toList()))));
  }

  private List<Contract> contracts(Warehouse warehouse, PrintWriter err) {
    if (domain == null) {
      return PublishedDomains.open(warehouse).list().stream()
          .map(Domain::contracts)
          .flatMap(contracts -> contracts.inLoadOrder().stream())
          .toList();
    }
    var findings = new Findings();
    Contracts contracts = Contracts.read(domain.resolve("schemas"), findings);
    findings.toList().forEach(err::println);
    if (findings.hasErrors()) {
      throw new Failures.Refused("Cannot use the contracts in %s".formatted(domain));
    }
    return contracts.inLoadOrder();
  }
}

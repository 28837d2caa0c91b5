package io.scorebook.gateway.cli;

import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.imports.CubeImport;
import io.scorebook.semantic.imports.Draft;
import io.scorebook.semantic.imports.DraftFiles;
import io.scorebook.semantic.imports.Fidelity.Grade;
import io.scorebook.semantic.imports.MetricFlowImport;
import io.scorebook.semantic.imports.SourceDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Models of other houses as a domain's folder.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Make a domain's folder of a model of another house, with a report of how true it is.",
      "The report names each construct as exact, partial or unsupported, with place and reason."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook import metricflow models/ --to shop",
      "  scorebook import cube model/cubes/ --to shop --report fidelity.json"
    })
final class ImportCommand implements Callable<Integer> {
  private static final int MAX_FILES = 5_000;

  /// Whose files they are.
  enum House {
    METRICFLOW,
    CUBE
  }

  @Parameters(
      index = "0",
      paramLabel = "HOUSE",
      description = "metricflow (dbt's semantic layer, in its older and its newer form) or cube.")
  House house = House.METRICFLOW;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, or folders whose .yml and .yaml files are read.")
  List<Path> paths = List.of();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the domain is written; must not have a model.yaml yet.")
  Path to = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The domain's name; default: that of the folder.")
  @Nullable String name;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the report as JSON, too.")
  @Nullable Path report;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String domain = name == null ? to.toAbsolutePath().normalize().getFileName().toString() : name;
    if (!domain.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new ParameterException(
          spec.commandLine(),
          "Cannot call the domain '%s': give letters, digits and _ as --name".formatted(domain));
    }
    if (Files.exists(to.resolve("model.yaml"))) {
      throw new Failures.Refused(
          "Cannot import into %s: it has a model.yaml; name another folder".formatted(to));
    }
    PrintWriter err = spec.commandLine().getErr();
    var findings = new Findings();
    List<SourceDocument> sources = sources();
    Draft draft =
        switch (house) {
          case METRICFLOW -> MetricFlowImport.read(domain, sources, findings);
          case CUBE -> CubeImport.read(domain, sources, findings);
        };
    findings.toList().forEach(err::println);
    draft.fidelity().toList().stream()
        .filter(entry -> entry.grade() != Grade.EXACT)
        .forEach(err::println);
    if (report != null) {
      Files.writeString(report, DraftFiles.report(draft.fidelity()));
    }
    if (findings.hasErrors()) {
      throw new Failures.Refused("Cannot import files that are no YAML; nothing was written");
    }
    if (draft.model().datasets().isEmpty()) {
      throw new Failures.Refused("Cannot find a model in %s; nothing was written".formatted(paths));
    }
    write(DraftFiles.of(draft));
    err.println(
        "%s: %d datasets, %d metrics; %d constructs exact, %d partial, %d unsupported"
            .formatted(
                to,
                draft.model().datasets().size(),
                draft.model().metrics().size(),
                draft.fidelity().count(Grade.EXACT),
                draft.fidelity().count(Grade.PARTIAL),
                draft.fidelity().count(Grade.UNSUPPORTED)));
    return checked(err) ? 0 : Failures.FAILED;
  }

  private List<SourceDocument> sources() throws IOException {
    var files = new ArrayList<Path>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new Failures.Refused("Cannot find " + path);
      }
      try (Stream<Path> below = Files.walk(path)) {
        below
            .filter(Files::isRegularFile)
            .filter(file -> file.equals(path) || file.toString().matches(".*\\.ya?ml"))
            .sorted()
            .limit(MAX_FILES + 1L)
            .forEach(files::add);
      }
    }
    if (files.size() > MAX_FILES) {
      throw new Failures.Refused("Cannot read more than %,d files".formatted(MAX_FILES));
    }
    var sources = new ArrayList<SourceDocument>();
    for (Path file : files) {
      sources.add(new SourceDocument(file.toString(), Files.readString(file)));
    }
    return sources;
  }

  private void write(Map<String, String> files) throws IOException {
    for (String file : files.keySet()) {
      if (Files.exists(to.resolve(file))) {
        throw new Failures.Refused(
            "Cannot import into %s: it has a %s; name another folder".formatted(to, file));
      }
    }
    for (var file : files.entrySet()) {
      Path target = to.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  /// What was written is read as any domain is.
  private boolean checked(PrintWriter err) {
    var findings = new Findings();
    Domain.read(to, findings);
    findings.toList().stream()
        .filter(finding -> finding.isError())
        .forEach(finding -> err.println(to + "/" + finding));
    return !findings.hasErrors();
  }
}

package io.scorebook.gateway.cli;

import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.compare.DomainComparison;
import io.scorebook.engine.compare.DomainVersion;
import io.scorebook.engine.compare.ValueComparison;
import io.scorebook.gateway.compare.Compared;
import io.scorebook.gateway.compare.ComparedJson;
import io.scorebook.gateway.compare.ComparedText;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.compare.Comparison;
import io.scorebook.semantic.compare.Demand;
import io.scorebook.semantic.compare.Level;
import io.scorebook.semantic.compare.ModelComparison;
import io.scorebook.semantic.compare.ModelVersion;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What changed between two versions.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Tell what changed between two versions of a domain or a model, by what it means.",
      "A formula that is written differently but equal is no change. Says which version the",
      "changes ask for; ends with 1 where a version was not raised as they ask."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook diff before/shop shop",
      "  scorebook diff before/shop shop --data --format json",
      "  scorebook diff old-model.yaml shop/model.yaml --fail-on never"
    })
final class DiffCommand implements Callable<Integer> {
  @Mixin HomeOptions home = new HomeOptions();
  @Mixin LimitOptions limits = new LimitOptions();

  @Parameters(
      index = "0",
      paramLabel = "BEFORE",
      description = "The domain's folder as it was, or a model's file.")
  Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER", description = "As it is now.")
  Path after = Path.of("");

  @Option(
      names = "--data",
      description = "Compare the values of changed metrics too, on the data in home.")
  boolean data;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  Form format = Form.TEXT;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      defaultValue = "major",
      description =
          "End with 1 for changes of this level or above that the version was not raised for:"
              + " ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  FailOn failOn = FailOn.MAJOR;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  enum Form {
    TEXT,
    JSON
  }

  enum FailOn {
    MAJOR(Optional.of(Level.MAJOR)),
    MINOR(Optional.of(Level.MINOR)),
    PATCH(Optional.of(Level.PATCH)),
    NEVER(Optional.empty());

    private final Optional<Level> level;

    FailOn(Optional<Level> level) {
      this.level = level;
    }
  }

  @Override
  public Integer call() {
    Compared compared =
        Files.isRegularFile(before) || Files.isRegularFile(after) ? ofModels() : ofDomains();
    var out = spec.commandLine().getOut();
    out.print(
        switch (format) {
          case TEXT -> ComparedText.of(compared);
          case JSON -> ComparedJson.of(compared);
        });
    out.flush();
    List<Demand> unmet =
        failOn.level.map(level -> compared.comparison().unmet(level)).orElse(List.of());
    unmet.forEach(demand ->
        spec.commandLine()
            .getErr()
            .println(
                "Cannot take %s for %s: its changes are %s, and %s is the least that says so"
                    .formatted(
                        demand.after(), demand.of(), demand.level().word(), demand.least())));
    return unmet.isEmpty() ? 0 : Failures.FAILED;
  }

  private Compared ofDomains() {
    var findings = new Findings();
    Optional<DomainVersion> was = DomainVersion.read(before, findings);
    tell(before, findings);
    findings = new Findings();
    Optional<DomainVersion> is = DomainVersion.read(after, findings);
    tell(after, findings);
    if (was.isEmpty() || is.isEmpty()) {
      throw new Failures.Refused("Cannot compare with a domain that has errors; mend those above");
    }
    Comparison comparison = DomainComparison.compare(was.get(), is.get());
    return new Compared(
        was.get().domain().model(),
        is.get().domain().model(),
        comparison,
        data ? Optional.of(values(was.get(), is.get(), comparison)) : Optional.empty());
  }

  private Compared.Values values(DomainVersion was, DomainVersion is, Comparison comparison) {
    try (HomeBackend backend = HomeBackend.open(home)) {
      var values =
          new ValueComparison(
              backend.platform().answers(),
              was.domain(),
              is.domain(),
              () -> Limits.of(limits.time));
      return new Compared.Values(values.snapshots(), values.compare(comparison));
    }
  }

  private Compared ofModels() {
    if (data) {
      throw new ParameterException(
          spec.commandLine(), "Cannot compare --data of a model's file; name the domain's folders");
    }
    SemanticModel was = model(before);
    SemanticModel is = model(after);
    spec.commandLine()
        .getErr()
        .println(
            "Only the models are compared: a file says nothing of types, products and policies");
    return new Compared(
        was,
        is,
        ModelComparison.compare(
            new ModelVersion(was, Optional.empty()), new ModelVersion(is, Optional.empty())),
        Optional.empty());
  }

  private SemanticModel model(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve("model.yaml") : path;
    var findings = new Findings();
    Optional<SemanticModel> model = OssieReader.read(file, file.toString(), findings);
    model.ifPresent(read -> ModelCheck.check(read, findings));
    findings.toList().stream()
        .filter(finding -> finding.isError())
        .forEach(spec.commandLine().getErr()::println);
    if (findings.hasErrors() || model.isEmpty()) {
      throw new Failures.Refused("Cannot compare with a model that has errors; mend those above");
    }
    return model.get();
  }

  private void tell(Path folder, Findings findings) {
    findings.toList().stream()
        .filter(finding -> finding.isError())
        .forEach(finding -> spec.commandLine().getErr().println(folder + "/" + finding));
  }
}

package io.scorebook.gateway.cli;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import io.scorebook.gateway.wire.Json;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.exports.Loss;
import io.scorebook.semantic.exports.OssieExport;
import io.scorebook.semantic.exports.OssieExport.Exported;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A model for other houses.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write a model as an Apache Ossie document of the newest form.",
      "Tells on stderr what a reader that knows no SCOREBOOK extension would misread."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook export ossie domains/basketball -o basketball.ossie.yaml",
      "  scorebook export ossie domains/basketball --plain"
    })
final class ExportCommand implements Callable<Integer> {
  /// In which form.
  enum Form {
    OSSIE
  }

  @Parameters(index = "0", paramLabel = "FORM", description = "ossie.")
  Form form = Form.OSSIE;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The domain's folder, or a model's file; default: the working folder.")
  Path folder = Path.of(".");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it; default: stdout.")
  @Nullable Path output;

  @Option(
      names = "--plain",
      description = "Without SCOREBOOK extensions: what needs one is left out.")
  boolean plain;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the losses as JSON, too.")
  @Nullable Path report;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path file = Files.isDirectory(folder) ? folder.resolve("model.yaml") : folder;
    PrintWriter err = spec.commandLine().getErr();
    var findings = new Findings();
    Optional<SemanticModel> model = OssieReader.read(file, file.toString(), findings);
    model.ifPresent(read -> ModelCheck.check(read, findings));
    Optional<Value> document =
        findings.hasErrors() ? Optional.empty() : Document.read(file, file.toString(), findings);
    if (model.isEmpty() || !(document.orElse(null) instanceof Value.Mapping mapping)) {
      findings.toList().stream().filter(finding -> finding.isError()).forEach(err::println);
      throw new Failures.Refused("Cannot export a model that has errors; mend those above");
    }
    Exported exported =
        switch (form) {
          case OSSIE ->
              plain
                  ? OssieExport.plain(model.get(), mapping)
                  : OssieExport.withExtensions(model.get(), mapping);
        };
    exported.losses().forEach(err::println);
    if (report != null) {
      Files.writeString(report, json(exported.losses()) + "\n");
    }
    if (output == null) {
      spec.commandLine().getOut().print(exported.text());
      spec.commandLine().getOut().flush();
    } else {
      Files.writeString(output, exported.text());
      err.println(
          "%s: %d losses to readers of plain Ossie".formatted(output, exported.losses().size()));
    }
    return 0;
  }

  private static String json(List<Loss> losses) {
    return Json.text(
        losses.stream()
            .map(loss ->
                Map.of(
                    "kind", loss.kind(),
                    "name", loss.name(),
                    "file", loss.at().file(),
                    "line", loss.at().line(),
                    "leftOut", loss.isLeftOut(),
                    "reason", loss.reason()))
            .toList());
  }
}

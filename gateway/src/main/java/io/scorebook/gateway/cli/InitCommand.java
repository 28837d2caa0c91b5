package io.scorebook.gateway.cli;

import io.scorebook.engine.draft.Draft;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A domain's folder out of files.
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Draft a domain's folder from files: contracts, model, products, tests, policies.",
      "Each guess has its reason beside it; what is doubtful is told. Nothing is overwritten.",
      "Prints the commands that load the files and serve the domain."
    },
    footer = {
      "",
      "Examples:",
      "  scorebook init --from shop-data --to shop",
      "  scorebook init --from orders-2023.csv orders-2024.csv customers.parquet --to shop"
    })
final class InitCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      description =
          "CSV, JSON lines, Avro or Parquet, gzipped or not; a folder is taken with all in it.")
  List<Path> from = List.of();

  @Parameters(paramLabel = "FILE", arity = "0..*", hidden = true)
  List<Path> more = List.of();

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Where to write; must not exist or be empty; default: the domain's name.")
  @Nullable Path to;

  @Option(
      names = "--name",
      paramLabel = "DOMAIN",
      description = "The domain's name; default: that of the folder.")
  @Nullable String name;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    List<Path> files = new ArrayList<>(from);
    files.addAll(more);
    if (to != null) {
      DraftFolder.checkFree(to);
    }
    var progress = new Progress(err);
    Draft.Outcome outcome =
        Draft.of(
            files, name == null ? nameOf(files) : name, line -> err.println("          " + line));
    progress.done();
    return switch (outcome) {
      case Draft.Outcome.Refused(var reasons) -> {
        reasons.forEach(err::println);
        err.println("Nothing was written.");
        yield Failures.FAILED;
      }
      case Draft.Outcome.Drafted(Draft draft) -> {
        Path folder = to == null ? Path.of(draft.name()) : to;
        DraftFolder.write(draft, folder);
        var report = new DraftReport(draft, folder);
        report.lines().forEach(err::println);
        report.commands().forEach(spec.commandLine().getOut()::println);
        yield 0;
      }
    };
  }

  private String nameOf(List<Path> files) {
    Path first = to == null ? folderOf(files.getFirst()) : to;
    Path last = first.toAbsolutePath().normalize().getFileName();
    return last == null ? "" : last.toString();
  }

  private static Path folderOf(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return java.nio.file.Files.isDirectory(file) || parent == null ? file : parent;
  }
}

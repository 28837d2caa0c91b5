package io.scorebook.gateway.cli;

import io.scorebook.engine.draft.Draft;
import io.scorebook.engine.draft.document.ModelPlan;
import io.scorebook.engine.draft.document.ModelPlan.Aggregate;
import io.scorebook.engine.draft.guess.DraftTable;
import io.scorebook.engine.draft.guess.Guesses;
import io.scorebook.engine.draft.guess.Link;
import io.scorebook.engine.draft.profile.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What was drafted, in few words: the guesses, what was doubtful, and what to do next.
final class DraftReport {
  private final Draft draft;
  private final Guesses guesses;
  private final Path folder;

  DraftReport(Draft draft, Path folder) {
    this.draft = draft;
    this.guesses = draft.plan().guesses();
    this.folder = folder;
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("Drafted the domain '%s' in %s".formatted(draft.name(), folder));
    for (DraftTable table : guesses.tables()) {
      lines.add(
          "  %s: %,d rows of %s"
              .formatted(table.name(), table.profile().rows(), table.profile().fileNames()));
      lines.add("    key     " + table.key().why());
      for (Link link : guesses.from(table)) {
        lines.add(
            "    leads   (%s) to %s: %s"
                .formatted(String.join(", ", link.fromColumns()), link.to(), link.why()));
      }
      metrics(table, lines);
    }
    lines.add("");
    lines.add("Please look at:");
    guesses.doubts().forEach(doubt -> lines.add("  - " + doubt));
    List<String> persons =
        guesses.tables().stream()
            .flatMap(table ->
                table.columns().stream()
                    .filter(column -> column.pii().isPresent())
                    .map(column ->
                        "%s.%s (%s)"
                            .formatted(
                                table.name(), column.name(), column.pii().orElseThrow().what())))
            .toList();
    if (!persons.isEmpty()) {
      lines.add("  - perhaps about persons: " + String.join(", ", persons));
    }
    lines.add(
        "  - who owns the products (products/*.yaml), and what the metrics mean (tests/*.yaml)");
    lines.add("");
    lines.add("Next:");
    return lines;
  }

  private void metrics(DraftTable table, List<String> lines) {
    ModelPlan plan = draft.plan();
    for (Aggregate aggregate : Aggregate.values()) {
      List<String> names =
          plan.metrics(table).stream()
              .filter(metric -> metric.aggregate() == aggregate)
              .map(metric -> metric.name())
              .toList();
      if (!names.isEmpty()) {
        lines.add(
            "    %-7s %s"
                .formatted(
                    switch (aggregate) {
                      case COUNT -> "counts";
                      case SUM -> "sums";
                      case AVG -> "means";
                    },
                    String.join(", ", names)));
      }
    }
  }

  /// The commands that load the files, in the order of the references, and serve the domain.
  List<String> commands() {
    var commands = new ArrayList<String>();
    commands.add("./scorebook check " + quoted(folder.toString()));
    for (DraftTable table : inOrder()) {
      String files =
          table.profile().table().files().stream()
              .map(SourceFile::path)
              .map(path -> quoted(path.toString()))
              .collect(Collectors.joining(" "));
      String rejected = table.rejected() == 0 ? "" : " --max-rejected " + table.rejected();
      commands.add(
          "./scorebook load %s %s --domain %s%s"
              .formatted(table.name(), files, quoted(folder.toString()), rejected));
    }
    commands.add("./scorebook serve --domain " + quoted(folder.toString()));
    List<Path> folders =
        guesses.tables().stream()
            .flatMap(table -> table.profile().table().files().stream())
            .map(file -> file.path().toAbsolutePath().normalize().getParent())
            .distinct()
            .toList();
    if (folders.size() == 1) {
      commands.add(
          "# or all at once: ./scorebook demo --domain %s --data %s --home %s"
              .formatted(
                  quoted(folder.toString()),
                  quoted(folders.getFirst().toString()),
                  quoted(draft.name() + "-home")));
    }
    return commands;
  }

  private List<DraftTable> inOrder() {
    Set<DraftTable> ordered = new LinkedHashSet<>();
    guesses.tables().forEach(table -> add(table, ordered));
    return List.copyOf(ordered);
  }

  private void add(DraftTable table, Set<DraftTable> ordered) {
    if (!ordered.contains(table)) {
      guesses.from(table).forEach(link -> add(guesses.table(link.to()), ordered));
      ordered.add(table);
    }
  }

  /// As a shell takes it for one word.
  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

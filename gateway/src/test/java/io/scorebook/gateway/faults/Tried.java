package io.scorebook.gateway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What became of each fault that was tried, as a table of the guide.
final class Tried {
  private final Path guide;
  private final String store;
  private final Map<Case, Map<String, Integer>> outcomes = new LinkedHashMap<>();

  /// @param once whether one call is harmed, or each
  record Case(String doing, Call call, Fault fault, boolean once) {
    @Override
    public String toString() {
      return "%s | %s | %s | %s"
          .formatted(doing, call.words(), fault.words(), once ? "once" : "always");
    }
  }

  /// @param guide the page with the tables
  /// @param store names the table
  Tried(Path guide, String store) {
    this.guide = guide;
    this.store = store;
  }

  void add(Case tried, String outcome) {
    outcomes.computeIfAbsent(tried, _ -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
  }

  private String begin() {
    return "<!-- tried on %s -->".formatted(store);
  }

  private String end() {
    return "<!-- end of %s -->".formatted(store);
  }

  /// Writes the table over the one in the guide; what was not done this time keeps its rows.
  void write() throws IOException {
    String text = Files.readString(guide);
    int from = text.indexOf(begin());
    int to = text.indexOf(end());
    Set<String> done = outcomes.keySet().stream().map(Case::doing).collect(Collectors.toSet());
    var rows = new ArrayList<String>();
    text.substring(from, to)
        .lines()
        .skip(3)
        .filter(row -> done.stream().noneMatch(doing -> row.startsWith("| %s |".formatted(doing))))
        .forEach(rows::add);
    outcomes.forEach((tried, counts) -> rows.add(row(tried, counts)));
    String table =
        begin()
            + "\n| doing | call | fault | how often | tried | outcome |\n"
            + "|---|---|---|---|---|---|\n"
            + String.join("\n", rows)
            + "\n";
    Files.writeString(guide, text.substring(0, from) + table + text.substring(to));
  }

  private static String row(Case tried, Map<String, Integer> counts) {
    return "| %s | %d | %s |"
        .formatted(
            tried,
            counts.values().stream().mapToInt(n -> n).sum(),
            counts.size() == 1
                ? counts.keySet().iterator().next()
                : counts.entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue())
                    .collect(Collectors.joining(", ")));
  }

  /// Whether the guide has a table of this store at all.
  boolean isInGuide() throws IOException {
    String text = Files.readString(guide);
    return text.substring(text.indexOf(begin()), text.indexOf(end())).lines().count() > 3;
  }

  /// What was seen where the guide says otherwise, or nothing.
  List<String> disagreements() throws IOException {
    String text = Files.readString(guide);
    List<String> table =
        text.substring(text.indexOf(begin()), text.indexOf(end())).lines().toList();
    var others = new ArrayList<String>();
    outcomes.forEach((tried, counts) -> {
      Optional<String> row =
          table.stream().filter(line -> line.startsWith("| %s | ".formatted(tried))).findFirst();
      Set<String> known = row.map(Tried::known).orElse(Set.of());
      counts.keySet().stream()
          .filter(outcome -> !known.contains(outcome))
          .map(outcome -> "%s, but was %s".formatted(row.orElse("no row for " + tried), outcome))
          .forEach(others::add);
    });
    return others;
  }

  /// The outcomes of a row: one alone, or each with its count.
  private static Set<String> known(String row) {
    String cell = row.substring(row.lastIndexOf("| ", row.length() - 3) + 2, row.length() - 2);
    return Arrays.stream(cell.split(", "))
        .map(each -> each.replaceFirst(" \\d+$", ""))
        .collect(Collectors.toSet());
  }
}

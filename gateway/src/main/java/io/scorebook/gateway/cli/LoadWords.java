package io.scorebook.gateway.cli;

import io.scorebook.catalog.load.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A load's report in words.
final class LoadWords {
  private static final int MOST = 5;

  private LoadWords() {}

  static List<String> lines(LoadReport report) {
    var lines = new ArrayList<String>();
    var counts = new ArrayList<String>();
    counts.add("read " + number(report.read()));
    counts.add("loaded " + number(report.loaded()));
    add(counts, report.duplicates(), "there already");
    add(counts, report.kept(), "left out for the first of their key");
    add(counts, report.rejected(), "rejected");
    lines.add(report.table() + ": " + String.join(", ", counts));
    report.rejections().stream().limit(MOST).forEach(reason -> lines.add("  rejected " + reason));
    report.renamed().stream()
        .limit(MOST)
        .forEach(renamed ->
            lines.add(
                "  %s:%d: a second '%s' is now '%s'"
                    .formatted(renamed.file(), renamed.line(), renamed.name(), renamed.now())));
    List<String> ignored = report.ignoredColumns().stream().sorted().toList();
    if (!ignored.isEmpty()) {
      lines.add(
          "  ignored columns: "
              + String.join(", ", ignored.subList(0, Math.min(MOST, ignored.size())))
              + (ignored.size() > MOST ? " and " + (ignored.size() - MOST) + " more" : ""));
    }
    return lines;
  }

  private static void add(List<String> counts, long count, String what) {
    if (count > 0) {
      counts.add(number(count) + " " + what);
    }
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

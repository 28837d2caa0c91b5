package io.scorebook.documents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects findings, so that all mistakes of a document are told at once.
public final class Findings {
  private final List<Finding> found = new ArrayList<>();

  public void add(Finding finding) {
    if (!found.contains(finding)) {
      found.add(finding);
    }
  }

  public void error(Location location, String message) {
    add(Finding.error(location, message));
  }

  public void error(Location location, String message, String mend) {
    add(Finding.error(location, message, mend));
  }

  public void warning(Location location, String message) {
    add(Finding.warning(location, message));
  }

  public void warning(Location location, String message, String mend) {
    add(Finding.warning(location, message, mend));
  }

  public void hint(Location location, String message, String mend) {
    add(Finding.hint(location, message, mend));
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(Finding::isError);
  }

  /// What was found, in the order of the documents.
  public List<Finding> toList() {
    return found.stream()
        .sorted(
            Comparator.comparing((Finding finding) -> finding.location().file())
                .thenComparing(finding -> finding.location().line())
                .thenComparing(finding -> finding.location().column()))
        .toList();
  }
}

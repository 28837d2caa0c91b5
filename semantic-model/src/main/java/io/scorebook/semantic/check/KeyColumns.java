package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.model.Dataset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// The keys of datasets name columns of the source, or fields; none twice.
final class KeyColumns implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Dataset dataset : subject.model().datasets()) {
      check(subject, dataset, "primary key", dataset.primaryKey(), findings);
      for (List<String> key : dataset.uniqueKeys()) {
        check(subject, dataset, "unique key", key, findings);
      }
    }
  }

  private static void check(
      Subject subject, Dataset dataset, String what, List<String> key, Findings findings) {
    var seen = new HashSet<String>();
    for (String column : key) {
      if (!subject.has(dataset, column).orElse(true)) {
        findings.error(
            dataset.location(),
            "Cannot find the column '%s' of the %s of dataset '%s'"
                .formatted(column, what, dataset.name()),
            Suggestions.clause(column, subject.names(dataset)));
      }
      if (!seen.add(column.toLowerCase(Locale.ROOT))) {
        findings.error(
            dataset.location(),
            "Cannot have the column '%s' twice in the %s of dataset '%s'"
                .formatted(column, what, dataset.name()));
      }
    }
  }
}

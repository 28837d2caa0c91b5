package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;

/// A dataset says which columns identify a row, so that its grain is known and can be looked at.
final class MissingKeys implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Dataset dataset : subject.model().datasets()) {
      if (dataset.primaryKey().isEmpty()) {
        findings.warning(
            dataset.location(),
            "Cannot tell what a row of dataset '%s' is: it has no primary key"
                .formatted(dataset.name()),
            "name the columns that identify a row as 'primary_key'");
      }
    }
  }
}

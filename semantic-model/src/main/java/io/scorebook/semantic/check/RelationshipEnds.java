package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.List;
import java.util.Optional;

/// Relationships lead from one dataset to another, and name columns or fields that these have.
final class RelationshipEnds implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Relationship relationship : subject.model().relationships()) {
      check(subject, relationship, relationship.from(), relationship.fromColumns(), findings);
      check(subject, relationship, relationship.to(), relationship.toColumns(), findings);
      if (relationship.from().equalsIgnoreCase(relationship.to())) {
        findings.error(
            relationship.location(),
            "Cannot relate dataset '%s' to itself".formatted(relationship.from()),
            "describe the second role as a dataset of its own on the same source");
      }
    }
  }

  private static void check(
      Subject subject,
      Relationship relationship,
      String end,
      List<String> columns,
      Findings findings) {
    Optional<Dataset> dataset = subject.model().findDataset(end);
    if (dataset.isEmpty()) {
      findings.error(
          relationship.location(),
          "Cannot find the dataset '%s' of relationship '%s'".formatted(end, relationship.name()),
          Suggestions.clause(end, subject.model().datasets().stream().map(Dataset::name).toList()));
      return;
    }
    for (String column : columns) {
      if (!subject.has(dataset.get(), column).orElse(true)) {
        findings.error(
            relationship.location(),
            "Cannot find the column '%s' of dataset '%s' in relationship '%s'"
                .formatted(column, end, relationship.name()),
            Suggestions.clause(column, subject.names(dataset.get())));
      }
    }
  }
}

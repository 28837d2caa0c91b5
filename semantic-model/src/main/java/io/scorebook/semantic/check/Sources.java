package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.model.Dataset;
import java.util.List;

/// Where the tables of the catalog are known: each source is one, or a query that is valid over
/// them.
final class Sources implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    subject
        .sources()
        .ifPresent(sources ->
            subject
                .model()
                .datasets()
                .forEach(dataset -> check(subject, sources, dataset, findings)));
  }

  private static void check(
      Subject subject, SourceColumns sources, Dataset dataset, Findings findings) {
    switch (dataset.source()) {
      case Dataset.Source.Table table -> {
        if (sources.findTable(table).isEmpty()) {
          String name = table.namespace() + "." + table.name();
          List<String> known =
              sources.tables().stream().map(t -> t.namespace() + "." + t.name()).toList();
          findings.error(
              dataset.location(),
              "Cannot find the table '%s' of dataset '%s'".formatted(name, dataset.name()),
              Suggestions.clause(name, known));
        }
      }
      case Dataset.Source.Query query -> {
        subject.columns(dataset);
        sources
            .invalid(dataset)
            .ifPresent(problem ->
                findings.error(
                    Parsed.place(query.location(), problem.position()),
                    "Cannot use the source of dataset '%s': %s"
                        .formatted(dataset.name(), problem.why())));
      }
    }
  }
}

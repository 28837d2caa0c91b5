package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;

/// Expressions and the queries of sources are SQL.
final class Syntax implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Dataset dataset : subject.model().datasets()) {
      report("source of dataset '" + dataset.name() + "'", subject.parse(dataset), findings);
      for (Field field : dataset.fields()) {
        report(
            "expression of field '%s.%s'".formatted(dataset.name(), field.name()),
            subject.parse(field),
            findings);
      }
    }
    for (Metric metric : subject.model().metrics()) {
      report("expression of metric '" + metric.name() + "'", subject.parse(metric), findings);
    }
  }

  private static void report(String what, Parsed parsed, Findings findings) {
    switch (parsed) {
      case Parsed.Failed(var location, String why) ->
          findings.error(location, "Cannot parse the %s: %s".formatted(what, why));
      case Parsed.Tree _ -> {}
      case Parsed.Absent _ -> {}
    }
  }
}

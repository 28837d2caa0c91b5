package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import java.util.Optional;

/// What people and tools choose from says in words what it is.
final class MissingDescriptions implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Dataset dataset : subject.model().datasets()) {
      check("dataset", dataset.name(), dataset.description(), dataset.location(), findings);
      for (Field field : dataset.fields()) {
        if (field.isDimension()) {
          String name = dataset.name() + "." + field.name();
          check("dimension", name, field.description(), field.location(), findings);
        }
      }
    }
    for (Metric metric : subject.model().metrics()) {
      check("metric", metric.name(), metric.description(), metric.location(), findings);
    }
  }

  private static void check(
      String kind, String name, Optional<String> description, Location place, Findings findings) {
    if (description.filter(text -> !text.isBlank()).isEmpty()) {
      findings.warning(
          place,
          "Cannot tell what %s '%s' means: it has no description".formatted(kind, name),
          kind.equals("metric") ? "say what it counts, and its unit" : "say what it is");
    }
  }
}

package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Relationship;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names are in snake_case, so that SQL and URLs take them without quotes and nobody has to
/// remember how one is written.
final class NameStyle implements Rule {
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  @Override
  public void check(Subject subject, Findings findings) {
    for (Dataset dataset : subject.model().datasets()) {
      check("dataset", dataset.name(), dataset.location(), findings);
      for (Field field : dataset.fields()) {
        check("field", field.name(), field.location(), findings);
      }
    }
    for (Relationship relationship : subject.model().relationships()) {
      check("relationship", relationship.name(), relationship.location(), findings);
    }
    for (Metric metric : subject.model().metrics()) {
      check("metric", metric.name(), metric.location(), findings);
    }
  }

  private static void check(String kind, String name, Location place, Findings findings) {
    if (!SNAKE_CASE.matcher(name).matches()) {
      String better = snakeCase(name);
      findings.warning(
          place,
          "Invalid style of the %s '%s': names are in snake_case".formatted(kind, name),
          SNAKE_CASE.matcher(better).matches() ? "write '%s'".formatted(better) : "rename it");
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .replaceAll("^_+|_+$", "")
        .toLowerCase(Locale.ROOT);
  }
}

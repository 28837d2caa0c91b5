package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Relationship;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// No two datasets, relationships or metrics, and no two fields of a dataset, have one name; case
/// does not tell names apart.
final class UniqueNames implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    var model = subject.model();
    unique("dataset", model.datasets(), Dataset::name, Dataset::location, findings);
    unique(
        "relationship",
        model.relationships(),
        Relationship::name,
        Relationship::location,
        findings);
    unique("metric", model.metrics(), Metric::name, Metric::location, findings);
    for (Dataset dataset : model.datasets()) {
      unique("field", dataset.fields(), Field::name, Field::location, findings);
    }
  }

  private static <T> void unique(
      String what,
      List<T> things,
      Function<T, String> name,
      Function<T, Location> location,
      Findings findings) {
    Map<String, T> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (T thing : things) {
      T other = first.putIfAbsent(name.apply(thing), thing);
      if (other != null) {
        findings.error(
            location.apply(thing),
            "Cannot have two %ss named '%s'; the first is on line %d"
                .formatted(what, name.apply(thing), location.apply(other).line()));
      }
    }
  }
}

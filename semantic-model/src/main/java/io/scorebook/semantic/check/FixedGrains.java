package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.List;

/// The dimensions of a metric's own grain are seen by all its datasets.
final class FixedGrains implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      List<String> dimensions =
          switch (metric) {
            case Metric.Fixed fixed -> fixed.dimensions();
            case Metric.Nested nested -> nested.include();
            case Metric.Expression _,
                Metric.Streak _,
                Metric.Window _,
                Metric.Cumulative _,
                Metric.Rolling _,
                Metric.Prior _,
                Metric.SemiAdditive _,
                Metric.Rank _,
                Metric.Conversion _ ->
                List.of();
          };
      for (Dataset fact : subject.facts(metric)) {
        for (String dimension : dimensions) {
          var visible = subject.reach().visible(fact);
          if (visible.getOrDefault(dimension, List.of()).size() != 1) {
            findings.error(
                metric.location(),
                "Cannot use the dimension '%s' for the grain of metric '%s': dataset '%s' does not see it by one path"
                    .formatted(dimension, metric.name(), fact.name()),
                Suggestions.clause(dimension, visible.keySet()));
          }
        }
      }
    }
  }
}

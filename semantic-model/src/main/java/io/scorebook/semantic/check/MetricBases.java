package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Metric;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A metric that looks at others in another way looks at such as that way has a meaning for.
final class MetricBases implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      switch (metric) {
        case Metric.Cumulative _, Metric.Rolling _, Metric.SemiAdditive _ ->
            allow(
                subject,
                metric,
                other -> other instanceof Metric.Expression,
                "it takes other rows than the group's, so it must be made of plain aggregates",
                findings);
        case Metric.Prior _, Metric.Fixed _ ->
            allow(
                subject,
                metric,
                other -> !(other instanceof Metric.Rank),
                "a rank is taken last",
                findings);
        case Metric.Nested _ ->
            allow(
                subject,
                metric,
                other ->
                    switch (other) {
                      case Metric.Rank _, Metric.Prior _ -> false;
                      case Metric.Rolling rolling ->
                          rolling.entity().isEmpty() || rolling.combine().isPresent();
                      case Metric.Expression _,
                          Metric.Streak _,
                          Metric.Window _,
                          Metric.Cumulative _,
                          Metric.SemiAdditive _,
                          Metric.Fixed _,
                          Metric.Nested _,
                          Metric.Conversion _ ->
                          true;
                    },
                "it has no value without keys that the grain may lack",
                findings);
        case Metric.Rank _ ->
            allow(
                subject,
                metric,
                other -> !(other instanceof Metric.Rank),
                "there is no rank of a rank",
                findings);
        case Metric.Expression _, Metric.Streak _, Metric.Window _, Metric.Conversion _ -> {}
      }
    }
  }

  private static void allow(
      Subject subject, Metric metric, Predicate<Metric> allowed, String why, Findings findings) {
    find(subject, metric, allowed.negate(), new HashSet<>())
        .ifPresent(other ->
            findings.error(
                metric.expressionAt(),
                "Cannot make metric '%s' of '%s': %s".formatted(metric.name(), other.name(), why)));
  }

  /// A metric that this one is made of, directly or through others.
  private static Optional<Metric> find(
      Subject subject, Metric metric, Predicate<Metric> wanted, Set<Metric> seen) {
    boolean isOfRows = metric instanceof Metric.Sequence || metric instanceof Metric.Conversion;
    if (isOfRows || !seen.add(metric)) {
      return Optional.empty();
    }
    return subject.shape(metric).stream()
        .flatMap(shape -> shape.names().stream())
        .flatMap(name -> subject.model().findMetric(name.toString()).stream())
        .flatMap(other ->
            wanted.test(other)
                ? Optional.of(other).stream()
                : find(subject, other, wanted, seen).stream())
        .findFirst();
  }
}

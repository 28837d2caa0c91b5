package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A metric that looks at others in another way looks at such as that way has a meaning for.
final class MetricBases implements Rule {
  /// The aggregates that can be taken over the rows up to each row.
  private static final List<String> RUNNING = List.of("SUM", "COUNT", "AVG", "MIN", "MAX");

  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      switch (metric) {
        case Metric.Cumulative _, Metric.Rolling _ -> {
          allowPlain(subject, metric, findings);
          allowFunctions(subject, metric, metric, new HashSet<>(), findings);
        }
        case Metric.SemiAdditive _ -> allowPlain(subject, metric, findings);
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

  private static void allowPlain(Subject subject, Metric metric, Findings findings) {
    allow(
        subject,
        metric,
        other -> other instanceof Metric.Expression,
        "it takes other rows than the group's, so it must be made of plain aggregates",
        findings);
    refuseReached(subject, metric, metric, new HashSet<>(), findings);
  }

  /// Aggregates of one expression over a fact and over what it leads to belong together.
  private static void refuseReached(
      Subject subject, Metric metric, Metric within, Set<Metric> seen, Findings findings) {
    if (!seen.add(within)) {
      return;
    }
    subject
        .shape(within)
        .ifPresent(shape -> {
          List<Dataset> facts =
              shape.aggregates().stream()
                  .flatMap(aggregate -> subject.factOf(within, aggregate).stream())
                  .distinct()
                  .toList();
          boolean leads =
              facts.stream()
                  .anyMatch(from ->
                      facts.stream()
                          .anyMatch(to ->
                              !from.equals(to) && !subject.reach().paths(from, to).isEmpty()));
          if (leads) {
            findings.error(
                metric.expressionAt(),
                "Cannot look along time with metric '%s': '%s' aggregates rows of one dataset that those of another lead to"
                    .formatted(metric.name(), within.name()),
                "give each aggregate a metric of its own");
          }
          shape.names().stream()
              .flatMap(name -> subject.model().findMetric(name.toString()).stream())
              .filter(other -> other instanceof Metric.Expression)
              .forEach(other -> refuseReached(subject, metric, other, seen, findings));
        });
  }

  private static void allowFunctions(
      Subject subject, Metric metric, Metric within, Set<Metric> seen, Findings findings) {
    if (!seen.add(within)) {
      return;
    }
    subject
        .shape(within)
        .ifPresent(shape -> {
          shape.aggregates().stream()
              .map(MetricShape.Aggregate::function)
              .filter(function -> !RUNNING.contains(function))
              .forEach(function ->
                  findings.error(
                      metric.expressionAt(),
                      "Cannot look back with %s, as metric '%s' does"
                          .formatted(function, metric.name()),
                      "there are " + String.join(", ", RUNNING)));
          shape.names().stream()
              .flatMap(name -> subject.model().findMetric(name.toString()).stream())
              .filter(other -> other instanceof Metric.Expression)
              .forEach(other -> allowFunctions(subject, metric, other, seen, findings));
        });
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

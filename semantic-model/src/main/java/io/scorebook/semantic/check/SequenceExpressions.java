package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.model.Metric;

/// The expression of a streak is a predicate of one row, that of a window one plain aggregate.
final class SequenceExpressions implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      switch (metric) {
        case Metric.Expression _,
            Metric.Cumulative _,
            Metric.Rolling _,
            Metric.Prior _,
            Metric.SemiAdditive _,
            Metric.Fixed _,
            Metric.Nested _,
            Metric.Rank _ -> {}
        case Metric.Conversion conversion -> checkPredicate(subject, conversion, findings);
        case Metric.Streak streak -> checkPredicate(subject, streak, findings);
        case Metric.Window window -> checkWindow(subject, window, findings);
      }
    }
  }

  private static void checkPredicate(Subject subject, Metric streak, Findings findings) {
    subject
        .shape(streak)
        .ifPresent(shape -> {
          shape
              .aggregates()
              .forEach(aggregate ->
                  findings.error(
                      Parsed.place(streak.expressionAt(), aggregate.call().getParserPosition()),
                      "Cannot have the aggregate '%s' in the predicate of metric '%s'"
                          .formatted(aggregate.function(), streak.name()),
                      "write a condition on one row, such as dataset.field > 10"));
          if (shape.names().isEmpty() && shape.aggregates().isEmpty()) {
            findings.error(
                streak.expressionAt(),
                "Cannot use the predicate of metric '%s': it names no field"
                    .formatted(streak.name()),
                "write a condition on one row, such as dataset.field > 10");
          }
        });
  }

  private static void checkWindow(Subject subject, Metric.Window window, Findings findings) {
    subject
        .parse(window)
        .tree()
        .ifPresent(tree -> {
          MetricShape shape = MetricShape.of(tree);
          boolean plain =
              shape.aggregates().size() == 1
                  && shape.aggregates().getFirst().call() == tree
                  && Aggregates.find(shape.aggregates().getFirst().call())
                      .filter(Aggregates::isOverRows)
                      .isPresent()
                  && shape.aggregates().getFirst().filter().isEmpty()
                  && !shape.aggregates().getFirst().arguments().isEmpty()
                  && !shape.aggregates().getFirst().isDistinct();
          if (!plain && shape.misplaced().isEmpty()) {
            findings.error(
                window.expressionAt(),
                "Cannot use the expression of window '%s': it is not one aggregate"
                    .formatted(window.name()),
                "write SUM, AVG, MIN, MAX or COUNT of one value, without DISTINCT and FILTER");
          }
        });
  }
}

package io.scorebook.engine.quality;

import io.scorebook.catalog.quality.Measured.Kind;
import io.scorebook.engine.domain.BoundLevel;
import io.scorebook.engine.domain.BoundRule;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.TargetMetrics;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What there is to measure of a domain.
final class Tasks {
  private Tasks() {}

  static List<Task> of(Domain domain, QualityBook book) {
    var tasks = new ArrayList<Task>();
    Planner planner = domain.planner();
    for (BoundRule rule : book.rules(domain)) {
      plan(switch (rule.asked()) {
            case BoundRule.Number(String sql) -> planner.plan(sql);
            case BoundRule.Counted(String sql, _) -> planner.plan(sql);
            case BoundRule.Values(Question question) -> planner.plan(question);
          })
          .ifPresent(plan ->
              tasks.add(
                  new Task(
                      Kind.RULE,
                      Subjects.of(domain, rule),
                      rule.of(),
                      rule.rule().name(),
                      rule.rule().sentence(),
                      plan,
                      Optional.of(rule))));
    }
    for (BoundLevel level : book.levels(domain)) {
      level
          .newest()
          .ifPresent(query ->
              plan(planner.plan(query))
                  .ifPresent(plan ->
                      tasks.add(
                          new Task(
                              Kind.NEWEST,
                              Subjects.of(domain, level, query),
                              level.of(),
                              level.level().name(),
                              "newest " + level.level().element().orElse(""),
                              plan,
                              Optional.empty()))));
    }
    domain.model().metrics().forEach(metric -> target(domain, metric).ifPresent(tasks::add));
    return tasks;
  }

  /// A metric with a target, over all rows; absent where it has no value so.
  private static Optional<Task> target(Domain domain, Metric metric) {
    return metric
        .head()
        .target()
        .flatMap(target -> {
          var metrics = new ArrayList<>(List.of(metric.name()));
          metrics.add(TargetMetrics.names(metric.name()).getLast());
          return plan(domain.planner().plan(Question.of(metrics, List.of())))
              .map(plan ->
                  new Task(
                      Kind.TARGET,
                      Subjects.ofTarget(domain, metric.name()),
                      domain.model().name() + " " + domain.model().version(),
                      metric.name(),
                      "%s %s"
                          .formatted(
                              target.direction().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                              target.value().toPlainString()),
                      plan,
                      Optional.empty()));
        });
  }

  private static Optional<Plan> plan(Planning planning) {
    return switch (planning) {
      case Planning.Planned(Plan plan) -> Optional.of(plan);
      case Planning.Rejected _ -> Optional.empty();
    };
  }
}

package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.Grain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A metric that looks along time names a time dimension that all its datasets see, and periods
/// that there are: grains, or calendars of the model over that dimension.
final class TimeMetrics implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (Metric metric : subject.model().metrics()) {
      if (metric instanceof Metric.OverTime overTime) {
        checkTime(subject, overTime, findings);
        switch (overTime) {
          case Metric.Cumulative cumulative ->
              cumulative
                  .restart()
                  .ifPresent(restart -> checkPeriod(subject, overTime, restart, findings));
          case Metric.Prior prior -> checkPeriod(subject, overTime, prior.unit(), findings);
          case Metric.Rolling _, Metric.SemiAdditive _ -> {}
        }
      }
    }
  }

  private static void checkTime(Subject subject, Metric.OverTime metric, Findings findings) {
    for (Dataset fact : subject.facts(metric)) {
      List<Reach.Path> paths = subject.reach().visible(fact).getOrDefault(metric.time(), List.of());
      if (paths.size() != 1) {
        findings.error(
            metric.location(),
            "Cannot use '%s' as the time of metric '%s': dataset '%s' sees %s"
                .formatted(
                    metric.time(),
                    metric.name(),
                    fact.name(),
                    paths.isEmpty() ? "no such dimension" : "it by more than one path"),
            Suggestions.clause(metric.time(), subject.reach().visible(fact).keySet()));
        continue;
      }
      Optional<Field> field = paths.getFirst().end().findField(paths.getFirst().seen());
      if (field.filter(f -> !f.isTime()).isPresent()) {
        findings.error(
            metric.location(),
            "Cannot use '%s' as the time of metric '%s': it is no date or time"
                .formatted(metric.time(), metric.name()),
            "give the field the datatype Date, or use a dimension that has it");
      }
    }
  }

  private static void checkPeriod(
      Subject subject, Metric.OverTime metric, String period, Findings findings) {
    List<String> calendars = subject.model().calendarsOf(metric.time());
    if (Grain.find(period).isPresent() || calendars.stream().anyMatch(period::equalsIgnoreCase)) {
      return;
    }
    List<String> known = new ArrayList<>(calendars);
    Arrays.stream(Grain.values()).map(Grain::title).forEach(known::add);
    findings.error(
        metric.location(),
        "Cannot find the period '%s' of metric '%s': it is no grain, and no calendar of '%s'"
            .formatted(period, metric.name(), metric.time()),
        Suggestions.clause(period, known));
  }
}

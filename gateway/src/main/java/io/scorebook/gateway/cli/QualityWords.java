package io.scorebook.gateway.cli;

import io.scorebook.catalog.quality.Measured;
import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.engine.quality.Inspection.Inspected;
import io.scorebook.engine.quality.LevelState;
import io.scorebook.engine.quality.PortStanding;
import io.scorebook.engine.quality.RuleState;
import io.scorebook.gateway.wire.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The quality of products in lines for people.
final class QualityWords {
  private QualityWords() {}

  static List<String> lines(PublicPort port, PortStanding standing) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s %s, port %s: %s"
            .formatted(
                port.product().name(),
                port.product().version(),
                port.port().name(),
                Values.lower(standing.state())));
    standing.rules().forEach(rule -> lines.add(line(rule)));
    standing.levels().forEach(level -> lines.add(line(level)));
    return lines;
  }

  private static String line(RuleState state) {
    String outcome =
        state
            .measured()
            .filter(_ -> state.isCurrent())
            .map(Measured::outcome)
            .map(QualityWords::word)
            .orElse("unknown");
    String detail =
        state.measured().filter(_ -> state.isCurrent()).map(QualityWords::detail).orElse("");
    return "  %-13s %s (%s): %s%s"
        .formatted(
            outcome,
            state.rule().rule().name(),
            state.rule().rule().severity().word(),
            state.rule().rule().sentence(),
            detail);
  }

  /// A rule of a domain that need not be published.
  static String rule(Inspected inspected) {
    return "%-12s the rule '%s' of %s (%s): %s%s"
        .formatted(
            word(inspected.measured().outcome()),
            inspected.measured().name(),
            inspected.measured().of(),
            inspected.task().rule().orElseThrow().rule().severity().word(),
            inspected.measured().bound(),
            detail(inspected.measured()));
  }

  private static String detail(Measured measured) {
    String value =
        measured
            .value()
            .map(", measured "::concat)
            .or(() -> measured.reason().map("; "::concat))
            .orElse("");
    String of =
        measured.looked().isPresent()
            ? " of " + LoadWords.number(measured.looked().getAsLong())
            : "";
    return value + of;
  }

  private static String word(Outcome outcome) {
    return outcome.word().replace('_', ' ');
  }

  private static String line(LevelState state) {
    return "  %-13s %s: promised %s%s"
        .formatted(
            Values.lower(state.state()),
            state.level().name(),
            state.level().promised().map(Duration::toString).orElse(promise(state)),
            state.measured().map(age -> ", measured " + age).orElse("")
                + state.by().map(" on "::concat).orElse(""));
  }

  private static String promise(LevelState state) {
    return state.level().value() + state.level().unit().map(" "::concat).orElse("");
  }

  static String target(Measured measured) {
    return "target %s: %s (%s)%s"
        .formatted(
            measured.name(),
            switch (measured.outcome()) {
              case PASSED -> "on target";
              case FAILED -> "off target";
              case NOT_MEASURED -> "not measured";
            },
            measured.bound(),
            detail(measured));
  }
}

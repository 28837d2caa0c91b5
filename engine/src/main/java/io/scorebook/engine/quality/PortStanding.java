package io.scorebook.engine.quality;

import io.scorebook.catalog.quality.Measured;
import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.catalog.registry.Rule.Severity;
import io.scorebook.engine.answer.Provenance.Missed;
import io.scorebook.engine.domain.Domain.PublicPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An output port as it stands, to one caller.
///
/// @param isHidden whether something of its tables is kept from the caller: he is told what is
///   promised, and nothing that was measured
public record PortStanding(List<RuleState> rules, List<LevelState> levels, boolean isHidden) {
  public PortStanding {
    rules = List.copyOf(rules);
    levels = List.copyOf(levels);
  }

  /// What it comes to.
  public enum State {
    /// A rule of severity error does not hold, or a level is missed.
    FAILING,
    /// A rule or level is not measured on the snapshots at hand.
    UNKNOWN,
    PASSING,
    /// Nothing is promised.
    UNPROMISED,
    /// It is not for the caller to know.
    HIDDEN
  }

  public State state() {
    if (rules.isEmpty() && levels.isEmpty()) {
      return State.UNPROMISED;
    }
    if (isHidden) {
      return State.HIDDEN;
    }
    boolean fails =
        levels.stream().anyMatch(level -> level.state() == LevelState.State.MISSED)
            || rules.stream().filter(RuleState::isCurrent).anyMatch(PortStanding::isBroken);
    if (fails) {
      return State.FAILING;
    }
    boolean isKnown =
        levels.stream().noneMatch(level -> level.state() == LevelState.State.UNKNOWN)
            && rules.stream()
                .filter(rule -> rule.rule().rule().severity() == Severity.ERROR)
                .allMatch(PortStanding::holds);
    return isKnown ? State.PASSING : State.UNKNOWN;
  }

  /// What it misses of what it promises, where the caller may know it.
  public List<Missed> missed(PublicPort port) {
    if (isHidden) {
      return List.of();
    }
    var missed = new ArrayList<Missed>();
    String product = port.product().name();
    String version = port.product().version().toString();
    for (LevelState level : levels) {
      if (level.state() == LevelState.State.MISSED) {
        missed.add(
            new Missed(
                product,
                version,
                level.level().property(),
                level.level().name(),
                level.level().promised().map(Duration::toString).orElse(""),
                level.measured().map(Duration::toString).orElse("never loaded")));
      }
    }
    for (RuleState rule : rules) {
      if (rule.isCurrent() && isBroken(rule)) {
        missed.add(
            new Missed(
                product,
                version,
                "quality",
                rule.rule().rule().name(),
                rule.rule().rule().sentence(),
                rule.measured().flatMap(Measured::value).orElse("")));
      }
    }
    return missed;
  }

  private static boolean isBroken(RuleState rule) {
    return rule.rule().rule().severity() == Severity.ERROR
        && rule.measured().filter(found -> found.outcome() == Outcome.FAILED).isPresent();
  }

  private static boolean holds(RuleState rule) {
    return rule.isCurrent()
        && rule.measured().filter(found -> found.outcome() == Outcome.PASSED).isPresent();
  }
}

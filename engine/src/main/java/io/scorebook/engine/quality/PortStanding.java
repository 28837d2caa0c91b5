package io.scorebook.engine.quality;

import io.scorebook.catalog.quality.Measured.Outcome;
import io.scorebook.catalog.registry.Rule.Severity;
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

  static boolean isBroken(RuleState rule) {
    return rule.rule().rule().severity() == Severity.ERROR
        && rule.measured().filter(found -> found.outcome() == Outcome.FAILED).isPresent();
  }

  private static boolean holds(RuleState rule) {
    return rule.isCurrent()
        && rule.measured().filter(found -> found.outcome() == Outcome.PASSED).isPresent();
  }
}

package io.scorebook.engine.compare;

import io.scorebook.catalog.policy.Audience;
import io.scorebook.catalog.policy.RowRule;
import io.scorebook.catalog.policy.RowRule.Effect;
import io.scorebook.documents.Location;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.compare.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules on a table's rows. Two conditions are the same where their texts are; which of two
/// texts shows more is not found out, so that another one breaks.
final class RowRuleChanges {
  private final String table;
  private final List<RowRule> before;
  private final List<RowRule> after;
  private final Location at;
  private final List<Change> changes = new ArrayList<>();

  /// @param before absent for all rows
  RowRuleChanges(
      String table, Optional<List<RowRule>> before, Optional<List<RowRule>> after, Location at) {
    this.table = table;
    this.before = before.orElseGet(() -> all(at));
    this.after = after.orElseGet(() -> all(at));
    this.at = at;
  }

  private static List<RowRule> all(Location at) {
    return List.of(new RowRule("all rows", Reach.EVERYONE, Effect.LETS, "TRUE", at));
  }

  List<Change> find() {
    for (RowRule rule : of(before, Effect.LETS)) {
      Set<String> lost = beyond(rule, after);
      if (!lost.isEmpty()) {
        add(
            Level.MAJOR,
            hasOther(rule, after)
                ? "the rule '%s' has another condition".formatted(rule.name())
                : "'%s' no longer shows rows to %s".formatted(rule.name(), Reach.words(lost)),
            words(rule),
            named(rule, after).map(RowRuleChanges::words).orElseGet(() -> shown(lost)));
      }
    }
    for (RowRule rule : of(after, Effect.LETS)) {
      Set<String> won = beyond(rule, before);
      if (!won.isEmpty() && !hasOther(rule, before)) {
        add(
            Level.MINOR,
            "'%s' shows rows to %s".formatted(rule.name(), Reach.words(won)),
            named(rule, before).map(RowRuleChanges::words).orElse(""),
            words(rule));
      }
    }
    for (RowRule rule : of(after, Effect.NARROWS)) {
      Set<String> narrowed = beyond(rule, before);
      if (!narrowed.isEmpty()) {
        add(
            Level.MAJOR,
            hasOther(rule, before)
                ? "the rule '%s' has another condition".formatted(rule.name())
                : "'%s' keeps back rows from %s".formatted(rule.name(), Reach.words(narrowed)),
            named(rule, before).map(RowRuleChanges::words).orElse(""),
            words(rule));
      }
    }
    for (RowRule rule : of(before, Effect.NARROWS)) {
      Set<String> freed = beyond(rule, after);
      if (!freed.isEmpty() && !hasOther(rule, after)) {
        add(
            Level.MINOR,
            "'%s' no longer keeps back rows from %s".formatted(rule.name(), Reach.words(freed)),
            words(rule),
            named(rule, after).map(RowRuleChanges::words).orElse(""));
      }
    }
    return changes;
  }

  /// What keeps nothing back is no rule.
  private static List<RowRule> of(List<RowRule> rules, Effect effect) {
    return rules.stream()
        .filter(rule -> rule.effect() == effect)
        .filter(rule -> effect == Effect.LETS || !rule.isAlwaysTrue())
        .toList();
  }

  /// The groups for which none of the other rules does what the rule does.
  private static Set<String> beyond(RowRule rule, List<RowRule> others) {
    List<Audience> same =
        of(others, rule.effect()).stream()
            .filter(other ->
                isSame(rule, other) || rule.effect() == Effect.LETS && other.isAlwaysTrue())
            .map(RowRule::audience)
            .toList();
    return Reach.beyond(rule.audience(), same);
  }

  private static boolean isSame(RowRule rule, RowRule other) {
    return rule.condition().strip().equals(other.condition().strip());
  }

  /// The rule of the same name and effect.
  private static Optional<RowRule> named(RowRule rule, List<RowRule> others) {
    return of(others, rule.effect()).stream()
        .filter(other -> other.name().equals(rule.name()))
        .findFirst();
  }

  private static boolean hasOther(RowRule rule, List<RowRule> others) {
    return named(rule, others).filter(other -> !isSame(rule, other)).isPresent();
  }

  /// What is left of the rows for some groups.
  private String shown(Set<String> groups) {
    String rules =
        of(after, Effect.LETS).stream()
            .filter(rule -> Reach.hasSome(rule.audience(), groups))
            .map(RowRuleChanges::words)
            .collect(Collectors.joining("; "));
    return rules.isEmpty() ? "no row" : rules;
  }

  private static String words(RowRule rule) {
    return "%s %s, for %s"
        .formatted(rule.effect().key(), rule.condition().strip(), Reach.words(rule.audience()));
  }

  private void add(Level level, String how, String was, String is) {
    changes.add(Change.of(level, Kind.POLICY, table, What.ACCESS, how, was, is, at));
  }
}

package io.scorebook.engine.domain;

import io.scorebook.catalog.policy.Access;
import io.scorebook.catalog.policy.ColumnRule;
import io.scorebook.catalog.policy.Mask;
import io.scorebook.semantic.plan.Grain;
import io.scorebook.semantic.plan.Sight;
import io.scorebook.semantic.plan.Sight.Shown;
import java.util.Map;
import java.util.TreeMap;

/// Says in the planner's words what policies keep back.
final class PolicySights {
  private PolicySights() {}

  /// By `namespace.table`.
  static Map<String, Sight> of(Access access) {
    var sights = new TreeMap<String, Sight>();
    access.tables().forEach((table, seen) -> sights.put(table, of(seen)));
    return sights;
  }

  private static Sight of(Access.TableAccess access) {
    var columns = new TreeMap<String, Shown>();
    access.columns().forEach((name, rule) -> columns.put(name, of(rule)));
    return new Sight(
        access
            .rows()
            .map(rows ->
                new Sight.Rows(
                    rows.anyOf().stream().map(PolicySights::of).toList(),
                    rows.allOf().stream().map(PolicySights::of).toList())),
        columns);
  }

  private static Sight.Condition of(Access.Condition condition) {
    return new Sight.Condition(condition.sql(), condition.attributes());
  }

  static Shown of(ColumnRule rule) {
    return rule.mask().map(PolicySights::of).orElseGet(Shown.Hidden::new);
  }

  private static Shown of(Mask mask) {
    return switch (mask) {
      case Mask.Nothing _ -> new Shown.Nothing();
      case Mask.Hash _ -> new Shown.Pseudonym();
      case Mask.Partial(int first, int last) -> new Shown.Partial(first, last);
      case Mask.Bucket(var size) -> new Shown.Bucket(size);
      case Mask.Period(Mask.Period.Unit unit) ->
          new Shown.Period(
              switch (unit) {
                case MONTH -> Grain.MONTH;
                case QUARTER -> Grain.QUARTER;
                case YEAR -> Grain.YEAR;
              });
      case Mask.Constant(String text) -> new Shown.Constant(text);
    };
  }
}

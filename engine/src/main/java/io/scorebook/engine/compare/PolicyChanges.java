package io.scorebook.engine.compare;

import io.scorebook.catalog.policy.Audience;
import io.scorebook.catalog.policy.Grant;
import io.scorebook.catalog.policy.GroupSizeRule;
import io.scorebook.catalog.policy.Policies;
import io.scorebook.catalog.policy.TableRules;
import io.scorebook.catalog.registry.Product;
import io.scorebook.documents.Location;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.Change.Kind;
import io.scorebook.semantic.compare.Change.What;
import io.scorebook.semantic.compare.Level;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who may read what, of the things that both versions have: grants by group and kind of thing,
/// then the rules on rows, columns and small groups.
final class PolicyChanges {
  private static final Location PLACE = Location.of("policies.yaml");

  /// Stands for every purpose, and for none.
  private static final String ANY_PURPOSE = "*";

  private PolicyChanges() {}

  static List<Change> of(DomainVersion before, DomainVersion after) {
    return of(
        before.policies(),
        after.policies(),
        common(names(before), names(after)),
        common(columns(before), columns(after)));
  }

  /// @param things the names of each kind
  /// @param columns of each source table
  static List<Change> of(
      Policies before,
      Policies after,
      Map<Grant.Kind, Set<String>> things,
      Map<String, Set<String>> columns) {
    List<Change> changes = grants(before, after, things);
    columns.forEach((table, names) -> {
      Optional<TableRules> was = find(before.tables(), table);
      Optional<TableRules> is = find(after.tables(), table);
      Location at = is.or(() -> was).map(TableRules::location).orElse(PLACE);
      changes.addAll(
          new RowRuleChanges(table, was.flatMap(TableRules::rows), is.flatMap(TableRules::rows), at)
              .find());
      for (String name : names) {
        ColumnRuleChanges.column(
                table + "." + name,
                was.flatMap(rules -> find(rules.columns(), name)),
                is.flatMap(rules -> find(rules.columns(), name)),
                at)
            .ifPresent(changes::add);
      }
    });
    for (String metric : things.getOrDefault(Grant.Kind.METRIC, Set.of())) {
      Optional<GroupSizeRule> was = find(before.groupSizes(), metric);
      Optional<GroupSizeRule> is = find(after.groupSizes(), metric);
      Location at = is.or(() -> was).map(GroupSizeRule::location).orElse(PLACE);
      ColumnRuleChanges.groupSize(metric, was, is, at).ifPresent(changes::add);
    }
    return changes;
  }

  private static <T> Optional<T> find(Map<String, T> rules, String name) {
    return Optional.ofNullable(rules.get(name));
  }

  private static List<Change> grants(
      Policies before, Policies after, Map<Grant.Kind, Set<String>> things) {
    var changes = new ArrayList<Change>();
    for (String group : groups(before, after)) {
      Set<String> groups = group.equals(Grant.EVERYONE) ? Set.of() : Set.of(group);
      for (Grant.Kind kind : Grant.Kind.values()) {
        var lost = new TreeSet<String>();
        var won = new TreeSet<String>();
        var fewer = new TreeSet<String>();
        var more = new TreeSet<String>();
        for (String name : things.getOrDefault(kind, Set.of())) {
          Set<String> was = purposes(before.allowed(groups, kind, name));
          Set<String> is = purposes(after.allowed(groups, kind, name));
          if (!is.containsAll(was) && !is.contains(ANY_PURPOSE)) {
            (is.isEmpty() ? lost : fewer).add(name);
          } else if (!was.containsAll(is) && !was.contains(ANY_PURPOSE)) {
            (was.isEmpty() ? won : more).add(name);
          }
        }
        add(changes, Level.MAJOR, group, kind, "may no longer read", lost);
        add(changes, Level.MAJOR, group, kind, "may read for fewer purposes", fewer);
        add(changes, Level.MINOR, group, kind, "may read for more purposes", more);
        add(changes, Level.MINOR, group, kind, "may read", won);
      }
    }
    return changes;
  }

  private static Set<String> purposes(List<Audience> allowed) {
    var purposes = new TreeSet<String>();
    for (Audience audience : allowed) {
      purposes.addAll(audience.purposes().isEmpty() ? Set.of(ANY_PURPOSE) : audience.purposes());
    }
    return purposes;
  }

  private static void add(
      List<Change> changes,
      Level level,
      String group,
      Grant.Kind kind,
      String may,
      Set<String> names) {
    if (!names.isEmpty()) {
      String who =
          group.equals(Grant.EVERYONE) ? "who is in no group" : "the group '%s'".formatted(group);
      changes.add(
          Change.of(
              level,
              Kind.POLICY,
              group,
              What.ACCESS,
              "%s %s the %s %s".formatted(who, may, kind.key(), String.join(", ", names)),
              "",
              "",
              PLACE));
    }
  }

  private static Set<String> groups(Policies before, Policies after) {
    var groups = new TreeSet<>(Set.of(Grant.EVERYONE));
    before.grants().forEach(grant -> groups.addAll(grant.who()));
    after.grants().forEach(grant -> groups.addAll(grant.who()));
    return groups;
  }

  private static Map<Grant.Kind, Set<String>> names(DomainVersion version) {
    var domain = version.domain();
    return Map.of(
        Grant.Kind.PRODUCT, set(domain.products().stream().map(Product::name).toList()),
        Grant.Kind.DATASET, set(domain.model().datasets().stream().map(Dataset::name).toList()),
        Grant.Kind.METRIC, set(domain.model().metrics().stream().map(Metric::name).toList()));
  }

  private static Map<String, Set<String>> columns(DomainVersion version) {
    var columns = new TreeMap<String, Set<String>>();
    version
        .domain()
        .contracts()
        .inLoadOrder()
        .forEach(table -> columns.put(table.table().name(), new TreeSet<>(table.namesOfFields())));
    return columns;
  }

  private static <K extends Comparable<K>> Map<K, Set<String>> common(
      Map<K, Set<String>> some, Map<K, Set<String>> others) {
    var common = new TreeMap<K, Set<String>>();
    some.forEach((key, names) -> {
      if (others.get(key) instanceof Set<String> also) {
        var both = set(List.copyOf(names));
        both.retainAll(also);
        common.put(key, both);
      }
    });
    return common;
  }

  private static TreeSet<String> set(List<String> names) {
    var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(names);
    return set;
  }
}

package io.scorebook.engine.compare;

import io.scorebook.catalog.policy.Grant;
import io.scorebook.catalog.policy.Policies;
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
import java.util.Set;
import java.util.TreeSet;

/// Who may read what: told by group and kind of thing, of the things that both versions have.
final class PolicyChanges {
  private static final Location PLACE = Location.of("policies.yaml");

  private PolicyChanges() {}

  static List<Change> of(DomainVersion before, DomainVersion after) {
    return of(before.policies(), after.policies(), common(names(before), names(after)));
  }

  /// @param things the names of each kind
  static List<Change> of(
      Policies before, Policies after, Map<Grant.Kind, ? extends Set<String>> things) {
    var changes = new ArrayList<Change>();
    for (String group : groups(before, after)) {
      Set<String> groups = group.equals(Grant.EVERYONE) ? Set.of() : Set.of(group);
      for (Grant.Kind kind : Grant.Kind.values()) {
        var lost = new TreeSet<String>();
        var won = new TreeSet<String>();
        for (String name : things.containsKey(kind) ? things.get(kind) : Set.<String>of()) {
          boolean was = before.allows(groups, kind, name);
          boolean is = after.allows(groups, kind, name);
          if (was && !is) {
            lost.add(name);
          } else if (is && !was) {
            won.add(name);
          }
        }
        add(changes, Level.MAJOR, group, kind, "may no longer read", lost);
        add(changes, Level.MINOR, group, kind, "may read", won);
      }
    }
    return changes;
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

  private static Map<Grant.Kind, Set<String>> common(
      Map<Grant.Kind, Set<String>> some, Map<Grant.Kind, Set<String>> others) {
    others.forEach((kind, names) -> {
      Set<String> both = some.get(kind);
      if (both != null) {
        both.retainAll(names);
      }
    });
    return some;
  }

  private static Set<String> set(List<String> names) {
    var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(names);
    return set;
  }
}

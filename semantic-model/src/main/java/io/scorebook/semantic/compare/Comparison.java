package io.scorebook.semantic.compare;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What changed, the breaking first, and which versions it asks for.
public record Comparison(List<Change> changes, List<Demand> demands) {
  public Comparison {
    changes = changes.stream().sorted(Comparator.comparing(Change::level).reversed()).toList();
    demands = List.copyOf(demands);
  }

  /// The strongest of some changes; empty where there are none.
  public static Optional<Level> strongest(Collection<Change> changes) {
    return changes.stream().map(Change::level).max(Comparator.naturalOrder());
  }

  public Optional<Level> level() {
    return strongest(changes);
  }

  /// The demands of a level or above that no version meets: why a publication is to be refused.
  public List<Demand> unmet(Level from) {
    return demands.stream()
        .filter(demand -> !demand.isMet() && demand.level().compareTo(from) >= 0)
        .toList();
  }
}

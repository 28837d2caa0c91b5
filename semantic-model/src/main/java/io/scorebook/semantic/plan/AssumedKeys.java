package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;

/// Collects the keys that one planning takes for granted; travels with its cluster, so that tables
/// of products inside a query add theirs.
final class AssumedKeys {
  private final Set<AssumedKey> keys = new LinkedHashSet<>();

  static Expressions planning(CompiledModel model) {
    return Expressions.over(model.sources(), Contexts.of(new AssumedKeys(), new AskedQueries()));
  }

  static AssumedKeys of(RelOptCluster cluster) {
    return cluster
        .getPlanner()
        .getContext()
        .maybeUnwrap(AssumedKeys.class)
        .orElseThrow(() -> new IllegalArgumentException("Invalid planning: it has no keys"));
  }

  void add(AssumedKey key) {
    keys.add(key);
  }

  Set<AssumedKey> toSet() {
    return Set.copyOf(keys);
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;

/// Collects the keys that one planning takes for granted; travels with its cluster, so that tables
/// of products inside a query add theirs.
final class AssumedKeys {
  private final Set<AssumedKey> keys = new LinkedHashSet<>();
  private final Set<AssumedReference> relationships = new LinkedHashSet<>();
  private Optional<String> of = Optional.empty();

  static Expressions planning(CompiledModel model) {
    return Expressions.over(
        model.sources(),
        Contexts.of(new AssumedKeys(), new AskedQueries(model), new Excesses(), new ReadPorts()));
  }

  /// For plans that take nothing for granted of the tables.
  static Expressions proving(CompiledModel model) {
    return Expressions.over(
        model.doubted(),
        Contexts.of(new AssumedKeys(), new AskedQueries(model), new Excesses(), new ReadPorts()));
  }

  static AssumedKeys of(RelOptCluster cluster) {
    return cluster
        .getPlanner()
        .getContext()
        .maybeUnwrap(AssumedKeys.class)
        .orElseThrow(() -> new IllegalArgumentException("Invalid planning: it has no keys"));
  }

  /// What makes the order of a dataset's rows total.
  static AssumedKey order(Dataset fact) {
    return new AssumedKey(fact.name(), fact.primaryKey(), AssumedKey.Use.ORDER);
  }

  /// Plans a part that is of another planner's model.
  <T> T within(String planner, Supplier<T> planning) {
    Optional<String> outer = of;
    of = Optional.of(planner);
    try {
      return planning.get();
    } finally {
      of = outer;
    }
  }

  void add(AssumedKey key) {
    keys.add(new AssumedKey(key.dataset(), key.columns(), key.use(), of));
  }

  /// A join along a relationship.
  void add(Dataset to, Relationship relationship) {
    add(new AssumedKey(to.name(), relationship.toColumns()));
    relationships.add(new AssumedReference(relationship.name(), of));
  }

  /// The relationships along which is joined.
  Set<AssumedReference> relationships() {
    return Set.copyOf(relationships);
  }

  Set<AssumedKey> toSet() {
    return Set.copyOf(keys);
  }
}

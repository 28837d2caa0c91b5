package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.question.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptCluster;

/// Remembers what one planning asks of the model, for [Explainer] to tell; travels with its cluster
/// as [AssumedKeys] does.
final class AskedQueries {
  private final List<OfModel> queries = new ArrayList<>();
  private CompiledModel model;

  /// @param own the model of the planner that plans
  AskedQueries(CompiledModel own) {
    this.model = own;
  }

  /// What is asked of a model.
  record OfModel(CompiledModel model, Asked asked) {}

  /// What is asked: values of groups, or rows.
  sealed interface Asked {
    /// @param groups filters on metrics
    record Metrics(MetricQuery query, List<CompiledMetric> metrics, List<Filter> groups)
        implements Asked {}

    /// @param dimensions the names of the dimensions in use
    record Rows(Dataset dataset, List<String> dimensions) implements Asked {}
  }

  static AskedQueries of(RelOptCluster cluster) {
    return cluster
        .getPlanner()
        .getContext()
        .maybeUnwrap(AskedQueries.class)
        .orElseThrow(() -> new IllegalArgumentException("Invalid planning: it has no queries"));
  }

  /// Plans a part that is of another model.
  <T> T within(CompiledModel other, Supplier<T> planning) {
    CompiledModel outer = model;
    model = other;
    try {
      return planning.get();
    } finally {
      model = outer;
    }
  }

  void add(MetricQuery query, Collection<CompiledMetric> metrics, List<Filter> groups) {
    queries.add(
        new OfModel(model, new Asked.Metrics(query, List.copyOf(metrics), List.copyOf(groups))));
  }

  void addRows(Dataset dataset, List<String> dimensions) {
    queries.add(new OfModel(model, new Asked.Rows(dataset, List.copyOf(dimensions))));
  }

  List<OfModel> toList() {
    return List.copyOf(queries);
  }
}

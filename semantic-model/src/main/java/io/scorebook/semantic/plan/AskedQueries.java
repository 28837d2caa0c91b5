package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.question.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;

/// Remembers what one planning asks of the model, for [Explainer] to tell; travels with its cluster
/// as [AssumedKeys] does.
final class AskedQueries {
  private final List<Asked> queries = new ArrayList<>();

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

  void add(MetricQuery query, Collection<CompiledMetric> metrics, List<Filter> groups) {
    queries.add(new Asked.Metrics(query, List.copyOf(metrics), List.copyOf(groups)));
  }

  void addRows(Dataset dataset, List<String> dimensions) {
    queries.add(new Asked.Rows(dataset, List.copyOf(dimensions)));
  }

  List<Asked> toList() {
    return List.copyOf(queries);
  }
}

package io.scorebook.semantic.plan;

import java.util.List;

/// What a metric is, once it has been resolved.
///
/// @param datasets the facts that it aggregates
/// @param dimensions the names that it can be grouped and filtered by
/// @param requires lists of names, of each of which a question must group by one
public record MetricDescription(
    String name,
    Plan.OutputType type,
    List<String> datasets,
    List<String> dimensions,
    List<List<String>> requires) {

  public MetricDescription {
    datasets = List.copyOf(datasets);
    dimensions = List.copyOf(dimensions);
    requires = requires.stream().map(List::copyOf).toList();
  }
}

package io.scorebook.semantic.model;

import io.scorebook.documents.Location;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One semantic model: datasets, how they relate, and the metrics defined over them.
///
/// @param version semantic version of the model, from its SCOREBOOK extension; "0.0.0" where it has
///   none
/// @param hash `sha256:` and the hex digest of the document's content, whatever its layout and key
///   order
/// @param conformed names of dimensions that mean the same wherever a dataset has a field of that
///   name, or sees one, so that metrics of several facts may meet on them
/// @param conformedAt where the conformed names stand
public record SemanticModel(
    String name,
    String version,
    String hash,
    Optional<String> description,
    List<Dataset> datasets,
    List<Relationship> relationships,
    List<Metric> metrics,
    Set<String> conformed,
    Location location,
    Location conformedAt) {

  public SemanticModel {
    datasets = List.copyOf(datasets);
    relationships = List.copyOf(relationships);
    metrics = List.copyOf(metrics);
    conformed = Collections.unmodifiableSet(new LinkedHashSet<>(conformed));
  }

  /// A model whose conformed names stand where the model does.
  public SemanticModel(
      String name,
      String version,
      String hash,
      Optional<String> description,
      List<Dataset> datasets,
      List<Relationship> relationships,
      List<Metric> metrics,
      Set<String> conformed,
      Location location) {
    this(
        name,
        version,
        hash,
        description,
        datasets,
        relationships,
        metrics,
        conformed,
        location,
        location);
  }

  public Optional<Dataset> findDataset(String name) {
    return datasets.stream().filter(dataset -> dataset.name().equalsIgnoreCase(name)).findFirst();
  }

  public Optional<Metric> findMetric(String name) {
    return metrics.stream().filter(metric -> metric.name().equalsIgnoreCase(name)).findFirst();
  }
}

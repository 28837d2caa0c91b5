package io.scorebook.semantic.model;

import io.scorebook.documents.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
/// @param calendars dimensions whose values are periods of a time dimension, with its name: each
///   moment lies in one of them, and larger values lie later
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
    Map<String, String> calendars,
    Location location,
    Location conformedAt) {

  public SemanticModel {
    datasets = List.copyOf(datasets);
    relationships = List.copyOf(relationships);
    metrics = List.copyOf(metrics);
    conformed = Collections.unmodifiableSet(new LinkedHashSet<>(conformed));
    calendars = Collections.unmodifiableMap(new LinkedHashMap<>(calendars));
  }

  /// The dimensions whose values are periods of a time dimension, such as a season of dates.
  public List<String> calendarsOf(String time) {
    return calendars.entrySet().stream()
        .filter(calendar -> calendar.getValue().equalsIgnoreCase(time))
        .map(Map.Entry::getKey)
        .toList();
  }

  public Optional<Dataset> findDataset(String name) {
    return datasets.stream().filter(dataset -> dataset.name().equalsIgnoreCase(name)).findFirst();
  }

  public Optional<Metric> findMetric(String name) {
    return metrics.stream().filter(metric -> metric.name().equalsIgnoreCase(name)).findFirst();
  }
}

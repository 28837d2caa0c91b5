package io.scorebook.semantic.lineage;

import io.scorebook.semantic.lineage.Lineage.Edge;
import io.scorebook.semantic.lineage.Lineage.Use;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What each thing of a model rests on: datasets and fields on columns of the catalog, metrics on
/// fields and other metrics.
public record ModelLineage(List<OfDataset> datasets, List<OfMetric> metrics) {

  public ModelLineage {
    datasets = List.copyOf(datasets);
    metrics = List.copyOf(metrics);
  }

  public Optional<OfDataset> findDataset(String name) {
    return datasets.stream().filter(d -> d.name().equalsIgnoreCase(name)).findFirst();
  }

  /// @param rows what the presence of its rows depends on
  /// @param named the columns without which its source is no query any more; none where the source
  ///   is a table
  /// @param fields by their names
  public record OfDataset(
      String name,
      Set<String> tables,
      Set<Edge> rows,
      Set<Column> named,
      Map<String, Set<Edge>> fields) {

    public OfDataset {
      tables = Set.copyOf(tables);
      rows = Set.copyOf(rows);
      named = Set.copyOf(named);
      fields = Map.copyOf(fields);
    }

    /// Without the fields that may not be named.
    ///
    /// @param hasField by dataset and field
    public OfDataset seenThrough(BiPredicate<String, String> hasField) {
      return new OfDataset(
          name,
          tables,
          rows,
          named,
          fields.entrySet().stream()
              .filter(field -> hasField.test(name, field.getKey()))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
  }

  /// @param datasets whose rows it aggregates
  /// @param metrics that it is computed from
  public record OfMetric(
      String name, Set<String> datasets, Set<OfField> fields, Set<String> metrics) {

    public OfMetric {
      datasets = Set.copyOf(datasets);
      fields = Set.copyOf(fields);
      metrics = Set.copyOf(metrics);
    }

    /// Without what may not be named that it is made of.
    public OfMetric seenThrough(Predicate<String> hasDataset, Predicate<String> hasMetric) {
      return new OfMetric(
          name,
          datasets.stream().filter(hasDataset).collect(Collectors.toSet()),
          fields.stream()
              .filter(field -> hasDataset.test(field.dataset()))
              .collect(Collectors.toSet()),
          metrics.stream().filter(hasMetric).collect(Collectors.toSet()));
    }
  }

  /// How a metric uses a field, or a column of the dataset's source that is no field.
  public record OfField(String dataset, String field, Use use) implements Comparable<OfField> {
    @Override
    public int compareTo(OfField other) {
      return Comparator.comparing(OfField::dataset)
          .thenComparing(OfField::field)
          .thenComparing(OfField::use)
          .compare(this, other);
    }
  }

  /// @param table `namespace.table`
  public record Column(String table, String column) {}
}

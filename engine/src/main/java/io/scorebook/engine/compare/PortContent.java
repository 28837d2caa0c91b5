package io.scorebook.engine.compare;

import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.compare.Change;
import io.scorebook.semantic.compare.ModelVersion;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the table of a port holds, free of the names in the model.
///
/// @param grain what a row is: the meanings of the keys
/// @param rowIs the same for reading
/// @param rows which rows there are: whose groups, under which filters
/// @param filters the same for reading
record PortContent(
    Set<String> grain, String rowIs, Set<String> rows, String filters, List<Column> columns) {

  /// @param of `metric 'wins'`, for messages
  record Column(String name, String type, String meaning, String of) {}

  static PortContent of(DomainVersion version, Product product, Port port) {
    ModelVersion model = version.model();
    List<Plan.OutputColumn> columns = columns(version, product, port);
    return switch (port.content()) {
      case Port.DatasetRows(String name) -> rows(model, dataset(model, name), columns);
      case Port.MetricQuery query -> groups(model, query, columns);
    };
  }

  private static List<Plan.OutputColumn> columns(
      DomainVersion version, Product product, Port port) {
    PublicPort table =
        version
            .domain()
            .findPort(product.name(), product.version().major(), port.name())
            .orElseThrow(() -> new IllegalArgumentException("Invalid port: " + port.name()));
    return switch (version.domain().planner().plan(table.table())) {
      case Planning.Planned(Plan plan) -> plan.columns();
      case Planning.Rejected(var issues) ->
          throw new IllegalArgumentException("Invalid port: " + issues);
    };
  }

  private static PortContent rows(
      ModelVersion model, Dataset dataset, List<Plan.OutputColumn> columns) {
    String rows = model.meanings().rows(dataset);
    String key = dataset.primaryKey().toString().toLowerCase(Locale.ROOT);
    return new PortContent(
        Set.of(key),
        "a row of " + dataset.name(),
        Set.of(rows),
        dataset.name(),
        columns.stream()
            .map(column -> {
              String meaning =
                  dataset
                      .findField(column.name())
                      .map(field -> model.meanings().field(dataset, field))
                      .or(() -> model.meanings().dimension(dataset, column.name()))
                      .orElse("");
              return column(column, meaning, "field '%s'".formatted(column.name()));
            })
            .toList());
  }

  private static PortContent groups(
      ModelVersion model, Port.MetricQuery query, List<Plan.OutputColumn> columns) {
    List<Metric> metrics =
        query.metrics().stream().flatMap(name -> metric(model, name).stream()).toList();
    Set<Dataset> facts =
        metrics.stream()
            .flatMap(metric -> model.meanings().facts(metric).stream())
            .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    Set<String> rows = new TreeSet<>();
    facts.forEach(fact -> rows.add(model.meanings().rows(fact)));
    for (Port.Condition condition : query.filters()) {
      rows.add(
          "%s %s %s"
              .formatted(
                  meaning(model, facts, condition.field()), condition.op(), condition.values()));
    }
    var shown = new ArrayList<Column>();
    for (Plan.OutputColumn column : columns) {
      shown.add(
          column.role() == Plan.Role.DIMENSION
              ? column(
                  column,
                  meaning(model, facts, column.name()),
                  "dimension '%s'".formatted(column.name()))
              : column(
                  column, meaning(model, column.name()), "metric '%s'".formatted(column.name())));
    }
    return new PortContent(
        query.dimensions().stream()
            .map(name -> meaning(model, facts, name))
            .collect(Collectors.toCollection(TreeSet::new)),
        "each " + String.join(", ", query.dimensions()),
        rows,
        query.filters().stream()
            .map(filter -> "%s %s %s".formatted(filter.field(), filter.op(), filter.values()))
            .collect(Collectors.joining(", ")),
        shown);
  }

  /// What a dimension means on each of the datasets; what a metric does.
  private static String meaning(ModelVersion model, Set<Dataset> facts, String name) {
    String dimensions =
        facts.stream()
            .flatMap(fact -> model.meanings().dimension(fact, name).stream())
            .sorted()
            .collect(Collectors.joining(" and "));
    return dimensions.isEmpty() ? meaning(model, name) : dimensions;
  }

  private static String meaning(ModelVersion model, String name) {
    Optional<Metric> metric = metric(model, name);
    boolean isItself = metric.filter(found -> found.name().equalsIgnoreCase(name)).isPresent();
    return metric
        .map(found ->
            model.meanings().metric(found)
                + (isItself ? "" : name.toLowerCase(Locale.ROOT) + found.head().target()))
        .orElse(name.toLowerCase(Locale.ROOT));
  }

  /// A metric by its name, or by that of what stands beside it: its target, and whether it is met.
  private static Optional<Metric> metric(ModelVersion model, String name) {
    return model
        .model()
        .findMetric(name)
        .or(() ->
            model.model().metrics().stream()
                .filter(metric -> metric.head().target().isPresent())
                .filter(metric ->
                    List.of(metric.name() + "_target", metric.name() + "_on_target").stream()
                        .anyMatch(name::equalsIgnoreCase))
                .findFirst());
  }

  private static Column column(Plan.OutputColumn column, String meaning, String of) {
    return new Column(column.name(), Change.lower(column.type()), meaning, of);
  }

  private static Dataset dataset(ModelVersion model, String name) {
    return model
        .model()
        .findDataset(name)
        .orElseThrow(() -> new IllegalArgumentException("Invalid dataset: " + name));
  }
}

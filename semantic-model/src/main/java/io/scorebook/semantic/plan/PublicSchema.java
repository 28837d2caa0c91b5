package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.tools.Frameworks;

/// What callers see: a schema of the model's datasets, and one for each product version. The tables
/// of the catalog are not in it.
final class PublicSchema {
  private final CompiledModel model;
  private final SchemaPlus root = Frameworks.createRootSchema(false);
  private final List<TableDescription> descriptions = new ArrayList<>();
  private final Map<String, RelDataType> metricTypes = new HashMap<>();
  private final Map<ProductTable, Table> products = new HashMap<>();
  private final Map<String, String> gone;

  /// A product's table.
  ///
  /// @param model that it is planned by
  /// @param planner the name of the planner, where it is another one
  record Table(
      ProductTable table,
      CompiledModel model,
      Optional<String> planner,
      Optional<String> description) {}

  /// @param gone schemas that are not there any more, by their names in lower case, and what became
  ///   of them
  PublicSchema(CompiledModel model, Collection<Table> products, Map<String, String> gone) {
    this.model = model;
    this.gone = Map.copyOf(gone);
    Expressions expressions = AssumedKeys.planning(model);
    var types = new LeafTypes(model, expressions);
    model.metrics().forEach(metric -> metricTypes.put(metric.name(), types.of(metric)));
    SchemaPlus datasets = root.add(model.model().name(), new AbstractSchema());
    for (Dataset dataset : model.model().datasets()) {
      if (!model.visibility().hasDataset(dataset.name())) {
        continue;
      }
      var table = new SemanticTable(dataset, columns(expressions, dataset));
      datasets.add(dataset.name(), table);
      descriptions.add(describe(table));
    }
    for (Table product : products) {
      this.products.put(product.table(), product);
      add(product);
    }
  }

  /// The model that plans a table of a product.
  CompiledModel modelOf(ProductTable table) {
    return Optional.ofNullable(products.get(table)).map(Table::model).orElse(model);
  }

  /// The name of the planner that plans a table of a product; absent for the own one.
  Optional<String> plannerOf(ProductTable table) {
    return Optional.ofNullable(products.get(table)).flatMap(Table::planner);
  }

  /// What became of a schema that is not there any more.
  Optional<String> findGone(String schema) {
    return Optional.ofNullable(gone.get(schema.toLowerCase(Locale.ROOT)));
  }

  SchemaPlus root() {
    return root;
  }

  /// Tables that are found without their schema's name.
  List<String> defaultPath() {
    return List.of(model.model().name());
  }

  List<TableDescription> descriptions() {
    return List.copyOf(descriptions);
  }

  private List<SemanticTable.Column> columns(Expressions expressions, Dataset dataset) {
    var columns = new LinkedHashMap<String, SemanticTable.Column>();
    model
        .graph()
        .dimensions(dataset)
        .forEach((name, paths) -> {
          if (paths.size() == 1) {
            var space = new DimensionSpace(model, expressions, List.of(dataset));
            columns.put(
                name,
                new SemanticTable.Column(name, space.resolve(name).getType(), Plan.Role.DIMENSION));
          }
        });
    for (CompiledMetric metric : model.metrics()) {
      if (metric.facts().contains(dataset)) {
        columns.put(
            metric.name(), new SemanticTable.Column(metric.name(), typeOf(metric), metric.role()));
      }
    }
    return List.copyOf(columns.values());
  }

  private RelDataType typeOf(CompiledMetric metric) {
    RelDataType type = metricTypes.get(metric.name());
    if (type == null) {
      throw new IllegalArgumentException("Invalid metric: " + metric.name());
    }
    return type;
  }

  private TableDescription describe(SemanticTable table) {
    return new TableDescription(
        model.model().name(),
        table.dataset().name(),
        table.dataset().description(),
        table.columns().stream()
            .map(column ->
                new TableDescription.ColumnDescription(
                    column.name(),
                    OutputTypes.of(column.name(), column.type()),
                    column.role(),
                    true,
                    description(model, table.dataset(), column.name())))
            .toList());
  }

  private static Optional<String> description(CompiledModel model, Dataset dataset, String name) {
    return model
        .model()
        .findMetric(name)
        .flatMap(Metric::description)
        .or(() ->
            model.graph().dimensions(dataset).getOrDefault(name, List.of()).stream()
                .findFirst()
                .flatMap(path -> path.field().description()));
  }

  /// @throws IllegalArgumentException for a port that cannot be planned
  private void add(Table served) {
    ProductTable product = served.table();
    Plan plan;
    try {
      plan = Plans.of(served.model(), product);
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(
          "Invalid product table %s.%s: %s"
              .formatted(product.schema(), product.name(), refusal.getMessage()),
          refusal);
    }
    SchemaPlus schema = root.subSchemas().get(product.schema());
    if (schema == null) {
      schema = root.add(product.schema(), new AbstractSchema());
    }
    schema.add(
        product.name(),
        new PlannedTable(
            plan.rel().getRowType(),
            cluster -> {
              ReadPorts.add(cluster, product);
              return content(served, cluster);
            }));
    descriptions.add(
        new TableDescription(
            product.schema(),
            product.name(),
            served.description(),
            plan.columns().stream()
                .map(column ->
                    new TableDescription.ColumnDescription(
                        column.name(),
                        column.type(),
                        column.role(),
                        true,
                        productColumn(served, column.name())))
                .toList()));
  }

  private static Optional<String> productColumn(Table served, String name) {
    CompiledModel model = served.model();
    return switch (served.table().content()) {
      case ProductTable.Content.Metrics(var question) ->
          model
              .model()
              .findMetric(name)
              .flatMap(Metric::description)
              .or(() ->
                  model
                      .findMetric(question.metrics().getFirst())
                      .flatMap(metric -> description(model, metric.facts().getFirst(), name)));
      case ProductTable.Content.Rows(String dataset) ->
          model
              .model()
              .findDataset(dataset)
              .flatMap(d ->
                  Optional.ofNullable(DatasetRows.columns(model, d).get(name))
                      .flatMap(path -> path.field().description()));
    };
  }

  private static RelNode content(Table served, RelOptCluster cluster) {
    return served
        .planner()
        .map(planner ->
            Plans.within(
                cluster,
                planner,
                served.model(),
                () -> content(served.model(), served.table(), cluster)))
        .orElseGet(() -> content(served.model(), served.table(), cluster));
  }

  private static RelNode content(CompiledModel model, ProductTable table, RelOptCluster cluster) {
    Expressions expressions = Expressions.over(model.sources(), List.of(), cluster);
    return switch (table.content()) {
      case ProductTable.Content.Metrics(var question) ->
          QuestionPlanner.plan(model, expressions, question, question.limit().isPresent()).rel();
      case ProductTable.Content.Rows(String dataset) ->
          DatasetRows.plan(model, expressions, Plans.dataset(model, dataset));
    };
  }

  MetricDescription describe(CompiledMetric metric) {
    var dimensions = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    List<Dataset> facts = metric.facts();
    model.graph().dimensions(facts.getFirst()).keySet().stream()
        .filter(name -> {
          try {
            new DimensionSpace(model, AssumedKeys.planning(model), facts).resolve(name);
            return true;
          } catch (Refusal _) {
            return false;
          }
        })
        .forEach(dimensions::add);
    return new MetricDescription(
        metric.name(),
        OutputTypes.of(metric.name(), typeOf(metric)),
        facts.stream().map(Dataset::name).toList(),
        List.copyOf(dimensions),
        new Requirements(model).of(metric));
  }
}

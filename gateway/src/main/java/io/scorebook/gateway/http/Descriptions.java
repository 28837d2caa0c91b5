package io.scorebook.gateway.http;

import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.datasheet.MetricTerms;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.gateway.wire.Values;
import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import io.scorebook.semantic.question.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Metrics and products as JSON tells them.
final class Descriptions {
  private Descriptions() {}

  static Map<String, Object> metric(Domain domain, Metric metric) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", metric.name());
    plain.put("model", domain.name());
    plain.put("kind", MetricTerms.kind(metric));
    domain
        .planner()
        .describe(metric.name())
        .ifPresent(described -> {
          plain.put("type", Values.lower(described.type()));
          plain.put("datasets", described.datasets());
          plain.put("dimensions", described.dimensions());
          if (!described.requires().isEmpty()) {
            plain.put("requires", described.requires());
          }
        });
    metric.description().ifPresent(words -> plain.put("description", words));
    if (!metric.synonyms().isEmpty()) {
      plain.put("synonyms", metric.synonyms());
    }
    return plain;
  }

  /// With its definition, and what it comes from.
  static Map<String, Object> metricInFull(Domain domain, Metric metric) {
    Map<String, Object> plain = metric(domain, metric);
    plain.put("definition", MetricTerms.definition(metric));
    plain.put("modelVersion", domain.model().version());
    plain.put("modelHash", domain.model().hash());
    // Some kinds have no value without certain keys.
    List<String> keys =
        domain.planner().describe(metric.name()).stream()
            .flatMap(described -> described.requires().stream())
            .map(List::getFirst)
            .distinct()
            .toList();
    if (domain.planner().plan(Question.of(List.of(metric.name()), keys))
        instanceof Planning.Planned(Plan plan)) {
      plain.put("lineage", edges(plan.lineage().columns().getOrDefault(metric.name(), Set.of())));
    }
    return plain;
  }

  private static List<Map<String, String>> edges(Set<Lineage.Edge> edges) {
    var plain = new ArrayList<Map<String, String>>();
    for (Lineage.Edge edge : new TreeSet<>(edges)) {
      var one = new LinkedHashMap<String, String>();
      one.put("table", edge.table());
      one.put("column", edge.column());
      one.put("use", edge.use().isValue() ? "value" : Values.lower(edge.use()));
      if (edge.use().isValue()) {
        one.put("how", Values.lower(edge.use()));
      }
      plain.add(one);
    }
    return plain;
  }

  static Map<String, Object> product(Domain domain, Product product) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", product.name());
    plain.put("version", product.version().toString());
    plain.put("id", product.id());
    plain.put("status", product.status().word());
    plain.put("model", domain.name());
    plain.put("owner", product.owner());
    plain.put("purpose", product.purpose());
    product.usage().ifPresent(words -> plain.put("usage", words));
    product.limitations().ifPresent(words -> plain.put("limitations", words));
    if (!product.tags().isEmpty()) {
      plain.put("tags", product.tags());
    }
    plain.put("ports", product.ports().stream().map(port -> port(product, port)).toList());
    return plain;
  }

  private static Map<String, Object> port(Product product, Port port) {
    String base = "/v1/products/%s/v%d".formatted(product.name(), product.version().major());
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", port.name());
    port.description().ifPresent(words -> plain.put("description", words));
    plain.put("table", product.schema() + "." + port.name());
    var links = new LinkedHashMap<String, String>();
    for (String link : List.of("data", "schema", "contract", "lineage", "quality")) {
      links.put(
          link, base + "/" + link + (product.ports().size() > 1 ? "?port=" + port.name() : ""));
    }
    plain.put("links", links);
    return plain;
  }

  static Map<String, Object> schema(PublicPort port, TableDescription table) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("product", port.product().name());
    plain.put("version", port.product().version().toString());
    plain.put("port", port.port().name());
    plain.put("columns", table.columns().stream().map(Descriptions::column).toList());
    return plain;
  }

  private static Map<String, Object> column(ColumnDescription column) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", column.name());
    plain.put("type", Values.lower(column.type()));
    plain.put("role", Values.lower(column.role()));
    plain.put("nullable", column.nullable());
    column.description().ifPresent(words -> plain.put("description", words));
    return plain;
  }

  static Map<String, Object> lineage(PublicPort port, Plan plan) {
    var columns = new LinkedHashMap<String, Object>();
    for (Plan.OutputColumn column : plan.columns()) {
      columns.put(
          column.name(), edges(plan.lineage().columns().getOrDefault(column.name(), Set.of())));
    }
    var plain = new LinkedHashMap<String, Object>();
    plain.put("product", port.product().name());
    plain.put("version", port.product().version().toString());
    plain.put("port", port.port().name());
    plain.put("columns", columns);
    return plain;
  }
}

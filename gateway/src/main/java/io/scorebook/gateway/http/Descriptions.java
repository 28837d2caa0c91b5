package io.scorebook.gateway.http;

import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
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
    plain.put("kind", kind(metric));
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

  private static String kind(Metric metric) {
    return switch (metric) {
      case Metric.Expression _ -> "expression";
      case Metric.Streak _ -> "streak";
      case Metric.Window _ -> "window";
      case Metric.Cumulative _ -> "cumulative";
      case Metric.Rolling _ -> "rolling";
      case Metric.Prior _ -> "prior";
      case Metric.SemiAdditive _ -> "semiAdditive";
      case Metric.Fixed _, Metric.Nested _ -> "fixed";
      case Metric.Rank _ -> "rank";
      case Metric.Conversion _ -> "conversion";
    };
  }

  /// With its definition, and what it comes from.
  static Map<String, Object> metricInFull(Domain domain, Metric metric) {
    Map<String, Object> plain = metric(domain, metric);
    plain.put("definition", definition(metric));
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

  private static Map<String, Object> definition(Metric metric) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("expression", metric.expression());
    switch (metric) {
      case Metric.Expression _ -> {}
      case Metric.Streak streak -> {
        plain.put("mode", Values.lower(streak.mode()));
        if (streak.mode() == Metric.Streak.Mode.COUNT) {
          plain.put("atLeast", streak.atLeast());
        }
        plain.put("entity", streak.entity());
        plain.put("order", streak.order());
        plain.put("onNull", Values.lower(streak.onNull()));
      }
      case Metric.Window window -> {
        plain.put("mode", Values.lower(window.mode()));
        plain.put("rows", window.rows());
        plain.put("entity", window.entity());
        plain.put("order", window.order());
      }
      case Metric.Cumulative cumulative -> {
        plain.put("time", cumulative.time());
        cumulative.restart().ifPresent(restart -> plain.put("restart", restart));
      }
      case Metric.Rolling rolling -> {
        plain.put("time", rolling.time());
        putFrame(plain, rolling.frame());
        plain.put("entity", rolling.entity());
        plain.put("order", rolling.order());
        rolling.combine().ifPresent(combine -> plain.put("combine", Values.lower(combine)));
      }
      case Metric.Prior prior -> {
        plain.put("time", prior.time());
        plain.put("unit", prior.unit());
        plain.put("periods", prior.periods());
      }
      case Metric.SemiAdditive semi -> {
        plain.put("time", semi.time());
        plain.put("take", Values.lower(semi.take()));
        plain.put("entity", semi.entity());
      }
      case Metric.Fixed fixed ->
          plain.put(
              fixed.grain() == Metric.Fixed.Grain.EXCLUDE ? "exclude" : "keepOnly",
              fixed.dimensions());
      case Metric.Nested nested -> {
        plain.put("include", nested.include());
        plain.put("aggregate", Values.lower(nested.aggregate()));
      }
      case Metric.Rank rank -> {
        plain.put("entity", rank.entity());
        plain.put("direction", Values.lower(rank.direction()));
      }
      case Metric.Conversion conversion -> {
        plain.put("then", conversion.then());
        putFrame(plain, conversion.within());
        plain.put("entity", conversion.entity());
        plain.put("order", conversion.order());
        plain.put("of", Values.lower(conversion.of()));
        plain.put("result", Values.lower(conversion.result()));
      }
    }
    metric
        .head()
        .target()
        .ifPresent(target ->
            plain.put(
                "target",
                Map.of("value", target.value(), "direction", Values.lower(target.direction()))));
    return plain;
  }

  private static void putFrame(Map<String, Object> plain, Metric.Rolling.Frame frame) {
    switch (frame) {
      case Metric.Rolling.Frame.Rows(int count) -> plain.put("rows", count);
      case Metric.Rolling.Frame.Days(int count) -> plain.put("days", count);
    }
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
    for (String link : List.of("data", "schema", "contract", "lineage")) {
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

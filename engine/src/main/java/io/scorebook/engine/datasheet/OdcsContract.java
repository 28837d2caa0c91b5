package io.scorebook.engine.datasheet;

import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.catalog.registry.QualityTerms;
import io.scorebook.engine.datasheet.Datasheet.Column;
import io.scorebook.engine.datasheet.Datasheet.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The data contract of an output port: a document of the Open Data Contract Standard (Bitol ODCS)
/// 3.1, generated, so that it cannot differ from what the port gives.
final class OdcsContract {
  private OdcsContract() {}

  static Map<String, Object> render(Datasheet sheet, Table table) {
    Product product = sheet.product();
    Port port = table.port();
    var contract = new LinkedHashMap<String, Object>();
    contract.put("apiVersion", "v3.1.0");
    contract.put("kind", "DataContract");
    contract.put("id", port.contractId());
    contract.put("name", product.name() + "." + port.name());
    contract.put("version", port.version().toString());
    contract.put("status", port.deprecated() ? "deprecated" : product.status().word());
    product.domain().ifPresent(domain -> contract.put("domain", domain));
    contract.put("dataProduct", product.name());
    if (!product.tags().isEmpty()) {
      contract.put("tags", product.tags());
    }
    contract.put("description", Terms.description(product));
    contract.put("team", Terms.team(product));
    if (!product.contacts().support().isEmpty()) {
      contract.put("support", Terms.support(product));
    }
    contract.put("roles", List.of(role()));
    sheet
        .address()
        .ifPresent(address -> {
          contract.put("servers", Servers.of(sheet, port, address));
          contract.put("authoritativeDefinitions", definitions(sheet, port, address));
        });
    contract.put("schema", List.of(table(sheet, table)));
    List<Map<String, Object>> levels = levels(product, port);
    if (!levels.isEmpty()) {
      contract.put("slaProperties", levels);
    }
    var custom = new ArrayList<Map<String, Object>>();
    custom.add(Terms.property("dataProductId", product.id()));
    custom.add(Terms.property("dataProductVersion", product.version().toString()));
    custom.addAll(Terms.ending(product));
    custom.addAll(Terms.model(sheet));
    contract.put("customProperties", custom);
    return contract;
  }

  /// The standard has a level of its own for the day on which all ends.
  private static List<Map<String, Object>> levels(Product product, Port port) {
    var levels = new ArrayList<Map<String, Object>>();
    port.levels().forEach(level -> levels.add(QualityTerms.of(level)));
    product
        .lifecycle()
        .sunsetDay()
        .ifPresent(day -> levels.add(Terms.property("endOfLife", day.toString())));
    return levels;
  }

  private static Map<String, Object> role() {
    var role = new LinkedHashMap<String, Object>();
    role.put("role", "reader");
    role.put("access", "read");
    role.put(
        "description",
        "Whoever may read the product; which rows and values he is told, the policies decide");
    return role;
  }

  private static List<Map<String, Object>> definitions(Datasheet sheet, Port port, Address at) {
    String choosing = sheet.choosing(port);
    return List.of(
        Terms.definition(
            "canonicalUrl", at.to(sheet.path() + "/contract" + choosing), "This contract"),
        Terms.definition(
            "implementation", at.to(sheet.path() + "/lineage" + choosing), "Where it comes from"));
  }

  private static Map<String, Object> table(Datasheet sheet, Table table) {
    Port port = table.port();
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", port.name());
    plain.put("logicalType", "object");
    plain.put("physicalType", "table");
    plain.put("physicalName", sheet.product().schema() + "." + port.name());
    port.description().ifPresent(words -> plain.put("description", words));
    plain.put("dataGranularityDescription", granularity(port));
    if (!port.tags().isEmpty()) {
      plain.put("tags", port.tags());
    }
    var properties = new ArrayList<Map<String, Object>>();
    int keyPosition = 0;
    for (Column column : table.columns()) {
      keyPosition += column.isKey() ? 1 : 0;
      properties.add(column(table, column, keyPosition));
    }
    plain.put("properties", properties);
    List<Map<String, Object>> rules =
        port.rules().stream()
            .filter(rule -> rule.column().isEmpty())
            .map(QualityTerms::of)
            .toList();
    if (!rules.isEmpty()) {
      plain.put("quality", rules);
    }
    var custom = new ArrayList<Map<String, Object>>();
    if (!port.synonyms().isEmpty()) {
      custom.add(Terms.property("synonyms", port.synonyms()));
    }
    List<String> rows = table.rows().stream().map(Datasheet.Source::written).distinct().toList();
    if (!rows.isEmpty()) {
      custom.add(Terms.property("rowsDependOn", rows));
    }
    if (!custom.isEmpty()) {
      plain.put("customProperties", custom);
    }
    return plain;
  }

  private static List<Map<String, Object>> rules(Port port, String column) {
    return port.rules().stream()
        .filter(rule -> rule.column().filter(column::equalsIgnoreCase).isPresent())
        .map(QualityTerms::of)
        .toList();
  }

  private static String granularity(Port port) {
    return switch (port.content()) {
      case Port.MetricQuery query ->
          query.dimensions().isEmpty()
              ? "One row"
              : "One row for each " + String.join(", ", query.dimensions());
      case Port.DatasetRows rows -> "The rows of the dataset " + rows.dataset();
    };
  }

  private static Map<String, Object> column(Table table, Column column, int keyPosition) {
    var property = new LinkedHashMap<String, Object>();
    property.put("name", column.name());
    property.put("logicalType", Types.logical(column.type()));
    property.put("physicalType", Types.sql(column.type()));
    property.put("required", false);
    if (column.isKey()) {
      property.put("primaryKey", true);
      property.put("primaryKeyPosition", keyPosition);
    }
    column.description().ifPresent(words -> property.put("description", words));
    List<String> tags = Types.tags(column);
    if (!tags.isEmpty()) {
      property.put("tags", tags);
    }
    column.metric().ifPresent(metric -> property.put("transformLogic", metric.expression()));
    List<String> sources =
        table.own(column).stream().map(Datasheet.Source::written).distinct().toList();
    if (!sources.isEmpty()) {
      property.put("transformSourceObjects", sources);
    }
    List<Map<String, Object>> rules = rules(table.port(), column.name());
    if (!rules.isEmpty()) {
      property.put("quality", rules);
    }
    List<Map<String, Object>> custom = meaning(column);
    if (!custom.isEmpty()) {
      property.put("customProperties", custom);
    }
    return property;
  }

  /// What the column means: this version of the standard has no place of its own for it.
  private static List<Map<String, Object>> meaning(Column column) {
    var custom = new ArrayList<Map<String, Object>>();
    switch (column.role()) {
      case METRIC -> custom.add(Terms.property("semanticType", "measure"));
      case DIMENSION -> custom.add(Terms.property("semanticType", "dimension"));
      case GROUPING, EVIDENCE, PARTIAL, VALUE ->
          custom.add(Terms.property("semanticType", "column"));
    }
    column
        .metric()
        .ifPresent(metric -> {
          custom.add(Terms.property("metricKind", MetricTerms.kind(metric)));
          custom.add(Terms.property("metricDefinition", MetricTerms.definition(metric)));
        });
    if (!column.synonyms().isEmpty()) {
      custom.add(Terms.property("synonyms", column.synonyms()));
    }
    column.unit().ifPresent(unit -> custom.add(Terms.property("unit", unit)));
    if (!column.pii().isEmpty()) {
      custom.add(Terms.property("pii", List.copyOf(column.pii())));
    }
    return custom;
  }
}

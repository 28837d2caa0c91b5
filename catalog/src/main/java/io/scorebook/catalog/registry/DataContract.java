package io.scorebook.catalog.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// The data contract of an output port: a document of the Open Data Contract Standard (Bitol ODCS)
/// 3.1, generated, so that it cannot differ from what the port gives.
public final class DataContract {
  private DataContract() {}

  /// The types of an answer, with their names in the standard and in SQL.
  public enum Type {
    STRING("string", "VARCHAR"),
    INTEGER("integer", "BIGINT"),
    DECIMAL("number", "DECIMAL"),
    DOUBLE("number", "DOUBLE"),
    BOOLEAN("boolean", "BOOLEAN"),
    DATE("date", "DATE"),
    TIMESTAMP("timestamp", "TIMESTAMP");

    private final String logical;
    private final String physical;

    Type(String logical, String physical) {
      this.logical = logical;
      this.physical = physical;
    }
  }

  /// A column of the port.
  ///
  /// @param key whether it is part of what identifies a row
  /// @param required whether it is never NULL
  /// @param formula how it is computed, for metrics
  /// @param sources the stored columns that it comes from, as `namespace.table.column`
  public record Column(
      String name,
      Type type,
      boolean key,
      boolean required,
      Optional<String> description,
      Optional<String> formula,
      List<String> sources) {

    public Column {
      sources = List.copyOf(sources);
    }
  }

  /// The contract as maps and lists, ready for JSON or YAML.
  ///
  /// @param columns in the order of the table
  public static Map<String, Object> render(Product product, Port port, List<Column> columns) {
    var contract = new LinkedHashMap<String, Object>();
    contract.put("apiVersion", "v3.1.0");
    contract.put("kind", "DataContract");
    contract.put("id", port.contractId());
    contract.put("name", product.name() + "." + port.name());
    contract.put("version", port.version().toString());
    contract.put("status", port.deprecated() ? "deprecated" : product.status().word());
    product.domain().ifPresent(domain -> contract.put("domain", domain));
    if (!product.tags().isEmpty()) {
      contract.put("tags", product.tags());
    }
    contract.put("description", description(product));
    contract.put("team", Map.of("name", product.owner()));
    contract.put("schema", List.of(table(product, port, columns)));
    contract.put(
        "customProperties",
        List.of(
            property("dataProductId", product.id()),
            property("dataProductVersion", product.version().toString())));
    return contract;
  }

  /// The contract as a YAML text.
  public static String toYaml(Map<String, Object> contract) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(100).build();
    return new Dump(settings).dumpToString(contract);
  }

  private static Map<String, Object> description(Product product) {
    var words = new LinkedHashMap<String, Object>();
    words.put("purpose", product.purpose());
    product.usage().ifPresent(usage -> words.put("usage", usage));
    product.limitations().ifPresent(limits -> words.put("limitations", limits));
    return words;
  }

  private static Map<String, Object> table(Product product, Port port, List<Column> columns) {
    var table = new LinkedHashMap<String, Object>();
    table.put("name", port.name());
    table.put("logicalType", "object");
    table.put("physicalType", "table");
    table.put("physicalName", product.schema() + "." + port.name());
    port.description().ifPresent(words -> table.put("description", words));
    switch (port.content()) {
      case Port.MetricQuery query ->
          table.put(
              "dataGranularityDescription",
              query.dimensions().isEmpty()
                  ? "One row"
                  : "One row for each " + String.join(", ", query.dimensions()));
      case Port.DatasetRows rows ->
          table.put("dataGranularityDescription", "The rows of the dataset " + rows.dataset());
    }
    List<Map<String, Object>> properties = new ArrayList<>();
    int keyPosition = 0;
    for (Column column : columns) {
      if (column.key()) {
        keyPosition++;
      }
      properties.add(column(column, keyPosition));
    }
    table.put("properties", properties);
    return table;
  }

  private static Map<String, Object> column(Column column, int keyPosition) {
    var property = new LinkedHashMap<String, Object>();
    property.put("name", column.name());
    property.put("logicalType", column.type().logical);
    property.put("physicalType", column.type().physical);
    property.put("required", column.required());
    if (column.key()) {
      property.put("primaryKey", true);
      property.put("primaryKeyPosition", keyPosition);
    }
    column.description().ifPresent(words -> property.put("description", words));
    column.formula().ifPresent(formula -> property.put("transformLogic", formula));
    if (!column.sources().isEmpty()) {
      property.put("transformSourceObjects", column.sources());
    }
    return property;
  }

  private static Map<String, Object> property(String name, String value) {
    var property = new LinkedHashMap<String, Object>();
    property.put("property", name);
    property.put("value", value);
    return property;
  }
}

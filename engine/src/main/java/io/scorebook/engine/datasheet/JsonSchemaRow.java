package io.scorebook.engine.datasheet;

import io.scorebook.engine.datasheet.Datasheet.Column;
import io.scorebook.engine.datasheet.Datasheet.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema (2020-12) of a row: an object as NDJSON writes it, or an array as the `rows` of
/// JSON have it.
final class JsonSchemaRow {
  private JsonSchemaRow() {}

  static Map<String, Object> render(Datasheet sheet, Table table) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put(
        "$id",
        sheet
            .address()
            .map(
                at -> at.to(sheet.path() + "/documents/json-schema" + sheet.choosing(table.port())))
            .orElse("urn:scorebook:%s:row".formatted(table.port().contractId())));
    schema.put("title", sheet.product().name() + "." + table.port().name());
    table.port().description().ifPresent(words -> schema.put("description", words));
    schema.put("$comment", "Purpose: " + sheet.product().purpose());
    schema.put("anyOf", List.of(Map.of("$ref", "#/$defs/object"), Map.of("$ref", "#/$defs/array")));
    var definitions = new LinkedHashMap<String, Object>();
    definitions.put("object", object(table));
    definitions.put("array", array(table));
    schema.put("$defs", definitions);
    return schema;
  }

  /// As a line of NDJSON. With `columns=` some are left out.
  static Map<String, Object> object(Table table) {
    var object = new LinkedHashMap<String, Object>();
    object.put("type", "object");
    var properties = new LinkedHashMap<String, Object>();
    table.columns().forEach(column -> properties.put(column.name(), value(column)));
    object.put("properties", properties);
    object.put("additionalProperties", false);
    return object;
  }

  /// As an element of the `rows` of JSON, all columns in their order.
  static Map<String, Object> array(Table table) {
    var array = new LinkedHashMap<String, Object>();
    array.put("type", "array");
    array.put("prefixItems", table.columns().stream().map(JsonSchemaRow::value).toList());
    array.put("items", false);
    array.put("minItems", table.columns().size());
    return array;
  }

  private static Map<String, Object> value(Column column) {
    Map<String, Object> value = Types.json(column.type());
    value.put("title", column.name());
    column.description().ifPresent(words -> value.put("description", words));
    var comments = new ArrayList<String>();
    column.metric().ifPresent(metric -> comments.add("Formula: " + metric.expression()));
    column.unit().ifPresent(unit -> comments.add("Unit: " + unit));
    if (!column.synonyms().isEmpty()) {
      comments.add("Also called: " + String.join(", ", column.synonyms()));
    }
    if (!column.pii().isEmpty()) {
      comments.add("Personal data: " + String.join(", ", column.pii()));
    }
    if (!comments.isEmpty()) {
      value.put("$comment", String.join("\n", comments));
    }
    return value;
  }
}

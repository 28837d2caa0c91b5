package io.scorebook.engine.pgcatalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// Nodes of the tree of a statement: made, and read.
final class Nodes {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Nodes() {}

  static String last(JsonNode named) {
    JsonNode path = named.path("qualified_name").path("path");
    return path.path(path.size() - 1).asText().toLowerCase(Locale.ROOT);
  }

  static void path(ObjectNode node, String... names) {
    ArrayNode path = JSON.arrayNode();
    for (String name : names) {
      path.add(name);
    }
    node.set("qualified_name", JSON.objectNode().set("path", path));
  }

  static JsonNode kept(ObjectNode from, ObjectNode to) {
    to.put("alias", from.path("alias").asText());
    return to;
  }

  static ObjectNode expression(String kind, String type) {
    return JSON.objectNode()
        .put("class", kind)
        .put("type", type)
        .put("alias", "")
        .put("query_location", 0)
        .put("query_location_length", 0);
  }

  static ObjectNode column(String table, String name) {
    ObjectNode column = expression("COLUMN_REF", "COLUMN_REF");
    column.putArray("column_names").add(table).add(name);
    return column;
  }

  static ObjectNode constant(String kind, String text) {
    ObjectNode constant = expression("CONSTANT", "VALUE_CONSTANT");
    constant.putObject("literal").put("kind", kind).put("text", text);
    return constant;
  }

  static ObjectNode text(String text) {
    return constant("STRING", text);
  }

  static ObjectNode type(String name) {
    ObjectNode type =
        expression("TYPE", "TYPE").put("catalog", "").put("schema", "").put("type_name", name);
    type.putArray("children");
    path(type, name);
    return type;
  }

  static ObjectNode casted(JsonNode child, String type) {
    ObjectNode cast = expression("CAST", "OPERATOR_CAST");
    cast.set("child", child);
    cast.put("try_cast", false);
    cast.set("type_expr", type(type));
    return cast;
  }

  static ObjectNode call(String name, JsonNode... arguments) {
    return invoke("pgc", name, arguments);
  }

  static ObjectNode invoke(String schema, String name, JsonNode... arguments) {
    ObjectNode call =
        expression("FUNCTION", "FUNCTION").put("function_name", name).put("schema", schema);
    call.putNull("filter");
    call.putObject("order_bys").put("type", "ORDER_MODIFIER").putArray("orders");
    call.put("distinct", false)
        .put("is_operator", false)
        .put("export_state", false)
        .put("catalog", "");
    ArrayNode given = call.putArray("arguments");
    for (JsonNode argument : arguments) {
      given.addObject().put("name", "").set("expression", argument);
    }
    if (schema.isEmpty()) {
      path(call, name);
    } else {
      path(call, schema, name);
    }
    return call;
  }

  static CatalogException refused(String message) {
    return new CatalogException("0A000", message);
  }
}

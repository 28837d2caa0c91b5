package io.scorebook.engine.pgcatalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/// Calls of functions and operators, as DuckDB has them or as our own functions are called.
final class Calls {
  private static final Map<String, String> LIKES =
      Map.of(
          "~~",
          "like_escape",
          "!~~",
          "not_like_escape",
          "~~*",
          "ilike_escape",
          "!~~*",
          "not_ilike_escape");
  private static final Map<String, String> ROW_PARTS =
      Map.of("_pg_truetypid", "atttypid", "_pg_truetypmod", "atttypmod");

  private final Set<String> macros;

  /// @param macros our functions
  Calls(Set<String> macros) {
    this.macros = macros;
  }

  /// A function in FROM; one that gives a single value gives it as one row. Its only column is
  /// called as the table is.
  static void ofTable(ObjectNode table) {
    ObjectNode function = (ObjectNode) table.get("function");
    String name = Nodes.last(function);
    if (!Spoken.TABLE_FUNCTIONS.contains(name)) {
      if (!name.equals("string_to_array")) {
        throw new CatalogException("42883", "Cannot find the table function '%s'".formatted(name));
      }
      table.set("function", Nodes.invoke("", "unnest", Nodes.invoke("", "list_value", function)));
    }
    String alias = table.path("alias").asText();
    if (!alias.isEmpty()
        && table.path("column_name_alias") instanceof ArrayNode columns
        && columns.isEmpty()
        && !name.equals("pg_get_keywords")) {
      columns.add(alias);
    }
  }

  /// A series in a list of columns gives rows, which here it is unnested for.
  static void giveRows(ArrayNode select) {
    for (int i = 0; i < select.size(); i++) {
      JsonNode each = select.get(i);
      if (each.path("class").asText().equals("FUNCTION")
          && Nodes.last(each).equals("generate_series")) {
        select.set(i, Nodes.kept((ObjectNode) each, Nodes.invoke("", "unnest", each)));
      }
    }
  }

  /// A call, with its arguments rewritten already.
  JsonNode call(ObjectNode function) {
    String name = Nodes.last(function);
    String part = ROW_PARTS.get(name);
    if (part != null && isOfRows(function)) {
      return ofRows(function, part);
    }
    JsonNode path = function.path("qualified_name").path("path");
    String schema = path.size() > 1 ? path.path(path.size() - 2).asText() : "";
    boolean isPlace =
        schema.isEmpty() || schema.equals("pg_catalog") || schema.equals("information_schema");
    if (isPlace && Spoken.WHO.contains(name)) {
      name = "current_user";
    }
    if (LIKES.containsKey(name) && function.path("arguments").size() == 2) {
      JsonNode arguments = function.get("arguments");
      return Nodes.kept(
          function,
          Nodes.invoke(
              "",
              LIKES.get(name),
              arguments.get(0).get("expression"),
              arguments.get(1).get("expression"),
              Nodes.text("\\")));
    }
    if (name.equals("~") && function.path("arguments").size() == 2) {
      name = "regexp_matches";
      function.put("is_operator", false);
    }
    if (name.equals("||")) {
      function
          .path("arguments")
          .forEach(argument ->
              ((ObjectNode) argument).set("expression", Casts.shown(argument.get("expression"))));
    }
    boolean isOurs = macros.contains(name);
    if (!isPlace
        || !isOurs && !Spoken.FUNCTIONS.contains(name) && !Spoken.TABLE_FUNCTIONS.contains(name)) {
      throw new CatalogException("42883", "Cannot find the function '%s'".formatted(name));
    }
    function.put("function_name", name).put("catalog", "").put("schema", isOurs ? "pgc" : "");
    if (isOurs) {
      Nodes.path(function, "pgc", name);
    } else {
      Nodes.path(function, name);
    }
    return function;
  }

  private static boolean isOfRows(ObjectNode function) {
    return function
        .path("arguments")
        .path(0)
        .path("expression")
        .path("class")
        .asText()
        .equals("STAR");
  }

  /// What is asked of a row of `pg_attribute` (`a.*`): no column is of a domain here, so that what
  /// is beneath its type is its type.
  private static JsonNode ofRows(ObjectNode function, String part) {
    JsonNode row = function.path("arguments").path(0).path("expression").path("relation_name");
    return Nodes.kept(function, Nodes.column(row.asText(), part));
  }

  /// `x = ANY(array)` without a subquery, which joins do not take everywhere.
  static JsonNode any(ObjectNode subquery) {
    JsonNode select = subquery.path("subquery").path("node");
    JsonNode only = select.path("select_list").path(0);
    if (subquery.path("subquery_type").asText().equals("ANY") && isArrayOf(only)) {
      JsonNode inner = select.path("from_table").path("subquery");
      subquery.set("subquery", inner);
      return subquery;
    }
    if (!subquery.path("subquery_type").asText().equals("ANY")
        || !subquery.path("comparison_type").asText().equals("COMPARE_EQUAL")
        || !select.path("from_table").path("type").asText().equals("EMPTY")
        || !only.path("function_name").asText().equals("unnest")) {
      return subquery;
    }
    JsonNode array = only.path("arguments").path(0).path("expression");
    String text = array.path("literal").path("text").asText();
    if (text.startsWith("{")) {
      array = texts(text);
      return Nodes.kept(
          subquery,
          Nodes.invoke("", "list_contains", array, Nodes.casted(subquery.get("child"), "VARCHAR")));
    }
    return Nodes.kept(subquery, Nodes.invoke("", "list_contains", array, subquery.get("child")));
  }

  /// `ARRAY(SELECT ...)`, of which any is any of its rows.
  private static boolean isArrayOf(JsonNode column) {
    return column.path("class").asText().equals("CASE")
        && column
            .path("else_expr")
            .path("arguments")
            .path(0)
            .path("expression")
            .path("class")
            .asText()
            .equals("POSITIONAL_REFERENCE");
  }

  private static ObjectNode texts(String array) {
    ObjectNode list =
        Nodes.casted(Nodes.text("[" + array.substring(1, array.length() - 1) + "]"), "list");
    ((ArrayNode) list.get("type_expr").get("children")).add(Nodes.type("VARCHAR"));
    return list;
  }

  /// Vectors are counted from 0, other arrays from 1.
  static JsonNode operator(ObjectNode operator) {
    JsonNode children = operator.path("children");
    JsonNode path = children.path(0).path("column_names");
    if (operator.path("type").asText().equals("ARRAY_EXTRACT")
        && Spoken.VECTORS.contains(path.path(path.size() - 1).asText())) {
      ((ArrayNode) children)
          .set(
              1,
              Nodes.invoke("", "+", children.get(1), Nodes.constant("INTEGER", "1"))
                  .put("is_operator", true));
    }
    return operator;
  }
}

package io.scorebook.engine.pgcatalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The names that PostgreSQL gives the columns of an answer.
final class ColumnNames {
  private ColumnNames() {}

  /// Names each column of a list that has no name.
  static void give(ArrayNode select) {
    for (JsonNode each : select) {
      if (each.path("alias").asText().isEmpty() && !each.path("class").asText().equals("STAR")) {
        ((ObjectNode) each).put("alias", nameOf(each));
      }
    }
  }

  private static String nameOf(JsonNode node) {
    return switch (node.path("class").asText()) {
      case "COLUMN_REF" ->
          node.path("column_names").path(node.path("column_names").size() - 1).asText();
      case "FUNCTION", "WINDOW" -> {
        String name = node.path("function_name").asText();
        yield name.equals("count_star")
            ? "count"
            : name.equals("list_value")
                ? "array"
                : Character.isLetter(name.charAt(0)) || name.startsWith("_") ? name : "?column?";
      }
      case "CASE" -> "case";
      case "CAST" -> {
        String inner = nameOf(node.path("child"));
        String type = Nodes.last(node.path("type_expr"));
        yield inner.equals("?column?") ? type.equals("boolean") ? "bool" : type : inner;
      }
      case "COLLATE" -> nameOf(node.path("child"));
      case "OPERATOR" ->
          switch (node.path("type").asText()) {
            case "STRUCT_EXTRACT" ->
                node.path("children").path(1).path("literal").path("text").asText();
            case "ARRAY_EXTRACT" -> nameOf(node.path("children").path(0));
            case "OPERATOR_COALESCE" -> "coalesce";
            case "OPERATOR_NULLIF" -> "nullif";
            default -> "?column?";
          };
      case "SUBQUERY" ->
          switch (node.path("subquery_type").asText()) {
            case "SCALAR" -> {
              JsonNode inner = node.path("subquery").path("node").path("select_list").path(0);
              yield inner.path("class").asText().equals("CASE")
                      && node.toString().contains("POSITIONAL_REFERENCE")
                  ? "array"
                  : inner.path("alias").asText().isEmpty()
                      ? nameOf(inner)
                      : inner.path("alias").asText();
            }
            case "EXISTS" -> "exists";
            default -> "?column?";
          };
      default -> "?column?";
    };
  }
}

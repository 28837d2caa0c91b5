package io.scorebook.engine.pgcatalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the tree of a statement into one over our tables and functions. What it does not know, of
/// tables, functions and kinds of nodes, it refuses: nothing else of DuckDB can be reached.
final class Rewriting {
  private final Set<String> tables;
  private final Calls calls;
  private final Casts casts;
  private final List<? extends @Nullable Object> values;
  private final Set<String> common = new HashSet<>();

  /// @param tables of `pgc` and `infos`, each with its schema and a dot
  /// @param macros our functions
  /// @param names of relations, types and the like: kind, a blank, the name
  Rewriting(
      Set<String> tables,
      Set<String> macros,
      Map<String, Long> names,
      List<? extends @Nullable Object> values) {
    this.tables = tables;
    this.calls = new Calls(macros);
    this.casts = new Casts(names);
    this.values = values;
  }

  /// Rewrites a statement in place.
  void rewrite(ObjectNode statement) {
    collect(statement, common);
    visit(statement);
  }

  /// The names that WITH gives, in lower case.
  static void collect(JsonNode node, Set<String> into) {
    if (node.path("cte_map").path("map") instanceof ArrayNode map) {
      map.forEach(entry -> into.add(entry.path("key").asText().toLowerCase(Locale.ROOT)));
    }
    node.forEach(child -> collect(child, into));
  }

  private JsonNode visit(JsonNode node) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, visit(array.get(i)));
      }
      return array;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    if (object.has("class")) {
      if (!Spoken.CLASSES.contains(object.path("class").asText())) {
        throw Nodes.refused(
            "Cannot answer a statement on the catalog with " + object.path("class").asText());
      }
    } else if (object.path("type").isTextual()
        && !Spoken.NODES.contains(object.path("type").asText())) {
      throw Nodes.refused(
          "Cannot answer a statement on the catalog with " + object.path("type").asText());
    }
    if (object.has("named_param_map")) {
      object.putArray("named_param_map");
    }
    if (object.path("type").asText().equals("TABLE_FUNCTION")) {
      Calls.ofTable(object);
    }
    if (object.path("type").asText().equals("SELECT_NODE")) {
      ColumnNames.give((ArrayNode) object.get("select_list"));
      Calls.giveRows((ArrayNode) object.get("select_list"));
    }
    boolean isBranch = object.path("cte_map").path("map") instanceof ArrayNode;
    if (isBranch) {
      object
          .path("cte_map")
          .path("map")
          .forEach(entry -> ((ObjectNode) entry).put("key", renamed(entry.path("key").asText())));
    }
    if (object.has("cte_name")) {
      object.put("cte_name", renamed(object.path("cte_name").asText()));
    }
    var fields = new ArrayList<String>();
    object.fieldNames().forEachRemaining(fields::add);
    for (String field : fields) {
      if (!field.equals("type_expr")) {
        object.set(field, visit(object.get(field)));
      }
    }
    return switch (object.path("class").asText(object.path("type").asText())) {
      case "BASE_TABLE" -> table(object);
      case "COLUMN_REF" -> column(object);
      case "PARAMETER" -> parameter(object);
      case "COLLATE" -> object.get("child");
      case "FUNCTION", "WINDOW" -> calls.call(object);
      case "CAST" -> casts.cast(object);
      case "SUBQUERY" -> Calls.any(object);
      case "OPERATOR" -> Calls.operator(object);
      default -> object;
    };
  }

  private static String renamed(String name) {
    return "with " + name.toLowerCase(Locale.ROOT);
  }

  private JsonNode table(ObjectNode table) {
    JsonNode path = table.path("qualified_name").path("path");
    String name = Nodes.last(table);
    if (path.size() == 1 && common.contains(name)) {
      if (table.path("alias").asText().isEmpty()) {
        table.put("alias", name);
      }
      table.put("table_name", renamed(name));
      Nodes.path(table, renamed(name));
      return table;
    }
    String schema =
        path.size() > 1
            ? path.path(path.size() - 2).asText().toLowerCase(Locale.ROOT)
            : "pg_catalog";
    if (!StatementKind.isCatalog(path)) {
      throw Nodes.refused(
          "Cannot read '%s' and the catalog in one statement: ask for them one after the other"
              .formatted(name));
    }
    String ours = schema.equals("pg_catalog") ? "pgc" : "infos";
    if (!tables.contains(schema + "." + name)) {
      throw new CatalogException("42P01", "Cannot find the table '%s.%s'".formatted(schema, name));
    }
    table.put("catalog_name", "").put("schema_name", ours).put("table_name", name);
    Nodes.path(table, ours, name);
    return table;
  }

  private JsonNode column(ObjectNode column) {
    ArrayNode path = (ArrayNode) column.get("column_names");
    String first = path.get(0).asText().toLowerCase(Locale.ROOT);
    String last = path.get(path.size() - 1).asText().toLowerCase(Locale.ROOT);
    if (path.size() > 2 && (first.equals("pg_catalog") || first.equals("information_schema"))) {
      path.remove(0);
    }
    if (path.size() == 1 && Spoken.WHO.contains(first)) {
      return Nodes.kept(column, Nodes.call("current_user"));
    }
    if (path.size() == 1 && (first.equals("current_schema") || first.equals("current_catalog"))) {
      return Nodes.kept(
          column, Nodes.call(first.equals("current_schema") ? first : "current_database"));
    }
    if (Spoken.FUNCTION_COLUMNS.contains(last)) {
      column.put("scorebook", "regproc");
    }
    return last.equals("xmin")
        ? Nodes.kept(column, Nodes.casted(Nodes.text("1"), "UINTEGER"))
        : column;
  }

  private JsonNode parameter(ObjectNode parameter) {
    int at = Integer.parseInt(parameter.path("identifier").asText()) - 1;
    if (at < 0 || at >= values.size()) {
      throw new CatalogException("08P01", "Cannot find a value for the parameter $" + (at + 1));
    }
    Object value = values.get(at);
    String type =
        switch (value) {
          case null -> "";
          case Long _ -> "BIGINT";
          case Integer _ -> "INTEGER";
          case Boolean _ -> "BOOLEAN";
          case java.math.BigDecimal decimal ->
              decimal.scale() > 0 ? "DECIMAL(38,%d)".formatted(decimal.scale()) : "HUGEINT";
          case Double _ -> "DOUBLE";
          case java.time.LocalDate _ -> "DATE";
          case java.time.LocalDateTime _ -> "TIMESTAMP";
          default -> "";
        };
    if (value == null) {
      return Nodes.kept(parameter, Nodes.constant("NULL_LITERAL", ""));
    }
    ObjectNode text =
        Nodes.text(
            value instanceof java.math.BigDecimal decimal
                ? decimal.toPlainString()
                : value.toString());
    return Nodes.kept(
        parameter,
        type.isEmpty() ? text : Nodes.casted(text, type.startsWith("DECIMAL") ? "DOUBLE" : type));
  }
}

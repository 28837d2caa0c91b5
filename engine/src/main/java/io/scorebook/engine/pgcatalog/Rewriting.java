package io.scorebook.engine.pgcatalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> NODES =
      Set.of(
          "SELECT_NODE",
          "SET_OPERATION_NODE",
          "RECURSIVE_CTE_NODE",
          "CTE_NODE",
          "BASE_TABLE",
          "SUBQUERY",
          "JOIN",
          "TABLE_FUNCTION",
          "EXPRESSION_LIST",
          "EMPTY",
          "ORDER_MODIFIER",
          "LIMIT_MODIFIER",
          "DISTINCT_MODIFIER",
          "ASCENDING",
          "DESCENDING",
          "ORDER_DEFAULT");
  private static final Set<String> CLASSES =
      Set.of(
          "CONSTANT",
          "COLUMN_REF",
          "FUNCTION",
          "OPERATOR",
          "CONJUNCTION",
          "COMPARISON",
          "CASE",
          "CAST",
          "SUBQUERY",
          "STAR",
          "COLLATE",
          "PARAMETER",
          "BETWEEN",
          "WINDOW",
          "TYPE",
          "POSITIONAL_REFERENCE");
  private static final Set<String> FUNCTIONS =
      Set.of(
          ("+ - * / % ^ & | << >> ~ || ~~ !~~ ~~* !~~* count count_star sum min max avg bool_or bool_and"
                  + " every array_agg string_agg list_value list_contains struct_pack row unnest generate_series"
                  + " generate_subscripts regexp_matches regexp_replace regexp_full_match like_escape"
                  + " not_like_escape ilike_escape not_ilike_escape lower upper length substring substr trim"
                  + " ltrim rtrim replace translate position strpos instr concat concat_ws coalesce nullif"
                  + " greatest least abs round floor ceil ceiling trunc mod power sqrt sign left right lpad"
                  + " rpad repeat reverse split_part starts_with md5 ascii chr octet_length bit_length"
                  + " string_to_array array_append array_cat array_position to_days to_hours to_minutes"
                  + " to_seconds to_months to_years date_part date_trunc timezone row_number rank dense_rank"
                  + " lag lead first_value last_value ntile initcap json_build_object current_date"
                  + " array_prepend list_concat array_remove")
              .split(" "));
  private static final Set<String> TABLE_FUNCTIONS =
      Set.of("unnest", "generate_series", "pg_get_keywords");
  private static final Set<String> REGS =
      Set.of("regclass", "regtype", "regproc", "regnamespace", "regrole", "regprocedure");
  private static final Map<String, String> TYPES =
      Map.of(
          "oid",
          "UINTEGER",
          "xid",
          "UINTEGER",
          "cid",
          "UINTEGER",
          "name",
          "VARCHAR",
          "char",
          "VARCHAR",
          "sql_identifier",
          "VARCHAR",
          "character_data",
          "VARCHAR",
          "yes_or_no",
          "VARCHAR",
          "cardinal_number",
          "INTEGER",
          "citext",
          "VARCHAR");
  private static final Set<String> TEXTS = Set.of("text", "varchar", "name", "bpchar", "string");
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
  private static final Set<String> WHO =
      Set.of("current_user", "session_user", "user", "current_role");
  private static final Set<String> VECTORS =
      Set.of("indkey", "indclass", "indoption", "indcollation", "proargtypes");

  private final Set<String> tables;
  private final Set<String> macros;
  private final Map<String, Long> names;
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
    this.macros = macros;
    this.names = names;
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
      if (!CLASSES.contains(object.path("class").asText())) {
        throw refused(
            "Cannot answer a statement on the catalog with " + object.path("class").asText());
      }
    } else if (object.path("type").isTextual() && !NODES.contains(object.path("type").asText())) {
      throw refused(
          "Cannot answer a statement on the catalog with " + object.path("type").asText());
    }
    if (object.has("named_param_map")) {
      object.putArray("named_param_map");
    }
    if (object.path("type").asText().equals("TABLE_FUNCTION")) {
      tableFunction(object);
    }
    if (object.path("type").asText().equals("SELECT_NODE")) {
      alias((ArrayNode) object.get("select_list"));
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
      case "FUNCTION", "WINDOW" -> function(object);
      case "CAST" -> cast(object);
      case "SUBQUERY" -> any(object);
      case "OPERATOR" -> operator(object);
      default -> object;
    };
  }

  private static String renamed(String name) {
    return "with " + name.toLowerCase(Locale.ROOT);
  }

  /// Columns have the names that PostgreSQL gives them.
  private static void alias(ArrayNode select) {
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
        String type = last(node.path("type_expr"));
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

  private static String last(JsonNode named) {
    JsonNode path = named.path("qualified_name").path("path");
    return path.path(path.size() - 1).asText().toLowerCase(Locale.ROOT);
  }

  private static void path(ObjectNode node, String... names) {
    ArrayNode path = JSON.arrayNode();
    for (String name : names) {
      path.add(name);
    }
    node.set("qualified_name", JSON.objectNode().set("path", path));
  }

  private JsonNode table(ObjectNode table) {
    JsonNode path = table.path("qualified_name").path("path");
    String name = last(table);
    if (path.size() == 1 && common.contains(name)) {
      if (table.path("alias").asText().isEmpty()) {
        table.put("alias", name);
      }
      table.put("table_name", renamed(name));
      path(table, renamed(name));
      return table;
    }
    String schema =
        path.size() > 1
            ? path.path(path.size() - 2).asText().toLowerCase(Locale.ROOT)
            : "pg_catalog";
    if (!StatementKind.isCatalog(path)) {
      throw refused(
          "Cannot read '%s' and the catalog in one statement: ask for them one after the other"
              .formatted(name));
    }
    String ours = schema.equals("pg_catalog") ? "pgc" : "infos";
    if (!tables.contains(schema + "." + name)) {
      throw new CatalogException("42P01", "Cannot find the table '%s.%s'".formatted(schema, name));
    }
    table.put("catalog_name", "").put("schema_name", ours).put("table_name", name);
    path(table, ours, name);
    return table;
  }

  private void tableFunction(ObjectNode table) {
    String name = last(table.path("function"));
    if (!TABLE_FUNCTIONS.contains(name)) {
      throw new CatalogException("42883", "Cannot find the table function '%s'".formatted(name));
    }
  }

  private JsonNode column(ObjectNode column) {
    ArrayNode path = (ArrayNode) column.get("column_names");
    String first = path.get(0).asText().toLowerCase(Locale.ROOT);
    String last = path.get(path.size() - 1).asText().toLowerCase(Locale.ROOT);
    if (path.size() > 2 && (first.equals("pg_catalog") || first.equals("information_schema"))) {
      path.remove(0);
    }
    if (path.size() == 1 && WHO.contains(first)) {
      return kept(column, call("current_user"));
    }
    if (path.size() == 1 && (first.equals("current_schema") || first.equals("current_catalog"))) {
      return kept(column, call(first.equals("current_schema") ? first : "current_database"));
    }
    return last.equals("xmin") ? kept(column, casted(text("1"), "UINTEGER")) : column;
  }

  private static JsonNode kept(ObjectNode from, ObjectNode to) {
    to.put("alias", from.path("alias").asText());
    return to;
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
      return kept(parameter, constant("NULL_LITERAL", ""));
    }
    ObjectNode text =
        text(
            value instanceof java.math.BigDecimal decimal
                ? decimal.toPlainString()
                : value.toString());
    return kept(
        parameter,
        type.isEmpty() ? text : casted(text, type.startsWith("DECIMAL") ? "DOUBLE" : type));
  }

  private static ObjectNode expression(String kind, String type) {
    return JSON.objectNode()
        .put("class", kind)
        .put("type", type)
        .put("alias", "")
        .put("query_location", 0)
        .put("query_location_length", 0);
  }

  private static ObjectNode constant(String kind, String text) {
    ObjectNode constant = expression("CONSTANT", "VALUE_CONSTANT");
    constant.putObject("literal").put("kind", kind).put("text", text);
    return constant;
  }

  private static ObjectNode text(String text) {
    return constant("STRING", text);
  }

  private static ObjectNode type(String name) {
    ObjectNode type =
        expression("TYPE", "TYPE").put("catalog", "").put("schema", "").put("type_name", name);
    type.putArray("children");
    path(type, name);
    return type;
  }

  private static ObjectNode casted(JsonNode child, String type) {
    ObjectNode cast = expression("CAST", "OPERATOR_CAST");
    cast.set("child", child);
    cast.put("try_cast", false);
    cast.set("type_expr", type(type));
    return cast;
  }

  private static ObjectNode call(String name, JsonNode... arguments) {
    return invoke("pgc", name, arguments);
  }

  private static ObjectNode invoke(String schema, String name, JsonNode... arguments) {
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

  private JsonNode function(ObjectNode function) {
    String name = last(function);
    JsonNode path = function.path("qualified_name").path("path");
    String schema = path.size() > 1 ? path.path(path.size() - 2).asText() : "";
    boolean isPlace =
        schema.isEmpty() || schema.equals("pg_catalog") || schema.equals("information_schema");
    if (isPlace && WHO.contains(name)) {
      name = "current_user";
    }
    if (LIKES.containsKey(name) && function.path("arguments").size() == 2) {
      JsonNode arguments = function.get("arguments");
      return kept(
          function,
          invoke(
              "",
              LIKES.get(name),
              arguments.get(0).get("expression"),
              arguments.get(1).get("expression"),
              text("\\")));
    }
    if (name.equals("~") && function.path("arguments").size() == 2) {
      name = "regexp_matches";
      function.put("is_operator", false);
    }
    if (name.equals("||")) {
      function
          .path("arguments")
          .forEach(argument ->
              ((ObjectNode) argument).set("expression", shown(argument.get("expression"))));
    }
    boolean isOurs = macros.contains(name);
    if (!isPlace || !isOurs && !FUNCTIONS.contains(name) && !TABLE_FUNCTIONS.contains(name)) {
      throw new CatalogException("42883", "Cannot find the function '%s'".formatted(name));
    }
    function.put("function_name", name).put("catalog", "").put("schema", isOurs ? "pgc" : "");
    if (isOurs) {
      path(function, "pgc", name);
    } else {
      path(function, name);
    }
    return function;
  }

  private JsonNode cast(ObjectNode cast) {
    JsonNode type = cast.get("type_expr");
    String name = last(type);
    JsonNode child = cast.get("child");
    boolean isText =
        child.path("class").asText().equals("CONSTANT")
            && child.path("literal").path("kind").asText().equals("STRING");
    String given = child.path("literal").path("text").asText();
    if (REGS.contains(name)) {
      String kind = name.equals("regprocedure") ? "regproc" : name;
      if (isText && !given.matches("\\d+")) {
        return kept(
            cast,
            casted(text(String.valueOf(named(kind, given))), "UINTEGER").put("scorebook", kind));
      }
      return kept(cast, call("reg_oid", text(kind), child).put("scorebook", kind));
    }
    ObjectNode target = typed(type);
    if (TEXTS.contains(name)) {
      child = shown(child);
    }
    if (name.equals("list") && isText && given.startsWith("{")) {
      child = text("[" + given.substring(1, given.length() - 1) + "]");
    }
    cast.set("child", child);
    cast.set("type_expr", target);
    return cast;
  }

  private static ObjectNode typed(JsonNode type) {
    String name = last(type);
    ObjectNode typed = type(REGS.contains(name) ? "UINTEGER" : TYPES.getOrDefault(name, name));
    type.path("children")
        .forEach(child ->
            ((ArrayNode) typed.get("children"))
                .add(child.path("class").asText().equals("TYPE") ? typed(child) : child));
    return typed;
  }

  private long named(String kind, String name) {
    if (name.equals("-")) {
      return 0;
    }
    Long oid = names.get(kind + " " + Contents.folded(name));
    if (oid == null) {
      oid = names.get(kind + " " + name);
    }
    if (oid == null) {
      String state =
          kind.equals("regclass")
              ? "42P01"
              : kind.equals("regproc") ? "42883" : kind.equals("regnamespace") ? "3F000" : "42704";
      throw new CatalogException(
          state,
          "Cannot find %s '%s'"
              .formatted(kind.equals("regclass") ? "the relation" : kind.substring(3), name));
    }
    return oid;
  }

  /// What was cast to a name's number is told as the name.
  static JsonNode shown(JsonNode node) {
    String kind = node.path("scorebook").asText();
    return kind.isEmpty() ? node : kept((ObjectNode) node, call("reg_name", text(kind), node));
  }

  /// `x = ANY(array)` without a subquery, which joins do not take everywhere.
  private static JsonNode any(ObjectNode subquery) {
    JsonNode select = subquery.path("subquery").path("node");
    JsonNode only = select.path("select_list").path(0);
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
      return kept(
          subquery, invoke("", "list_contains", array, casted(subquery.get("child"), "VARCHAR")));
    }
    return kept(subquery, invoke("", "list_contains", array, subquery.get("child")));
  }

  private static ObjectNode texts(String array) {
    ObjectNode list = casted(text("[" + array.substring(1, array.length() - 1) + "]"), "list");
    ((ArrayNode) list.get("type_expr").get("children")).add(type("VARCHAR"));
    return list;
  }

  /// Vectors are counted from 0, other arrays from 1.
  private static JsonNode operator(ObjectNode operator) {
    JsonNode children = operator.path("children");
    JsonNode path = children.path(0).path("column_names");
    if (operator.path("type").asText().equals("ARRAY_EXTRACT")
        && VECTORS.contains(path.path(path.size() - 1).asText())) {
      ((ArrayNode) children)
          .set(
              1,
              invoke("", "+", children.get(1), constant("INTEGER", "1")).put("is_operator", true));
    }
    return operator;
  }

  private static CatalogException refused(String message) {
    return new CatalogException("0A000", message);
  }
}

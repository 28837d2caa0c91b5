package io.scorebook.engine.pgcatalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/// Casts to PostgreSQL's types, of which those that name something (`regclass`, `regtype`, ...) are
/// numbers here, told as names where they are shown.
final class Casts {
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
  private final Map<String, Long> names;

  /// @param names of relations, types and the like: kind, a blank, the name
  Casts(Map<String, Long> names) {
    this.names = names;
  }

  JsonNode cast(ObjectNode cast) {
    JsonNode type = cast.get("type_expr");
    String name = Nodes.last(type);
    JsonNode child = cast.get("child");
    boolean isText =
        child.path("class").asText().equals("CONSTANT")
            && child.path("literal").path("kind").asText().equals("STRING");
    String given = child.path("literal").path("text").asText();
    if (REGS.contains(name)) {
      String kind = name.equals("regprocedure") ? "regproc" : name;
      if (isText && !given.matches("\\d+")) {
        return Nodes.kept(
            cast,
            Nodes.casted(Nodes.text(String.valueOf(named(kind, given))), "UINTEGER")
                .put("scorebook", kind));
      }
      return Nodes.kept(
          cast, Nodes.call("reg_oid", Nodes.text(kind), child).put("scorebook", kind));
    }
    ObjectNode target = typed(type);
    if (TEXTS.contains(name)) {
      child = written(shown(child));
    }
    if (name.equals("list") && isText && given.startsWith("{")) {
      child = Nodes.text("[" + given.substring(1, given.length() - 1) + "]");
    }
    cast.set("child", child);
    cast.set("type_expr", target);
    return cast;
  }

  private static ObjectNode typed(JsonNode type) {
    String name = Nodes.last(type);
    ObjectNode typed =
        Nodes.type(REGS.contains(name) ? "UINTEGER" : TYPES.getOrDefault(name, name));
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
    Long oid = names.get(kind + " " + name);
    if (oid == null) {
      oid = names.get(kind + " " + Inserts.folded(name));
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

  /// Vectors and arrays as PostgreSQL writes them: `1 2`, `{1,2}`.
  private static JsonNode written(JsonNode node) {
    JsonNode path = node.path("column_names");
    String column = path.path(path.size() - 1).asText();
    if (Spoken.VECTORS.contains(column)) {
      return Nodes.call("array_to_string", node, Nodes.text(" "));
    }
    return Spoken.ARRAYS.contains(column) ? Nodes.call("array_text", node) : node;
  }

  /// What was cast to a name's number is told as the name.
  static JsonNode shown(JsonNode node) {
    String kind = node.path("scorebook").asText();
    return kind.isEmpty()
        ? node
        : Nodes.kept((ObjectNode) node, Nodes.call("reg_name", Nodes.text(kind), node));
  }
}

package io.scorebook.engine.pgcatalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Which tables a statement reads.
record StatementKind(boolean readsCatalog, boolean readsOthers, boolean isQuery) {

  static StatementKind of(JsonNode tree) {
    JsonNode statements = tree.path("statements");
    if (tree.path("error").asBoolean() || statements.size() != 1) {
      return new StatementKind(false, false, false);
    }
    Set<String> common = new HashSet<>();
    Rewriting.collect(statements, common);
    var found = new boolean[3];
    find(statements, common, found);
    return new StatementKind(found[0], found[1], !found[2]);
  }

  boolean concernsCatalog() {
    return isQuery && (readsCatalog || !readsOthers);
  }

  private static void find(JsonNode node, Set<String> common, boolean[] found) {
    String type = node.path("type").asText();
    if (type.equals("BASE_TABLE")) {
      JsonNode path = node.path("qualified_name").path("path");
      if (path.size() > 1 || !common.contains(path.path(0).asText().toLowerCase(Locale.ROOT))) {
        found[isCatalog(path) ? 0 : 1] = true;
      }
    } else if (type.equals("SHOW_REF")) {
      found[2] = true;
    }
    node.forEach(child -> find(child, common, found));
  }

  static boolean isCatalog(JsonNode path) {
    String name = path.path(path.size() - 1).asText().toLowerCase(Locale.ROOT);
    if (path.size() == 1) {
      return name.startsWith("pg_");
    }
    String schema = path.path(path.size() - 2).asText().toLowerCase(Locale.ROOT);
    return schema.equals("pg_catalog") || schema.equals("information_schema");
  }
}

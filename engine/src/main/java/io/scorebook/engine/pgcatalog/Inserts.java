package io.scorebook.engine.pgcatalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The SQL that fills the catalog: definitions first, then the rows of each table.
final class Inserts {
  private final Map<String, List<String>> rows = new LinkedHashMap<>();
  private final StringBuilder definitions = new StringBuilder();

  /// A statement to be run before all rows.
  void define(String statement) {
    definitions.append(statement);
  }

  String sql() {
    var sql = new StringBuilder(definitions);
    rows.forEach((table, values) ->
        sql.append("INSERT INTO pgc.%s VALUES %s;\n".formatted(table, String.join(",\n", values))));
    return sql.toString();
  }

  /// A row of a table.
  ///
  /// @param values String, numbers, booleans, lists of these, or null
  void add(String table, @Nullable Object... values) {
    var row = new ArrayList<String>();
    for (Object value : values) {
      row.add(literal(value));
    }
    rows.computeIfAbsent(table, _ -> new ArrayList<>()).add("(" + String.join(", ", row) + ")");
  }

  static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case String text -> "'" + text.replace("'", "''") + "'";
      case List<?> list ->
          "[" + String.join(", ", list.stream().map(Inserts::literal).toList()) + "]";
      default -> value.toString();
    };
  }

  /// What a name of a kind (`regclass`, `regtype`, ...) stands for.
  void name(String kind, String name, long oid, String shown) {
    add("regnames", kind, name, oid, shown);
  }

  void namespace(long oid, String name, Optional<String> description) {
    add("pg_namespace", oid, name, Contents.OWNER, null);
    name("regnamespace", quoted(name), oid, quoted(name));
    description.ifPresent(text -> add("pg_description", oid, 2615, 0, text));
  }

  /// A name as SQL writes it.
  static String quoted(String name) {
    return name.matches("[a-z_][a-z0-9_$]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /// A name as it is kept: without quotes that it does not need.
  static String folded(String name) {
    return name.contains("\"")
        ? name.replaceAll("\"([a-z_][a-z0-9_$]*)\"", "$1")
        : name.toLowerCase(Locale.ROOT);
  }
}

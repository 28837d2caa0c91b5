package io.scorebook.engine.pgcatalog;

import io.scorebook.semantic.plan.Plan.OutputType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's types, their numbers, and what DuckDB keeps their values as.
final class Types {

  /// @param array the OID of the type's array, 0 for none
  record Type(
      String name,
      long oid,
      long array,
      int length,
      String category,
      String prefix,
      String sqlName) {}

  private final Map<String, Type> byName = new LinkedHashMap<>();

  Types() {
    for (String line : Resources.lines("types.txt")) {
      String[] p = line.split(" ");
      byName.put(
          p[0],
          new Type(
              p[0],
              Long.parseLong(p[1]),
              Long.parseLong(p[2]),
              Integer.parseInt(p[3]),
              p[4],
              p[5],
              p[6].replace('_', ' ')));
    }
  }

  List<Type> all() {
    return List.copyOf(byName.values());
  }

  Type type(String name) {
    return java.util.Objects.requireNonNull(byName.get(name), name);
  }

  /// The OID of a type as a table of the catalog names it (`"char"`, `text[]`).
  long oid(String name) {
    String plain = name.replace("\"", "");
    return plain.endsWith("[]")
        ? type(plain.substring(0, plain.length() - 2)).array()
        : type(plain).oid();
  }

  static String of(OutputType type) {
    return switch (type) {
      case STRING -> "text";
      case INTEGER -> "int8";
      case DECIMAL -> "numeric";
      case DOUBLE -> "float8";
      case BOOLEAN -> "bool";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
    };
  }

  private static final Map<String, String> STORED = stored();

  private static Map<String, String> stored() {
    var stored = new HashMap<String, String>();
    stored.put("bool", "BOOLEAN");
    stored.put("int2", "SMALLINT");
    stored.put("int4", "INTEGER");
    stored.put("int8", "BIGINT");
    stored.put("float4", "FLOAT");
    stored.put("float8", "DOUBLE");
    stored.put("oid", "UINTEGER");
    stored.put("regproc", "UINTEGER");
    stored.put("timestamptz", "TIMESTAMP WITH TIME ZONE");
    stored.put("int2vector", "SMALLINT[]");
    stored.put("oidvector", "UINTEGER[]");
    return Map.copyOf(stored);
  }

  /// DuckDB's type for a column of the catalog.
  static String storedAs(String type) {
    return type.endsWith("[]")
        ? storedAs(type.substring(0, type.length() - 2)) + "[]"
        : STORED.getOrDefault(type, "VARCHAR");
  }

  /// The type of an answer's column that DuckDB gives.
  static String ofDuckDb(String type) {
    if (type.endsWith("[]")) {
      return ofDuckDb(type.substring(0, type.length() - 2)) + "[]";
    }
    String plain = type.startsWith("DECIMAL") ? "DECIMAL" : type;
    @Nullable String found =
        switch (plain) {
          case "BOOLEAN" -> "bool";
          case "TINYINT", "UTINYINT", "SMALLINT" -> "int2";
          case "USMALLINT", "INTEGER" -> "int4";
          case "UINTEGER" -> "oid";
          case "BIGINT" -> "int8";
          case "HUGEINT", "UBIGINT", "UHUGEINT", "DECIMAL" -> "numeric";
          case "FLOAT" -> "float4";
          case "DOUBLE" -> "float8";
          case "DATE" -> "date";
          case "TIMESTAMP" -> "timestamp";
          case "TIMESTAMP WITH TIME ZONE" -> "timestamptz";
          default -> null;
        };
    return found == null ? "text" : found;
  }
}

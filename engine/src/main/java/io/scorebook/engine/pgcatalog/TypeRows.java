package io.scorebook.engine.pgcatalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The rows of types, and of the functions that PostgreSQL reads and writes their values by.
final class TypeRows {
  private final Inserts inserts;
  private final Types types;

  TypeRows(Inserts inserts, Types types) {
    this.inserts = inserts;
    this.types = types;
  }

  void insert() {
    var functions = new TreeMap<String, Long>();
    for (Types.Type type : types.all()) {
      for (String suffix : List.of("in", "out", "recv", "send")) {
        functions.putIfAbsent(type.prefix() + suffix, 0L);
      }
    }
    functions.putAll(
        Map.of("array_in", 750L, "array_out", 751L, "array_recv", 2400L, "array_send", 2401L));
    long next = 3000;
    for (var function : functions.entrySet()) {
      long oid = function.getValue() == 0 ? next++ : function.getValue();
      function.setValue(oid);
      String name = function.getKey();
      inserts.name("regproc", name, oid, name);
      inserts.name("regproc", "pg_catalog." + name, oid, name);
      inserts.add(
          "pg_proc",
          oid,
          name,
          Contents.PG_CATALOG,
          Contents.OWNER,
          12,
          1,
          0,
          0,
          0,
          "f",
          false,
          false,
          true,
          false,
          "i",
          "s",
          1,
          0,
          2281,
          List.of(2281),
          null,
          null,
          null,
          null,
          null,
          name,
          null,
          null,
          null,
          null);
    }
    for (Types.Type type : types.all()) {
      boolean pseudo = type.category().equals("P");
      long element =
          Map.of("int2vector", 21L, "oidvector", 26L, "name", 18L).getOrDefault(type.name(), 0L);
      type(
          functions,
          type.oid(),
          type.name(),
          type.sqlName(),
          type.length(),
          pseudo ? "p" : "b",
          type.category(),
          element,
          type.array(),
          type.prefix());
      if (type.array() != 0) {
        type(
            functions,
            type.array(),
            "_" + type.name(),
            type.sqlName() + "[]",
            -1,
            pseudo ? "p" : "b",
            "A",
            type.oid(),
            0,
            "array_");
      }
    }
  }

  private void type(
      Map<String, Long> functions,
      long oid,
      String name,
      String sqlName,
      int length,
      String kind,
      String category,
      long element,
      long array,
      String prefix) {
    boolean byValue = length > 0 && length <= 8;
    boolean preferred =
        List.of("bool", "text", "oid", "float8", "timestamptz", "interval", "inet").contains(name);
    long collation = category.equals("S") ? 100 : 0;
    inserts.add(
        "pg_type",
        oid,
        name,
        Contents.PG_CATALOG,
        Contents.OWNER,
        length,
        byValue,
        kind,
        category,
        preferred,
        true,
        ",",
        0,
        0,
        element,
        array,
        functions.get(prefix + "in"),
        functions.get(prefix + "out"),
        functions.get(prefix + "recv"),
        functions.get(prefix + "send"),
        0,
        0,
        0,
        "i",
        length < 0 ? "x" : "p",
        false,
        0,
        -1,
        0,
        collation,
        null,
        null,
        null);
    Stream.of(name, sqlName, "pg_catalog." + name)
        .distinct()
        .forEach(each -> inserts.name("regtype", each, oid, sqlName));
  }
}

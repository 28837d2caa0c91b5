package io.scorebook.engine.pgcatalog;

import java.util.Optional;

/// The rows that tables, views and indexes have in common.
final class RelationRows {
  private final Inserts inserts;
  private final Types types;

  RelationRows(Inserts inserts, Types types) {
    this.inserts = inserts;
    this.types = types;
  }

  /// @param kind `r` for a table, `v` for a view, `i` for an index
  void relation(long oid, long namespace, String name, String kind, int columns, boolean indexed) {
    long method =
        switch (kind) {
          case "r" -> 2;
          case "i" -> 403;
          default -> 0;
        };
    inserts.add(
        "pg_class",
        oid,
        name,
        namespace,
        0,
        0,
        Contents.OWNER,
        method,
        oid,
        0,
        0,
        -1,
        0,
        0,
        indexed,
        false,
        "p",
        kind,
        columns,
        0,
        kind.equals("v"),
        false,
        false,
        false,
        false,
        true,
        "d",
        false,
        0,
        0,
        0,
        null,
        null,
        null);
  }

  void attribute(long relation, String name, long type, int number, boolean notNull) {
    Optional<Types.Type> found =
        types.all().stream().filter(each -> each.oid() == type).findFirst();
    int length = found.map(Types.Type::length).orElse(-1);
    long collation = found.filter(each -> each.category().equals("S")).isPresent() ? 100 : 0;
    inserts.add(
        "pg_attribute",
        relation,
        name,
        type,
        length,
        number,
        -1,
        -1,
        found.isPresent() ? 0 : 1,
        length > 0 && length <= 8,
        "i",
        length < 0 ? "x" : "p",
        "",
        notNull,
        false,
        false,
        "",
        "",
        false,
        true,
        0,
        -1,
        collation,
        null,
        null,
        null,
        null);
  }
}

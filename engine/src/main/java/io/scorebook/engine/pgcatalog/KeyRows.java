package io.scorebook.engine.pgcatalog;

import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of keys, of the indexes that PostgreSQL has for them, and of references.
final class KeyRows {
  private static final int INT8_OPS = 3124;

  /// @param schema the number of its namespace
  record Table(long oid, long schema, TableDescription described) {
    private String names(List<Integer> columns) {
      return columns.stream()
          .map(at -> Inserts.quoted(described.columns().get(at - 1).name()))
          .collect(Collectors.joining(", "));
    }
  }

  /// @param columns counted from 1
  /// @param isPrimary false where one of them may be missing, once for each of the others' values
  record Key(List<Integer> columns, boolean isPrimary) {
    Key {
      columns = List.copyOf(columns);
    }
  }

  private final Inserts inserts;
  private final RelationRows relations;
  private final Types types;
  private final Oids oids;

  KeyRows(Inserts inserts, RelationRows relations, Types types, Oids oids) {
    this.inserts = inserts;
    this.relations = relations;
    this.types = types;
    this.oids = oids;
  }

  /// A key of a table.
  void insert(Table table, Key key) {
    TableDescription described = table.described();
    String name = described.name() + (key.isPrimary() ? "_pkey" : "_key");
    long index = oids.of("relation", described.schema(), name);
    long constraint = oids.of("constraint", described.schema(), name);
    index(table, key, index, name);
    constraint(
        constraint,
        name,
        table.schema(),
        key.isPrimary() ? "p" : "u",
        table.oid(),
        index,
        0,
        key.columns(),
        null);
    String columns = table.names(key.columns());
    inserts.add(
        "definitions",
        constraint,
        (key.isPrimary() ? "PRIMARY KEY (%s)" : "UNIQUE NULLS NOT DISTINCT (%s)")
            .formatted(columns));
    inserts.add(
        "definitions",
        index,
        "CREATE UNIQUE INDEX %s ON %s.%s USING btree (%s)%s"
            .formatted(
                Inserts.quoted(name),
                Inserts.quoted(described.schema()),
                Inserts.quoted(described.name()),
                columns,
                key.isPrimary() ? "" : " NULLS NOT DISTINCT"));
  }

  private void index(Table table, Key key, long oid, String name) {
    TableDescription described = table.described();
    int size = key.columns().size();
    relations.relation(oid, table.schema(), name, "i", size, false);
    inserts.add("visible", oid);
    inserts.name(
        "regclass",
        Inserts.quoted(described.schema()) + "." + Inserts.quoted(name),
        oid,
        Inserts.quoted(name));
    int number = 0;
    for (int at : key.columns()) {
      number++;
      ColumnDescription column = described.columns().get(at - 1);
      relations.attribute(oid, column.name(), types.oid(Types.of(column.type())), number, false);
    }
    List<Integer> zeros = key.columns().stream().map(_ -> 0).toList();
    inserts.add(
        "pg_index",
        oid,
        table.oid(),
        size,
        size,
        true,
        !key.isPrimary(),
        key.isPrimary(),
        false,
        true,
        false,
        true,
        false,
        true,
        true,
        false,
        key.columns(),
        zeros,
        key.columns().stream().map(_ -> INT8_OPS).toList(),
        zeros,
        null,
        null);
  }

  /// A reference of one table to another's key.
  void reference(String name, Table from, List<Integer> columns, Table to, List<Integer> target) {
    String schema = to.described().schema();
    long oid = oids.of("constraint", schema, name);
    long index = oids.of("relation", schema, to.described().name() + "_pkey");
    constraint(oid, name, from.schema(), "f", from.oid(), index, to.oid(), columns, target);
    inserts.add(
        "definitions",
        oid,
        "FOREIGN KEY (%s) REFERENCES %s(%s)"
            .formatted(
                from.names(columns), Inserts.quoted(to.described().name()), to.names(target)));
  }

  private void constraint(
      long oid,
      String name,
      long schema,
      String kind,
      long relation,
      long index,
      long target,
      List<Integer> key,
      @Nullable List<Integer> to) {
    inserts.add(
        "pg_constraint",
        oid,
        name,
        schema,
        kind,
        false,
        false,
        true,
        relation,
        0,
        index,
        0,
        target,
        "a",
        "a",
        "s",
        true,
        0,
        true,
        key,
        to,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}

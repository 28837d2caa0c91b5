package io.scorebook.engine.pgcatalog;

import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.plan.Plan.Role;
import io.scorebook.semantic.plan.TableDescription;
import io.scorebook.semantic.plan.TableDescription.ColumnDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of the catalog, as SQL that makes them.
final class Contents {
  static final long OWNER = 10;
  private static final int PG_CATALOG = 11;
  private static final int INFORMATION_SCHEMA = 13_000;

  private record Relation(long oid, TableDescription table, Optional<Dataset> dataset) {}

  private final List<Domain> domains;
  private final SystemCatalog.Identity identity;
  private final Types types = new Types();
  private final Oids oids = new Oids();
  private final Map<String, List<String>> rows = new LinkedHashMap<>();
  private final Map<String, String> columnTypes = new HashMap<>();
  private final StringBuilder tables = new StringBuilder();

  Contents(List<Domain> domains, SystemCatalog.Identity identity) {
    this.domains = domains;
    this.identity = identity;
    server();
    types();
    namespaces();
    systemTables();
    for (Domain domain : domains) {
      relations(domain);
    }
    settings();
  }

  /// By the name of a column of the catalog its type, where DuckDB has no such type.
  Map<String, String> columnTypes() {
    return Map.copyOf(columnTypes);
  }

  String sql() {
    var sql = new StringBuilder(tables);
    rows.forEach((table, values) ->
        sql.append("INSERT INTO pgc.%s VALUES %s;\n".formatted(table, String.join(",\n", values))));
    return sql.toString();
  }

  private void add(String table, @Nullable Object... values) {
    var row = new ArrayList<String>();
    for (Object value : values) {
      row.add(literal(value));
    }
    rows.computeIfAbsent(table, _ -> new ArrayList<>()).add("(" + String.join(", ", row) + ")");
  }

  private static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case String text -> "'" + text.replace("'", "''") + "'";
      case List<?> list ->
          "[" + String.join(", ", list.stream().map(Contents::literal).toList()) + "]";
      default -> value.toString();
    };
  }

  private void server() {
    tables.append(
        """
        CREATE TABLE pgc.server (username VARCHAR, database VARCHAR, version VARCHAR, schema VARCHAR, path VARCHAR[], started TIMESTAMP WITH TIME ZONE);
        CREATE TABLE pgc.regnames (kind VARCHAR, name VARCHAR, oid UINTEGER, shown VARCHAR);
        CREATE TABLE pgc.definitions (oid UINTEGER, definition VARCHAR);
        CREATE TABLE pgc.visible (oid UINTEGER);
        """);
    String version = "PostgreSQL " + identity.serverVersion() + " (Scorebook)";
    List<String> path = path();
    tables.append(
        "INSERT INTO pgc.server VALUES (%s, %s, %s, %s, %s, get_current_timestamp());%n"
            .formatted(
                literal(identity.user()),
                literal(identity.database()),
                literal(version),
                literal(path.getFirst()),
                literal(path)));
    // Written out: a table function takes no subquery, and drivers count the schemas by one.
    tables.append(
        "CREATE MACRO pgc.current_schemas(_all) AS CASE WHEN _all THEN list_prepend('pg_catalog', %s) ELSE %<s END;%n"
            .formatted(literal(path)));
    long database = oids.of("database", "", identity.database());
    add(
        "pg_database",
        database,
        identity.database(),
        OWNER,
        6,
        "c",
        false,
        true,
        -1,
        0,
        0,
        1663,
        "C",
        "C",
        null,
        null,
        null,
        null);
    add(
        "pg_authid",
        OWNER,
        identity.user(),
        false,
        true,
        false,
        false,
        true,
        false,
        false,
        -1,
        null,
        null);
    name("regrole", identity.user(), OWNER, quoted(identity.user()));
  }

  private List<String> path() {
    List<String> path = domains.stream().map(Domain::name).distinct().toList();
    return path.isEmpty() ? List.of("public") : path;
  }

  private void name(String kind, String name, long oid, String shown) {
    add("regnames", kind, name, oid, shown);
  }

  private void types() {
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
      name("regproc", name, oid, name);
      name("regproc", "pg_catalog." + name, oid, name);
      add(
          "pg_proc",
          oid,
          name,
          PG_CATALOG,
          OWNER,
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
    add(
        "pg_type",
        oid,
        name,
        PG_CATALOG,
        OWNER,
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
        .forEach(each -> name("regtype", each, oid, sqlName));
  }

  private void namespaces() {
    namespace(PG_CATALOG, "pg_catalog", Optional.of("system catalog schema"));
    namespace(INFORMATION_SCHEMA, "information_schema", Optional.empty());
    if (domains.isEmpty()) {
      namespace(2200, "public", Optional.empty());
    }
  }

  private void namespace(long oid, String name, Optional<String> description) {
    add("pg_namespace", oid, name, OWNER, null);
    name("regnamespace", quoted(name), oid, quoted(name));
    description.ifPresent(text -> add("pg_description", oid, 2615, 0, text));
  }

  private void systemTables() {
    long next = 12_000;
    for (String line : Resources.lines("tables.txt")) {
      int colon = line.indexOf(':');
      String name = line.substring(0, line.indexOf(' '));
      long declared = Long.parseLong(line.substring(line.indexOf(' ') + 1, colon));
      long oid = declared == 0 ? next++ : declared;
      String[] columns = line.substring(colon + 1).strip().split(", ");
      var ddl = new ArrayList<String>();
      relation(oid, PG_CATALOG, name, declared == 0 ? "v" : "r", columns.length, false);
      add("visible", oid);
      name("regclass", name, oid, name);
      name("regclass", "pg_catalog." + name, oid, name);
      for (int i = 0; i < columns.length; i++) {
        String column = columns[i].substring(0, columns[i].indexOf(' '));
        String type = columns[i].substring(columns[i].indexOf(' ') + 1);
        columnTypes.merge(
            column, type, (a, b) -> a.equals(b) ? a : Types.ofDuckDb(Types.storedAs(a)));
        ddl.add('"' + column + "\" " + Types.storedAs(type));
        attribute(oid, column, types.oid(type), i + 1, false);
      }
      tables.append("CREATE TABLE pgc.%s (%s);%n".formatted(name, String.join(", ", ddl)));
    }
  }

  private void relation(
      long oid, long namespace, String name, String kind, int columns, boolean indexed) {
    long method =
        switch (kind) {
          case "r" -> 2;
          case "i" -> 403;
          default -> 0;
        };
    add(
        "pg_class",
        oid,
        name,
        namespace,
        0,
        0,
        OWNER,
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

  private void attribute(long relation, String name, long type, int number, boolean notNull) {
    Optional<Types.Type> found =
        types.all().stream().filter(each -> each.oid() == type).findFirst();
    int length = found.map(Types.Type::length).orElse(-1);
    long collation = found.filter(each -> each.category().equals("S")).isPresent() ? 100 : 0;
    add(
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

  private void relations(Domain domain) {
    Map<String, Relation> datasets = new TreeMap<>();
    var seen = new TreeMap<String, Long>();
    for (TableDescription table :
        domain.planner().tables().stream()
            .sorted(
                Comparator.comparing(TableDescription::schema)
                    .thenComparing(TableDescription::name))
            .toList()) {
      boolean isDataset = table.schema().equals(domain.name());
      long schema =
          seen.computeIfAbsent(
              table.schema(),
              name -> {
                long oid = oids.of("schema", "", name);
                namespace(oid, name, describe(domain, name));
                return oid;
              });
      long oid = oids.of("relation", table.schema(), table.name());
      Optional<Dataset> dataset =
          domain.model().datasets().stream()
              .filter(each -> isDataset && each.name().equals(table.name()))
              .findFirst();
      var relation = new Relation(oid, table, dataset);
      if (isDataset) {
        datasets.put(table.name(), relation);
        name("regclass", quoted(table.name()), oid, quoted(table.name()));
        add("visible", oid);
      }
      String qualified = quoted(table.schema()) + "." + quoted(table.name());
      name("regclass", qualified, oid, isDataset ? quoted(table.name()) : qualified);
      boolean keyed = key(domain, relation).isPresent();
      relation(oid, schema, table.name(), isDataset ? "r" : "v", table.columns().size(), keyed);
      table.description().ifPresent(text -> add("pg_description", oid, 1259, 0, text));
      int number = 0;
      for (ColumnDescription column : table.columns()) {
        number++;
        attribute(
            oid, column.name(), types.oid(Types.of(column.type())), number, !column.nullable());
        int at = number;
        remark(isDataset, column).ifPresent(text -> add("pg_description", oid, 1259, at, text));
      }
      key(domain, relation).ifPresent(key -> primaryKey(relation, schema, key));
    }
    for (Relationship relationship : domain.model().relationships()) {
      foreignKey(domain, relationship, datasets, seen);
    }
  }

  private static Optional<String> describe(Domain domain, String schema) {
    return schema.equals(domain.name())
        ? domain.model().description()
        : domain.ports().stream()
            .filter(port -> port.table().schema().equals(schema))
            .map(PublicPort::product)
            .map(product -> product.purpose())
            .findFirst();
  }

  private static Optional<String> remark(boolean isDataset, ColumnDescription column) {
    return isDataset && column.role() == Role.METRIC
        ? Optional.of(
            "Metric, asked as AGGREGATE(%s)%s"
                .formatted(column.name(), column.description().map(text -> ": " + text).orElse("")))
        : column.description();
  }

  /// The numbers of a dataset's key, where all of it can be seen as it is.
  private static Optional<List<Integer>> key(Domain domain, Relation relation) {
    return relation.dataset().flatMap(dataset -> numbers(domain, relation, dataset.primaryKey()));
  }

  private static Optional<List<Integer>> numbers(
      Domain domain, Relation relation, List<String> columns) {
    Dataset dataset = relation.dataset().orElseThrow();
    if (columns.isEmpty() || !domain.access().seesAll()) {
      return Optional.empty(); // what is masked or left out need not be a key
    }
    var numbers = new ArrayList<Integer>();
    for (String column : columns) {
      Optional<String> field =
          dataset.fields().stream()
              .filter(each -> each.expression().strip().equalsIgnoreCase(column))
              .map(Field::name)
              .findFirst();
      int at = field.map(name -> position(relation.table(), name)).orElse(0);
      if (at == 0) {
        return Optional.empty();
      }
      numbers.add(at);
    }
    return Optional.of(numbers);
  }

  private static int position(TableDescription table, String name) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).name().equals(name)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String names(Relation relation, List<Integer> numbers) {
    return String.join(
        ", ",
        numbers.stream().map(at -> quoted(relation.table().columns().get(at - 1).name())).toList());
  }

  private void primaryKey(Relation relation, long schema, List<Integer> key) {
    TableDescription table = relation.table();
    String name = table.name() + "_pkey";
    long index = oids.of("relation", table.schema(), name);
    long constraint = oids.of("constraint", table.schema(), name);
    relation(index, schema, name, "i", key.size(), false);
    add("visible", index);
    name("regclass", quoted(table.schema()) + "." + quoted(name), index, quoted(name));
    int number = 0;
    for (int at : key) {
      number++;
      ColumnDescription column = table.columns().get(at - 1);
      attribute(index, column.name(), types.oid(Types.of(column.type())), number, false);
    }
    List<Integer> zeros = key.stream().map(_ -> 0).toList();
    add(
        "pg_index",
        index,
        relation.oid(),
        key.size(),
        key.size(),
        true,
        false,
        true,
        false,
        true,
        false,
        true,
        false,
        true,
        true,
        false,
        key,
        zeros,
        key.stream().map(_ -> 3124).toList(),
        zeros,
        null,
        null);
    constraint(constraint, name, schema, "p", relation.oid(), index, 0, key, null);
    String columns = names(relation, key);
    add("definitions", constraint, "PRIMARY KEY (" + columns + ")");
    add(
        "definitions",
        index,
        "CREATE UNIQUE INDEX %s ON %s.%s USING btree (%s)"
            .formatted(quoted(name), quoted(table.schema()), quoted(table.name()), columns));
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
    add(
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

  private void foreignKey(
      Domain domain, Relationship link, Map<String, Relation> datasets, Map<String, Long> schemas) {
    Relation from = datasets.get(link.from());
    Relation to = datasets.get(link.to());
    if (from == null || to == null) {
      return;
    }
    Optional<List<Integer>> key = numbers(domain, from, link.fromColumns());
    Optional<List<Integer>> target = numbers(domain, to, link.toColumns());
    if (key.isEmpty() || target.isEmpty()) {
      return;
    }
    long oid = oids.of("constraint", domain.name(), link.name());
    long index = oids.of("relation", domain.name(), link.to() + "_pkey");
    constraint(
        oid,
        link.name(),
        java.util.Objects.requireNonNull(schemas.get(domain.name())),
        "f",
        from.oid(),
        index,
        to.oid(),
        key.get(),
        target.get());
    add(
        "definitions",
        oid,
        "FOREIGN KEY (%s) REFERENCES %s(%s)"
            .formatted(names(from, key.get()), quoted(link.to()), names(to, target.get())));
  }

  private void settings() {
    String[] parts = identity.serverVersion().split("\\.");
    var settings = new LinkedHashMap<String, String>();
    settings.put("server_version", identity.serverVersion());
    settings.put(
        "server_version_num",
        "%s%04d"
            .formatted(
                parts[0],
                parts.length > 1 ? Integer.parseInt(parts[1].replaceAll("\\D.*", "")) : 0));
    settings.put("search_path", String.join(", ", path().stream().map(Contents::quoted).toList()));
    for (String line : Resources.lines("settings.txt")) {
      int blank = line.indexOf(' ');
      settings.put(line.substring(0, blank), line.substring(blank + 1).strip());
    }
    settings.forEach((name, value) ->
        add(
            "pg_settings",
            name,
            value,
            null,
            "Preset Options",
            null,
            null,
            "internal",
            "string",
            "default",
            null,
            null,
            null,
            value,
            value,
            null,
            null,
            false));
  }

  static String quoted(String name) {
    return name.matches("[a-z_][a-z0-9_$]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  static String folded(String name) {
    return name.contains("\"") ? name : name.toLowerCase(Locale.ROOT);
  }
}

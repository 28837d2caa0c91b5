package io.scorebook.engine.pgcatalog;

import io.scorebook.engine.domain.Domain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rows of the catalog, as SQL that makes them.
final class Contents {
  static final long OWNER = 10;
  static final int PG_CATALOG = 11;

  /// Settings that nobody sets.
  private static final Set<String> FIXED =
      Set.of(
          "server_version",
          "server_version_num",
          "server_encoding",
          "max_identifier_length",
          "max_index_keys",
          "integer_datetimes",
          "is_superuser",
          "lc_collate",
          "lc_ctype");

  private static final int INFORMATION_SCHEMA = 13_000;

  private final List<Domain> domains;
  private final SystemCatalog.Identity identity;
  private final Types types = new Types();
  private final Oids oids = new Oids();
  private final Inserts inserts = new Inserts();
  private final RelationRows relations = new RelationRows(inserts, types);
  private final Map<String, String> columnTypes = new HashMap<>();

  Contents(List<Domain> domains, SystemCatalog.Identity identity) {
    this.domains = domains;
    this.identity = identity;
    server();
    new TypeRows(inserts, types).insert();
    namespaces();
    systemTables();
    var rows = new DomainRows(inserts, relations, types, oids);
    domains.forEach(rows::insert);
    settings();
  }

  /// By the name of a column of the catalog its type, where DuckDB has no such type.
  Map<String, String> columnTypes() {
    return Map.copyOf(columnTypes);
  }

  String sql() {
    return inserts.sql();
  }

  private void server() {
    inserts.define(
        """
        CREATE TABLE pgc.server (username VARCHAR, database VARCHAR, version VARCHAR, schema VARCHAR, path VARCHAR[], started TIMESTAMP WITH TIME ZONE);
        CREATE TABLE pgc.regnames (kind VARCHAR, name VARCHAR, oid UINTEGER, shown VARCHAR);
        CREATE TABLE pgc.definitions (oid UINTEGER, definition VARCHAR);
        CREATE TABLE pgc.visible (oid UINTEGER);
        """);
    String version = "PostgreSQL " + identity.serverVersion() + " (Scorebook)";
    List<String> path = path();
    inserts.define(
        "INSERT INTO pgc.server VALUES (%s, %s, %s, %s, %s, get_current_timestamp());%n"
            .formatted(
                Inserts.literal(identity.user()),
                Inserts.literal(identity.database()),
                Inserts.literal(version),
                Inserts.literal(path.getFirst()),
                Inserts.literal(path)));
    // Written out: a table function takes no subquery, and drivers count the schemas by one.
    inserts.define(
        "CREATE MACRO pgc.current_schemas(_all) AS CASE WHEN _all THEN list_prepend('pg_catalog', %s) ELSE %<s END;%n"
            .formatted(Inserts.literal(path)));
    long database = oids.of("database", "", identity.database());
    inserts.add(
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
    inserts.add(
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
    inserts.name("regrole", identity.user(), OWNER, Inserts.quoted(identity.user()));
  }

  private List<String> path() {
    List<String> path = domains.stream().map(Domain::name).distinct().toList();
    return path.isEmpty() ? List.of("public") : path;
  }

  private void namespaces() {
    inserts.namespace(PG_CATALOG, "pg_catalog", Optional.of("system catalog schema"));
    inserts.namespace(INFORMATION_SCHEMA, "information_schema", Optional.empty());
    if (domains.isEmpty()) {
      inserts.namespace(2200, "public", Optional.empty());
    }
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
      relations.relation(oid, PG_CATALOG, name, declared == 0 ? "v" : "r", columns.length, false);
      inserts.add("visible", oid);
      inserts.name("regclass", name, oid, name);
      inserts.name("regclass", "pg_catalog." + name, oid, name);
      for (int i = 0; i < columns.length; i++) {
        String column = columns[i].substring(0, columns[i].indexOf(' '));
        String type = columns[i].substring(columns[i].indexOf(' ') + 1);
        columnTypes.merge(
            column, type, (a, b) -> a.equals(b) ? a : Types.ofDuckDb(Types.storedAs(a)));
        ddl.add('"' + column + "\" " + Types.storedAs(type));
        relations.attribute(oid, column, types.oid(type), i + 1, false);
      }
      inserts.define("CREATE TABLE pgc.%s (%s);%n".formatted(name, String.join(", ", ddl)));
    }
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
    settings.put("search_path", String.join(", ", path().stream().map(Inserts::quoted).toList()));
    for (String line : Resources.lines("settings.txt")) {
      int blank = line.indexOf(' ');
      settings.put(line.substring(0, blank), line.substring(blank + 1).strip());
    }
    // Written out, as above: tools call it in table functions.
    var cases = new StringBuilder();
    settings.forEach((name, value) ->
        cases.append(
            " WHEN %s THEN %s"
                .formatted(
                    Inserts.literal(name.toLowerCase(Locale.ROOT)), Inserts.literal(value))));
    inserts.define(
        """
        CREATE MACRO pgc.current_setting(_n) AS CASE lower(_n)%s ELSE error('Cannot find setting "' || _n || '"') END,
          (_n, _m) AS CASE lower(_n)%<s ELSE CASE WHEN _m THEN NULL ELSE error('Cannot find setting "' || _n || '"') END END;
        """
            .formatted(cases));
    settings.forEach((name, value) ->
        inserts.add(
            "pg_settings",
            name,
            value,
            null,
            "Preset Options",
            null,
            null,
            FIXED.contains(name) ? "internal" : "user",
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
}

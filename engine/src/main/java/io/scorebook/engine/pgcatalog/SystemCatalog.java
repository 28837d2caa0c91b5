package io.scorebook.engine.pgcatalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Watch;
import io.scorebook.engine.domain.Domain;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's `pg_catalog` and `information_schema` as one caller sees them: tables in a DuckDB
/// of their own that reads nothing else. Safe to share between threads.
public final class SystemCatalog implements AutoCloseable {
  private static final Most MOST = new Most(1_000_000, 10);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param serverVersion as `16.4`
  public record Identity(String user, String database, String serverVersion) {}

  /// @param type PostgreSQL's name of it
  public record Column(String name, String type) {}

  /// Values are Boolean, Integer (int2, int4), Long (int8, oid), Float, Double, BigDecimal, String,
  /// LocalDate, LocalDateTime, OffsetDateTime, lists of these, or null; names of relations and
  /// types (`regclass`, ...) are String.
  public record Result(List<Column> columns, List<List<@Nullable Object>> rows) {}

  private record Prepared(String sql, List<String> told) {}

  /// What one statement may take, whoever asks.
  record Most(int rows, int seconds) {}

  private final Most most;
  private final DuckDBConnection connection;
  private final Map<String, String> columnTypes;
  private final Set<String> tables = new HashSet<>();
  private final Set<String> macros = new HashSet<>();
  private final Map<String, Long> names = new HashMap<>();

  private SystemCatalog(Most most, DuckDBConnection connection, Map<String, String> columnTypes) {
    this.most = most;
    this.connection = connection;
    this.columnTypes = columnTypes;
  }

  /// @param domains as the caller sees them, the first of them found without its name
  /// @throws IllegalArgumentException where two of them have a schema of the same name
  public static SystemCatalog of(List<Domain> domains, Identity identity) {
    return of(domains, identity, MOST);
  }

  static SystemCatalog of(List<Domain> domains, Identity identity, Most most) {
    var contents = new Contents(domains, identity);
    try {
      Connection opened = DriverManager.getConnection("jdbc:duckdb:");
      var catalog =
          new SystemCatalog(most, opened.unwrap(DuckDBConnection.class), contents.columnTypes());
      try {
        catalog.fill(contents);
      } catch (SQLException e) {
        opened.close();
        throw e;
      }
      return catalog;
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot build the system catalog: " + e.getMessage(), e);
    }
  }

  private void fill(Contents contents) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          SET threads = 1;
          SET memory_limit = '256MB';
          SET temp_directory = '';
          SET autoinstall_known_extensions = false;
          SET autoload_known_extensions = false;
          SET TimeZone = 'UTC';
          SET integer_division = true;
          SET default_null_order = 'nulls_last_on_asc_first_on_desc';
          SET enable_external_access = false;
          SET lock_configuration = true;
          CREATE SCHEMA pgc;
          CREATE SCHEMA infos;
          """);
      statement.execute(contents.sql());
      statement.execute(Resources.text("functions.sql"));
      statement.execute(Resources.text("content.sql"));
      read(
          statement,
          "SELECT schema_name, function_name FROM duckdb_functions() WHERE schema_name = 'pgc'",
          macros,
          null);
      read(
          statement,
          "SELECT table_schema, table_name FROM information_schema.tables",
          null,
          tables);
      try (ResultSet rows = statement.executeQuery("SELECT kind, name, oid FROM pgc.regnames")) {
        while (rows.next()) {
          names.putIfAbsent(rows.getString(1) + " " + rows.getString(2), rows.getLong(3));
        }
      }
    }
    tables.removeAll(
        Set.of(
            "pg_catalog.server",
            "pg_catalog.regnames",
            "pg_catalog.definitions",
            "pg_catalog.visible"));
    macros.removeAll(Set.of("reg_oid", "reg_name", "class_of", "may_read"));
  }

  private static void read(
      Statement statement, String sql, @Nullable Set<String> plain, @Nullable Set<String> qualified)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        if (plain != null) {
          plain.add(rows.getString(2));
        }
        if (qualified != null) {
          qualified.add(
              (rows.getString(1).equals("pgc") ? "pg_catalog." : "information_schema.")
                  + rows.getString(2));
        }
      }
    }
  }

  /// Whether a statement is the catalog's to answer: it reads its tables, or none at all.
  public boolean concerns(String sql) {
    try (Connection own = connection.duplicate()) {
      return StatementKind.of(parse(own, sql)).concernsCatalog();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// @param values of `$1` and on: String, Long, Integer, Boolean, BigDecimal, Double, LocalDate,
  ///   LocalDateTime or null
  /// @throws CatalogException where it cannot be answered
  public Result query(String sql, List<? extends @Nullable Object> values) {
    return query(sql, values, Limits.of(Duration.ofSeconds(most.seconds())));
  }

  /// As above.
  ///
  /// @param given what the asker allows; the catalog's own bounds hold besides
  public Result query(String sql, List<? extends @Nullable Object> values, Limits given) {
    var running = new AtomicReference<@Nullable Statement>();
    try (Connection own = connection.duplicate();
        var watch = new Watch(within(given), () -> interrupt(running.get()))) {
      try {
        watch.check();
        Prepared prepared = prepare(own, sql, values);
        try (PreparedStatement statement = own.prepareStatement(prepared.sql())) {
          running.set(statement);
          try (ResultSet found = statement.executeQuery()) {
            List<Column> columns = columns(found.getMetaData(), prepared);
            return new Result(columns, rows(found, columns, watch));
          }
        }
      } catch (SQLException | CatalogException | EngineException e) {
        EngineException reason = watch.reason(e);
        if (reason != null) {
          throw new CatalogException("57014", String.valueOf(reason.getMessage()));
        }
        throw e;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Limits within(Limits given) {
    Duration own = Duration.ofSeconds(most.seconds());
    return given.time().compareTo(own) <= 0 ? given : new Limits(own, given.cancellation());
  }

  /// Only the statement that runs can be interrupted, and not by another of its connection.
  private static void interrupt(@Nullable Statement running) {
    try {
      if (running != null) {
        running.cancel();
      }
    } catch (SQLException _) {
      // it has just ended by itself
    }
  }

  /// The columns only, for a statement whose parameters have no values yet.
  public List<Column> columns(String sql, int parameters) {
    try (Connection own = connection.duplicate()) {
      Prepared prepared = prepare(own, sql, Collections.nCopies(parameters, null));
      try (PreparedStatement statement = own.prepareStatement(prepared.sql())) {
        return columns(statement.getMetaData(), prepared);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static JsonNode parse(Connection own, String sql) throws SQLException {
    try (PreparedStatement statement =
        own.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)::VARCHAR")) {
      statement.setString(1, sql);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return JSON.readTree(found.getString(1));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the tree of a statement", e);
    }
  }

  private Prepared prepare(Connection own, String sql, List<? extends @Nullable Object> values)
      throws SQLException {
    JsonNode tree = parse(own, sql);
    if (tree.path("error").asBoolean()) {
      boolean isSyntax = tree.path("error_type").asText().equals("parser");
      throw new CatalogException(
          isSyntax ? "42601" : "0A000",
          "Cannot read the statement: " + tree.path("error_message").asText());
    }
    StatementKind kind = StatementKind.of(tree);
    if (!kind.concernsCatalog()) {
      throw new CatalogException(
          "0A000",
          "Cannot answer from the catalog: the statement reads none of its tables, or is not one query");
    }
    if (kind.readsOthers()) {
      throw new CatalogException(
          "0A000",
          "Cannot read tables of the catalog and others in one statement: ask for them one after the other");
    }
    ObjectNode statement = (ObjectNode) tree.path("statements").get(0);
    new Rewriting(tables, macros, names, values).rewrite(statement);
    List<String> told = told(statement.path("node"));
    try (PreparedStatement text = own.prepareStatement("SELECT json_deserialize_sql(?::JSON)")) {
      text.setString(1, tree.toString());
      try (ResultSet found = text.executeQuery()) {
        found.next();
        return new Prepared(found.getString(1), told);
      }
    }
  }

  /// Of each column what tells its type: a cast's kind, a column's name, or nothing; and shows
  /// names in place of their numbers.
  private static List<String> told(JsonNode node) {
    var told = new ArrayList<String>();
    JsonNode select = node.path("select_list");
    for (int i = 0; i < select.size(); i++) {
      JsonNode each = select.get(i);
      JsonNode path = each.path("column_names");
      if (each.path("class").asText().equals("STAR")) {
        return List.of();
      }
      told.add(
          each.has("scorebook")
              ? "=" + each.path("scorebook").asText()
              : path.isMissingNode() ? "" : path.path(path.size() - 1).asText());
      ((com.fasterxml.jackson.databind.node.ArrayNode) select).set(i, Casts.shown(each));
    }
    return told;
  }

  private List<Column> columns(ResultSetMetaData meta, Prepared prepared) throws SQLException {
    var columns = new ArrayList<Column>();
    boolean isTold = prepared.told().size() == meta.getColumnCount();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      String name = meta.getColumnLabel(i);
      String type = Types.ofDuckDb(meta.getColumnTypeName(i));
      String source = isTold ? prepared.told().get(i - 1) : name;
      if (source.startsWith("=")) {
        type = source.substring(1);
      } else {
        String known = columnTypes.get(source.toLowerCase(Locale.ROOT));
        if (known != null
            && Types.storedAs(known).equals(meta.getColumnTypeName(i))
            && !known.equals("regproc")) {
          type = known;
        }
      }
      columns.add(new Column(name, type));
    }
    return columns;
  }

  private List<List<@Nullable Object>> rows(ResultSet found, List<Column> columns, Watch watch)
      throws SQLException {
    var rows = new ArrayList<List<@Nullable Object>>();
    while (found.next()) {
      watch.check();
      if (rows.size() == most.rows()) {
        throw new CatalogException(
            "54000", "Cannot give more than %d rows of the catalog".formatted(most.rows()));
      }
      var row = new ArrayList<@Nullable Object>();
      for (int i = 0; i < columns.size(); i++) {
        row.add(value(found.getObject(i + 1), columns.get(i).type()));
      }
      rows.add(row);
    }
    watch.check(); // an interrupted answer may look like one that ended
    return rows;
  }

  private static @Nullable Object value(@Nullable Object value, String type) throws SQLException {
    return switch (value) {
      case null -> null;
      case Array array -> {
        var list = new ArrayList<@Nullable Object>();
        String element =
            type.endsWith("vector")
                ? type.startsWith("oid") ? "oid" : "int2"
                : type.replace("[]", "");
        for (Object each : (Object[]) array.getArray()) {
          list.add(value(each, element));
        }
        yield list;
      }
      case BigInteger integer -> new BigDecimal(integer);
      case Date date -> date.toLocalDate();
      case Timestamp timestamp -> timestamp.toLocalDateTime();
      case Number number when type.equals("int2") || type.equals("int4") -> number.intValue();
      case Number number when type.equals("int8") || type.equals("oid") -> number.longValue();
      default -> type.equals("text") ? value.toString() : value;
    };
  }

  private static CatalogException failed(SQLException e) {
    String message = String.valueOf(e.getMessage());
    String first = message.lines().findFirst().orElse(message);
    String state =
        message.contains("Referenced column") || message.contains("does not have a column")
            ? "42703"
            : message.contains("INTERRUPT")
                ? "57014"
                : message.contains("Cannot find setting")
                    ? "42704"
                    : message.contains("Conversion Error")
                        ? "22P02"
                        : message.contains("Out of Memory")
                            ? "53200"
                            : message.contains("Catalog Error") ? "42883" : "42601";
    int told = first.indexOf("Cannot set "); // by a function of our own
    return told < 0
        ? new CatalogException(state, "Cannot answer from the catalog: " + first)
        : new CatalogException("0A000", first.substring(told));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close the system catalog", e);
    }
  }
}

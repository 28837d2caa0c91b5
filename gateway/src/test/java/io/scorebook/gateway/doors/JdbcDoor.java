package io.scorebook.gateway.doors;

import io.scorebook.gateway.cli.Stage;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The drivers of JDBC that others have written, as they come.
final class JdbcDoor implements TestedDoor {
  enum Driver {
    AVATICA,
    POSTGRES_SIMPLE,
    POSTGRES_TEXT,
    POSTGRES_BINARY;

    boolean isAvatica() {
      return this == AVATICA;
    }

    String url(Stage stage) {
      String postgres = "jdbc:" + stage.postgres();
      return switch (this) {
        case AVATICA -> stage.jdbc();
        case POSTGRES_SIMPLE -> postgres + "?preferQueryMode=simple";
        case POSTGRES_TEXT -> postgres + "?prepareThreshold=0&binaryTransfer=false";
        case POSTGRES_BINARY -> postgres + "?prepareThreshold=-1&binaryTransfer=true";
      };
    }
  }

  enum How {
    STATEMENT,
    PREPARED
  }

  private final Stage stage;
  private final Driver driver;
  private final How how;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();

  JdbcDoor(Stage stage, Driver driver, How how) {
    this.stage = stage;
    this.driver = driver;
    this.how = how;
  }

  @Override
  public String audited() {
    return driver.isAvatica() ? "jdbc" : "postgres";
  }

  @Override
  public String seen(String exact) {
    return driver.isAvatica() ? exact.replace("instant", "timestamp") : exact;
  }

  @Override
  public boolean takesParameters() {
    return how == How.PREPARED;
  }

  @Override
  public boolean carriesMicroseconds() {
    return !driver.isAvatica();
  }

  static Connection connect(Stage stage, Driver driver, String caller) throws SQLException {
    return DriverManager.getConnection(driver.url(stage), caller, stage.secret(caller));
  }

  private Connection connection(String caller) throws SQLException {
    Connection open = connections.get(caller);
    if (open == null) {
      open = connect(stage, driver, caller);
      connections.put(caller, open);
    }
    return open;
  }

  @Override
  public Told ask(String caller, String sql, List<? extends @Nullable Object> values) {
    try {
      return ask(connection(caller), sql, values);
    } catch (SQLException e) {
      return refused(e);
    }
  }

  private static Told refused(SQLException e) {
    return new Told.Refused(String.valueOf(e.getSQLState()), String.valueOf(e.getMessage()));
  }

  /// Avatica's connection has its purpose from the beginning; PostgreSQL's is given back as pools
  /// do.
  @Override
  public Told askFor(String purpose, String caller, String sql) {
    try {
      if (driver.isAvatica()) {
        var properties = new Properties();
        properties.setProperty("user", caller);
        properties.setProperty("password", stage.secret(caller));
        properties.setProperty("purpose", purpose);
        try (Connection own = DriverManager.getConnection(driver.url(stage), properties)) {
          return ask(own, sql, List.of());
        } catch (RuntimeException e) {
          return new Told.Refused("", String.valueOf(e.getMessage())); // what its driver throws
        }
      }
      try (Statement statement = connection(caller).createStatement()) {
        statement.execute("SET scorebook.purpose = '" + purpose + "'");
        Told told = ask(connection(caller), sql, List.of());
        statement.execute("DISCARD ALL");
        return told;
      }
    } catch (SQLException e) {
      return refused(e);
    }
  }

  @Override
  public List<String> tellsOf(String caller, String schema, String table) {
    var told = new ArrayList<String>();
    try (Statement statement = connection(caller).createStatement()) {
      try (ResultSet columns =
          connection(caller).getMetaData().getColumns(null, schema, table, "%")) {
        while (columns.next()) {
          if (String.valueOf(columns.getString("REMARKS")).contains("is deprecated")) {
            told.add(columns.getString("REMARKS"));
          }
        }
      }
      if (!driver.isAvatica()) {
        statement.executeQuery("SELECT city FROM %s.%s".formatted(schema, table)).close();
        for (SQLWarning each = statement.getWarnings();
            each != null;
            each = each.getNextWarning()) {
          told.add(each.getMessage());
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return told;
  }

  private Told ask(Connection connection, String sql, List<? extends @Nullable Object> values)
      throws SQLException {
    return switch (how) {
      case STATEMENT -> {
        try (Statement statement = connection.createStatement()) {
          yield rows(statement.executeQuery(sql));
        }
      }
      case PREPARED -> {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          for (int i = 0; i < values.size(); i++) {
            set(statement, i + 1, values.get(i));
          }
          yield rows(statement.executeQuery());
        }
      }
    };
  }

  private void set(PreparedStatement statement, int i, @Nullable Object value) throws SQLException {
    switch (value) {
      case LocalDate date when driver.isAvatica() ->
          statement.setDate(i, java.sql.Date.valueOf(date));
      case LocalDateTime time when driver.isAvatica() ->
          statement.setTimestamp(i, java.sql.Timestamp.valueOf(time));
      case null -> statement.setNull(i, java.sql.Types.VARCHAR);
      default -> statement.setObject(i, value);
    }
  }

  private Told rows(ResultSet set) throws SQLException {
    try (set) {
      ResultSetMetaData columns = set.getMetaData();
      var names = new ArrayList<String>();
      var types = new ArrayList<String>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnLabel(i));
        types.add(type(columns, i));
      }
      var rows = new ArrayList<List<@Nullable Object>>();
      while (set.next()) {
        var row = new ArrayList<@Nullable Object>();
        for (int i = 0; i < types.size(); i++) {
          row.add(value(set, i + 1, types.get(i)));
        }
        rows.add(row);
      }
      return new Told.Rows(names, types, rows);
    }
  }

  private static String type(ResultSetMetaData columns, int i) throws SQLException {
    return switch (columns.getColumnType(i)) {
      case java.sql.Types.VARCHAR -> "string";
      case java.sql.Types.BIGINT -> "integer";
      case java.sql.Types.DECIMAL, java.sql.Types.NUMERIC ->
          "decimal(%d,%d)".formatted(columns.getPrecision(i), columns.getScale(i));
      case java.sql.Types.DOUBLE -> "double";
      case java.sql.Types.BOOLEAN, java.sql.Types.BIT -> "boolean";
      case java.sql.Types.DATE -> "date";
      // PostgreSQL's driver tells both kinds as TIMESTAMP, and parts them by name.
      case java.sql.Types.TIMESTAMP ->
          columns.getColumnTypeName(i).equals("timestamptz") ? "instant" : "timestamp";
      default -> columns.getColumnTypeName(i);
    };
  }

  private @Nullable Object value(ResultSet set, int i, String type) throws SQLException {
    Object object = set.getObject(i);
    if (object == null) {
      return null;
    }
    return switch (type) {
      case "integer" -> set.getLong(i);
      case "double" -> set.getDouble(i);
      case "boolean" -> set.getBoolean(i);
      case "date" ->
          driver.isAvatica()
              ? LocalDate.parse(set.getString(i))
              : set.getObject(i, LocalDate.class);
      case "timestamp" ->
          driver.isAvatica()
              ? LocalDateTime.parse(set.getString(i).replace(' ', 'T'))
              : set.getObject(i, LocalDateTime.class);
      case "instant" ->
          set.getObject(i, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC);
      case "string" -> set.getString(i);
      default -> object instanceof BigDecimal exact ? Told.exact(exact) : object;
    };
  }

  @Override
  public String toString() {
    return driver + " " + how;
  }

  @Override
  public void close() {
    connections
        .values()
        .forEach(each -> {
          try {
            each.close();
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        });
  }
}

package io.scorebook.catalog.load;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The database of one load: in memory up to a bound, in the staging folder beyond it.
final class Database implements AutoCloseable {
  /// Enough to sort millions of rows without a detour over the disk.
  private static final String MEMORY = "512MB";

  private final DuckDBConnection connection;

  private Database(DuckDBConnection connection) {
    this.connection = connection;
  }

  static Database open(Path folder) {
    try {
      var connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
      var database = new Database(connection);
      database.execute("SET temp_directory = " + Sql.text(folder.resolve("spill").toString()));
      database.execute("SET memory_limit = '%s'".formatted(MEMORY));
      database.execute("SET TimeZone = 'UTC'");
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot open the staging database", e);
    }
  }

  DuckDBAppender appender(String table) {
    try {
      return connection.createAppender(table);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /// Does something that changes rows; the number of them.
  long execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql) ? 0 : Math.max(0, statement.getLargeUpdateCount());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /// A query that gives one number, or NULL as 0.
  long number(String sql) {
    return rows(sql, row -> row.getLong(1)).getFirst();
  }

  /// The rows of a query that has few.
  <T> List<T> rows(String sql, RowMapper<T> mapper) {
    var rows = new ArrayList<T>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(mapper.map(result));
      }
      return rows;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /// What a row of a result becomes.
  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  static IllegalStateException failure(SQLException e) {
    return new IllegalStateException("Cannot stage the rows: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}

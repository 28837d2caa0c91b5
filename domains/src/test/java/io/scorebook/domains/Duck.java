package io.scorebook.domains;

import io.scorebook.domains.expected.IndependentAnswers;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Plain DuckDB over a folder of raw files.
public final class Duck implements AutoCloseable {
  private final Connection connection;

  public Duck(Path folder) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      for (String sql : IndependentAnswers.rawTables(folder)) {
        statement.execute(sql);
      }
    }
  }

  /// The rows as text, numbers without needless zeros, NULL for null.
  public List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          Object value = result.getObject(i);
          row.add(value == null ? "NULL" : text(value));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  public long number(String sql) throws SQLException {
    return Long.parseLong(rows(sql).getFirst().getFirst());
  }

  private static String text(Object value) {
    if (!(value instanceof Number)) {
      return value.toString();
    }
    BigDecimal number = new BigDecimal(value.toString());
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

package io.scorebook.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/// Takes every value of the eight columns into Java.
final class JdbcRows {
  private static final int FETCH = 10_000;

  private JdbcRows() {}

  static long read(Connection connection, String table) throws SQLException {
    long read = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
        while (rows.next()) {
          read++;
          touch(rows);
        }
      }
    }
    return read;
  }

  /// As a program reads them: by the getter of their type.
  private static void touch(ResultSet rows) throws SQLException {
    long sum = rows.getLong(1) + rows.getInt(2);
    boolean odd =
        rows.getBigDecimal(3) == null
            || rows.getBigDecimal(4) == null
            || Double.isNaN(rows.getDouble(5) + sum)
            || rows.getDate(6) == null
            || rows.getTimestamp(7) == null
            || "?".equals(rows.getString(8));
    if (odd) {
      throw new SQLException("Cannot read a row of " + sum);
    }
  }

  static long read(VectorSchemaRoot batch) {
    for (FieldVector vector : batch.getFieldVectors()) {
      for (int row = 0; row < batch.getRowCount(); row++) {
        if ("?".equals(vector.getObject(row))) {
          throw new IllegalStateException("Cannot read a row");
        }
      }
    }
    return batch.getRowCount();
  }
}

package io.scorebook.catalog.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scorebook.catalog.contract.Contract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rows of a Parquet file; lines are the numbers of the rows.
final class ParquetRows implements RowReader {
  private final Path file;
  private final Connection connection;
  private final ResultSet rows;
  private final List<String> columns;
  private final ColumnMatch match;
  private final int[] columnOfField;
  private long line;

  private ParquetRows(
      Path file,
      Connection connection,
      ResultSet rows,
      List<String> columns,
      ColumnMatch match,
      int fields) {
    this.file = file;
    this.connection = connection;
    this.rows = rows;
    this.columns = columns;
    this.match = match;
    this.columnOfField = new int[fields];
    Arrays.fill(columnOfField, -1);
    for (int i = 0; i < match.fieldOfColumn().length; i++) {
      if (match.fieldOfColumn()[i] >= 0) {
        columnOfField[match.fieldOfColumn()[i]] = i;
      }
    }
  }

  @SuppressWarnings("resource") // the connection closes statement and rows, and is closed by close
  static ParquetRows open(Path file, Contract contract) {
    SourceStream.open(file).close(); // a missing file is told in the same words as others
    Connection connection = null;
    try {
      var properties = new Properties();
      properties.setProperty("jdbc_stream_results", "true");
      connection = DriverManager.getConnection("jdbc:duckdb:", properties);
      Statement statement = connection.createStatement();
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET memory_limit = '256MB'");
      statement.execute("SET threads = 1"); // row order is file order
      ResultSet rows =
          statement.executeQuery(
              "SELECT * FROM read_parquet(%s, hive_partitioning = false)"
                  .formatted(Sql.text(file.toString())));
      List<String> columns = columns(rows.getMetaData());
      var match = ColumnMatch.of(contract, file.toString(), columns);
      return new ParquetRows(file, connection, rows, columns, match, contract.fields().size());
    } catch (SQLException e) {
      close(connection);
      throw SourceStream.failure(file, 0, e);
    } catch (UnreadableSource e) {
      close(connection);
      throw e;
    }
  }

  private static List<String> columns(ResultSetMetaData meta) throws SQLException {
    var columns = new ArrayList<String>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(meta.getColumnName(i));
    }
    return columns;
  }

  @Override
  public boolean next() {
    try {
      line++;
      return rows.next();
    } catch (SQLException e) {
      throw SourceStream.failure(file, line - 1, e);
    }
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public @Nullable String malformed() {
    return null;
  }

  @Override
  public @Nullable Object value(int field) {
    return columnOfField[field] < 0 ? null : read(columnOfField[field]);
  }

  private @Nullable Object read(int column) {
    try {
      Object value = rows.getObject(column + 1);
      return switch (value) {
        case Timestamp time -> time.toLocalDateTime();
        case UUID id -> id.toString();
        case null, default -> value;
      };
    } catch (SQLException e) {
      throw SourceStream.failure(file, line, e);
    }
  }

  @Override
  public String raw() {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < columns.size(); i++) {
      RawValues.put(row, columns.get(i), read(i));
    }
    return row.toString();
  }

  @Override
  public Set<String> ignored() {
    return match.ignored();
  }

  @Override
  public String sha256() {
    try (SourceStream stream = SourceStream.open(file)) {
      return stream.sha256();
    }
  }

  @Override
  public void close() {
    close(connection);
  }

  private static void close(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close the reader of a Parquet file", e);
    }
  }
}

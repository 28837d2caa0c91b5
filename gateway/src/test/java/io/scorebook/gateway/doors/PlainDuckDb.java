package io.scorebook.gateway.doors;

import io.scorebook.gateway.cli.Stage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of the stage in a DuckDB that knows nothing of us: what is expected is asked of it, by
/// queries that were written by hand. `events` is what `ann` sees, and `ben` has his own.
final class PlainDuckDb implements AutoCloseable {
  private final Connection connection;

  PlainDuckDb() throws SQLException, IOException {
    Path csv = Files.createTempFile("events", ".csv");
    Files.writeString(csv, String.join("\n", Stage.CSV) + "\n");
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (var statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("CREATE SCHEMA ann");
      statement.execute("CREATE SCHEMA ben");
      statement.execute(
          """
          CREATE TABLE ann.events AS SELECT * FROM read_csv('%s', header = true, quote = '"', columns = {
            event_id: 'BIGINT', city: 'VARCHAR', day: 'DATE', taken: 'TIMESTAMP', seen: 'TIMESTAMPTZ',
            fine: 'TIMESTAMP', amount: 'DECIMAL(12,2)', ratio: 'DOUBLE', flag: 'BOOLEAN',
            note: 'VARCHAR', secret: 'VARCHAR'})
          """
              .formatted(csv));
      statement.execute(
          """
          CREATE TABLE ben.events AS
          SELECT * EXCLUDE (secret) REPLACE (note[1] || '***' AS note) FROM ann.events
          WHERE city = 'Bern'
          """);
    } finally {
      Files.delete(csv);
    }
  }

  /// The rows of a query as one caller should see them.
  List<List<@Nullable Object>> rows(String caller, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET search_path = '%s'".formatted(caller));
      try (ResultSet set = statement.executeQuery(sql)) {
        var rows = new ArrayList<List<@Nullable Object>>();
        while (set.next()) {
          var row = new ArrayList<@Nullable Object>();
          for (int i = 1; i <= set.getMetaData().getColumnCount(); i++) {
            row.add(value(set.getObject(i)));
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case BigDecimal exact -> Told.exact(exact);
      case BigInteger whole -> whole.longValueExact();
      case Integer whole -> (long) whole;
      case Timestamp time -> time.toLocalDateTime();
      case Date date -> date.toLocalDate();
      case LocalDate date -> date;
      case OffsetDateTime moment -> moment.withOffsetSameInstant(ZoneOffset.UTC);
      case null -> null;
      default -> value;
    };
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

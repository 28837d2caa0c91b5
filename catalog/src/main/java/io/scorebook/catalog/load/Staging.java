package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.Field;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// The rows of a load in its database:
///
/// - `files(__file, name)`: the files, as they were named;
/// - `rows(__seq, __file, __line, FIELDS...)`: what could be read, numbered in the order read;
/// - `reject(__seq, __file, __line, col, reason)`: why rows are rejected; without a number where
///   the row could not be read;
/// - `dropped(__seq)`: rows that will not be loaded, for whatever reason;
/// - `renames(__seq, name, now)`: names made distinct.
final class Staging {
  private static final int REJECT_BATCH = 10_000;

  private final Database database;
  private final Contract contract;
  private final FieldParser[] parsers;
  private final List<Reject> rejects = new ArrayList<>();
  private long read;

  private record Reject(int file, long line, @Nullable String column, String reason) {}

  Staging(Database database, Contract contract) {
    this.database = database;
    this.contract = contract;
    List<Field> fields = contract.fields();
    this.parsers = new FieldParser[fields.size()];
    for (int i = 0; i < parsers.length; i++) {
      parsers[i] = new FieldParser(fields.get(i), i);
    }
    String columns =
        fields.stream()
            .map(field -> Sql.name(field.name()) + " " + field.type().sqlName())
            .collect(Collectors.joining(", "));
    database.execute("CREATE TABLE files(__file INTEGER, name VARCHAR)");
    database.execute(
        "CREATE TABLE rows(__seq BIGINT, __file INTEGER, __line BIGINT, " + columns + ")");
    database.execute(
        "CREATE TABLE reject("
            + "__seq BIGINT, __file INTEGER, __line BIGINT, col VARCHAR, reason VARCHAR)");
    database.execute("CREATE TABLE dropped(__seq BIGINT)");
    database.execute("CREATE TABLE renames(__seq BIGINT, name VARCHAR, now VARCHAR)");
  }

  /// Hears of each row that was read.
  interface Listener {
    void read(long rows);
  }

  /// Reads a file to its end; the number of its rows.
  long read(int file, String name, RowReader reader, Listener listener) {
    database.execute("INSERT INTO files VALUES (%d, %s)".formatted(file, Sql.text(name)));
    long before = read;
    try (var appending = new Appending(database, parsers)) {
      while (reader.next()) {
        read++;
        if (parse(file, reader, appending.row())) {
          appending.keep(read, file, reader.line());
        }
        listener.read(read - before);
      }
      appending.finish();
    }
    flushRejects();
    return read - before;
  }

  private boolean parse(int file, RowReader reader, TypedRow row) {
    String malformed = reader.malformed();
    if (malformed != null) {
      reject(new Reject(file, reader.line(), null, malformed));
      return false;
    }
    boolean good = true;
    for (int i = 0; i < parsers.length; i++) {
      String reason = parsers[i].parse(reader.value(i), row);
      if (reason != null) {
        reject(new Reject(file, reader.line(), parsers[i].column(), reason));
        good = false;
      }
    }
    return good;
  }

  private void reject(Reject reject) {
    rejects.add(reject);
    if (rejects.size() >= REJECT_BATCH) {
      flushRejects();
    }
  }

  private void flushRejects() {
    try (DuckDBAppender appender = database.appender("reject")) {
      for (Reject reject : rejects) {
        appender.beginRow().appendNull().append(reject.file).append(reject.line);
        appender.append(reject.column).append(reject.reason).endRow();
      }
    } catch (SQLException e) {
      throw Database.failure(e);
    }
    rejects.clear();
  }

  /// Forgets what the checks found, so that they can be made again.
  void forgetChecks() {
    database.execute("DELETE FROM reject WHERE __seq IS NOT NULL");
    database.execute("DELETE FROM dropped");
    database.execute("DELETE FROM renames");
    database.execute("DROP TABLE IF EXISTS ordered");
  }

  Contract contract() {
    return contract;
  }

  Database database() {
    return database;
  }

  /// Rows read, good or not.
  long read() {
    return read;
  }

  long rejected() {
    return database.number("SELECT count(DISTINCT (__file, __line)) FROM reject");
  }

  List<Rejection> rejections(int most) {
    return database.rows(
        """
        SELECT name, __line, col, reason FROM reject JOIN files USING (__file)
        ORDER BY __file, __line, col LIMIT %d\
        """
            .formatted(most),
        found ->
            new Rejection(
                found.getString(1),
                found.getLong(2),
                Optional.ofNullable(found.getString(3)),
                found.getString(4)));
  }

  List<LoadReport.Renamed> renamed(int most) {
    return database.rows(
        """
        SELECT renames.name, now, files.name, __line
        FROM renames JOIN rows USING (__seq) JOIN files USING (__file)
        ORDER BY __seq LIMIT %d\
        """
            .formatted(most),
        found ->
            new LoadReport.Renamed(
                found.getString(1), found.getString(2), found.getString(3), found.getLong(4)));
  }
}

package io.scorebook.engine.draft.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The rows of all tables as texts, in a database in a folder of its own that goes when it is
/// closed: what does not fit the memory is there.
///
/// Table number 3 is `t3`, its column number 0 is `c0`; `place` says the file and the line of a
/// row.
public final class Workbench implements AutoCloseable {
  private static final String MEMORY = "512MB";

  private final Path folder;
  private final DuckDBConnection connection;

  private Workbench(Path folder, DuckDBConnection connection) {
    this.folder = folder;
    this.connection = connection;
  }

  public static Workbench open() {
    try {
      Path folder = Files.createTempDirectory("scorebook-draft");
      try {
        var connection =
            (DuckDBConnection)
                DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("rows.duckdb"));
        var workbench = new Workbench(folder, connection);
        workbench.execute("SET memory_limit = '%s'".formatted(MEMORY));
        return workbench;
      } catch (SQLException e) {
        delete(folder);
        throw new IllegalStateException("Cannot open a database in " + folder, e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a temporary folder", e);
    }
  }

  DuckDBAppender create(int table, int columns) throws SQLException {
    execute(
        "CREATE TABLE t%d (place VARCHAR%s)"
            .formatted(
                table,
                IntStream.range(0, columns)
                    .mapToObj(i -> ", c" + i + " VARCHAR")
                    .collect(Collectors.joining())));
    return connection.createAppender("t" + table);
  }

  /// How many different values the columns have together, NULL being one.
  public long distinct(int table, List<Integer> columns) {
    return numbers(
            "SELECT count(*) FROM (SELECT DISTINCT %s FROM t%d)".formatted(names(columns), table))
        .getFirst();
  }

  /// How many different values the columns of one table have together where none is NULL, and how
  /// many of those the columns of the other have too.
  public Inclusion included(int table, List<Integer> columns, int in, List<Integer> of) {
    String filled =
        columns.stream().map(c -> "c" + c + " IS NOT NULL").collect(Collectors.joining(" AND "));
    List<Long> found =
        numbers(
            "SELECT count(*), count(*) FILTER (WHERE b.found) FROM (SELECT DISTINCT %s FROM t%d WHERE %s) a LEFT JOIN (SELECT DISTINCT %s, TRUE AS found FROM t%d) b ON %s"
                .formatted(
                    names(columns),
                    table,
                    filled,
                    names(of),
                    in,
                    IntStream.range(0, columns.size())
                        .mapToObj(i -> "a.c%d = b.c%d".formatted(columns.get(i), of.get(i)))
                        .collect(Collectors.joining(" AND "))));
    return new Inclusion(found.get(0), found.get(1));
  }

  /// @param values the different values
  /// @param found those that are in the other table
  public record Inclusion(long values, long found) {}

  /// In how many rows both columns have the same value.
  public long equal(int table, int column, int other) {
    return numbers(
            "SELECT count(*) FROM t%d WHERE c%d IS NOT DISTINCT FROM c%d"
                .formatted(table, column, other))
        .getFirst();
  }

  /// In how many rows the column's whole value is of the pattern.
  public long matching(int table, int column, String pattern) {
    return numbers(
            "SELECT count(*) FROM t%d WHERE regexp_full_match(c%d, '%s')"
                .formatted(table, column, pattern.replace("'", "''")))
        .getFirst();
  }

  /// The places of two rows that differ, although they have the same values in the columns.
  public List<String> conflict(int table, List<Integer> key) {
    String names = names(key);
    return texts(
        "SELECT place FROM t%1$d WHERE (%2$s) IN (SELECT (%2$s) FROM (SELECT DISTINCT * EXCLUDE (place) FROM t%1$d) GROUP BY %2$s HAVING count(*) > 1 ORDER BY %2$s LIMIT 1) ORDER BY rowid LIMIT 2"
            .formatted(table, names));
  }

  private static String names(List<Integer> columns) {
    return columns.stream().map(column -> "c" + column).collect(Collectors.joining(", "));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<Long> numbers(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      var numbers = new ArrayList<Long>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        numbers.add(result.getLong(i));
      }
      return numbers;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private List<String> texts(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (result.next()) {
        texts.add(result.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  static IllegalStateException failure(SQLException e) {
    return new IllegalStateException("Cannot look at the rows: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
      delete(folder);
    } catch (SQLException e) {
      throw failure(e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

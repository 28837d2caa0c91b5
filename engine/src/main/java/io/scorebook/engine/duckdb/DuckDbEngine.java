package io.scorebook.engine.duckdb;

import io.scorebook.catalog.table.SnapshotFile;
import io.scorebook.catalog.table.TableSnapshot;
import io.scorebook.engine.MaskKey;
import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.PinnedTable;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.answer.Watch;
import io.scorebook.engine.files.FileCache;
import io.scorebook.engine.sql.PlanSql;
import io.scorebook.semantic.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import org.apache.calcite.rel.RelNode;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/// Runs plans on DuckDB in this process, over local copies of the snapshot's files.
///
/// The database is in memory and holds nothing; each question has a connection of its own. After it
/// is opened it can read the cache folder and nothing else, and no query can change that.
public final class DuckDbEngine implements Engine {
  private final DuckDBConnection database;
  private final FileCache files;
  private final MaskKey maskKey;
  private final Map<RelNode, PlanSql.Text> texts = Collections.synchronizedMap(new WeakHashMap<>());

  /// With pseudonyms of its own, which end with it.
  public DuckDbEngine(DuckDbSettings settings, FileCache files) {
    this(settings, files, MaskKey.random());
  }

  /// @param maskKey by which pseudonyms are made
  public DuckDbEngine(DuckDbSettings settings, FileCache files, MaskKey maskKey) {
    this.files = files;
    this.maskKey = maskKey;
    checkFolder(files.folder());
    this.database = open(settings, files.folder());
  }

  /// DuckDB takes every path for a pattern.
  private static void checkFolder(Path folder) {
    if (folder.toString().chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "Cannot keep data files in '%s': choose a home whose path has none of * ? [ {"
              .formatted(folder));
    }
  }

  private static DuckDBConnection open(DuckDbSettings settings, Path folder) {
    var properties = new Properties();
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    try {
      Files.createDirectories(settings.spill());
      Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
      try (Statement statement = connection.createStatement()) {
        for (String setting : lockDown(settings, folder)) {
          statement.execute("SET " + setting);
        }
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return connection.unwrap(DuckDBConnection.class);
    } catch (SQLException e) {
      throw new EngineException(Kind.INTERNAL, "Cannot start DuckDB: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the folder " + settings.spill(), e);
    }
  }

  /// The order matters: what may be read is said before all else is closed.
  private static List<String> lockDown(DuckDbSettings settings, Path folder) {
    return List.of(
        "memory_limit = '%dB'".formatted(settings.memoryBytes()),
        "threads = " + settings.threads(),
        "temp_directory = " + SqlTypes.quoted(settings.spill().toString()),
        "max_temp_directory_size = '%dB'".formatted(settings.maxSpillBytes()),
        // An open answer holds what was read ahead for it: the files are on this machine, where
        // whole row groups ahead cost 24 MB an answer, and gain nothing.
        "disable_parquet_prefetching = true",
        "streaming_buffer_size = '256KiB'",
        "parquet_metadata_cache = true", // a file's copy never changes
        // DuckDB 2.0.0 takes every scan by field ids for one row, and so turns joins round at
        // random. As plans write them the side without a key is on the left, to be streamed.
        "disabled_optimizers = 'build_side_probe_side'",
        "TimeZone = 'UTC'",
        "error_on_division_by_zero = true",
        "ieee_floating_point_ops = false", // so that doubles divided by zero fail too
        "allowed_directories = [%s]".formatted(SqlTypes.quoted(folder + "/")),
        "enable_external_access = false",
        "lock_configuration = true");
  }

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public Rows run(Plan plan, PinnedTables tables, Limits limits) {
    PlanSql.Text text =
        texts.computeIfAbsent(plan.rel(), rel -> PlanSql.write(rel, DuckDbDialect.INSTANCE));
    var run = new Run(limits);
    try {
      return run.start(statement(text, tables, run), plan);
    } catch (SQLException e) {
      EngineException reason = run.watch.reason(e);
      run.closeAfter(e);
      throw reason == null ? Failures.translate(e) : reason;
    } catch (RuntimeException e) {
      EngineException reason = run.watch.reason(e);
      run.closeAfter(e);
      throw reason == null ? e : reason;
    }
  }

  /// The plan's text for a reader, with the tables by their names.
  public static String explain(Plan plan) {
    PlanSql.Text text = PlanSql.explain(plan.rel(), DuckDbDialect.INSTANCE);
    var expressions = new ArrayList<String>();
    text.scans().forEach(scan -> expressions.add(TableSql.explain(scan)));
    expressions.addAll(text.expressions());
    return statement(expressions, text.select());
  }

  @Override
  public String text(Plan plan) {
    return explain(plan);
  }

  private String statement(PlanSql.Text text, PinnedTables tables, Run run) {
    var expressions = new ArrayList<String>();
    var pinned = new HashMap<String, FileCache.Pins>();
    for (PlanSql.Scan scan : text.scans()) {
      PinnedTable table = tables.table(scan.table());
      FileCache.Pins pins =
          pinned.computeIfAbsent(
              scan.table(), _ -> table.snapshot().map(run::pin).orElseGet(run::pinNothing));
      expressions.add(TableSql.write(scan, table, pins::path));
    }
    expressions.addAll(text.expressions());
    return statement(expressions, text.select());
  }

  private static String statement(List<String> expressions, String select) {
    return expressions.isEmpty()
        ? select
        : "WITH " + String.join(",\n", expressions) + "\n" + select;
  }

  /// One question on the way: what it holds, and how it ends.
  private final class Run implements AutoCloseable {
    private final List<AutoCloseable> held = new ArrayList<>();
    private final Watch watch;
    private volatile @org.jspecify.annotations.Nullable Statement statement;

    Run(Limits limits) {
      this.watch = new Watch(limits, this::interrupt);
    }

    FileCache.Pins pin(TableSnapshot snapshot) {
      watch.check();
      FileCache.Pins pins =
          files.pin(
              snapshot.files().stream()
                  .map((SnapshotFile file) -> new FileCache.RemoteFile(file.path(), file.bytes()))
                  .toList(),
              snapshot.table().io(),
              watch::check);
      held.add(pins);
      return pins;
    }

    FileCache.Pins pinNothing() {
      return files.new Pins(Map.of());
    }

    Rows start(String sql, Plan plan) throws SQLException {
      watch.check();
      Connection connection = database.duplicate();
      held.addFirst(connection);
      if (sql.contains(FunctionSql.INNER_KEY)) {
        giveKey(connection);
      }
      Statement running = connection.createStatement();
      held.addFirst(running);
      statement = running;
      ResultSet results = execute(connection, running, sql);
      held.addFirst(results);
      return new DuckDbRows(results, plan, watch, this);
    }

    /// As values: in no text that a log or an error could show.
    private void giveKey(Connection connection) throws SQLException {
      give(connection, FunctionSql.INNER_KEY, maskKey.inner());
      give(connection, FunctionSql.OUTER_KEY, maskKey.outer());
    }

    private void give(Connection connection, String variable, byte[] value) throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement("SET VARIABLE " + variable + " = ?")) {
        statement.setBytes(1, value);
        statement.execute();
      }
    }

    /// A stream that fails before its first rows loses the reason; the plan is then run once more
    /// for the reason alone.
    private ResultSet execute(Connection connection, Statement running, String sql)
        throws SQLException {
      try {
        return running.executeQuery(sql);
      } catch (SQLException e) {
        watch.check();
        if (String.valueOf(e.getMessage()).contains("Invalid result set")) {
          try (Statement again = connection.createStatement()) {
            statement = again;
            again.execute("EXPLAIN ANALYZE " + sql);
          }
        }
        throw e;
      }
    }

    private void interrupt() {
      Statement running = statement;
      try {
        if (running != null) {
          running.cancel();
        }
      } catch (SQLException _) {
        // it has just ended by itself
      }
    }

    void closeAfter(Throwable failure) {
      try {
        close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }

    @Override
    public void close() throws Exception {
      watch.close();
      for (AutoCloseable each : held) {
        each.close();
      }
    }
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException e) {
      throw new EngineException(Kind.INTERNAL, "Cannot close DuckDB", e);
    }
  }
}

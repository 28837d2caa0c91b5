package io.scorebook.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.postgresql.PGConnection;

/// What a gateway is measured beside: PostgreSQL's own server and DuckDB's driver.
final class Others implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private final Path folder;
  private Optional<Path> programs = Optional.empty();

  Others(Path work) {
    this.folder = work.resolve("postgres");
  }

  Connection duckDb() throws SQLException {
    var properties = new Properties();
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    return DriverManager.getConnection("jdbc:duckdb:", properties);
  }

  /// A server with the rows in a table `events`: of a URL, else one that is installed and started
  /// here for the time; empty where there is none.
  Optional<Connection> postgres(Optional<String> url, String files)
      throws IOException, InterruptedException, SQLException {
    Optional<Path> found = url.isPresent() ? Optional.empty() : installed();
    if (url.isEmpty() && found.isEmpty()) {
      return Optional.empty();
    }
    Connection connection =
        url.isPresent() ? DriverManager.getConnection(url.get()) : start(found.get());
    fill(connection, files);
    connection.setAutoCommit(false);
    return Optional.of(connection);
  }

  private static Optional<Path> installed() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo);
    }
  }

  private Connection start(Path bin) throws IOException, InterruptedException, SQLException {
    programs = Optional.of(bin);
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (isRoot()) {
      // The server runs as no superuser; the folders above must let it through.
      call(List.of("chown", "postgres", folder.toString()));
      Files.setPosixFilePermissions(
          folder.toAbsolutePath().getParent(), PosixFilePermissions.fromString("rwx--x--x"));
    }
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server("initdb", "-D", folder.toString(), "-U", "bench", "-A", "trust", "-E", "UTF8");
    server(
        "pg_ctl",
        "-w",
        "-D",
        folder.toString(),
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p %d -k %s -c shared_buffers=512MB -c listen_addresses=127.0.0.1".formatted(port, folder),
        "start");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/postgres?user=bench&prepareThreshold=-1".formatted(port));
  }

  private void server(String program, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.orElseThrow().resolve(program).toString());
    command.addAll(List.of(arguments));
    call(command);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void call(List<String> command) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("Cannot run %s: status %d".formatted(command, status));
    }
  }

  private void fill(Connection postgres, String files) throws SQLException, IOException {
    Path csv = folder.resolveSibling("events.csv");
    try (Connection duckDb = duckDb();
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_parquet(%s)) TO '%s' (FORMAT csv, HEADER false)"
              .formatted(files, csv));
    }
    try (Statement statement = postgres.createStatement();
        InputStream in = Files.newInputStream(csv)) {
      statement.execute(
          """
          CREATE TABLE events (
            id bigint PRIMARY KEY, kind int, price numeric(9, 2), total numeric(18, 4),
            ratio double precision, day date, moment timestamp, note text)
          """);
      postgres
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY events FROM STDIN (FORMAT csv)", in);
      statement.execute("VACUUM ANALYZE events");
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (programs.isPresent()) {
      server("pg_ctl", "-D", folder.toString(), "-m", "immediate", "stop");
    }
  }
}

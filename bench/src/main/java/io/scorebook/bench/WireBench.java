package io.scorebook.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.postgresql.PGConnection;

/// All rows of a table of eight columns through each door of a gateway, beside PostgreSQL's own
/// server and DuckDB's JDBC driver over the same rows in one run; a small question by the wire and
/// by HTTP; and what open cursors hold.
///
/// ```
/// ./scorebook bench wire 1000000          # how many rows; then a JDBC URL of a PostgreSQL, if none is here
/// ```
///
/// Every reader takes each value of each row into Java, but for CSV and COPY, whose lines are
/// counted. The gateway runs in a process of its own with a heap of 512 MB.
final class WireBench {
  private static final String TABLE = "events_v1.events";
  private static final String SMALL = "SELECT kind, takings FROM by_kind_v1.by_kind WHERE kind = 7";

  /// Until then the compiler of either JVM takes a good part of two cores.
  private static final int WARM_UP = 10;

  private static final int ROUNDS = 5;
  private static final int SMALL_ROUNDS = 400;
  private static final int CURSORS = 30;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final long rows;
  private final Process gateway;
  private final String json;
  private final String token;

  private WireBench(long rows, Process gateway, String json, String token) {
    this.rows = rows;
    this.gateway = gateway;
    this.json = json;
    this.token = token;
  }

  private interface Reading {
    /// @return rows
    long read() throws Exception;
  }

  /// @param other a JDBC URL of PostgreSQL's own server, where none is installed
  static void run(long rows, Optional<String> other) throws Exception {
    Path work = Files.createTempDirectory("scorebook-wire");
    Process gateway = null;
    try (Others others = new Others(work)) {
      Path home = work.resolve("home");
      ReadingLake.EVENTS.make(home, work, rows);
      gateway = GatewayProcess.start(home, work.resolve("gc.log"));
      String json = GatewayProcess.await(home, gateway);
      String token = Files.readString(home.resolve("token")).strip();
      String files = files(home);
      var bench = new WireBench(rows, gateway, json, token);
      bench.doors(others, files, other);
      bench.small();
      bench.cursors();
    } finally {
      if (gateway != null) {
        GatewayProcess.stop(gateway);
      }
      GatewayProcess.delete(work);
    }
  }

  private static String files(Path home) throws IOException {
    try (Stream<Path> paths = Files.walk(home.resolve("objects"))) {
      return paths
          .filter(path -> path.toString().matches(".*/events[^/]*/.*\\.parquet"))
          .map(path -> "'" + path + "'")
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }

  private void doors(Others others, String files, Optional<String> other) throws Exception {
    System.out.println("| door | rows/s |");
    System.out.println("|---|---|");
    measure("HTTP, Arrow", this::arrow);
    measure("HTTP, CSV", this::lines);
    try (Connection connection = wire()) {
      measure("PostgreSQL wire, pgjdbc, cursor of 10,000", () -> JdbcRows.read(connection, TABLE));
      measure("PostgreSQL wire, COPY", () -> copy(connection, TABLE));
    }
    try (Connection connection = DriverManager.getConnection(address("jdbc"), "token", token)) {
      measure("Avatica", () -> JdbcRows.read(connection, TABLE));
    }
    if (find("flight").isEmpty()) {
      System.out.println("| Flight SQL | NOT MEASURED: this gateway has no such door |");
    } else {
      measure("Flight SQL", this::flight);
    }
    try (Connection connection = others.duckDb()) {
      measure(
          "DuckDB's JDBC driver, the same files",
          () -> JdbcRows.read(connection, "read_parquet(%s)".formatted(files)));
    }
    Optional<Connection> postgres = others.postgres(other, files);
    if (postgres.isEmpty()) {
      System.out.println(
          "| PostgreSQL's own server | NOT MEASURED: none in /usr/lib/postgresql, and no JDBC URL given |");
    } else {
      try (Connection connection = postgres.get()) {
        measure(
            "PostgreSQL's own server, pgjdbc, cursor of 10,000",
            () -> JdbcRows.read(connection, "events"));
        measure("PostgreSQL's own server, COPY", () -> copy(connection, "events"));
      }
    }
  }

  /// Rows a second: the median of some rounds, after others that warm.
  private void measure(String door, Reading reading) throws Exception {
    var rates = new double[ROUNDS];
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      long start = System.nanoTime();
      long read = reading.read();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (read != rows) {
        throw new IllegalStateException("%s gave %d rows of %d".formatted(door, read, rows));
      }
      if (i >= 0) {
        rates[i] = rows / seconds;
      }
    }
    System.out.printf("| %s | %.0f |%n", door, median(rates));
  }

  private long arrow() throws IOException, InterruptedException {
    long read = 0;
    try (InputStream in = stream("arrow");
        var allocator = new RootAllocator();
        var reader = new ArrowStreamReader(in, allocator)) {
      while (reader.loadNextBatch()) {
        read += JdbcRows.read(reader.getVectorSchemaRoot());
      }
    }
    return read;
  }

  private long lines() throws IOException, InterruptedException {
    try (InputStream in = stream("csv");
        var lines = new Lines()) {
      in.transferTo(lines);
      return lines.count - 1; // its header
    }
  }

  private static long copy(Connection connection, String table) throws SQLException, IOException {
    try (var lines = new Lines()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (SELECT * FROM %s) TO STDOUT".formatted(table), lines);
      return lines.count;
    }
  }

  private static final class Lines extends OutputStream {
    private long count;

    @Override
    public void write(int each) {
      count += each == '\n' ? 1 : 0;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      for (int i = from; i < from + length; i++) {
        count += bytes[i] == '\n' ? 1 : 0;
      }
    }
  }

  private InputStream stream(String format) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            request("/v1/products/events/v1/data?limit=all&format=" + format).GET().build(),
            BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException("Cannot read the rows: status " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address("http") + path))
        .header("Authorization", "Bearer " + token);
  }

  /// Binary from the first question on, as pgjdbc has it after some.
  private Connection wire() throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            "jdbc:%s?prepareThreshold=-1".formatted(address("postgres")), "token", token);
    connection.setAutoCommit(false);
    return connection;
  }

  private String address(String door) {
    return find(door)
        .orElseThrow(() -> new IllegalStateException("Cannot find the address of " + door));
  }

  private Optional<String> find(String door) {
    Matcher found = Pattern.compile("\"%s\"\\s*:\\s*\"([^\"]+)\"".formatted(door)).matcher(json);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /// The same question by turns, each of one row.
  private void small() throws Exception {
    double[] http = new double[SMALL_ROUNDS];
    double[] wire = new double[SMALL_ROUNDS];
    HttpRequest request =
        request("/v1/sql?format=csv")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"sql\":\"%s\"}".formatted(SMALL)))
            .build();
    try (Connection connection = wire();
        var statement = connection.prepareStatement(SMALL)) {
      connection.setAutoCommit(true);
      for (int i = -SMALL_ROUNDS; i < SMALL_ROUNDS; i++) {
        long start = System.nanoTime();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        long between = System.nanoTime();
        try (var found = statement.executeQuery()) {
          if (!found.next() || answer.statusCode() != 200) {
            throw new IllegalStateException("Cannot answer the small question: " + answer.body());
          }
        }
        long end = System.nanoTime();
        if (i >= 0) {
          http[i] = (between - start) / 1e6;
          wire[i] = (end - between) / 1e6;
        }
      }
    }
    System.out.printf(
        "A small question, median of %d: %.2f ms by HTTP, %.2f ms by the PostgreSQL wire%n",
        SMALL_ROUNDS, median(http), median(wire));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /// Each has read ten rows of all, and waits.
  private void cursors() throws Exception {
    long before = GatewayProcess.resident(gateway);
    List<Connection> open = new ArrayList<>();
    try {
      for (int i = 0; i < CURSORS; i++) {
        Connection connection = wire();
        open.add(connection);
        var statement = connection.prepareStatement("SELECT * FROM " + TABLE);
        statement.setFetchSize(10);
        if (!statement.executeQuery().next()) {
          throw new IllegalStateException("Cannot read a row");
        }
      }
      long with = GatewayProcess.resident(gateway);
      System.out.printf(
          "%d open cursors: resident %d MB before, %d MB with them, %.1f MB each%n",
          CURSORS, before / 1024, with / 1024, (with - before) / 1024.0 / CURSORS);
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private long flight() throws Exception {
    URI door = URI.create(address("flight"));
    var bearer = new CredentialCallOption(new BearerCredentialWriter(token));
    long read = 0;
    try (var allocator = new RootAllocator();
        var flights =
            FlightClient.builder(
                    allocator, Location.forGrpcInsecure(door.getHost(), door.getPort()))
                .build();
        var questions = new FlightSqlClient(flights)) {
      FlightInfo info = questions.execute("SELECT * FROM " + TABLE, bearer);
      for (FlightEndpoint endpoint : info.getEndpoints()) {
        try (FlightStream stream = questions.getStream(endpoint.getTicket(), bearer)) {
          while (stream.next()) {
            read += JdbcRows.read(stream.getRoot());
          }
        }
      }
    }
    return read;
  }
}

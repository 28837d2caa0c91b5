package io.scorebook.bench;

import io.scorebook.domains.expected.ExpectedAnswer;
import io.scorebook.domains.expected.IndependentAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// Asks a running gateway each question of `questions.txt` over HTTP, and plain DuckDB the same by
/// hand-written SQL over the same Parquet files, turn by turn; prints the medians and their ratio.
///
/// ```
/// ./scorebook demo                    # in one terminal
/// ./scorebook bench .scorebook 15     # in another: the home, and how often
/// ```
///
/// With `plans` as its first argument it measures the planner alone, see [PlanBench], and with
/// `stores` the embedded store against MinIO, see [StoreBench]; with `reading` the rows of a
/// product in each format, see [ReadingBench], with `wire` the doors, see [WireBench], and with
/// `governance` what policies and the audit cost, see [GovernanceBench].
public final class Bench {
  private static final Pattern HTTP = Pattern.compile("\"http\"\\s*:\\s*\"([^\"]+)\"");

  /// Until then the compilers of the two JVMs are at work.
  private static final int WARM_UP = 50;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI door;
  private final String token;
  private final Connection duckDb;

  private Bench(URI door, String token, Connection duckDb) {
    this.door = door;
    this.token = token;
    this.duckDb = duckDb;
  }

  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("plans")) {
      PlanBench.run();
      return;
    }
    if (args.length > 0 && args[0].equals("stores")) {
      StoreBench.run(args.length > 1 ? Integer.parseInt(args[1]) : 5);
      return;
    }
    if (args.length > 0 && args[0].equals("reading")) {
      ReadingBench.run(args.length > 1 ? Long.parseLong(args[1]) : 250_000);
      return;
    }
    if (args.length > 0 && args[0].equals("wire")) {
      WireBench.run(
          args.length > 1 ? Long.parseLong(args[1]) : 1_000_000,
          args.length > 2 ? Optional.of(args[2]) : Optional.empty());
      return;
    }
    if (args.length > 0 && args[0].equals("governance")) {
      GovernanceBench.run(args.length > 1 ? Long.parseLong(args[1]) : 5_000_000);
      return;
    }
    Path home = Path.of(args.length > 0 ? args[0] : ".scorebook").toAbsolutePath();
    int times = args.length > 1 ? Integer.parseInt(args[1]) : 15;
    if (!Files.exists(home.resolve("gateway.json"))) {
      System.err.printf("Cannot find a running gateway in %s; start one there first%n", home);
      System.exit(1);
    }
    var http = HTTP.matcher(Files.readString(home.resolve("gateway.json")));
    if (!http.find()) {
      throw new IOException("Invalid gateway.json: names no HTTP address");
    }
    String token = Files.readString(home.resolve("token")).strip();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      try (Statement statement = duckDb.createStatement()) {
        for (String sql :
            read("parquet.sql")
                .replace("${objects}", home.resolve("objects").toString())
                .split(";\n", -1)) {
          if (!sql.isBlank()) {
            statement.execute(sql);
          }
        }
      }
      new Bench(URI.create(http.group(1) + "/v1/query"), token, duckDb).run(times);
    }
  }

  private void run(int times) throws IOException, InterruptedException, SQLException {
    List<String> names = questions();
    System.out.println("| question | gateway, ms | DuckDB, ms | ratio |");
    System.out.println("|---|---|---|---|");
    for (ExpectedAnswer answer : IndependentAnswers.all()) {
      if (names.contains(answer.name())) {
        compare(answer, times);
      }
    }
  }

  private void compare(ExpectedAnswer answer, int times)
      throws IOException, InterruptedException, SQLException {
    double[] gateway = new double[times];
    double[] plain = new double[times];
    for (int i = -WARM_UP; i < times; i++) {
      long start = System.nanoTime();
      ask(answer.question());
      long between = System.nanoTime();
      query(answer.sql());
      long end = System.nanoTime();
      if (i >= 0) {
        gateway[i] = (between - start) / 1e6;
        plain[i] = (end - between) / 1e6;
      }
    }
    double ours = median(gateway);
    double theirs = median(plain);
    System.out.printf("| %s | %.1f | %.1f | %.2f |%n", answer.name(), ours, theirs, ours / theirs);
  }

  private void ask(String question) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(door)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(question))
            .build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(new String(response.body(), StandardCharsets.UTF_8));
    }
  }

  private void query(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          var unused = rows.getObject(i);
        }
      }
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /// The names of the questions that are measured.
  static List<String> questions() throws IOException {
    return read("questions.txt").lines().toList();
  }

  private static String read(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(Bench.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

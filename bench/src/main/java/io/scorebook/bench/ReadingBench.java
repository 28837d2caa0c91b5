package io.scorebook.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// All rows of a product in each format, and small answers again and again, of a gateway in a
/// process of its own with a small heap.
///
/// ```
/// ./scorebook bench reading 250000        # how many rows
/// ```
///
/// Heap is the most that was left after a collection while an answer was streamed; the resident set
/// is the whole process, with the engine's memory (1 GB at most) and Arrow's.
final class ReadingBench {
  private static final List<String> FORMATS =
      List.of("json", "ndjson", "csv", "arrow", "parquet", "avro");
  private static final Pattern AFTER = Pattern.compile("(\\d+)M->(\\d+)M\\(");
  private static final Pattern HTTP = Pattern.compile("\"http\"\\s*:\\s*\"([^\"]+)\"");
  private static final int CONNECTIONS = 16;
  private static final Duration TIME = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path gcLog;
  private final Process gateway;
  private final URI door;
  private final String token;

  private ReadingBench(Path gcLog, Process gateway, URI door, String token) {
    this.gcLog = gcLog;
    this.gateway = gateway;
    this.door = door;
    this.token = token;
  }

  static void run(long rows) throws IOException, InterruptedException, SQLException {
    Path work = Files.createTempDirectory("scorebook-reading");
    Process gateway = null;
    try {
      Path home = work.resolve("home");
      ReadingLake.PLANT.make(home, work, rows);
      Path log = work.resolve("gc.log");
      gateway = GatewayProcess.start(home, log);
      String file = GatewayProcess.await(home, gateway);
      Matcher http = HTTP.matcher(file);
      if (!http.find()) {
        throw new IOException("Invalid gateway.json: names no HTTP address");
      }
      String token = Files.readString(home.resolve("token")).strip();
      new ReadingBench(log, gateway, URI.create(http.group(1)), token).run();
    } finally {
      if (gateway != null) {
        GatewayProcess.stop(gateway);
      }
      GatewayProcess.delete(work);
    }
  }

  private void run() throws IOException, InterruptedException {
    read("csv"); // brings the files and warms the JVM
    System.out.println(
        "| format | rows/s | MB/s | MB | most heap after a collection, MB | resident, MB |");
    System.out.println("|---|---|---|---|---|---|");
    for (String format : FORMATS) {
      long began = Files.size(gcLog);
      long start = System.nanoTime();
      Streamed streamed = read(format);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "| %s | %.0f | %.1f | %.1f | %d | %d |%n",
          format,
          streamed.rows() / seconds,
          streamed.bytes() / 1e6 / seconds,
          streamed.bytes() / 1e6,
          heap(began),
          streamed.resident() / 1024);
    }
    System.out.println("| pages by cursor | pages/s | rows/s |");
    System.out.println("|---|---|---|");
    walk("by the key", 1000, "");
    walk("by the key", 100, "");
    walk("by a text, then the key", 1000, "&orderBy=-sensor");
    System.out.println("| small answers, %d connections | answers/s |".formatted(CONNECTIONS));
    System.out.println("|---|---|");
    String page = "/v1/products/readings/v1/data?limit=100";
    HttpResponse<InputStream> first = client.send(get(page).build(), BodyHandlers.ofInputStream());
    first.body().close();
    String tag = first.headers().firstValue("ETag").orElseThrow();
    rate("304 of a page", get(page).header("If-None-Match", tag).build(), 304);
    rate("a page of 100 rows", get(page).build(), 200);
    rate(
        "a metric in 10 groups",
        request("/v1/query")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"metrics\":[\"total\"],\"dimensions\":[\"batch\"]}"))
            .build(),
        200);
  }

  /// @param resident the most kilobytes that were seen
  private record Streamed(long rows, long bytes, long resident) {}

  private Streamed read(String format) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            get("/v1/products/readings/v1/data?limit=all&format=" + format).build(),
            BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException("Cannot read the rows: status " + response.statusCode());
    }
    long bytes = 0;
    long resident = 0;
    long next = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = response.body()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        if (bytes >= next) {
          resident = Math.max(resident, GatewayProcess.resident(gateway));
          next = bytes + (16 << 20);
        }
      }
    }
    return new Streamed(rows(), bytes, Math.max(resident, GatewayProcess.resident(gateway)));
  }

  /// From page to page for a while, and from the first page again after the last.
  private void walk(String order, int rows, String parameters)
      throws IOException, InterruptedException {
    String first = "/v1/products/readings/v1/data?format=csv&limit=" + rows + parameters;
    pages(first, TIME.dividedBy(3));
    long start = System.nanoTime();
    int pages = pages(first, TIME);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "| %d rows %s | %.1f | %.0f |%n", rows, order, pages / seconds, rows * pages / seconds);
  }

  private int pages(String first, Duration time) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    String next = first;
    int pages = 0;
    while (System.nanoTime() < end) {
      var response = client.send(get(next).build(), BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException("Cannot read a page: status " + response.statusCode());
      }
      pages++;
      next =
          response
              .headers()
              .firstValue("Link")
              .map(link -> link.substring(link.indexOf('<') + 1, link.indexOf('>')))
              .orElse(first);
    }
    return pages;
  }

  private long rows() throws IOException, InterruptedException {
    HttpRequest count =
        request("/v1/sql?format=csv")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"sql\":\"SELECT COUNT(*) AS n FROM plant.readings\"}"))
            .build();
    String body = client.send(count, BodyHandlers.ofString()).body();
    return Long.parseLong(body.lines().skip(1).findFirst().orElseThrow());
  }

  private long heap(long from) throws IOException {
    String log = Files.readString(gcLog).substring((int) from);
    return AFTER.matcher(log).results().mapToLong(r -> Long.parseLong(r.group(2))).max().orElse(0);
  }

  private void rate(String what, HttpRequest request, int status) throws InterruptedException {
    var answers = new AtomicLong();
    var wrong = new AtomicLong();
    ask(request, status, TIME.dividedBy(3), new AtomicLong(), wrong);
    ask(request, status, TIME, answers, wrong);
    System.out.printf(
        "| %s | %.0f%s |%n",
        what,
        answers.get() / (double) TIME.toSeconds(),
        wrong.get() == 0 ? "" : " (%d WRONG)".formatted(wrong.get()));
  }

  private void ask(
      HttpRequest request, int status, Duration time, AtomicLong answers, AtomicLong wrong)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < CONNECTIONS; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (System.nanoTime() < end) {
                    var response = client.send(request, BodyHandlers.ofByteArray());
                    (response.statusCode() == status ? answers : wrong).incrementAndGet();
                  }
                } catch (IOException e) {
                  wrong.incrementAndGet();
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private HttpRequest.Builder get(String path) {
    return request(path).GET();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(door + path))
        .header("Authorization", "Bearer " + token);
  }
}

package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Two homes of the sales, each behind its gateway, that differ in sales of other items than the
/// seventh and in the days of all sales, and in nothing else: not in a snapshot of what all see.
final class Twins implements AutoCloseable {
  /// What a home is asked through, by drivers of others.
  enum Door {
    AVATICA {
      @Override
      String url(Home home) {
        return home.gateway().jdbc();
      }
    },
    POSTGRES {
      @Override
      String url(Home home) {
        return "jdbc:" + home.gateway().postgres();
      }
    };

    abstract String url(Home home);

    Connection connect(Home home, String caller) throws SQLException {
      return DriverManager.getConnection(url(home), caller, home.key(caller));
    }
  }

  record Home(GatewayProcess gateway, Map<String, String> keys) {
    String key(String caller) {
      return java.util.Objects.requireNonNull(keys.get(caller));
    }
  }

  private final Home one;
  private final Home other;
  private final HttpClient client = HttpClient.newHttpClient();

  private Twins(Home one, Home other) {
    this.one = one;
    this.other = other;
  }

  /// @param callers whom `./scorebook keys add` makes keys for: the name, and its further arguments
  static Twins open(Path temp, String policies, Map<String, List<String>> callers)
      throws IOException {
    Path domain = SalesDomain.write(temp.resolve("domain"));
    Files.writeString(domain.resolve("policies.yaml"), policies);
    // What all may see is the same, snapshots and all: both begin as copies of one home.
    Path base = temp.resolve("base");
    run(base, "publish", domain.toString());
    run(base, "load", "items", SalesDomain.items(temp.resolve("items.csv")).toString());
    return new Twins(home(temp, "one", 3, 11, callers), home(temp, "other", 40, 7, callers));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /// @param hidden how many sales of other items there are
  /// @param amount what each of those brought
  private static Home home(
      Path temp, String name, int hidden, int amount, Map<String, List<String>> callers)
      throws IOException {
    Path home = temp.resolve(name);
    var csv = new StringBuilder("id,item_id,day,amount\n");
    for (int i = 0; i < 30; i++) {
      // The day is hidden, and another in each home.
      csv.append("%d,7,2024-01-%02d,%d\n".formatted(i, 1 + hidden % 28, 10 + i));
    }
    for (int i = 0; i < hidden; i++) {
      csv.append("%d,%d,2024-03-01,%d\n".formatted(100 + i, 1 + i % 5, amount));
    }
    Path sales = Files.writeString(temp.resolve(name + ".csv"), csv.toString());
    copy(temp.resolve("base"), home);
    run(home, "load", "sales", sales.toString());
    var keys = new LinkedHashMap<String, String>();
    callers.forEach((caller, arguments) -> {
      var line = new ArrayList<>(List.of("keys", "add", caller));
      line.addAll(arguments);
      keys.put(caller, run(home, line.toArray(String[]::new)).strip());
    });
    return new Home(
        GatewayProcess.serve(home, temp.resolve("domain"), temp.resolve(name + ".log")), keys);
  }

  private static String run(Path home, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code =
        line.execute(
            Stream.concat(Stream.of(arguments), Stream.of("--home", home.toString()))
                .toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }

  Home one() {
    return one;
  }

  Home other() {
    return other;
  }

  /// What both tell.
  String get(String caller, String path) {
    String told = get(one, one.key(caller), path);
    assertThat(get(other, other.key(caller), path)).as("%s gets %s", caller, path).isEqualTo(told);
    return told;
  }

  /// What both tell.
  String post(String caller, String path, String body) {
    String told = post(one, one.key(caller), path, body);
    assertThat(post(other, other.key(caller), path, body))
        .as("%s posts to %s: %s", caller, path, body)
        .isEqualTo(told);
    return told;
  }

  /// What both tell.
  String sql(String caller, Door door, String sql) {
    String told = sql(one, caller, door, sql);
    assertThat(sql(other, caller, door, sql))
        .as("%s asks at %s: %s", caller, door, sql)
        .isEqualTo(told);
    return told;
  }

  String get(Home home, String token, String path) {
    return told(home, token, HttpRequest.newBuilder(home.gateway().http(path)));
  }

  String post(Home home, String token, String path, String body) {
    return told(
        home,
        token,
        HttpRequest.newBuilder(home.gateway().http(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /// Status, headers and body, without what is another each time: moments, numbers of occurrences,
  /// ports, seals.
  private String told(Home home, String token, HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(
              request.header("Authorization", "Bearer " + token).build(),
              HttpResponse.BodyHandlers.ofString());
      var headers = new TreeMap<>(response.headers().map());
      headers.remove("date");
      return (response.statusCode() + " " + headers + "\n" + response.body())
          .replaceAll("urn:uuid:[0-9a-f-]{36}", "urn:uuid:...")
          .replaceAll("cursor=[A-Za-z0-9_-]+", "cursor=...")
          .replaceAll("\"next\":\"[^\"]+\"", "\"next\":\"...\"")
          .replaceAll("scorebook-since=\\[[^]]+]", "scorebook-since=[...]")
          .replaceAll("\"since\":\"[^\"]+\"", "\"since\":\"...\"")
          .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "MOMENT")
          .replace(home.gateway().http("").toString(), "http://gateway");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String sql(Home home, String caller, Door door, String sql) {
    try (Connection connection = door.connect(home, caller);
        var statement = connection.createStatement()) {
      return rows(statement.executeQuery(sql)).toString();
    } catch (SQLException e) {
      return String.valueOf(e.getMessage()).replaceAll("urn:uuid:[0-9a-f-]{36}", "")
          + e.getSQLState();
    }
  }

  static List<String> rows(ResultSet rows) throws SQLException {
    var all = new ArrayList<String>();
    try (rows) {
      while (rows.next()) {
        var row = new StringBuilder("|");
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(rows.getString(i)).append('|');
        }
        all.add(row.toString());
      }
    }
    return all;
  }

  @Override
  public void close() {
    client.shutdownNow();
    try (var _ = one.gateway();
        var _ = other.gateway()) {
      // both are stopped, also where one of them does not stop
    }
  }
}

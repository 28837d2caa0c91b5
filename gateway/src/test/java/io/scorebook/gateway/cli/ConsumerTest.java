package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The life of a consumer with two products, in the order of the years: it finds them, reads what
/// they promise, pulls the rows while the team loads, keeps its copy, outlives a new major version,
/// and meets the end of the old one. The gateway is a process of its own; between the two are plain
/// HTTP and a standard JDBC driver, and nothing of the platform.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsumerTest {
  private static final int ROWS = 250_000;
  private static final int PAGE = 20_000;
  private static final Duration NEWS = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path temp;
  private static Path domain;
  private static GatewayProcess gateway;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void open() throws IOException {
    domain = SalesDomain.write(temp.resolve("domain"));
    team("publish", domain.toString());
    team("load", "items", SalesDomain.items(temp.resolve("items.csv")).toString());
    team("load", "sales", SalesDomain.sales(temp.resolve("sales.csv"), 0, ROWS).toString());
    gateway = GatewayProcess.serve(temp.resolve("home"), domain, temp.resolve("gateway.log"));
  }

  @AfterAll
  static void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  /// What the team that owns the products does, on the same home.
  private static void team(String... arguments) {
    var said = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(said));
    line.setErr(new PrintWriter(said));
    int code =
        line.execute(
            Stream.concat(
                    Stream.of(arguments), Stream.of("--home", temp.resolve("home").toString()))
                .toArray(String[]::new));
    assertThat(code).as(said.toString()).isZero();
  }

  private HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.http(path))
            .header("Authorization", "Bearer " + gateway.token());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> sql(String sql) throws SQLException {
    String url = gateway.jdbc();
    try (Connection connection = DriverManager.getConnection(url, "token", gateway.token());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1) + "|" + rows.getString(2));
      }
      return found;
    }
  }

  /// What another process publishes is known to a gateway within a second.
  private void known(String path, int status) {
    await().atMost(NEWS).until(() -> get(path).statusCode() == status);
  }

  @Test
  @Order(1)
  void findsTheProductsAndReadsWhatTheyPromise() {
    assertThat(json("/v1/products").get("products").findValuesAsText("name"))
        .contains("sales", "takings");
    JsonNode contract = json("/v1/products/sales/v1/contract");
    assertThat(contract.get("apiVersion").textValue()).startsWith("v3.1");
    assertThat(contract.get("schema").get(0).get("properties").findValuesAsText("name"))
        .contains("id", "item", "day", "amount");
  }

  /// A load in the middle: the pages stay on what there was at the first.
  @Test
  @Order(2)
  void pullsEveryRowOnceWhileTheTeamLoads() {
    var seen = new HashSet<Long>();
    Optional<String> next =
        Optional.of("/v1/products/sales/v1/data?columns=id,amount&limit=" + PAGE);
    int pages = 0;
    int rows = 0;
    while (next.isPresent()) {
      JsonNode page = json(next.get());
      for (JsonNode row : page.get("rows")) {
        seen.add(row.get(0).longValue());
        rows++;
      }
      next =
          Optional.ofNullable(page.get("next"))
              .map(cursor ->
                  "/v1/products/sales/v1/data?columns=id,amount&limit=%d&cursor=%s"
                      .formatted(PAGE, cursor.textValue()));
      if (++pages == 3) {
        // Keys between the old ones, so that pages over newer data would shift.
        team("load", "sales", SalesDomain.sales(temp.resolve("more.csv"), 1, 1000).toString());
      }
    }
    assertThat(pages).isEqualTo((ROWS + PAGE - 1) / PAGE);
    assertThat(rows).isEqualTo(ROWS);
    assertThat(seen).hasSize(ROWS);
    assertThat(json("/v1/products/takings/v1/data?columns=sold").get("rows")).isNotEmpty();
  }

  @Test
  @Order(3)
  void readsAgainOnlyWhatChanged() {
    String path = "/v1/products/takings/v1/data";
    HttpResponse<String> first = get(path);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = get(path, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    String snapshot =
        json("/v1/products/sales/v1/data?limit=1")
            .get("provenance")
            .get("snapshots")
            .get("market.sales")
            .asText();
    team("load", "sales", SalesDomain.sales(temp.resolve("late.csv"), 2, 10).toString());
    assertThat(get(path, "If-None-Match", tag).statusCode()).isEqualTo(200);
    JsonNode changes = json("/v1/products/sales/v1/changes?since=" + snapshot);
    assertThat(changes.get("rows")).hasSize(10);
    assertThat(changes.get("columns").findValuesAsText("name")).contains("_change");
  }

  /// The same word with another meaning is another version; who built on the old one keeps it.
  @Test
  @Order(4)
  void outlivesANewMajorVersion() throws Exception {
    String before = get("/v1/products/takings/v1/data?format=csv&limit=all").body();
    SalesDomain.publishSecondMajor(domain);
    team("publish", domain.toString());
    known("/v1/products/takings/v2", 200);
    assertThat(json("/v1/products/takings/v2").get("version").textValue()).isEqualTo("2.0.0");
    assertThat(get("/v1/products/takings/v1/data?format=csv&limit=all").body()).isEqualTo(before);
    String v2 = get("/v1/products/takings/v2/data?format=csv&limit=all").body();
    assertThat(v2).isNotEqualTo(before);
    assertThat(
            sql(
                "SELECT a.item, b.revenue - a.revenue FROM takings_v2.takings AS a"
                    + " JOIN takings_v1.takings AS b ON a.item = b.item ORDER BY 1 LIMIT 2"))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row).matches(".+\\|[1-9][0-9]*"));
  }

  @Test
  @Order(5)
  void isToldOfTheEndAndMeetsIt() throws IOException {
    SalesDomain.deprecateFirst(domain, LocalDate.now().plusYears(1));
    team("publish", domain.toString());
    await()
        .atMost(NEWS)
        .until(() ->
            get("/v1/products/takings/v1/data?limit=1")
                .headers()
                .firstValue("Deprecation")
                .isPresent());
    HttpResponse<String> told = get("/v1/products/takings/v1/data?limit=1");
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.headers().firstValue("Deprecation").orElseThrow()).matches("@\\d+");
    assertThat(told.headers().firstValue("Sunset").orElseThrow()).endsWith("GMT");
    assertThat(told.headers().allValues("Link"))
        .anyMatch(link -> link.contains("rel=\"successor-version\"") && link.contains("/v2"));
    SalesDomain.retireFirst(domain);
    team("publish", domain.toString());
    known("/v1/products/takings/v1/data?limit=1", 410);
    HttpResponse<String> gone = get("/v1/products/takings/v1/data?limit=1");
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(gone.body()).contains("ask takings 2.0.0 in its place");
    assertThat(get("/v1/products/takings/v2/data?limit=1").statusCode()).isEqualTo(200);
  }
}

package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.session.Backend;
import io.scorebook.gateway.session.QualityClock;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What products promise, from the load that breaks it to the answers that say so.
class QualityTest {
  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: shop
      datasets:
        - name: sales
          source: shop.sales
          primary_key: [id]
          fields:
            - {name: city, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: city}]}}
      metrics:
        - name: revenue
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: '{"target": {"value": 20, "direction": "atLeast"}}'
      """;

  private static final String SALES =
      """
      {"type": "record", "name": "sales", "namespace": "shop", "primaryKey": ["id"],
       "fields": [{"name": "id", "type": "long"}, {"name": "city", "type": ["null", "string"]},
                  {"name": "amount", "type": "int"}]}
      """;

  private static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: 0f1d6c1e-0000-4000-8000-000000000001
      name: by_city
      version: 1.0.0
      status: active
      domain: shop
      description: {purpose: What each city brought.}
      team: {name: sales}
      outputPorts:
        - name: by_city
          customProperties:
            - {property: metricQuery, value: {metrics: [revenue], dimensions: [city]}}
            - property: quality
              value:
                - {name: has_city, metric: nullValues, column: city, mustBe: 0, scheduler: interval, schedule: PT1M}
                - {name: few, metric: rowCount, mustBeLessThan: 100, severity: warning}
            - property: slaProperties
              value:
                - {property: freshness, value: 1, unit: d}
                - {property: availability, value: 99.9, unit: percent}
      """;

  @TempDir private Path temp;

  private record Ran(int code, String out, String err) {}

  private Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code =
        line.execute(
            Stream.concat(
                    Stream.of(arguments), Stream.of("--home", temp.resolve("home").toString()))
                .toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  private Ran load(String rows, String... more) throws IOException {
    Path file = Files.writeString(temp.resolve("sales.csv"), "id,city,amount\n" + rows);
    return run(
        Stream.concat(
                Stream.of(
                    "load", "sales", file.toString(), "--domain", temp.resolve("shop").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /// Writes the domain's folder.
  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("schemas"));
    Files.createDirectories(folder.resolve("products"));
    Files.writeString(folder.resolve("model.yaml"), MODEL);
    Files.writeString(folder.resolve("schemas/sales.avsc"), SALES);
    Files.writeString(folder.resolve("products/by_city.yaml"), PRODUCT);
    return folder;
  }

  @Test
  void aRuleMayStopTheLoadThatBreaksIt() throws IOException {
    Path folder = write(temp.resolve("shop"));
    Files.writeString(
        folder.resolve("products/by_city.yaml"),
        PRODUCT.replace(
            "mustBeLessThan: 100, severity: warning",
            "mustBeLessThan: 3, customProperties: [{property: stopsLoad, value: true}]"));
    assertThat(load("1,Bern,1\n", "--no-attest").code()).isZero();
    Ran stopped = load("2,Chur,1\n3,Genf,1\n", "--no-attest");
    assertThat(stopped.code()).isEqualTo(1);
    assertThat(stopped.err())
        .contains(
            "the rule 'few' of by_city 1.0.0 by_city would not hold: rowCount < 3, measured 3");
    // None of the refused rows is there: with one of them this would be the third.
    assertThat(load("4,Lugano,1\n", "--no-attest").code()).isZero();
  }

  /// By a clock of its own: at the start, then when a minute has gone by, and not before.
  @Test
  void isMeasuredOnSchedule() throws IOException {
    Path folder = write(temp.resolve("shop"));
    assertThat(load("1,Bern,1\n", "--no-attest").code()).isZero();
    var now = new AtomicLong(1_767_225_600);
    var looks = new AtomicInteger();
    var home = new HomeOptions();
    home.home = temp.resolve("home");
    try (HomeBackend backend = HomeBackend.open(home)) {
      Publishing.publish(backend, folder, new PrintWriter(new StringWriter()));
      Supplier<List<Domain>> domains =
          () -> {
            looks.incrementAndGet();
            return backend.platform().answers().domains();
          };
      try (var _ =
          QualityClock.start(
              domains,
              backend.platform().inspection(),
              () -> Instant.ofEpochSecond(now.get()),
              Duration.ofMillis(10),
              Duration.ofMinutes(1))) {
        await().untilAsserted(() -> assertThat(states(backend)).containsExactly("passed", ""));
        assertThat(load("2,,1\n", "--no-attest").code()).isZero();
        int before = looks.get();
        await().until(() -> looks.get() > before + 3);
        assertThat(states(backend)).as("not due yet").containsExactly("", "");
        now.addAndGet(60);
        await().untilAsserted(() -> assertThat(states(backend)).containsExactly("failed", ""));
      }
      int after = looks.get();
      assertThat(await().during(Duration.ofMillis(100)).until(looks::get, is -> is == after))
          .as("closed")
          .isEqualTo(after);
    }
  }

  /// Of each rule: what came of it on the rows as they are; empty where it is not measured.
  private static List<String> states(HomeBackend backend) {
    Backend.View view = backend.as(Caller.local());
    Domain domain = view.domains().getFirst();
    return view
        .standing(domain, domain.ports().getFirst(), Limits.of(Duration.ofMinutes(1)))
        .rules()
        .stream()
        .map(rule ->
            rule.measured()
                .filter(_ -> rule.isCurrent())
                .map(measured -> measured.outcome().name().toLowerCase(Locale.ROOT))
                .orElse(""))
        .toList();
  }

  @Test
  void isMeasuredToldAndKept() throws Exception {
    Path folder = write(temp.resolve("shop"));

    assertThat(load("1,Bern,15\n").err()).doesNotContain("does not hold");
    Ran second = load("2,,15\n");
    assertThat(second.code()).isZero();
    assertThat(second.err())
        .contains(
            "does not hold: the rule 'has_city' of by_city 1.0.0 by_city, nullValues of city = 0: 1");
    assertThat(run("check", folder.toString(), "--data").out())
        .contains("failed       the rule 'has_city' of by_city 1.0.0 by_city (error)");

    var home = new HomeOptions();
    home.home = temp.resolve("home");
    var server = new ServerOptions();
    server.port = 0;
    HomeBackend backend = HomeBackend.open(home);
    Publishing.publish(backend, folder, new PrintWriter(new StringWriter()));
    try (Gateway gateway = Gateway.start(backend, home, server, new LimitOptions())) {
      HttpResponse<String> data = get(gateway, "/v1/products/by_city/v1/data");
      assertThat(data.headers().firstValue("Scorebook-Levels").orElse(""))
          .isEqualTo(
              "[{\"product\":\"by_city\",\"version\":\"1.0.0\",\"level\":\"quality\","
                  + "\"name\":\"has_city\",\"promised\":\"nullValues of city = 0\",\"measured\":\"1\"}]");
      assertThat(json(data).at("/provenance/levels/0/name").asText()).isEqualTo("has_city");
      assertThat(get(gateway, "/v1/metrics").headers().firstValue("Scorebook-Levels")).isEmpty();

      assertThat(json(get(gateway, "/v1/products/by_city/v1")).at("/quality/by_city").asText())
          .isEqualTo("failing");
      JsonNode quality = json(get(gateway, "/v1/products/by_city/v1/quality"));
      assertThat(quality.at("/state").asText()).isEqualTo("failing");
      assertThat(quality.at("/rules/0/outcome").asText()).isEqualTo("failed");
      assertThat(quality.at("/rules/0/current").asBoolean()).isTrue();
      assertThat(quality.at("/rules/1/outcome").asText()).isEqualTo("passed");
      assertThat(quality.at("/levels/0/state").asText()).isEqualTo("kept");
      assertThat(quality.at("/levels/0/promised").asText()).isEqualTo("PT24H");
      assertThat(quality.at("/levels/1/state").asText()).isEqualTo("stated");

      JsonNode history = json(get(gateway, "/v1/metrics/revenue/history")).at("/history");
      assertThat(history.findValuesAsText("value")).containsExactly("15", "30");
      assertThat(history.findValuesAsText("onTarget")).containsExactly("false", "true");
      assertThat(get(gateway, "/v1/metrics/revenu/history").statusCode()).isEqualTo(404);

      assertThat(remarks(gateway)).contains("misses quality 'has_city'");
      // Who publishes what others have loaded: the schedule measures it.
      assertThat(load("3,Chur,1\n", "--no-attest").code()).isZero();
      assertThat(state(gateway, 1)).isEqualTo("unknown");
    }

    Ran told = run("quality", "by_city");
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.out())
        .contains("by_city 1.0.0, port by_city: failing")
        .contains("failed        has_city (error): nullValues of city = 0, measured 1 of 3")
        .contains("kept          freshness: promised PT24H");
    assertThat(told.err()).contains("2 measured, 0 known already");
    assertThat(run("quality").err()).contains("1 measured, 2 known already");
    assertThat(json(run("quality", "--format", "json").out()).at("/ports/0/state").asText())
        .isEqualTo("failing");
    assertThat(run("quality", "by_cty").err()).contains("did you mean 'by_city'?");
  }

  private String state(Gateway gateway, int rule) throws Exception {
    return json(get(gateway, "/v1/products/by_city/v1/quality"))
            .at("/rules/" + rule + "/current")
            .asBoolean()
        ? "current"
        : "unknown";
  }

  private static String remarks(Gateway gateway) throws Exception {
    var login = new Properties();
    login.put("user", "token");
    login.put("password", gateway.token().reveal());
    try (var connection = DriverManager.getConnection(gateway.file().jdbc(), login);
        var tables = connection.getMetaData().getTables(null, "by_city_v1", "by_city", null)) {
      assertThat(tables.next()).isTrue();
      return tables.getString("REMARKS");
    }
  }

  private static HttpResponse<String> get(Gateway gateway, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(gateway.file().http() + path))
              .header("Authorization", "Bearer " + gateway.token().reveal())
              .timeout(Duration.ofMinutes(2))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response.body());
  }

  private static JsonNode json(String text) {
    return Json.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}

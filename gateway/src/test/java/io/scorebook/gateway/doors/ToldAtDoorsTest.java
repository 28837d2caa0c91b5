package io.scorebook.gateway.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.audit.AuditRow;
import io.scorebook.gateway.cli.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who was told what there is, or that he has it already, is remembered at every door.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
@Timeout(60)
final class ToldAtDoorsTest {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private Stage stage;

  @BeforeAll
  void open(Stage shared) {
    stage = shared;
  }

  private HttpResponse<String> http(
      HttpClient client, String caller, String method, String path, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(stage.http() + path))
            .header("Authorization", "Bearer " + stage.secret(caller))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String brief(AuditRow row) {
    return String.join(
        "|",
        row.text("caller"),
        row.text("door"),
        row.text("asked"),
        row.text("question"),
        row.text("products"),
        row.text("outcome"),
        row.text("error"));
  }

  @Test
  void documentsListsAndLineageOverHttp() throws Exception {
    Instant begin = Instant.now();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path :
          new String[] {
            "/v1/products",
            "/v1/products/totals/v2/contract",
            "/v1/products/totals/v2/documents/odps",
            "/v1/lineage?node=product:totals/v2&direction=up",
            "/v1/metrics/total"
          }) {
        assertThat(http(client, "ben", "GET", path).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(http(client, "ben", "GET", "/v1/products/hunter2/v1").statusCode()).isEqualTo(404);
      assertThat(http(client, "ben", "GET", "/v1/lineage?node=hunter2").statusCode())
          .isEqualTo(404);
      assertThat(http(client, "ben", "GET", "/v1/publications").statusCode()).isEqualTo(403);
    }
    assertThat(stage.audit(begin))
        .extracting(ToldAtDoorsTest::brief)
        .containsExactly(
            "ben|http|metadata|/v1/products||served|",
            "ben|http|metadata|/v1/products/totals/v2/contract|totals 2.0.0|served|",
            "ben|http|metadata|/v1/products/totals/v2/documents/odps|totals 2.0.0|served|",
            "ben|http|metadata|/v1/lineage?node=product:totals/v2||served|",
            "ben|http|metadata|/v1/metrics/total||served|",
            "ben|http|metadata|/v1/products/{name}/v{version}||refused|not_found",
            "ben|http|metadata|/v1/lineage||refused|not_found",
            "ben|http|metadata|/v1/publications||refused|forbidden");
  }

  /// Datasets, fields, metrics and tables of which a caller sees nothing are told as what is not
  /// there.
  @Test
  void lineageOfWhatIsNotSeen() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String node :
          new String[] {
            "dataset:stage.ticks",
            "table:stage.ticks",
            "column:stage.ticks.weight",
            "field:stage.events.secret",
            "metric:stage.mean_ratio"
          }) {
        assertThat(http(client, "ann", "GET", "/v1/lineage?node=" + node).statusCode())
            .as(node)
            .isEqualTo(200);
        var told = http(client, "ben", "GET", "/v1/lineage?node=" + node);
        assertThat(told.statusCode()).as(node).isEqualTo(404);
        assertThat(told.body().replace("'" + node + "'", "").replace(quoted(node), ""))
            .as(node)
            .doesNotContain(node);
      }
      for (String column : new String[] {"ticks.weight", "events.secret"}) {
        String path = "/v1/lineage/impact?column=" + column;
        assertThat(http(client, "ann", "GET", path).statusCode()).as(column).isEqualTo(200);
        assertThat(http(client, "ben", "GET", path).statusCode()).as(column).isEqualTo(404);
      }
    }
  }

  private static String quoted(String name) {
    return "\"field\":\"" + name + "\"";
  }

  @Test
  void whoHasTheRowsAlready() throws Exception {
    Instant begin = Instant.now();
    String path = "/v1/products/events/v1/data?columns=event_id&city=Bern&limit=2";
    try (HttpClient client = HttpClient.newHttpClient()) {
      String tag = http(client, "ann", "GET", path).headers().firstValue("ETag").orElseThrow();
      assertThat(http(client, "ann", "GET", path, "If-None-Match", tag).statusCode())
          .isEqualTo(304);
      assertThat(http(client, "ann", "HEAD", path).statusCode()).isEqualTo(200);
    }
    var rows = stage.audit(begin);
    assertThat(rows)
        .extracting(row -> row.text("asked"), row -> row.values().get("rows_given"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("sql", 2L),
            org.assertj.core.groups.Tuple.tuple("unchanged", 0L),
            org.assertj.core.groups.Tuple.tuple("head", 0L));
    AuditRow first = rows.getFirst();
    assertThat(rows)
        .allSatisfy(row -> {
          for (String column :
              new String[] {"question", "model", "model_hash", "products", "snapshots", "access"}) {
            assertThat(row.text(column)).as(column).isEqualTo(first.text(column)).isNotEmpty();
          }
          assertThat(row.text("question")).doesNotContain("Bern");
          assertThat(row.text("outcome")).isEqualTo("served");
        });
  }

  @Test
  void tablesOfDrivers() throws Exception {
    Instant begin = Instant.now();
    try (Connection connection =
        DriverManager.getConnection(stage.jdbc(), "x", stage.secret("ben"))) {
      connection.getMetaData().getTables(null, null, null, null).close();
    }
    try (Connection connection = postgres("ben");
        var statement = connection.createStatement()) {
      statement
          .executeQuery("SELECT relname FROM pg_catalog.pg_class WHERE relname = 'hunter2'")
          .close();
    }
    try (var allocator = new RootAllocator();
        var client =
            new FlightSqlClient(
                FlightClient.builder(
                        allocator,
                        Location.forGrpcInsecure(
                            URI.create(stage.flight()).getHost(),
                            URI.create(stage.flight()).getPort()))
                    .build())) {
      var login = new CredentialCallOption(new BearerCredentialWriter(stage.secret("ben")));
      var info = client.getTables(null, null, null, null, false, login);
      try (var stream = client.getStream(info.getEndpoints().getFirst().getTicket(), login)) {
        while (stream.next()) {
          assertThat(stream.getRoot().getRowCount()).isPositive();
        }
      }
    }
    assertThat(stage.audit(begin))
        .extracting(ToldAtDoorsTest::brief)
        .containsExactly(
            "ben|jdbc|metadata|getTables||served|",
            "ben|postgres|catalog|SELECT relname FROM pg_catalog.pg_class WHERE relname = ?||served|",
            "ben|flight|metadata|getTables||served|");
  }

  private Connection postgres(String caller) throws SQLException {
    return DriverManager.getConnection("jdbc:" + stage.postgres(), caller, stage.secret(caller));
  }
}

package io.scorebook.gateway.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a caller may have at once and read at most, and which versions are for him, at HTTP and at
/// PostgreSQL's door.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
@Timeout(60)
final class LimitsAtDoorsTest {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private Stage stage;

  @BeforeAll
  void open(Stage shared) {
    stage = shared;
  }

  private HttpResponse<String> send(String caller, String path, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(stage.http() + path))
              .header("Authorization", "Bearer " + stage.secret(caller))
              .header("Content-Type", "application/json");
      return client.send(
          (body.isEmpty() ? request : request.POST(BodyPublishers.ofString(body))).build(),
          BodyHandlers.ofString());
    }
  }

  private Connection postgres(String caller) throws SQLException {
    return DriverManager.getConnection("jdbc:" + stage.postgres(), caller, stage.secret(caller));
  }

  /// A cursor that is open at one door leaves no place at the other.
  @Test
  void atOnceOverAllDoors() throws Exception {
    String sql = "SELECT event_id FROM events_v1.events";
    try (Connection reading = postgres("one");
        Connection second = postgres("one")) {
      reading.setAutoCommit(false);
      try (var statement = reading.createStatement()) {
        statement.setFetchSize(1);
        try (var rows = statement.executeQuery(sql)) {
          assertThat(rows.next()).isTrue();
          HttpResponse<String> refused = send("one", "/v1/sql", "{\"sql\":\"" + sql + "\"}");
          assertThat(refused.statusCode()).isEqualTo(429);
          assertThat(refused.headers().firstValue("Retry-After")).contains("1");
          assertThat(refused.headers().firstValue("RateLimit-Policy"))
              .contains("\"concurrent\";q=1");
          assertThat(refused.headers().firstValue("RateLimit")).contains("\"concurrent\";r=0");
          try (var other = second.createStatement()) {
            assertThatThrownBy(() -> other.executeQuery(sql))
                .isInstanceOfSatisfying(
                    SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
          }
        }
      }
      reading.commit();
      HttpResponse<String> served = send("one", "/v1/sql", "{\"sql\":\"SELECT 1 AS n\"}");
      assertThat(served.statusCode()).isEqualTo(200);
      assertThat(served.headers().firstValue("RateLimit")).contains("\"concurrent\";r=1");
    }
  }

  /// By the statistics of the tables, before anything runs; who asks for rows of a product is told
  /// so, too.
  @Test
  void rowsThatAreRead() throws Exception {
    HttpResponse<String> refused = send("low", "/v1/products/events/v1/data?limit=1", "");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("399");
    assertThat(send("ann", "/v1/products/events/v1/data?limit=1", "").statusCode()).isEqualTo(200);
    assertThat(send("low", "/v1/sql", "{\"sql\":\"SELECT 1 AS n\"}").statusCode()).isEqualTo(200);
  }

  private static String without(String name, HttpResponse<String> answer) {
    return answer.statusCode()
        + answer.body().replace(name, "?").replaceAll("urn:uuid:[0-9a-f-]+", "");
  }

  /// To all but those who publish a draft is what is not there.
  @Test
  void drafts() throws Exception {
    for (String path :
        List.of(
            "/v1/products/sketch/v1",
            "/v1/products/sketch/v1.0.0/data",
            "/v1/products/sketch/v1/contract",
            "/v1/products/sketch/v1/documents/odps",
            "/v1/lineage?node=product:sketch/v1")) {
      assertThat(send("pia", path, "").statusCode()).as(path).isEqualTo(200);
      HttpResponse<String> told = send("ann", path, "");
      assertThat(told.statusCode()).as(path).isEqualTo(404);
      assertThat(without("sketch", told))
          .as(path)
          .isEqualTo(without("sketcx", send("ann", path.replace("sketch", "sketcx"), "")));
    }
    assertThat(send("pia", "/v1/products", "").body()).contains("sketch");
    assertThat(send("ann", "/v1/products", "").body()).doesNotContain("sketch");
    assertThat(send("ann", "/v1/lineage?node=dataset:stage.events&direction=down", "").body())
        .contains("events/v1")
        .doesNotContain("sketch");
    assertThat(send("ann", "/v1/lineage/impact?column=events.day", "").body())
        .doesNotContain("sketch");
    assertThat(schemas("pia")).allMatch(names -> names.contains("sketch_v1"));
    assertThat(schemas("ann"))
        .allMatch(names -> names.contains("events_v1") && !names.contains("sketch_v1"));
  }

  /// As Avatica's driver and PostgreSQL's list them, and as the system catalog has them.
  private List<List<String>> schemas(String caller) throws SQLException {
    var all = new ArrayList<List<String>>();
    try (Connection avatica = DriverManager.getConnection(stage.jdbc(), "x", stage.secret(caller));
        Connection postgres = postgres(caller)) {
      for (Connection connection : List.of(avatica, postgres)) {
        var names = new ArrayList<String>();
        try (var rows = connection.getMetaData().getSchemas()) {
          while (rows.next()) {
            names.add(rows.getString(1));
          }
        }
        all.add(names);
      }
      var names = new ArrayList<String>();
      try (var statement = postgres.createStatement();
          var rows = statement.executeQuery("SELECT nspname FROM pg_catalog.pg_namespace")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      all.add(names);
    }
    return all;
  }
}

package io.scorebook.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.wire.Json;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import io.scorebook.semantic.plan.Planning;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Products and metrics, as they are described, and what `/data` asks for.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ProductsTest {
  private final FakeBackend backend = FakeBackend.ofSampleDomain();
  private Door door;

  @SuppressWarnings("NullAway.Init")
  ProductsTest() {}

  @BeforeAll
  void open() {
    backend.answering((ask, _) -> backend.rows(planned(ask), List.of()));
    door = Door.open(backend);
  }

  @AfterAll
  void close() {
    door.close();
  }

  /// The columns of a query.
  private List<OutputColumn> planned(Ask ask) {
    return backend.plan(((Ask.Sql) ask).sql()) instanceof Planning.Planned(var plan)
        ? plan.columns()
        : List.of();
  }

  private JsonNode get(String path) throws Exception {
    var response = door.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.MAPPER.readTree(response.body());
  }

  private String sql(String parameters) throws Exception {
    get("/v1/products/standings/v1/data?" + parameters);
    return ((Ask.Sql) backend.asked.getLast()).sql();
  }

  @Test
  void dataIsAQueryOverTheProductsTable() throws Exception {
    assertThat(sql("columns=team,wins&season=2018&orderBy=-wins&limit=3"))
        .isEqualTo(
            "SELECT \"team\", \"wins\", \"season\" FROM \"standings_v1\".\"standings\" WHERE \"season\" = (2018)"
                + " ORDER BY \"wins\" DESC NULLS LAST, \"team\" NULLS LAST, \"season\" NULLS LAST"
                + " LIMIT 4");
    assertThat(sql("columns=team&limit=all")).endsWith("\"season\" NULLS LAST");
    String filter =
        "{\"or\":[{\"field\":\"team\",\"op\":\"in\",\"value\":[\"O'N\",\"GSW\"]},"
            + "{\"not\":{\"field\":\"team\",\"op\":\"contains\",\"value\":\"5%\"}},"
            + "{\"field\":\"wins\",\"op\":\"isNull\"}]}";
    assertThat(sql("columns=wins&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)))
        .contains(
            "WHERE (\"team\" IN ('O''N', 'GSW') OR NOT (\"team\" LIKE '%5\\%%' ESCAPE '\\')"
                + " OR \"wins\" IS NULL)");
  }

  /// The planner takes what is made here.
  @Test
  void whatIsAskedCanBePlanned() throws Exception {
    for (String parameters : List.of("", "season=2018&limit=3", "columns=team&orderBy=-season")) {
      assertThat(backend.plan(sql(parameters))).as(parameters).isInstanceOf(Planning.Planned.class);
    }
  }

  @Test
  void parametersThatAreNotKnownAreRefusedByName() throws Exception {
    for (String parameter :
        List.of(
            "seasn=2018",
            "cursor=x",
            "asOf=today",
            "season=x",
            "limit=-1",
            "columns=wnis",
            "since=1")) {
      var response = door.get("/v1/products/standings/v1/data?" + parameter);
      assertThat(response.statusCode()).as(parameter).isEqualTo(400);
      assertThat(response.body()).contains(parameter.split("=")[0].replace("columns", "wnis"));
    }
  }

  @Test
  void whoHasTheAnswerCostsNothing() throws Exception {
    String path = "/v1/products/standings/v1/data?limit=2";
    String tag = door.get(path).headers().firstValue("ETag").orElseThrow();
    backend.asked.clear();
    var known = door.send(door.allowed(path).header("If-None-Match", tag));
    assertThat(known.statusCode()).isEqualTo(304);
    var head = door.send(door.allowed(path).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.headers().firstValue("ETag")).hasValue(tag);
    assertThat(backend.asked).isEmpty();
  }

  /// Its change would tell when rows change that the caller may not see.
  @Test
  void whatIsKeptBackFromHasNoTag() throws Exception {
    var restricted = FakeBackend.ofSampleDomain();
    restricted.restrict("basketball.games");
    restricted.answering((ask, _) -> restricted.rows(planned(ask), List.of()));
    try (Door other = Door.open(restricted)) {
      for (String product : List.of("standings", "team_games")) {
        var response = other.get("/v1/products/%s/v1/data?limit=2".formatted(product));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).isEmpty();
      }
      assertThat(((Ask.Sql) restricted.asked.getLast()).sql())
          .as("a mask may have made one of two keys: the order goes by all columns")
          .contains("\"points_allowed\" NULLS LAST");
    }
  }

  @Test
  void aProductTellsItsPortsColumnsContractAndLineage() throws Exception {
    assertThat(get("/v1/products").path("products").findValuesAsText("name"))
        .contains("standings", "player_seasons");
    assertThat(get("/v1/products/standings/v1").path("version").asText()).isEqualTo("1.0.0");
    assertThat(get("/v1/products/standings/v1.0.0").path("name").asText()).isEqualTo("standings");
    assertThat(get("/v1/products/standings/v1/schema").path("columns").findValuesAsText("name"))
        .startsWith("team", "season", "games", "wins");
    JsonNode contract = get("/v1/products/standings/v1/contract");
    assertThat(contract.path("kind").asText()).isEqualTo("DataContract");
    assertThat(
            get("/v1/products/standings/v1/lineage")
                .path("columns")
                .path("wins")
                .findValuesAsText("table"))
        .contains("basketball.games");
  }

  @Test
  void aMetricTellsItsDefinitionAndLineage() throws Exception {
    JsonNode metric = get("/v1/metrics/longest_win_streak");
    assertThat(metric.path("kind").asText()).isEqualTo("streak");
    assertThat(metric.path("definition").path("mode").asText()).isEqualTo("longest");
    assertThat(metric.path("lineage")).isNotEmpty();
    assertThat(get("/v1/metrics").path("metrics").findValuesAsText("name")).contains("wins");
    JsonNode change = get("/v1/metrics/wins_change");
    assertThat(change.path("requires").get(0).get(0).asText()).isEqualTo("season");
    assertThat(change.path("lineage")).isNotEmpty();
  }
}

package io.scorebook.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.wire.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Documents of products and the graph of lineage, over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class DocumentsTest {
  private Door door;

  @SuppressWarnings("NullAway.Init")
  DocumentsTest() {}

  @BeforeAll
  void open() {
    door = Door.open(FakeBackend.ofSampleDomain());
  }

  @AfterAll
  void close() {
    door.close();
  }

  private JsonNode get(String path) throws Exception {
    var response = door.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.MAPPER.readTree(response.body());
  }

  @Test
  void everyDocumentThatIsListedIsThere() throws Exception {
    JsonNode documents = get("/v1/products/standings/v1/documents").path("documents");
    assertThat(documents.findValuesAsText("form"))
        .containsExactly("odcs", "odps", "avro", "json-schema", "openapi", "dcat", "openlineage");
    for (JsonNode document : documents) {
      var response = door.get(document.path("href").asText());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .startsWith(document.path("mediaType").asText());
    }
    assertThat(get("/v1/products/standings/v1/contract"))
        .isEqualTo(get("/v1/products/standings/v1.0.0/documents/odcs"));
  }

  @Test
  void linksLeadToWhereTheCallerFoundTheGateway() throws Exception {
    JsonNode product = get("/v1/products/standings/v1/documents/odps");
    String url = product.path("managementPorts").path(0).path("url").asText();
    String here = "http://127.0.0.1:" + door.port();
    assertThat(url).startsWith(here + "/v1/products/standings/v1/");
    assertThat(door.get(url.substring(here.length())).statusCode()).isEqualTo(200);
  }

  @Test
  void contractsAreYamlWhereThatIsWanted() {
    var response =
        door.send(
            door.allowed("/v1/products/standings/v1/contract")
                .header("Accept", "application/yaml"));
    assertThat(response.body()).startsWith("apiVersion: v3.1.0\nkind: DataContract\n");
  }

  @Test
  void anUnknownFormIsRefusedWithThoseThatThereAre() {
    var response = door.get("/v1/products/standings/v1/documents/..%2fodcs");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(door.get("/v1/products/standings/v1/documents/avor").body()).contains("avro");
  }

  @Test
  void theGraphIsWalkedUpAndDown() throws Exception {
    JsonNode up = get("/v1/lineage?node=product:standings/v1&depth=50");
    assertThat(up.path("complete").asBoolean()).isTrue();
    assertThat(up.path("nodes").findValuesAsText("id"))
        .contains("column:basketball.games.home_points", "table:basketball.games");
    JsonNode down = get("/v1/lineage?node=teams.abbreviation&direction=down");
    assertThat(down.path("nodes").findValuesAsText("id")).contains("product:standings/v1");
    assertThat(down.path("edges").findValuesAsText("how")).contains("identity");
    var unknown = door.get("/v1/lineage?node=points");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("metric:basketball.points");
    assertThat(door.get("/v1/lineage").statusCode()).isEqualTo(400);
    assertThat(door.get("/v1/lineage?node=points&depth=51").statusCode()).isEqualTo(400);
  }

  @Test
  void whatFallsWithAColumnIsListed() throws Exception {
    JsonNode impact = get("/v1/lineage/impact?column=game_details.points");
    assertThat(impact.path("falls").findValuesAsText("name"))
        .contains("points", "player_seasons/v1", "basketball.player_seasons.player_seasons")
        .doesNotContain("standings/v1");
    var unknown = door.get("/v1/lineage/impact?column=game_details.pionts");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("game_details.points");
  }
}

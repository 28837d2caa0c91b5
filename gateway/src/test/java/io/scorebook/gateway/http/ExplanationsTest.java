package io.scorebook.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.wire.ExplainStatements;
import io.scorebook.gateway.wire.Json;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Questions explained over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplanationsTest {
  private static final String WINS =
      """
      {"metrics":["wins","points"],"dimensions":["team"],
       "filters":[{"field":"season","op":">=","value":2018},{"field":"wins","op":">","value":3}]}\
      """;

  private final FakeBackend backend = FakeBackend.ofSampleDomain();
  private Door door;

  @SuppressWarnings("NullAway.Init")
  ExplanationsTest() {}

  @BeforeAll
  void open() {
    door = Door.open(new ExplainStatements(backend));
  }

  @AfterAll
  void close() {
    door.close();
  }

  private static Schema schema() throws Exception {
    try (var in = ExplanationsTest.class.getResourceAsStream("/openapi.json")) {
      JsonNode api = Json.MAPPER.readTree(Objects.requireNonNull(in));
      ObjectNode schema = Json.MAPPER.createObjectNode();
      schema.put("$ref", "#/components/schemas/Explanation");
      schema.set("components", api.path("components"));
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(schema.toString(), InputFormat.JSON);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WINS,
        """
        {"metrics":["longest_win_streak","wins_to_date","win_pct","points_share"],
         "groupingSets":[["team","season"],["season"]],
         "filters":[{"field":"season","op":"=","value":2018}],"evidence":["longest_win_streak"]}\
        """,
        """
        {"metrics":["wins_prior_season","bounce_back_pct","standing_wins","games_won"],
         "dimensions":["team","season"]}\
        """
      })
  void isOfTheFormThatIsDescribed(String question) throws Exception {
    var answer = door.post("/v1/query/explain", question);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("json");
    assertThat(schema().validate(answer.body(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void saysWhatTheFiltersChooseAndHowJoinsAreKnown() throws Exception {
    JsonNode json = Json.MAPPER.readTree(door.post("/v1/query/explain", WINS).body());
    assertThat(json.at("/parts/0/filters").toString())
        .isEqualTo(
            """
            [{"condition":"season >= 2018","chooses":"rows","exceptions":{}},\
            {"condition":"wins > 3","chooses":"groups","exceptions":{}}]\
            """);
    JsonNode join = json.at("/parts/0/reaches/0/joins/0");
    assertThat(join.path("declared").asText()).isEqualTo("primary_key");
    assertThat(join.path("holds").asBoolean()).isTrue();
    assertThat(json.at("/parts/0/rewrites/0/kind").asText()).isEqualTo("several_facts");
  }

  @Test
  void comesInWordsToo() {
    String sql = "{\"sql\":\"SELECT AGGREGATE(wins) AS w FROM basketball.team_games\"}";
    var words = door.post("/v1/sql/explain", sql, "Accept", "text/plain");
    assertThat(words.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(words.body())
        .startsWith("Metrics\n  wins: ")
        .contains("Computed: wins\n  not grouped: one row\n")
        .contains("Model league 1.0.0, sha256:abc\n")
        .endsWith("Sent to fake\n  SELECT 1\n");
    assertThat(door.post("/v1/sql/explain?format=text", sql).body()).isEqualTo(words.body());
    assertThat(door.post("/v1/sql/explain?format=csv", sql).statusCode()).isEqualTo(406);
  }

  @Test
  void refusesAsAnAnswerWould() {
    var refused = door.post("/v1/query/explain", "{\"metrics\":[\"wnis\"]}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("urn:scorebook:problem:unknown-metric")
        .contains("did you mean 'wins'?");
    assertThat(door.post("/v1/query/explain", "{\"metrcs\":[]}").statusCode()).isEqualTo(400);
    assertThat(door.send(door.request("/v1/query/explain")).statusCode()).isEqualTo(401);
  }

  @Test
  void areRowsWhereTheStatementAsksForThem() throws Exception {
    var answer =
        door.post(
            "/v1/sql", "{\"sql\":\"explain SELECT team, wins FROM team_games GROUP BY team\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = Json.MAPPER.readTree(answer.body());
    assertThat(body.at("/columns/0/name").asText()).isEqualTo("explanation");
    assertThat(body.path("rows").toString()).contains("wins").contains("SELECT 1");
    var refused = door.post("/v1/sql", "{\"sql\":\"EXPLAIN SELECT wnis FROM team_games\"}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("did you mean 'wins'?").contains("\"column\":16");
  }
}

package io.scorebook.gateway.http;

import static io.scorebook.gateway.session.FakeBackend.NUMBERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.Token;
import io.scorebook.gateway.wire.Json;
import io.scorebook.semantic.plan.Issue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is refused, and how it is told.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class RefusalsTest {
  private final FakeBackend backend = FakeBackend.ofSampleDomain();
  private Door door;

  @SuppressWarnings("NullAway.Init")
  RefusalsTest() {}

  @BeforeAll
  void open() {
    backend.answering((_, _) -> backend.rows(NUMBERS, List.of(List.of(1L))));
    door = Door.open(backend);
  }

  @AfterAll
  void close() {
    door.close();
  }

  private static JsonNode problem(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = Json.MAPPER.readTree(response.body());
    assertThat(problem.fieldNames())
        .toIterable()
        .contains("type", "title", "status", "detail", "instance");
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    return problem;
  }

  @Test
  void nothingButHealthAndDescriptionWithoutToken() throws Exception {
    assertThat(door.send(door.request("/health")).body()).isEqualTo("{\"status\":\"UP\"}\n");
    assertThat(door.send(door.request("/openapi.json")).statusCode()).isEqualTo(200);
    for (String path : List.of("/v1/metrics", "/v1/products", "/nowhere", "/health/x")) {
      var response = door.send(door.request(path));
      problem(response, 401);
      assertThat(response.headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer realm=\"Scorebook\"");
    }
    for (String header : List.of("Bearer wrong", "Bearer", "Basic xx", Door.TOKEN)) {
      problem(door.send(door.request("/v1/metrics").header("Authorization", header)), 401);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"metrics\":[\"wins\"],}             | Cannot read the request as JSON",
        "{\"metrics\":[\"wins\"]} {}           | Cannot read the request as JSON",
        "[]                                    | Invalid request: must be a JSON object",
        "{\"metrics\":[\"a\"],\"metrics\":[]}  | Cannot read the request as JSON",
        "{\"metrics\":\"wins\"}                | Invalid 'metrics': must be an array",
        "{\"metrics\":[1]}                     | Invalid 'metrics[0]': must be a text",
        "{\"limit\":-1}                        | Invalid 'limit': must be a whole number",
        "{\"limit\":1.5}                       | Invalid 'limit': must be a whole number",
        "{\"limit\":\"5\"}                     | Invalid 'limit': must be a whole number",
        "{\"groupingSets\":[\"team\"]}         | Invalid 'groupingSets[0]'",
        "{\"orderBy\":[{\"field\":\"a\",\"direction\":\"up\"}]} | must be asc or desc",
        "{\"filters\":[{\"field\":\"a\",\"op\":\"=>\",\"value\":1}]} | Cannot use the operator '=>'",
        "{\"filters\":[{\"field\":\"a\",\"op\":\"=\"}]} | Cannot find the required key 'filters[0].value'",
        "{\"filters\":[{\"field\":\"a\",\"op\":\"in\",\"value\":1}]} | must be an array of values",
        "{\"filters\":[{\"or\":[]}]}           | must have at least one filter",
        "{\"filters\":[{\"field\":\"a\",\"op\":\"=\",\"value\":1e99999999}]} | more than 100 digits"
      })
  void malformedRequestsSayWhere(String body, String words) throws Exception {
    JsonNode problem = problem(door.post("/v1/query", body), 400);
    assertThat(problem.path("detail").asText()).contains(words);
  }

  @Test
  void allMistakesAreToldAtOnce() throws Exception {
    JsonNode problem =
        problem(
            door.post(
                "/v1/query", "{\"metric\":[\"wins\"],\"limits\":5,\"filters\":[{\"op\":\"=\"}]}"),
            400);
    assertThat(problem.path("issues").findValuesAsText("message"))
        .contains(
            "Cannot use the key 'metric'; did you mean 'metrics'?",
            "Cannot use the key 'limits'; did you mean 'limit'?",
            "Cannot find the required key 'filters[0].field'");
    assertThat(problem.path("field").asText()).isEqualTo("metric");
    assertThat(problem.path("suggestions").get(0).asText()).isEqualTo("metrics");
  }

  @Test
  void emptyAndTooLargeBodiesAreRefused() throws Exception {
    problem(door.post("/v1/query", ""), 400);
    problem(door.post("/v1/sql", "{\"sql\":\"" + "x".repeat(3_000_000) + "\"}"), 413);
  }

  @Test
  void unknownPathsAndMethodsAreProblems() throws Exception {
    assertThat(problem(door.get("/v1/nothing"), 404).path("detail").asText())
        .isEqualTo("Cannot find /v1/nothing; see /openapi.json");
    problem(door.get("/v1/query"), 405);
    assertThat(problem(door.get("/v1/metrics/wnis"), 404).path("suggestions").get(0).asText())
        .isEqualTo("wins");
    problem(door.get("/v1/products/standings/v9"), 404);
  }

  @Test
  void issuesOfAQuestionKeepCodeFieldAndPosition() throws Exception {
    backend.answering((_, _) ->
        new io.scorebook.engine.answer.Outcome.Refused(
            List.of(
                new Issue(
                    Issue.Code.UNKNOWN_METRIC,
                    "Cannot find metric 'wnis'; did you mean 'wins'?",
                    Optional.of("wnis"),
                    List.of("wins"),
                    Optional.of(new Issue.Position(1, 8))),
                FakeBackend.issue(Issue.Code.UNKNOWN_DIMENSION, "Cannot find 'tem'"))));
    JsonNode problem = problem(door.post("/v1/sql", "{\"sql\":\"SELECT wnis\"}"), 422);
    assertThat(problem.path("type").asText()).isEqualTo("urn:scorebook:problem:unknown-metric");
    assertThat(problem.path("position").path("column").asInt()).isEqualTo(8);
    assertThat(problem.path("issues").findValuesAsText("code"))
        .containsExactly("unknown-metric", "unknown-dimension");
  }

  @Test
  void internalErrorsKeepTheirInsides() throws Exception {
    backend.answering((_, _) -> {
      throw new IllegalStateException("secret insides");
    });
    assertThat(problem(door.post("/v1/query", "{\"metrics\":[\"wins\"]}"), 500).toString())
        .doesNotContain("secret insides");
    backend.answering((_, _) -> {
      throw new EngineException(EngineException.Kind.CACHE_FULL, "Cannot keep files", null);
    });
    problem(door.post("/v1/query", "{\"metrics\":[\"wins\"]}"), 507);
  }

  @Test
  void tooManyQuestionsAtOnceAreRefusedAndHealthAnswersOn() throws Exception {
    var release = new CountDownLatch(1);
    var slow = new FakeBackend();
    slow.answering((_, _) -> {
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return slow.rows(NUMBERS, List.of(List.of(1L)));
    });
    try (var busy =
            Door.open(slow, new Desk.Allowance(Duration.ofSeconds(20), 8, Duration.ofSeconds(5)));
        var askers = Executors.newFixedThreadPool(12)) {
      var answers = new java.util.ArrayList<java.util.concurrent.Future<Integer>>();
      for (int i = 0; i < 12; i++) {
        answers.add(
            askers.submit(() -> busy.post("/v1/query", "{\"metrics\":[\"m\"]}").statusCode()));
      }
      org.awaitility.Awaitility.await()
          .until(() -> answers.stream().filter(java.util.concurrent.Future::isDone).count() == 4);
      assertThat(busy.send(busy.request("/health")).statusCode()).isEqualTo(200);
      release.countDown();
      var statuses = new java.util.ArrayList<Integer>();
      for (var answer : answers) {
        statuses.add(answer.get());
      }
      assertThat(statuses.stream().filter(status -> status == 429)).hasSize(4);
      assertThat(statuses.stream().filter(status -> status == 200)).hasSize(8);
    }
  }

  @Test
  void aPortInUseIsSaid() {
    var desk = new Desk(backend, Desk.Allowance.DEFAULT);
    assertThatThrownBy(() -> Server.start("127.0.0.1", door.port(), desk, Token.of("t")))
        .isInstanceOf(PortInUseException.class)
        .hasMessageContaining("Cannot listen on 127.0.0.1:" + door.port())
        .hasMessageContaining("--port");
  }
}

package io.scorebook.gateway.http;

import static io.scorebook.gateway.session.FakeBackend.NUMBERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Long answers: at the reader's pace, ended with the reader, and never half.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamingTest {
  private static final String BODY = "{\"metrics\":[\"m\"]}";
  private final FakeBackend platform = new FakeBackend();
  private Door door;

  @SuppressWarnings("NullAway.Init")
  StreamingTest() {}

  @BeforeAll
  void open() {
    door = Door.open(platform);
  }

  @AfterAll
  void close() {
    door.close();
  }

  @Test
  void aLongAnswerArrivesWhole() {
    platform.answering(
        (_, _) -> platform.generated(NUMBERS, number -> number < 300_000 ? List.of(number) : null));
    var response = door.post("/v1/query?format=csv", BODY);
    assertThat(response.body().lines().count()).isEqualTo(300_001);
    assertThat(response.body()).endsWith("\r\n299999\r\n");
    await().untilAsserted(() -> assertThat(platform.open).hasValue(0));
  }

  /// Each piece by itself is no JSON.
  @Test
  void aLongJsonAnswerIsOneObject() throws Exception {
    platform.answering(
        (_, _) -> platform.generated(NUMBERS, number -> number < 100_000 ? List.of(number) : null));
    for (String path : List.of("/v1/query", "/v1/query?format=json")) {
      JsonNode answer = Json.MAPPER.readTree(door.post(path, BODY).body());
      assertThat(answer.isObject()).as(path).isTrue();
      assertThat(answer.get("rows")).hasSize(100_000);
      assertThat(answer.get("rows").get(99_999).get(0).asLong()).isEqualTo(99_999);
      assertThat(answer.has("provenance")).isTrue();
    }
    JsonNode ofSql =
        Json.MAPPER.readTree(door.post("/v1/sql", "{\"sql\":\"SELECT m FROM t\"}").body());
    assertThat(ofSql.path("rows")).hasSize(100_000);
    await().untilAsserted(() -> assertThat(platform.open).hasValue(0));
  }

  @Test
  void aFailureBeforeTheFirstChunkIsAProblem() {
    platform.answering((_, _) -> platform.generated(NUMBERS, this::failAtTen));
    var response = door.post("/v1/query", BODY);
    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("urn:scorebook:problem:timeout");
    await().untilAsserted(() -> assertThat(platform.open).hasValue(0));
  }

  private List<Long> failAtTen(long number) {
    if (number == 10) {
      throw new EngineException(EngineException.Kind.TIMEOUT, "Cannot go on after 1 s", null);
    }
    return List.of(number);
  }

  @Test
  void aFailureInMidStreamIsNotAnAnswer() {
    platform.answering((_, _) -> platform.generated(NUMBERS, this::failLate));
    for (String format : List.of("json", "csv", "ndjson")) {
      assertThatThrownBy(() -> door.post("/v1/query?format=" + format, BODY))
          .as(format)
          .hasRootCauseInstanceOf(IOException.class);
    }
    await().untilAsserted(() -> assertThat(platform.open).hasValue(0));
  }

  @Test
  void aBrokenNdjsonAnswerSaysWhy() throws Exception {
    platform.answering((_, _) -> platform.generated(NUMBERS, this::failLate));
    String text = raw("/v1/query?format=ndjson");
    assertThat(text).contains("{\"number\":99999}\n{\"problem\":{\"type\":");
    assertThat(text).contains("Cannot add up").doesNotEndWith("0\r\n\r\n");
  }

  private List<Long> failLate(long number) {
    if (number == 100_000) {
      throw new EngineException(EngineException.Kind.DATA, "Cannot add up: overflow", null);
    }
    return List.of(number);
  }

  @Test
  void noMoreIsMadeThanIsRead() throws Exception {
    var made = new AtomicLong();
    platform.answering((_, _) ->
        platform.generated(
            NUMBERS,
            number -> {
              made.set(number);
              return number < 1_000_000_000L ? List.of(number) : null;
            }));
    try (Socket socket = post("/v1/query?format=csv")) {
      assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
      // As much as the buffers between the two hold, and then nothing.
      await()
          .pollInterval(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(15))
          .until(() -> {
            long before = made.get();
            Thread.sleep(150);
            return made.get() == before;
          });
      assertThat(made.get()).isLessThan(10_000_000L);
    }
    await().untilAsserted(() -> assertThat(platform.open).hasValue(0));
  }

  @Test
  void anAskerWhoGoesAwayEndsTheWork() throws Exception {
    var started = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    platform.answering((_, limits) -> {
      var cancelled = new CountDownLatch(1);
      limits.cancellation().onCancel(cancelled::countDown);
      started.countDown();
      try {
        ended.set(cancelled.await(15, java.util.concurrent.TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      throw new EngineException(EngineException.Kind.CANCELLED, "Cancelled", null);
    });
    try (Socket socket = post("/v1/query")) {
      assertThat(started.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      assertThat(socket.isConnected()).isTrue();
    }
    await().atMost(Duration.ofSeconds(10)).untilTrue(ended);
  }

  private Socket post(String path) throws IOException {
    var socket = new Socket("127.0.0.1", door.port());
    socket.setSoTimeout(15_000);
    socket
        .getOutputStream()
        .write(
            ("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                    + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s")
                .formatted(path, Door.TOKEN, BODY.length(), BODY)
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private String raw(String path) throws IOException {
    try (Socket socket = post(path);
        InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

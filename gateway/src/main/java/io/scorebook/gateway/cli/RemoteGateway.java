package io.scorebook.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import io.scorebook.gateway.session.Token;
import io.scorebook.gateway.wire.Json;
import io.scorebook.gateway.wire.ProblemForm;
import io.scorebook.gateway.wire.QuestionForm;
import io.scorebook.gateway.wire.SqlForm;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A gateway that answers over HTTP; its rows are read as they arrive.
final class RemoteGateway implements Asker {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private final URI address;
  private final Token token;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  RemoteGateway(URI address, Token token) {
    if (address.getHost() == null || !String.valueOf(address.getScheme()).startsWith("http")) {
      throw new Failures.Refused(
          "Invalid address '%s': must be as http://HOST:PORT".formatted(address));
    }
    this.address = address;
    this.token = token;
  }

  @Override
  public OpenAnswer ask(Ask ask) {
    return switch (ask) {
      case Ask.Metrics metrics -> post("/v1/query", QuestionForm.write(metrics));
      case Ask.Sql sql -> post("/v1/sql", SqlForm.write(sql));
    };
  }

  @Override
  public String explain(Ask ask, ExplanationPrinting.Form form) {
    return switch (ask) {
      case Ask.Metrics metrics ->
          explain("/v1/query/explain", QuestionForm.write(metrics), form.mediaType());
      case Ask.Sql sql -> explain("/v1/sql/explain", SqlForm.write(sql), form.mediaType());
    };
  }

  private String explain(String path, byte[] body, String mediaType) {
    try (InputStream text = send(path, body, mediaType).body()) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).stripTrailing() + "\n";
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private OpenAnswer post(String path, byte[] body) {
    try {
      HttpResponse<InputStream> response = send(path, body, "application/json");
      RemoteRows rows = RemoteRows.open(response.body());
      return OpenAnswer.of(
          new Answer(
              rows.columns(),
              RemoteRows.provenance(
                  response.headers().firstValue("Scorebook-Provenance").orElse("{}")),
              rows),
          new Cancellation());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private ProblemException broken(IOException e) {
    return new ProblemException(
        Problem.of(
            ErrorCode.STORE_UNAVAILABLE,
            "Cannot read the answer of %s: %s".formatted(address, e.getMessage())),
        e);
  }

  /// @throws ProblemException where the gateway does not give what is asked for
  private HttpResponse<InputStream> send(String path, byte[] body, String mediaType)
      throws IOException {
    String base = address.toString().replaceFirst("/+$", "");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + token.reveal())
            .header("Content-Type", "application/json")
            .header("Accept", mediaType)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new ProblemException(problem(response));
      }
      return response;
    } catch (ConnectException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.STORE_UNAVAILABLE,
              "Cannot reach a gateway at %s; is it running?".formatted(address)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.of(ErrorCode.CANCELLED, "Cancelled"), e);
    }
  }

  private Problem problem(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      JsonNode json = Json.MAPPER.readTree(body.readAllBytes());
      return ProblemForm.read(json, response.statusCode());
    } catch (JsonProcessingException _) {
      return Problem.of(
          ErrorCode.INTERNAL,
          "Cannot understand %s: HTTP status %d and no problem; is it a Scorebook gateway?"
              .formatted(address, response.statusCode()));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}

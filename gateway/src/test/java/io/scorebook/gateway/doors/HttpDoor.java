package io.scorebook.gateway.doors;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scorebook.gateway.cli.Stage;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// SQL over HTTP, its answers as JSON or Arrow.
final class HttpDoor implements TestedDoor {
  enum Form {
    JSON("application/json"),
    ARROW("application/vnd.apache.arrow.stream");

    private final String mediaType;

    Form(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  private static final ObjectMapper EXACT =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final Stage stage;
  private final Form form;
  private final HttpClient client = HttpClient.newHttpClient();

  HttpDoor(Stage stage, Form form) {
    this.stage = stage;
    this.form = form;
  }

  @Override
  public String audited() {
    return "http";
  }

  @Override
  public String seen(String exact) {
    return switch (form) {
      case JSON -> exact.replaceAll("\\(.*", "").replace("instant", "timestamp");
      case ARROW -> exact;
    };
  }

  @Override
  public boolean takesParameters() {
    return true;
  }

  @Override
  public boolean carriesMicroseconds() {
    return true;
  }

  @Override
  public Told ask(String caller, String sql, List<? extends @Nullable Object> values) {
    return ask(caller, sql, values, "");
  }

  @Override
  public Told askFor(String purpose, String caller, String sql) {
    return ask(caller, sql, List.of(), purpose);
  }

  @Override
  public List<String> tellsOf(String caller, String schema, String table) {
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(
                          stage.http() + "/v1/products/" + schema.replace("_v", "/v") + "/data"))
                  .header("Authorization", "Bearer " + stage.secret(caller))
                  .build(),
              BodyHandlers.ofByteArray());
      return Stream.of("Deprecation", "Link")
          .flatMap(name -> response.headers().allValues(name).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Told ask(
      String caller, String sql, List<? extends @Nullable Object> values, String purpose) {
    var parameters = new ArrayList<@Nullable Object>();
    for (Object value : values) {
      parameters.add(
          value == null || value instanceof Number || value instanceof Boolean
              ? value
              : value.toString().replace('T', ' '));
    }
    try {
      var request =
          HttpRequest.newBuilder(URI.create(stage.http() + "/v1/sql"))
              .header("Authorization", "Bearer " + stage.secret(caller))
              .header("Content-Type", "application/json")
              .header("Accept", form.mediaType)
              .POST(
                  BodyPublishers.ofByteArray(
                      Json.bytes(Map.of("sql", sql, "parameters", parameters))));
      if (!purpose.isEmpty()) {
        request.header("Scorebook-Purpose", purpose);
      }
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        return refused(response);
      }
      return switch (form) {
        case JSON -> rows(EXACT.readTree(response.body()));
        case ARROW -> ArrowRows.read(response.body());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Told refused(HttpResponse<byte[]> response) throws IOException {
    JsonNode problem = EXACT.readTree(response.body());
    ErrorCode code =
        Arrays.stream(ErrorCode.values())
            .filter(each -> each.type().equals(problem.path("type").textValue()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(problem.toString()));
    if (code.status() != response.statusCode()) {
      throw new AssertionError(code + " with the status " + response.statusCode());
    }
    return new Told.Refused(code.sqlState(), problem.path("detail").asText());
  }

  private static Told rows(JsonNode answer) {
    var names = new ArrayList<String>();
    var types = new ArrayList<String>();
    for (JsonNode column : answer.path("columns")) {
      names.add(column.path("name").textValue());
      types.add(column.path("type").textValue());
    }
    var rows = new ArrayList<List<@Nullable Object>>();
    for (JsonNode row : answer.path("rows")) {
      var values = new ArrayList<@Nullable Object>();
      for (int i = 0; i < types.size(); i++) {
        values.add(value(row.get(i), types.get(i)));
      }
      rows.add(values);
    }
    return new Told.Rows(names, types, rows);
  }

  private static @Nullable Object value(JsonNode value, String type) {
    if (value.isNull()) {
      return null;
    }
    return switch (type) {
      case "integer" -> value.longValue();
      case "decimal" ->
          Told.exact(value.isTextual() ? new BigDecimal(value.textValue()) : value.decimalValue());
      case "double" -> value.doubleValue();
      case "boolean" -> value.booleanValue();
      case "date" -> LocalDate.parse(value.textValue());
      case "timestamp" ->
          value.textValue().endsWith("Z")
              ? OffsetDateTime.parse(value.textValue()).withOffsetSameInstant(ZoneOffset.UTC)
              : LocalDateTime.parse(value.textValue());
      default -> value.textValue();
    };
  }

  @Override
  public String toString() {
    return "HTTP " + form;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

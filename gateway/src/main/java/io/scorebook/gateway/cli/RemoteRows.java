package io.scorebook.gateway.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.engine.answer.Rows;
import io.scorebook.gateway.wire.Json;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import io.scorebook.semantic.plan.Plan.OutputType;
import io.scorebook.semantic.plan.Plan.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rows of a JSON answer, read as they arrive. An answer that breaks off is told as a failure.
final class RemoteRows implements Rows {
  private final JsonParser json;
  private final List<OutputColumn> columns;
  private final @Nullable Object[] row;
  private boolean done;

  private RemoteRows(JsonParser json, List<OutputColumn> columns) {
    this.json = json;
    this.columns = columns;
    this.row = new @Nullable Object[columns.size()];
  }

  static RemoteRows open(InputStream body) throws IOException {
    JsonParser json = Json.MAPPER.createParser(body);
    expect(json, JsonToken.START_OBJECT);
    expect(json, JsonToken.FIELD_NAME);
    json.nextToken();
    var columns = new ArrayList<OutputColumn>();
    for (JsonNode column : part(json)) {
      columns.add(
          new OutputColumn(
              column.path("name").asText(),
              OutputType.valueOf(column.path("type").asText().toUpperCase(Locale.ROOT)),
              Role.valueOf(column.path("role").asText().toUpperCase(Locale.ROOT))));
    }
    expect(json, JsonToken.FIELD_NAME);
    expect(json, JsonToken.START_ARRAY);
    return new RemoteRows(json, columns);
  }

  /// One value in the middle of the answer; what follows it is no mistake here.
  private static JsonNode part(JsonParser json) throws IOException {
    return Json.MAPPER
        .readerFor(JsonNode.class)
        .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .readValue(json);
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.nextToken() != token) {
      throw new IOException("not an answer of a gateway");
    }
  }

  List<OutputColumn> columns() {
    return columns;
  }

  static Provenance provenance(String header) throws IOException {
    JsonNode plain = Json.MAPPER.readTree(header);
    var snapshots = new TreeMap<String, Long>();
    plain
        .path("snapshots")
        .properties()
        .forEach(e -> snapshots.put(e.getKey(), e.getValue().asLong()));
    JsonNode model = plain.path("model");
    return new Provenance(
        new Provenance.Model(
            model.path("name").asText(),
            model.path("version").asText(),
            model.path("hash").asText()),
        snapshots,
        plain.path("engine").asText(),
        plain.path("policies").valueStream().map(JsonNode::asText).toList(),
        plain.path("restsOn").valueStream().map(RemoteRows::basis).toList(),
        plain.path("levels").valueStream().map(RemoteRows::missed).toList());
  }

  private static Provenance.Missed missed(JsonNode plain) {
    return new Provenance.Missed(
        plain.path("product").asText(),
        plain.path("version").asText(),
        plain.path("level").asText(),
        plain.path("name").asText(),
        plain.path("promised").asText(),
        plain.path("measured").asText());
  }

  private static Provenance.Basis basis(JsonNode plain) {
    var snapshots = new TreeMap<String, Long>();
    plain
        .path("snapshots")
        .properties()
        .forEach(e -> snapshots.put(e.getKey(), e.getValue().asLong()));
    return new Provenance.Basis(
        plain.path("claim").asText(),
        plain.path("declared").asText(),
        Provenance.State.valueOf(plain.path("state").asText("declared").toUpperCase(Locale.ROOT)),
        snapshots,
        plain.path("broken").asLong());
  }

  @Override
  public boolean next() {
    if (done) {
      return false;
    }
    try {
      if (json.nextToken() == JsonToken.END_ARRAY) {
        while (json.nextToken() != null) {
          // to the end: only then it is whole
        }
        done = true;
        return false;
      }
      for (int i = 0; i < row.length; i++) {
        json.nextToken();
        row[i] = read(columns.get(i).type());
      }
      expect(json, JsonToken.END_ARRAY);
      return true;
    } catch (IOException e) {
      throw new EngineException(
          EngineException.Kind.STORE_UNAVAILABLE,
          "Cannot use the answer: it broke off, and what came before is not complete",
          e);
    }
  }

  private @Nullable Object read(OutputType type) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (type) {
      case STRING -> json.getText();
      case INTEGER -> whole(json.getBigIntegerValue());
      case DECIMAL -> json.getDecimalValue();
      case DOUBLE -> json.getDoubleValue();
      case BOOLEAN -> json.getBooleanValue();
      case DATE -> LocalDate.parse(json.getText());
      case TIMESTAMP ->
          json.getText().endsWith("Z")
              ? OffsetDateTime.parse(json.getText())
              : LocalDateTime.parse(json.getText());
    };
  }

  private static Object whole(BigInteger number) {
    return number.bitLength() < 64 ? (Object) number.longValue() : number;
  }

  @Override
  public @Nullable Object value(int column) {
    return row[column];
  }

  @Override
  public void close() {
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

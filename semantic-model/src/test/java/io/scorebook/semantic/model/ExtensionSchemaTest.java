package io.scorebook.semantic.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import io.scorebook.documents.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JSON schema of the extensions and the reader take the same, and refuse the same.
class ExtensionSchemaTest {
  private static final String NAME = "scorebook-extension.schema.json";

  private static String text() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OssieReader.class.getResourceAsStream(NAME), NAME)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Schema schema(String part) throws IOException {
    return JsonSchemas.schema(
        text().replaceFirst("\"anyOf\": \\[[^]]*]", "\"\\$ref\": \"#/\\$defs/" + part + "\""));
  }

  private static boolean isRead(String template, String data) {
    var findings = new Findings();
    OssieReader.parse("model.yaml", template.formatted(data), findings);
    return !findings.hasErrors();
  }

  private static void assertAlike(String part, String template, String data, boolean valid)
      throws IOException {
    List<String> said = JsonSchemas.validate(schema(part), data);
    assertThat(said.isEmpty()).as("by the schema: %s", said).isEqualTo(valid);
    assertThat(isRead(template, data)).as("by the reader").isEqualTo(valid);
  }

  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: shop
      datasets: [{name: sales, source: shop.sales}]
      custom_extensions: [{vendor_name: SCOREBOOK, data: '%s'}]
      """;

  private static final String RELATIONSHIP =
      """
      version: 0.2.0.dev0
      name: shop
      datasets: [{name: sales, source: shop.sales}]
      relationships:
        - name: r
          from: sales
          to: items
          from_columns: [a]
          to_columns: [b]
          custom_extensions: [{vendor_name: SCOREBOOK, data: '%s'}]
      """;

  private static final String METRIC =
      """
      version: 0.2.0.dev0
      name: shop
      datasets: [{name: sales, source: shop.sales}]
      metrics:
        - name: m
          expression: {dialects: [{dialect: ANSI_SQL, expression: sales.a > 1}]}
          custom_extensions: [{vendor_name: SCOREBOOK, data: '%s'}]
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"version\": \"1.2.3\"}", "{\"conformed\": [\"day\", \"season\"]}"})
  void takesExtensionsOfModels(String data) throws IOException {
    assertAlike("model", MODEL, data, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\": \"1.2\"}", "{\"version\": \"v1.2.3\"}", "{\"conformed\": \"day\"}",
        "{\"conformed\": [[]]}", "{\"conform\": []}", "[]"
      })
  void refusesOtherExtensionsOfModels(String data) throws IOException {
    assertAlike("model", MODEL, data, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"exposes\": []}",
        "{\"exposes\": [\"a\"]}",
        "{\"exposes\": {\"a\": \"b\"}}"
      })
  void takesExtensionsOfRelationships(String data) throws IOException {
    assertAlike("relationship", RELATIONSHIP, data, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"exposes\": \"a\"}",
        "{\"exposes\": {\"a\": []}}",
        "{\"exposes\": [{}]}",
        "{\"expose\": []}"
      })
  void refusesOtherExtensionsOfRelationships(String data) throws IOException {
    assertAlike("relationship", RELATIONSHIP, data, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"streak\",\"mode\":\"longest\",\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}",
        "{\"kind\":\"streak\",\"mode\":\"current\",\"entity\":[\"a.b\"],\"order\":[\"a.c\"],\"onNull\":\"skip\"}",
        "{\"kind\":\"streak\",\"mode\":\"longest\",\"entity\":[\"a.b\"],\"order\":[\"a.c\"],\"onNull\":\"break\"}",
        "{\"kind\":\"window\",\"mode\":\"best\",\"rows\":1,\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}",
        "{\"kind\":\"window\",\"mode\":\"worst\",\"rows\":90,\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}"
      })
  void takesExtensionsOfMetrics(String data) throws IOException {
    assertAlike("metric", METRIC, data, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"kind\":\"streaks\"}",
        "{\"kind\":\"streak\",\"mode\":\"best\",\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}",
        "{\"kind\":\"streak\",\"mode\":\"longest\",\"entity\":[],\"order\":[\"a.c\"]}",
        "{\"kind\":\"streak\",\"mode\":\"longest\",\"entity\":[\"a.b\"]}",
        "{\"kind\":\"streak\",\"mode\":\"longest\",\"rows\":3,\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}",
        "{\"kind\":\"streak\",\"mode\":\"longest\",\"entity\":[\"a.b\"],\"order\":[\"a.c\"],\"onNull\":\"fail\"}",
        "{\"kind\":\"window\",\"mode\":\"best\",\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}",
        "{\"kind\":\"window\",\"mode\":\"best\",\"rows\":0,\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}",
        "{\"kind\":\"window\",\"mode\":\"best\",\"rows\":\"90\",\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}",
        "{\"kind\":\"window\",\"mode\":\"best\",\"rows\":90.5,\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}",
        "{\"kind\":\"window\",\"mode\":\"best\",\"rows\":3000000000,\"entity\":[\"a.b\"],\"order\":[\"a.c\"]}",
        "{\"kind\":\"window\",\"mode\":\"best\",\"rows\":9,\"entity\":\"a.b\",\"order\":[\"a.c\"]}"
      })
  void refusesOtherExtensionsOfMetrics(String data) throws IOException {
    assertAlike("metric", METRIC, data, false);
  }

  @Test
  void takesAnyExtensionAtItsRoot() throws IOException {
    assertThat(JsonSchemas.validate(JsonSchemas.schema(text()), "{\"version\": \"1.0.0\"}"))
        .isEmpty();
    assertThat(JsonSchemas.validate(JsonSchemas.schema(text()), "{\"versions\": \"1.0.0\"}"))
        .isNotEmpty();
  }
}

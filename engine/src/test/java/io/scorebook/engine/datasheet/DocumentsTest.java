package io.scorebook.engine.datasheet;

import static io.scorebook.engine.datasheet.Samples.render;
import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.document.JsonDocument;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientUtils;
import io.scorebook.catalog.registry.Contacts;
import io.scorebook.catalog.registry.Product;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The documents of the sample's products, as readers of each standard read them.
class DocumentsTest {
  private static List<Datasheet> sheets() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void contractsAndProductsKeepToTheRulesOfBitol(Datasheet sheet) {
    BitolRules.contract(render(DocumentForm.ODCS, sheet));
    BitolRules.product(render(DocumentForm.ODPS, sheet));
  }

  @Test
  void aVersionThatEndsSaysWhenAndWhatComesAfterIt() {
    Datasheet standings = Samples.sheet("standings");
    var ending =
        new Product.Lifecycle(
            Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
            Optional.of("standings 2.0.0"),
            false);
    var sheet =
        new Datasheet(
            standings.model(),
            standings.product().with(Product.Status.DEPRECATED, ending),
            standings.ports(),
            standings.inputs(),
            standings.address());
    JsonNode contract = render(DocumentForm.ODCS, sheet);
    JsonNode product = render(DocumentForm.ODPS, sheet);
    BitolRules.contract(contract);
    BitolRules.product(product);
    assertThat(contract.path("status").asText()).isEqualTo("deprecated");
    assertThat(contract.path("slaProperties").toString())
        .contains("{\"property\":\"endOfLife\",\"value\":\"2027-01-01\"}");
    for (JsonNode document : List.of(contract, product)) {
      assertThat(document.path("customProperties").toString())
          .contains(
              "{\"property\":\"sunset\",\"value\":\"2027-01-01\"}",
              "{\"property\":\"successor\",\"value\":\"standings 2.0.0\"}");
    }
    assertThat(render(DocumentForm.ODPS, standings).toString()).doesNotContain("sunset");
    assertThat(render(DocumentForm.ODCS, standings).toString()).doesNotContain("endOfLife");
  }

  @Test
  void aContractTellsKeysFormulasPersonalDataAndWhereToAsk() {
    JsonNode contract = render(DocumentForm.ODCS, Samples.sheet("player_seasons"));
    JsonNode columns = contract.path("schema").path(0).path("properties");
    JsonNode player = columns.path(0);
    assertThat(player.path("primaryKeyPosition").asInt()).isEqualTo(1);
    assertThat(player.path("tags")).extracting(JsonNode::asText).containsExactly("pii", "pii:name");
    assertThat(player.path("transformSourceObjects"))
        .extracting(JsonNode::asText)
        .containsExactly("basketball.players.player_name");
    JsonNode streak = columns.path(8);
    assertThat(streak.path("name").asText()).isEqualTo("longest_streak_over_10");
    assertThat(streak.path("transformLogic").asText()).isEqualTo("player_games.points > 10");
    assertThat(streak.path("customProperties").findValuesAsText("property"))
        .contains("semanticType", "metricKind", "metricDefinition", "synonyms");
    assertThat(contract.path("servers").findValuesAsText("location"))
        .allMatch(url -> url.startsWith("https://scorebook.example:8443/v1/products/"));
  }

  @Test
  void whatComesOfAPersonalColumnIsTaggedInEveryForm() {
    Datasheet sheet = Samples.sheet("player_games");
    for (DocumentForm form :
        List.of(
            DocumentForm.ODCS,
            DocumentForm.AVRO,
            DocumentForm.JSON_SCHEMA,
            DocumentForm.OPENAPI,
            DocumentForm.DCAT,
            DocumentForm.OPENLINEAGE)) {
      assertThat(render(form, sheet).toString()).as(form.word()).containsIgnoringCase("name");
      assertThat(render(form, sheet).toString())
          .as(form.word())
          .containsPattern("pii|Personal data");
      assertThat(render(form, Samples.sheet("standings")).path("outputs").toString())
          .as(form.word())
          .doesNotContain("\"pii\"");
    }
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void theAvroSchemaIsOne(Datasheet sheet) {
    JsonNode written = render(DocumentForm.AVRO, sheet);
    var schema = new org.apache.avro.Schema.Parser().parse(written.toString());
    assertThat(schema.getFields()).hasSameSizeAs(sheet.ports().getFirst().columns());
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void theJsonSchemaIsOneAndFitsRows(Datasheet sheet) {
    JsonNode written = render(DocumentForm.JSON_SCHEMA, sheet);
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    var meta =
        registry.getSchema(
            com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(written)).isEmpty();
    Schema schema = registry.getSchema(written);
    assertThat(schema.validate(Samples.json(Map.of()))).isEmpty();
    assertThat(schema.validate(Samples.json(Map.of("unknown", 1)))).isNotEmpty();
    assertThat(schema.validate(Samples.json(List.of(1)))).isNotEmpty();
  }

  @Test
  void theJsonSchemaKnowsTypes() {
    JsonNode written = render(DocumentForm.JSON_SCHEMA, Samples.sheet("standings"));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(written);
    assertThat(schema.validate(Samples.json(Map.of("team", "ASH", "wins", 40)))).isEmpty();
    assertThat(schema.validate(Samples.json(Map.of("team", "ASH", "wins", "40")))).isNotEmpty();
    assertThat(schema.validate(Samples.json(List.of("ASH", 2018, 82, 40, 42, 0.4878, 7))))
        .isEmpty();
    assertThat(schema.validate(Samples.json(List.of("ASH", 2018, 82, 40, 42, 0.4878, 7.5))))
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void theOpenApiDescriptionIsOne(Datasheet sheet) {
    var options = new ParseOptions();
    options.setResolve(true);
    var parsed =
        new OpenAPIV3Parser()
            .readContents(render(DocumentForm.OPENAPI, sheet).toString(), null, options);
    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getPaths()).containsKey(sheet.path() + "/data");
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void theCatalogEntryIsLinkedDataWithoutFetchingAnything(Datasheet sheet) throws Exception {
    String written = render(DocumentForm.DCAT, sheet).toString();
    var expanded =
        JsonLd.expand(JsonDocument.of(new StringReader(written)))
            .loader((url, _) -> {
              throw new AssertionError("asks for " + url);
            })
            .get();
    var keys = new ArrayList<String>();
    collect(expanded, keys);
    assertThat(keys).allMatch(key -> key.startsWith("@") || key.contains("://"));
    JsonObject product = expanded.getJsonObject(0);
    assertThat(product.getJsonArray("@type").toString())
        .contains("https://ekgf.github.io/dprod/DataProduct");
    for (String property :
        List.of("dataProductOwner", "lifecycleStatus", "purpose", "outputPort", "inputDataset")) {
      assertThat(product).containsKey("https://ekgf.github.io/dprod/" + property);
    }
    // Nothing that was written got lost for want of a term.
    assertThat(keys.stream().filter(key -> !key.startsWith("@")).distinct().count())
        .isEqualTo(propertiesOf(written));
  }

  private static long propertiesOf(String written) throws Exception {
    JsonNode document = Samples.JSON.readTree(written);
    ((com.fasterxml.jackson.databind.node.ObjectNode) document).remove("@context");
    return document.findParents("@id").stream()
        .flatMap(node -> {
          var names = new ArrayList<String>();
          node.fieldNames().forEachRemaining(names::add);
          return names.stream();
        })
        .filter(name -> !name.startsWith("@"))
        .distinct()
        .count();
  }

  private static void collect(JsonValue value, List<String> keys) {
    switch (value.getValueType()) {
      case ARRAY -> value.asJsonArray().forEach(item -> collect(item, keys));
      case OBJECT ->
          value
              .asJsonObject()
              .forEach((key, item) -> {
                keys.add(key);
                collect(item, keys);
              });
      case STRING, NUMBER, TRUE, FALSE, NULL -> {}
    }
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void theOpenLineageEventIsReadByAStrictReader(Datasheet sheet) throws Exception {
    JsonNode written = render(DocumentForm.OPENLINEAGE, sheet);
    OpenLineage.JobEvent event =
        OpenLineageClientUtils.newObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .treeToValue(written, OpenLineage.JobEvent.class);
    assertThat(event.getInputs()).isNotEmpty();
    assertThat(event.getOutputs()).isNotEmpty();
    for (JsonNode facets : written.findValues("facets")) {
      facets.forEach(facet -> {
        assertThat(facet.path("_producer").asText()).isNotEmpty();
        assertThat(facet.path("_schemaURL").asText()).startsWith("https://openlineage.io/spec/");
      });
    }
    for (var output : event.getOutputs()) {
      assertThat(output.getFacets().getAdditionalProperties()).isEmpty();
      assertThat(output.getFacets().getColumnLineage().getFields().getAdditionalProperties())
          .isNotEmpty();
    }
    for (var input : event.getInputs()) {
      assertThat(input.getNamespace()).isEqualTo("s3://lake");
      assertThat(input.getFacets().getVersion().getDatasetVersion())
          .isEqualTo("5937117119577207000");
      assertThat(input.getFacets().getSymlinks().getIdentifiers().getFirst().getName())
          .isEqualTo(input.getName().replace('/', '.'));
    }
  }

  @Test
  void columnsAreFollowedWithTheKindOfTheirUse() {
    JsonNode written = render(DocumentForm.OPENLINEAGE, Samples.sheet("player_seasons"));
    JsonNode lineage = written.path("outputs").path(0).path("facets").path("columnLineage");
    JsonNode player = lineage.path("fields").path("player").path("inputFields").path(0);
    assertThat(player.path("name").asText()).isEqualTo("basketball/players");
    assertThat(player.path("field").asText()).isEqualTo("player_name");
    assertThat(player.path("transformations").path(0).path("subtype").asText())
        .isEqualTo("IDENTITY");
    JsonNode points = lineage.path("fields").path("points").path("inputFields").path(0);
    assertThat(points.path("transformations").path(0).path("type").asText()).isEqualTo("DIRECT");
    assertThat(points.path("transformations").path(0).path("subtype").asText())
        .isEqualTo("AGGREGATION");
    assertThat(lineage.path("dataset").findValuesAsText("subtype")).contains("JOIN", "GROUP_BY");
  }

  @Test
  void wordsOfAuthorsAreDataInEveryForm() {
    Product product = Samples.DOMAIN.products().getFirst();
    String evil = "</script><img src=x onerror=alert(1)>\n---\n- !!java/object: \"${jndi:x}\"";
    Product poisoned =
        new Product(
            product.id(),
            product.name(),
            product.version(),
            product.status(),
            product.domain(),
            evil,
            evil,
            Optional.of(evil),
            Optional.of(evil),
            List.of(evil),
            product.ports(),
            new Contacts(Optional.of(evil), Optional.of(evil), List.of(), List.of()),
            List.of(evil),
            Optional.of(evil),
            product.lifecycle(),
            product.location());
    Datasheet plain = Samples.sheet(product.name());
    var sheet =
        new Datasheet(plain.model(), poisoned, plain.ports(), plain.inputs(), plain.address());
    for (DocumentForm form : DocumentForm.values()) {
      Map<String, ?> document = form.render(sheet, sheet.ports().getFirst());
      JsonNode read = Samples.json(document);
      assertThat(read).isNotEmpty();
      if (form == DocumentForm.ODCS || form == DocumentForm.ODPS) {
        Object yaml =
            new org.snakeyaml.engine.v2.api.Load(
                    org.snakeyaml.engine.v2.api.LoadSettings.builder().build())
                .loadFromString(DocumentForm.yaml(document));
        assertThat(Samples.json(yaml)).isEqualTo(read);
      }
    }
  }

  @Test
  void withoutAnAddressNothingIsMadeUp() {
    Product product = Samples.DOMAIN.findProduct("standings", 1).orElseThrow();
    Datasheet sheet =
        new Datasheets(Samples.DOMAIN, _ -> Optional.empty(), Optional.empty()).of(product);
    for (DocumentForm form : DocumentForm.values()) {
      assertThat(render(form, sheet).toString())
          .as(form.word())
          .doesNotContain("://scorebook", "localhost", "format=");
    }
    BitolRules.contract(render(DocumentForm.ODCS, sheet));
    BitolRules.product(render(DocumentForm.ODPS, sheet));
  }
}

package io.scorebook.engine.datasheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Set;

/// What contracts and products must keep to, as ODCS 3.1 and ODPS 1.1 say it in prose: which keys
/// there are, which must be there, which words they may have. Both refuse keys that they do not
/// know.
final class BitolRules {
  private static final String STABLE_ID = "[A-Za-z0-9_-]+";

  private BitolRules() {}

  static void contract(JsonNode contract) {
    keys(
        contract,
        "version apiVersion kind id status",
        "name tenant tags servers dataProduct description domain schema support price team roles"
            + " slaDefaultElement slaProperties authoritativeDefinitions customProperties"
            + " contractCreatedTs");
    assertThat(contract.path("kind").asText()).isEqualTo("DataContract");
    assertThat(contract.path("apiVersion").asText()).isEqualTo("v3.1.0");
    about(contract);
    contract.path("servers").forEach(BitolRules::server);
    for (JsonNode role : contract.path("roles")) {
      keys(
          role,
          "role",
          "id description access firstLevelApprovers secondLevelApprovers customProperties");
    }
    for (JsonNode level : contract.path("slaProperties")) {
      keys(
          level,
          "property value",
          "id valueExt unit element driver description scheduler schedule");
      assertThat(level.path("value").isValueNode()).isTrue();
    }
    contract.path("schema").forEach(BitolRules::table);
  }

  private static void server(JsonNode server) {
    switch (server.path("type").asText()) {
      case "api" -> {
        keys(server, "server type location", "id description environment roles customProperties");
        assertThat(URI.create(server.path("location").asText()).isAbsolute()).isTrue();
      }
      case "custom" -> {
        keys(
            server,
            "server type",
            "id description environment roles customProperties account catalog database dataset"
                + " delimiter endpointUrl format host location path port project region"
                + " regionName schema serviceName stagingDir warehouse stream");
        assertThat(URI.create(server.path("endpointUrl").asText()).isAbsolute()).isTrue();
      }
      case String type -> throw new AssertionError("no type of server here: " + type);
    }
    assertThat(server.path("id").asText()).matches(STABLE_ID);
    server.path("customProperties").forEach(BitolRules::property);
  }

  private static void table(JsonNode table) {
    keys(
        table,
        "name",
        "id physicalType description businessName authoritativeDefinitions tags customProperties"
            + " logicalType physicalName dataGranularityDescription properties relationships"
            + " quality");
    assertThat(table.path("logicalType").asText()).isEqualTo("object");
    assertThat(table.path("properties")).isNotEmpty();
    table.path("customProperties").forEach(BitolRules::property);
    table.path("quality").forEach(BitolRules::rule);
    for (JsonNode column : table.path("properties")) {
      keys(
          column,
          "name logicalType physicalType",
          "id description businessName authoritativeDefinitions tags customProperties primaryKey"
              + " primaryKeyPosition logicalTypeOptions physicalName required unique partitioned"
              + " partitionKeyPosition classification encryptedName transformSourceObjects"
              + " transformLogic transformDescription examples criticalDataElement relationships"
              + " quality");
      assertThat(column.path("logicalType").asText())
          .isIn("string", "date", "timestamp", "time", "number", "integer", "boolean");
      column.path("customProperties").forEach(BitolRules::property);
      column.path("quality").forEach(BitolRules::rule);
    }
  }

  private static void rule(JsonNode rule) {
    String type = rule.path("type").asText("library");
    assertThat(type).isIn("text", "library", "sql", "custom");
    if (type.equals("library")) {
      assertThat(rule.path("metric").asText())
          .isIn("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount");
    }
  }

  static void product(JsonNode product) {
    keys(
        product,
        "apiVersion kind id",
        "name deprecated synonyms version status domain type context tenant"
            + " authoritativeDefinitions description customProperties tags inputPorts outputPorts"
            + " managementPorts support team productCreatedTs");
    assertThat(product.path("kind").asText()).isEqualTo("DataProduct");
    assertThat(product.path("apiVersion").asText()).isEqualTo("v1.1.0");
    about(product);
    for (JsonNode port : product.path("inputPorts")) {
      keys(
          port,
          "name version contractId",
          "deprecated id tags customProperties authoritativeDefinitions");
      port.path("customProperties").forEach(BitolRules::property);
    }
    for (JsonNode port : product.path("outputPorts")) {
      keys(
          port,
          "name version",
          "deprecated id description type contractId sbom inputContracts synonyms tags"
              + " customProperties authoritativeDefinitions context");
      port.path("customProperties").forEach(BitolRules::property);
      port.path("authoritativeDefinitions").forEach(BitolRules::definition);
    }
    for (JsonNode port : product.path("managementPorts")) {
      keys(
          port,
          "name content",
          "deprecated id type url channel description tags customProperties"
              + " authoritativeDefinitions");
      assertThat(port.path("content").asText())
          .isIn("discoverability", "observability", "control", "dictionary");
      assertThat(port.path("type").asText()).isIn("rest", "topic");
    }
  }

  /// What both say of whom it is from, and what it is for.
  private static void about(JsonNode document) {
    assertThat(document.path("status").asText())
        .isIn("proposed", "draft", "active", "deprecated", "retired");
    keys(
        document.path("description"),
        "",
        "purpose usage limitations authoritativeDefinitions customProperties");
    keys(
        document.path("team"),
        "",
        "id name description members tags customProperties authoritativeDefinitions");
    for (JsonNode member : document.path("team").path("members")) {
      keys(
          member,
          "username",
          "id name description role dateIn dateOut replacedByUsername tags customProperties"
              + " authoritativeDefinitions");
    }
    for (JsonNode channel : document.path("support")) {
      keys(channel, "channel url", "id description tool scope invitationUrl customProperties");
    }
    document.path("customProperties").forEach(BitolRules::property);
    document.path("authoritativeDefinitions").forEach(BitolRules::definition);
  }

  private static void property(JsonNode property) {
    keys(property, "property value", "id description");
  }

  private static void definition(JsonNode definition) {
    keys(definition, "type url", "id description");
    assertThat(URI.create(definition.path("url").asText()).isAbsolute()).isTrue();
  }

  private static void keys(JsonNode object, String required, String optional) {
    Set<String> must = words(required);
    Set<String> may = new java.util.HashSet<>(must);
    may.addAll(words(optional));
    var there = new java.util.ArrayList<String>();
    object.fieldNames().forEachRemaining(there::add);
    assertThat(there).as("keys of %s", object).containsAll(must).isSubsetOf(may);
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }
}

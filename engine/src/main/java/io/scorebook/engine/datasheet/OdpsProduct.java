package io.scorebook.engine.datasheet;

import io.scorebook.catalog.registry.Port;
import io.scorebook.catalog.registry.Product;
import io.scorebook.engine.datasheet.Datasheet.Input;
import io.scorebook.engine.datasheet.Datasheet.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The product: a document of the Open Data Product Standard (Bitol ODPS) 1.1. What its author
/// wrote, with what is known beyond: the tables that go in, and where it is looked after.
final class OdpsProduct {
  private OdpsProduct() {}

  static Map<String, Object> render(Datasheet sheet) {
    Product product = sheet.product();
    var plain = new LinkedHashMap<String, Object>();
    plain.put("apiVersion", "v1.1.0");
    plain.put("kind", "DataProduct");
    plain.put("id", product.id());
    plain.put("name", product.name());
    plain.put("version", product.version().toString());
    plain.put("status", product.status().word());
    if (product.status() == Product.Status.DEPRECATED
        || product.status() == Product.Status.RETIRED) {
      plain.put("deprecated", true);
    }
    product.domain().ifPresent(domain -> plain.put("domain", domain));
    product.type().ifPresent(type -> plain.put("type", type));
    if (!product.synonyms().isEmpty()) {
      plain.put("synonyms", Terms.synonyms(product.synonyms()));
    }
    plain.put("description", Terms.description(product));
    if (!product.tags().isEmpty()) {
      plain.put("tags", product.tags());
    }
    plain.put("team", Terms.team(product));
    if (!product.contacts().support().isEmpty()) {
      plain.put("support", Terms.support(product));
    }
    plain.put("inputPorts", sheet.inputs().stream().map(input -> input(sheet, input)).toList());
    plain.put("outputPorts", sheet.ports().stream().map(table -> output(sheet, table)).toList());
    sheet.address().ifPresent(address -> plain.put("managementPorts", management(sheet, address)));
    var custom = new ArrayList<>(Terms.ending(product));
    custom.addAll(Terms.model(sheet));
    plain.put("customProperties", custom);
    return plain;
  }

  /// A source table; its contract is published with the model, and has its version.
  private static Map<String, Object> input(Datasheet sheet, Input input) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", input.name());
    plain.put("version", sheet.model().version());
    plain.put("contractId", input.name());
    var custom = new ArrayList<Map<String, Object>>();
    input.contract().doc().ifPresent(doc -> custom.add(Terms.property("description", doc)));
    input.snapshot().ifPresent(id -> custom.add(Terms.property("snapshot", id)));
    if (!custom.isEmpty()) {
      plain.put("customProperties", custom);
    }
    return plain;
  }

  private static Map<String, Object> output(Datasheet sheet, Table table) {
    Port port = table.port();
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", port.name());
    plain.put("version", port.version().toString());
    plain.put("type", "table");
    port.description().ifPresent(words -> plain.put("description", words));
    plain.put("contractId", port.contractId());
    if (port.deprecated()) {
      plain.put("deprecated", true);
    }
    if (!port.synonyms().isEmpty()) {
      plain.put("synonyms", Terms.synonyms(port.synonyms()));
    }
    if (!port.tags().isEmpty()) {
      plain.put("tags", port.tags());
    }
    sheet
        .address()
        .ifPresent(address ->
            plain.put(
                "authoritativeDefinitions",
                List.of(
                    Terms.definition(
                        "contract",
                        address.to(sheet.path() + "/contract" + sheet.choosing(port)),
                        "The data contract (ODCS)"))));
    plain.put(
        "customProperties",
        List.of(
            Terms.property("table", sheet.product().schema() + "." + port.name()),
            Terms.property("key", table.key())));
    return plain;
  }

  private static List<Map<String, Object>> management(Datasheet sheet, Address address) {
    return List.of(
        managementPort(
            "documents",
            "discoverability",
            address.to(sheet.path() + "/documents"),
            "What there is to read about the product"),
        managementPort(
            "lineage",
            "observability",
            address.to(sheet.path() + "/lineage"),
            "What each column is made of"));
  }

  private static Map<String, Object> managementPort(
      String name, String content, String url, String description) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", name);
    plain.put("content", content);
    plain.put("type", "rest");
    plain.put("url", url);
    plain.put("description", description);
    return plain;
  }
}

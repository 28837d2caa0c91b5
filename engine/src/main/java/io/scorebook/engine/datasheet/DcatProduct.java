package io.scorebook.engine.datasheet;

import io.scorebook.catalog.registry.Contacts;
import io.scorebook.engine.datasheet.Datasheet.Column;
import io.scorebook.engine.datasheet.Datasheet.Input;
import io.scorebook.engine.datasheet.Datasheet.Table;
import io.scorebook.semantic.plan.SourceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The product for catalogs that speak RDF: DCAT 3 with the terms of DPROD, as JSON-LD. The context
/// stands in the document, so that nothing has to be fetched to read it.
final class DcatProduct {
  private static final String DPROD = "https://ekgf.github.io/dprod/";

  private DcatProduct() {}

  static Map<String, Object> render(Datasheet sheet) {
    String id = id(sheet, "");
    var plain = new LinkedHashMap<String, Object>();
    plain.put("@context", context());
    plain.put("@id", id);
    plain.put("@type", List.of("dprod:DataProduct", "dcat:Resource"));
    plain.put("dct:identifier", sheet.product().id());
    plain.put("rdfs:label", sheet.product().name());
    plain.put("dct:title", sheet.product().name());
    plain.put("dct:description", sheet.product().usage().orElse(sheet.product().purpose()));
    plain.put("dprod:purpose", sheet.product().purpose());
    plain.put("dcat:version", sheet.product().version().toString());
    sheet.product().type().ifPresent(type -> plain.put("dct:type", type));
    keywords(plain, sheet);
    sheet.product().domain().ifPresent(domain -> plain.put("dprod:domain", domain));
    plain.put("dprod:lifecycleStatus", status(sheet));
    plain.put("dprod:dataProductOwner", owner(sheet));
    plain.put("dprod:inputDataset", sheet.inputs().stream().map(DcatProduct::input).toList());
    plain.put(
        "dprod:outputDataset", sheet.ports().stream().map(table -> dataset(sheet, table)).toList());
    sheet
        .address()
        .ifPresent(address ->
            plain.put(
                "dprod:outputPort",
                sheet.ports().stream().map(table -> service(sheet, table, address)).toList()));
    return plain;
  }

  private static Map<String, Object> context() {
    var context = new LinkedHashMap<String, Object>();
    context.put("dcat", "http://www.w3.org/ns/dcat#");
    context.put("dct", "http://purl.org/dc/terms/");
    context.put("dprod", DPROD);
    context.put("prov", "http://www.w3.org/ns/prov#");
    context.put("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
    context.put("skos", "http://www.w3.org/2004/02/skos/core#");
    context.put("vcard", "http://www.w3.org/2006/vcard/ns#");
    context.put("csvw", "http://www.w3.org/ns/csvw#");
    return context;
  }

  /// An identifier that is a link where the gateway's address is known.
  private static String id(Datasheet sheet, String behind) {
    return sheet.address().map(at -> at.to(sheet.path())).orElse("urn:scorebook:" + sheet.path())
        + behind;
  }

  private static Map<String, Object> status(Datasheet sheet) {
    var status = new LinkedHashMap<String, Object>();
    String word = sheet.product().status().word();
    status.put("@id", "urn:scorebook:status:" + word);
    status.put("@type", "dprod:DataProductLifecycleStatus");
    status.put("rdfs:label", word);
    return status;
  }

  private static Map<String, Object> owner(Datasheet sheet) {
    var owner = new LinkedHashMap<String, Object>();
    owner.put("@id", id(sheet, "#owner"));
    owner.put("@type", "prov:Agent");
    owner.put("rdfs:label", sheet.product().owner());
    return owner;
  }

  private static void keywords(Map<String, Object> plain, Datasheet sheet) {
    var keywords = new ArrayList<>(sheet.product().tags());
    keywords.addAll(sheet.product().synonyms());
    if (!keywords.isEmpty()) {
      plain.put("dcat:keyword", keywords);
    }
    List<Map<String, Object>> points =
        sheet.product().contacts().support().stream().map(DcatProduct::contact).toList();
    if (!points.isEmpty()) {
      plain.put("dcat:contactPoint", points);
    }
  }

  private static Map<String, Object> contact(Contacts.Channel channel) {
    var contact = new LinkedHashMap<String, Object>();
    contact.put("@type", "vcard:Kind");
    contact.put("vcard:fn", channel.channel());
    String property = channel.url().startsWith("mailto:") ? "vcard:hasEmail" : "vcard:hasURL";
    contact.put(property, Map.of("@id", channel.url()));
    return contact;
  }

  private static Map<String, Object> input(Input input) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("@id", "urn:scorebook:table:" + input.name());
    plain.put("@type", "dcat:Dataset");
    plain.put("rdfs:label", input.name());
    plain.put("dct:title", input.name());
    input.contract().doc().ifPresent(doc -> plain.put("dct:description", doc));
    input.snapshot().ifPresent(id -> plain.put("dcat:version", id));
    return plain;
  }

  private static Map<String, Object> dataset(Datasheet sheet, Table table) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("@id", id(sheet, "#" + table.port().name()));
    plain.put("@type", "dcat:Dataset");
    plain.put("rdfs:label", table.port().name());
    plain.put("dct:title", table.port().name());
    plain.put("dct:identifier", table.port().contractId());
    table.port().description().ifPresent(words -> plain.put("dct:description", words));
    plain.put("dcat:version", table.port().version().toString());
    if (!table.port().tags().isEmpty()) {
      plain.put("dcat:keyword", table.port().tags());
    }
    sheet
        .address()
        .ifPresent(at -> {
          String contract = at.to(sheet.path() + "/contract" + sheet.choosing(table.port()));
          plain.put("dct:conformsTo", Map.of("@id", contract));
          plain.put(
              "dcat:distribution",
              Servers.FORMS.stream()
                  .map(form -> Map.of("@id", at.to(Servers.data(sheet, table.port(), form))))
                  .toList());
        });
    plain.put(
        "prov:wasDerivedFrom",
        table.inputs().stream()
            .map(name -> Map.of("@id", "urn:scorebook:table:" + SourceTable.untagged(name)))
            .toList());
    plain.put("csvw:column", table.columns().stream().map(c -> column(sheet, table, c)).toList());
    var personal = new TreeSet<String>();
    table.columns().forEach(column -> personal.addAll(column.pii()));
    if (!personal.isEmpty()) {
      var sensitivity = new LinkedHashMap<String, Object>();
      sensitivity.put("@id", "urn:scorebook:sensitivity:personal");
      sensitivity.put("@type", "dprod:InformationSensitivityClassification");
      sensitivity.put("rdfs:label", "personal data: " + String.join(", ", personal));
      plain.put("dprod:informationSensitivityClassification", sensitivity);
    }
    return plain;
  }

  private static Map<String, Object> column(Datasheet sheet, Table table, Column column) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("@id", id(sheet, "#%s.%s".formatted(table.port().name(), column.name())));
    plain.put("@type", "csvw:Column");
    plain.put("csvw:name", column.name());
    plain.put("csvw:datatype", Types.logical(column.type()));
    column.description().ifPresent(words -> plain.put("dct:description", words));
    if (!column.synonyms().isEmpty()) {
      plain.put("skos:altLabel", column.synonyms());
    }
    column.metric().ifPresent(metric -> plain.put("skos:definition", metric.expression()));
    List<String> tags = Types.tags(column);
    if (!tags.isEmpty()) {
      plain.put("dcat:keyword", tags);
    }
    return plain;
  }

  private static Map<String, Object> service(Datasheet sheet, Table table, Address address) {
    var service = new LinkedHashMap<String, Object>();
    String data = address.to(sheet.path() + "/data" + sheet.choosing(table.port()));
    service.put("@id", id(sheet, "#%s-port".formatted(table.port().name())));
    service.put("@type", "dcat:DataService");
    service.put("rdfs:label", table.port().name());
    service.put("dct:title", table.port().name());
    service.put("dcat:endpointURL", Map.of("@id", data));
    service.put(
        "dcat:endpointDescription", Map.of("@id", address.to(sheet.path() + "/documents/openapi")));
    service.put("dcat:servesDataset", Map.of("@id", id(sheet, "#" + table.port().name())));
    service.put(
        "dprod:isAccessServiceOf",
        Servers.FORMS.stream()
            .map(form -> {
              var distribution = new LinkedHashMap<String, Object>();
              distribution.put("@id", address.to(Servers.data(sheet, table.port(), form)));
              distribution.put("@type", "dcat:Distribution");
              distribution.put("dct:format", form.mediaType());
              distribution.put("dcat:accessURL", Map.of("@id", data));
              distribution.put(
                  "dprod:isDistributionOf", Map.of("@id", id(sheet, "#" + table.port().name())));
              return distribution;
            })
            .toList());
    return service;
  }
}

package io.scorebook.engine.datasheet;

import io.scorebook.catalog.registry.Contacts;
import io.scorebook.engine.datasheet.Datasheet.Column;
import io.scorebook.engine.datasheet.Datasheet.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An OpenAPI 3.1 description of what one product answers: its rows, and the documents about it.
final class OpenApiProduct {
  private OpenApiProduct() {}

  static Map<String, Object> render(Datasheet sheet) {
    var api = new LinkedHashMap<String, Object>();
    api.put("openapi", "3.1.0");
    api.put("info", info(sheet));
    sheet
        .address()
        .ifPresent(
            address -> api.put("servers", List.of(Map.of("url", address.http().toString()))));
    api.put("security", List.of(Map.of("token", List.of())));
    var paths = new LinkedHashMap<String, Object>();
    paths.put(sheet.path(), get("describe", "The product", List.of(), object("The product")));
    paths.put(sheet.path() + "/data", data(sheet));
    paths.put(
        sheet.path() + "/schema",
        get("schema", "The columns of a port", ports(sheet), object("The columns")));
    paths.put(
        sheet.path() + "/contract",
        get(
            "contract",
            "The data contract of a port (ODCS)",
            ports(sheet),
            object("The contract")));
    paths.put(
        sheet.path() + "/lineage",
        get("lineage", "What each column is made of", ports(sheet), object("The lineage")));
    paths.put(
        sheet.path() + "/documents",
        get("documents", "The documents that there are", List.of(), object("The documents")));
    api.put("paths", paths);
    api.put("components", components(sheet));
    return api;
  }

  private static Map<String, Object> info(Datasheet sheet) {
    var info = new LinkedHashMap<String, Object>();
    info.put("title", sheet.product().name());
    info.put("version", sheet.product().version().toString());
    info.put("summary", sheet.product().purpose());
    sheet.product().usage().ifPresent(usage -> info.put("description", usage));
    var contact = new LinkedHashMap<String, Object>();
    contact.put("name", sheet.product().contacts().team().orElse(sheet.product().owner()));
    sheet.product().contacts().support().stream()
        .map(Contacts.Channel::url)
        .findFirst()
        .ifPresent(url -> contact.put("url", url));
    info.put("contact", contact);
    return info;
  }

  private static List<Object> ports(Datasheet sheet) {
    if (sheet.ports().size() <= 1) {
      return List.of();
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("enum", sheet.ports().stream().map(table -> table.port().name()).toList());
    Map<String, Object> port = parameter("port", "Which of the product's ports", schema);
    port.put("required", true);
    return List.of(port);
  }

  private static Map<String, Object> data(Datasheet sheet) {
    var parameters = new ArrayList<>(ports(sheet));
    Map<String, Object> text = Map.of("type", "string");
    parameters.add(
        parameter("columns", "Only these columns, parted by commas; all without it", text));
    parameters.add(parameter("orderBy", "Columns parted by commas, -column for descending", text));
    parameters.add(
        parameter("filter", "A filter as JSON: {\"field\":..., \"op\":..., \"value\":...}", text));
    parameters.add(parameter("limit", "How many rows a page has at most, or all", text));
    parameters.add(parameter("cursor", "Where the next page begins, as the last one said", text));
    parameters.add(parameter("asOf", "As it was then: a time, or a snapshot", text));
    parameters.add(
        parameter(
            "format",
            "In which form; or by Accept",
            Map.of(
                "type",
                "string",
                "enum",
                Servers.FORMS.stream().map(Servers.Form::word).toList())));
    var named = new ArrayList<String>();
    for (Table table : sheet.ports()) {
      for (Column column : table.columns()) {
        if (!named.contains(column.name())) {
          named.add(column.name());
          parameters.add(
              parameter(
                  column.name(),
                  "Only rows with this value" + column.description().map(d -> ": " + d).orElse(""),
                  text));
        }
      }
    }
    var content = new LinkedHashMap<String, Object>();
    content.put("application/json", Map.of("schema", anyPort(sheet, "Page")));
    content.put("application/x-ndjson", Map.of("schema", anyPort(sheet, "Row")));
    content.put("text/csv", Map.of("schema", text));
    for (Servers.Form form : Servers.FORMS) {
      content.putIfAbsent(form.mediaType(), Map.of());
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("description", "The rows");
    answer.put("content", content);
    return get("data", "The rows of a port", parameters, answer);
  }

  private static Map<String, Object> anyPort(Datasheet sheet, String what) {
    List<Map<String, Object>> all =
        sheet.ports().stream()
            .map(table ->
                Map.<String, Object>of(
                    "$ref", "#/components/schemas/%s_%s".formatted(what, table.port().name())))
            .toList();
    return all.size() == 1 ? all.getFirst() : Map.of("anyOf", all);
  }

  private static Map<String, Object> get(
      String id, String summary, List<?> parameters, Map<String, Object> answer) {
    var operation = new LinkedHashMap<String, Object>();
    operation.put("operationId", id);
    operation.put("summary", summary);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    var responses = new LinkedHashMap<String, Object>();
    responses.put("200", answer);
    responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
    operation.put("responses", responses);
    return Map.of("get", operation);
  }

  private static Map<String, Object> object(String description) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("description", description);
    answer.put("content", Map.of("application/json", Map.of("schema", Map.of("type", "object"))));
    return answer;
  }

  private static Map<String, Object> parameter(
      String name, String description, Map<String, Object> schema) {
    var parameter = new LinkedHashMap<String, Object>();
    parameter.put("name", name);
    parameter.put("in", "query");
    parameter.put("description", description);
    parameter.put("schema", schema);
    return parameter;
  }

  private static Map<String, Object> components(Datasheet sheet) {
    var schemas = new LinkedHashMap<String, Object>();
    for (Table table : sheet.ports()) {
      schemas.put("Row_" + table.port().name(), JsonSchemaRow.object(table));
      schemas.put("Page_" + table.port().name(), page(table));
    }
    schemas.put("Problem", problem());
    var components = new LinkedHashMap<String, Object>();
    components.put("schemas", schemas);
    var failure = new LinkedHashMap<String, Object>();
    failure.put("description", "What went wrong (RFC 9457)");
    failure.put(
        "content",
        Map.of(
            "application/problem+json",
            Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))));
    components.put("responses", Map.of("Problem", failure));
    components.put("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer")));
    return components;
  }

  private static Map<String, Object> page(Table table) {
    var page = new LinkedHashMap<String, Object>();
    page.put("type", "object");
    page.put("required", List.of("columns", "rows", "provenance"));
    var properties = new LinkedHashMap<String, Object>();
    properties.put("columns", Map.of("type", "array", "items", Map.of("type", "object")));
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("type", "array");
    // With `columns=` a row has other values: what it has then, the answer's own columns tell.
    rows.put(
        "items", Map.of("anyOf", List.of(JsonSchemaRow.array(table), Map.of("type", "array"))));
    properties.put("rows", rows);
    properties.put("provenance", Map.of("type", "object"));
    properties.put("next", text("The cursor of the next page; absent on the last"));
    page.put("properties", properties);
    return page;
  }

  private static Map<String, Object> text(String description) {
    var text = new LinkedHashMap<String, Object>();
    text.put("type", "string");
    text.put("description", description);
    return text;
  }

  private static Map<String, Object> problem() {
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", "object");
    var properties = new LinkedHashMap<String, Object>();
    for (String key : List.of("type", "title", "detail", "instance")) {
      properties.put(key, Map.of("type", "string"));
    }
    properties.put("status", Map.of("type", "integer"));
    problem.put("properties", properties);
    return problem;
  }
}

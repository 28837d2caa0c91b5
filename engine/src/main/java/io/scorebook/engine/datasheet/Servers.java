package io.scorebook.engine.datasheet;

import io.scorebook.catalog.registry.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the rows of a port are had: a server for each interface, and over HTTP for each format.
final class Servers {
  private Servers() {}

  /// A form that rows are given in over HTTP.
  ///
  /// @param word what `?format=` calls it
  record Form(String word, String mediaType) {}

  static final List<Form> FORMS =
      List.of(
          new Form("json", "application/json"),
          new Form("ndjson", "application/x-ndjson"),
          new Form("csv", "text/csv"),
          new Form("arrow", "application/vnd.apache.arrow.stream"),
          new Form("parquet", "application/vnd.apache.parquet"),
          new Form("avro", "application/avro"));

  static String data(Datasheet sheet, Port port, Form form) {
    String choosing = sheet.choosing(port);
    return "%s/data%s%sformat=%s"
        .formatted(sheet.path(), choosing, choosing.isEmpty() ? "?" : "&", form.word());
  }

  static List<Map<String, Object>> of(Datasheet sheet, Port port, Address address) {
    var servers = new ArrayList<Map<String, Object>>();
    for (Form form : FORMS) {
      var server = new LinkedHashMap<String, Object>();
      server.put("id", "http_" + form.word());
      server.put("server", "http-" + form.word());
      server.put("type", "api");
      server.put("description", "The rows over HTTP, as " + form.mediaType());
      server.put("location", address.to(data(sheet, port, form)));
      servers.add(server);
    }
    var jdbc = new LinkedHashMap<String, Object>();
    jdbc.put("id", "jdbc");
    jdbc.put("server", "jdbc");
    jdbc.put("type", "custom");
    jdbc.put("description", "SQL by the driver of Apache Calcite Avatica: " + address.jdbc());
    jdbc.put("endpointUrl", address.to("/jdbc"));
    jdbc.put("schema", sheet.product().schema());
    jdbc.put("customProperties", List.of(Terms.property("url", address.jdbc())));
    servers.add(jdbc);
    return servers;
  }
}

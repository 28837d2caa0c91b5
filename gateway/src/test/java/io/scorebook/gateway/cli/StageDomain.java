package io.scorebook.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The documents and the rows of a [Stage].
final class StageDomain {
  private static final int ROWS = 400;

  private static final String EVENTS =
      """
      {"type": "record", "name": "events", "namespace": "stage", "primaryKey": ["event_id"],
       "fields": [
        {"name": "event_id", "type": "long"},
        {"name": "city", "type": ["null", "string"], "default": null},
        {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}], "default": null},
        {"name": "taken", "type": ["null", {"type": "long", "logicalType": "local-timestamp-micros"}], "default": null},
        {"name": "seen", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}], "default": null},
        {"name": "fine", "type": ["null", {"type": "long", "logicalType": "local-timestamp-micros"}], "default": null},
        {"name": "amount", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}], "default": null},
        {"name": "ratio", "type": ["null", "double"], "default": null},
        {"name": "flag", "type": ["null", "boolean"], "default": null},
        {"name": "note", "type": ["null", "string"], "default": null},
        {"name": "secret", "type": ["null", "string"], "default": null}
       ]}
      """;

  private static final String TICKS =
      """
      {"type": "record", "name": "ticks", "namespace": "stage", "primaryKey": ["tick_id"],
       "fields": [{"name": "tick_id", "type": "long"}, {"name": "weight", "type": "long"}]}
      """;

  private static final String POLICIES =
      """
      version: 1.0.0
      groups: [analysts, locals]
      attributes: [city]
      grants:
        - {who: [analysts], on: {products: ["*"], datasets: ["*"], metrics: ["*"]}}
        - {who: [locals], on: {products: [events, totals], datasets: [events], metrics: [happened, total, largest]}}
      tables:
        events:
          rows:
            - {who: [analysts], where: "TRUE"}
            - {name: own city, who: [locals], where: "city = caller.city"}
          columns:
            secret: {deny: true, except: [analysts]}
            note: {mask: partial, first: 1, except: [analysts]}
      """;

  private static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: stage-%s
      name: %s
      version: %s
      status: %s
      domain: stage
      description: {purpose: To be asked at every door}
      team: {name: Stage, members: [{username: stage@example.org, role: owner}]}
      %soutputPorts:
        - name: %s
          version: %s
          description: Rows
          type: table
          customProperties:
            - property: %s
              value: %s
      """;

  private StageDomain() {}

  static Path write(Path domain) throws IOException {
    Files.createDirectories(domain.resolve("schemas"));
    Files.createDirectories(domain.resolve("products"));
    Files.writeString(domain.resolve("schemas/events.avsc"), EVENTS);
    Files.writeString(domain.resolve("schemas/ticks.avsc"), TICKS);
    Files.writeString(domain.resolve("policies.yaml"), POLICIES);
    Files.writeString(domain.resolve("model.yaml"), model());
    product(domain, "events", "1.0.0", "active", "", "dataset", "events");
    totals(domain, "1.0.0", "active", "", "[happened, total]");
    return domain;
  }

  /// The first version of a product ends, and there is a second.
  static Path end(Path domain) throws IOException {
    totals(
        domain,
        "1.0.0",
        "deprecated",
        """
        customProperties:
          - {property: sunset, value: %s}
          - {property: successor, value: 2.0.0}
        """
            .formatted(LocalDate.now().plusYears(1)),
        "[happened, total]");
    totals(domain, "2.0.0", "active", "", "[total]");
    product(domain, "sketch", "1.0.0", "draft", "", "dataset", "events");
    return domain;
  }

  private static void totals(
      Path domain, String version, String status, String more, String metrics) throws IOException {
    product(
        domain,
        "totals",
        version,
        status,
        more,
        "metricQuery",
        "{dimensions: [city], metrics: " + metrics + "}");
  }

  private static void product(
      Path domain,
      String name,
      String version,
      String status,
      String more,
      String property,
      String value)
      throws IOException {
    Files.writeString(
        domain.resolve("products/%s_%s.yaml".formatted(name, version.charAt(0))),
        PRODUCT.formatted(name, name, version, status, more, name, version, property, value));
  }

  private static String model() {
    String events =
        Stream.of(
                "event_id Integer",
                "city String",
                "day Date",
                "taken DateTime",
                "seen DateTimeTz",
                "fine DateTime",
                "amount Decimal",
                "ratio Float",
                "flag Boolean",
                "note String",
                "secret String")
            .map(StageDomain::field)
            .collect(Collectors.joining());
    String ticks =
        Stream.of("tick_id Integer", "weight Integer")
            .map(StageDomain::field)
            .collect(Collectors.joining());
    return """
    version: 0.2.0.dev0
    name: stage
    custom_extensions: [{vendor_name: SCOREBOOK, data: '{"version": "1.0.0"}'}]
    datasets:
      - name: events
        source: stage.events
        primary_key: [event_id]
        fields:
    %s  - name: ticks
        source: stage.ticks
        primary_key: [tick_id]
        fields:
    %smetrics:
      - name: happened
        description: Events (events)
        expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(events.event_id)}]}
      - name: total
        description: What they came to (money)
        expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(events.amount)}]}
      - name: largest
        description: The largest (money)
        expression: {dialects: [{dialect: ANSI_SQL, expression: MAX(events.amount)}]}
      - name: mean_ratio
        description: The mean of ratios
        expression: {dialects: [{dialect: ANSI_SQL, expression: AVG(events.ratio)}]}
      - name: ticked
        description: Ticks (ticks)
        expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(ticks.tick_id)}]}
      - name: weighed
        description: What they weigh
        expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(ticks.weight)}]}
    """
        .formatted(events, ticks);
  }

  private static String field(String nameAndType) {
    String[] parts = nameAndType.split(" ");
    return "      - {name: %s, datatype: %s, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: %s}]}}\n"
        .formatted(parts[0], parts[1], parts[0]);
  }

  /// A header and the events: with NULLs of each column, a comma and quotes in a name, and one time
  /// that is finer than a millisecond.
  static List<String> rows() {
    var rows = new ArrayList<String>();
    rows.add("event_id,city,day,taken,seen,fine,amount,ratio,flag,note,secret");
    List<String> cities = List.of("Bern", "Chur", "Genève", "\"Au, \"\"d'Or\"\"\"");
    for (int i = 1; i <= ROWS; i++) {
      LocalDateTime taken =
          LocalDateTime.of(2023, 12, 15, 0, 0).plusSeconds(i * 7919L).plusNanos(i * 1_000_000L);
      rows.add(
          String.join(
              ",",
              String.valueOf(i),
              i % 13 == 0 ? "" : cities.get(i % cities.size()),
              i % 17 == 0 ? "" : LocalDate.of(2023, 12, 15).plusDays(i % 60).toString(),
              i % 11 == 0 ? "" : taken.toString(),
              i % 10 == 0 ? "" : taken + "Z",
              i == 1 ? "2024-02-29T12:34:56.123456" : "",
              i % 19 == 0 ? "" : (i % 2 == 0 ? "-" : "") + i * 37 + ".25",
              i % 23 == 0 ? "" : String.valueOf(i * 0.5),
              i % 29 == 0 ? "" : String.valueOf(i % 3 == 0),
              "n" + i,
              "s" + i));
    }
    return rows;
  }
}

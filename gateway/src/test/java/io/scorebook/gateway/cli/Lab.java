package io.scorebook.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.store.TableName;
import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import io.scorebook.gateway.callers.ApiKey;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.callers.KeyFile;
import io.scorebook.gateway.flight.FlightDoor;
import io.scorebook.gateway.http.PortInUseException;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;

/// A gateway on a home with a table of every type, and products of its rows: with a key, without
/// one, with one that does not hold, and of metrics.
final class Lab implements AutoCloseable {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "samples", "namespace": "lab", "primaryKey": ["sample_id"],
       "fields": [
        {"name": "sample_id", "type": "long"},
        {"name": "label", "type": ["null", "string"], "default": null},
        {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}], "default": null},
        {"name": "taken", "type": ["null", {"type": "long", "logicalType": "local-timestamp-micros"}], "default": null},
        {"name": "seen", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}], "default": null},
        {"name": "amount", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}], "default": null},
        {"name": "ratio", "type": ["null", "double"], "default": null},
        {"name": "flag", "type": ["null", "boolean"], "default": null}
       ]}
      """;

  private static final String FIELD =
      "      - {name: %s, datatype: %s, expression: {dialects: [{dialect: ANSI_SQL, expression: %<s}]}%s}\n";

  private final Path folder;
  private final HomeBackend backend;
  private final Gateway gateway;
  private final HttpClient client = HttpClient.newHttpClient();
  private int files;

  private Lab(Path folder, HomeBackend backend, Gateway gateway) {
    this.folder = folder;
    this.backend = backend;
    this.gateway = gateway;
  }

  static Lab open(Path folder) throws Exception {
    var home = new HomeOptions();
    home.home = folder.resolve("home");
    HomeBackend backend = HomeBackend.open(home);
    Publishing.publish(backend, write(folder.resolve("lab")), new PrintWriter(new StringWriter()));
    var server = new ServerOptions();
    server.port = 0;
    return new Lab(folder, backend, Gateway.start(backend, home, server, new LimitOptions()));
  }

  private static Path write(Path domain) throws IOException {
    Files.createDirectories(domain.resolve("schemas"));
    Files.createDirectories(domain.resolve("products"));
    Files.writeString(domain.resolve("schemas/samples.avsc"), CONTRACT);
    var all =
        field("sample_id", "Integer", "")
            + field("label", "String", ", dimension: {}")
            + field("day", "Date", ", dimension: {is_time: true}")
            + field("taken", "DateTime", "")
            + field("seen", "DateTimeTz", "")
            + field("amount", "Decimal", "")
            + field("ratio", "Float", "")
            + field("flag", "Boolean", "");
    String some = field("label", "String", "") + field("ratio", "Float", "");
    Files.writeString(
        domain.resolve("model.yaml"),
        """
        version: 0.2.0.dev0
        name: lab
        datasets:
          - name: samples
            source: lab.samples
            primary_key: [sample_id]
            fields:
        %s  - name: marks
            source: SELECT label, ratio FROM lab.samples
            fields:
        %s  - name: wrong
            source: SELECT label, ratio FROM lab.samples
            primary_key: [label]
            fields:
        %smetrics:
          - name: taken_samples
            description: Samples (samples)
            expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(samples.sample_id)}]}
          - name: total
            description: Their amounts (money)
            expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(samples.amount)}]}
        """
            .formatted(all, some, some));
    product(domain, "samples", "dataset", "samples");
    product(domain, "marks", "dataset", "marks");
    product(domain, "wrong", "dataset", "wrong");
    product(
        domain,
        "by_label",
        "metricQuery",
        "{dimensions: [label], metrics: [taken_samples, total]}");
    return domain;
  }

  private static String field(String name, String type, String more) {
    return FIELD.replaceFirst("%s", name).replace("%<s", name).formatted(type, more);
  }

  private static void product(Path domain, String name, String property, String value)
      throws IOException {
    Files.writeString(
        domain.resolve("products/" + name + ".yaml"),
        """
        apiVersion: v1.1.0
        kind: DataProduct
        id: lab-%s
        name: %<s
        version: 1.0.0
        status: active
        domain: lab
        description:
          purpose: To be read
        team:
          name: Lab
          members:
            - username: lab@example.org
              role: owner
        outputPorts:
          - name: %<s
            version: 1.0.0
            description: Rows
            type: table
            customProperties:
              - property: %s
                value: %s
        """
            .replaceFirst("lab-%s", "lab-" + name)
            .replace("%<s", name)
            .formatted(property, value));
  }

  /// Loads rows of CSV under a header, and gives the snapshot.
  long load(String csv) throws IOException {
    Path file = Files.writeString(folder.resolve("rows" + files++ + ".csv"), csv);
    Domain domain = backend.as(io.scorebook.catalog.policy.Caller.local()).domains().getFirst();
    new Loader(backend.platform().warehouse())
        .load(
            domain.contracts().find("samples").orElseThrow(),
            java.util.List.of(file),
            LoadOptions.DEFAULT);
    return table().currentSnapshot().snapshotId();
  }

  /// Publishes the domain with another description.
  void publishAnew() throws IOException {
    Path model = folder.resolve("lab/model.yaml");
    Files.writeString(model, Files.readString(model).replace("Samples (samples)", "All (samples)"));
    var findings = new Findings();
    backend.platform().domains().publish(folder.resolve("lab"), findings);
  }

  Table table() {
    return backend.platform().warehouse().findTable(TableName.parse("lab.samples")).orElseThrow();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.file().http() + path))
        .header("Authorization", "Bearer " + gateway.token().reveal());
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path));
  }

  JsonNode json(String path) throws IOException {
    var response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(text(response));
    }
    return Json.MAPPER.readTree(response.body());
  }

  JsonNode post(String path, Map<String, Object> body) throws IOException {
    return Json.MAPPER.readTree(
        send(request(path).POST(BodyPublishers.ofByteArray(Json.bytes(body)))).body());
  }

  Path folder() {
    return folder;
  }

  /// Where PostgreSQL's protocol is spoken.
  String postgres() {
    return gateway.file().postgres().orElseThrow();
  }

  /// Where Arrow Flight SQL is spoken.
  URI flight() {
    return URI.create(gateway.file().flight().orElseThrow());
  }

  /// The same door once more, for other hosts and without TLS.
  FlightDoor flightForAll() throws PortInUseException {
    return FlightDoor.open(
        gateway.desk(),
        Doorkeeper.of(gateway.token()),
        Seal.of("lab"),
        new FlightDoor.Options("0.0.0.0", 0, Optional.empty()));
  }

  /// How many answers are open.
  int openAnswers() {
    return gateway.desk().open();
  }

  /// Adds a key, and gives its secret.
  String key(String name, String group) {
    String secret = ApiKey.generate();
    var key =
        new ApiKey(
            name,
            ApiKey.hashOf(secret),
            Set.of(group),
            Map.of(),
            Set.of(),
            Instant.now(),
            Optional.empty());
    KeyFile.in(folder.resolve("home")).add(key);
    return secret;
  }

  String token() {
    return gateway.token().reveal();
  }

  @Override
  public void close() {
    client.shutdownNow();
    gateway.close();
  }
}

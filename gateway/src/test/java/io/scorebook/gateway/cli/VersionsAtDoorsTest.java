package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.documents.Findings;
import io.scorebook.gateway.callers.ApiKey;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.callers.KeyFile;
import io.scorebook.gateway.http.Door;
import io.scorebook.gateway.session.Token;
import io.scorebook.gateway.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The life of a product at the doors of one gateway, from its first version to the end of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class VersionsAtDoorsTest {
  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: shop
      datasets:
        - name: sales
          source: shop.sales
          primary_key: [id]
          fields:
            - {name: city, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: city}]}}
            - {name: amount, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
      metrics:
        - name: takings
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
      custom_extensions:
        - {vendor_name: SCOREBOOK, data: '{"version": "1.0.0"}'}
      """;

  private static final String SALES =
      """
      {"type": "record", "name": "sales", "namespace": "shop", "primaryKey": ["id"],
       "fields": [
         {"name": "id", "type": "long"},
         {"name": "city", "type": "string"},
         {"name": "amount", "type": ["null", "int"]}]}
      """;

  private static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: 0f1d6c1e-0000-4000-8000-000000000001
      name: takings
      version: 1.0.0
      status: active
      domain: shop
      description: {purpose: What each city takes in.}
      team: {name: sales}
      outputPorts:
        - name: by_city
          customProperties:
            - property: metricQuery
              value: {metrics: [takings], dimensions: [city]}
      """;

  private final Map<String, String> documents = new LinkedHashMap<>();
  private HomeBackend backend;
  private Door door;
  private Path temp;
  private String reader;
  private String publisher;

  @SuppressWarnings("NullAway.Init")
  VersionsAtDoorsTest() {}

  @BeforeAll
  void open(@TempDir Path folder) {
    temp = folder;
    documents.put("model.yaml", MODEL);
    documents.put("schemas/sales.avsc", SALES);
    documents.put("products/takings.yaml", PRODUCT);
    var options = new HomeOptions();
    options.home = temp.resolve("home");
    backend = HomeBackend.open(options);
    reader = key("reader", "analysts");
    publisher = key("publisher", "publishers");
    door = Door.open(backend, Doorkeeper.of(Token.of(Door.TOKEN), temp.resolve("home"), List.of()));
  }

  private String key(String name, String group) {
    String secret = ApiKey.generate();
    KeyFile.in(temp.resolve("home"))
        .add(
            new ApiKey(
                name,
                ApiKey.hashOf(secret),
                Set.of(group),
                Map.of(),
                Set.of(),
                Instant.now(),
                Optional.empty()));
    return secret;
  }

  @AfterAll
  void close() {
    door.close();
    backend.close();
  }

  private HttpResponse<String> publish() throws IOException {
    return door.post("/v1/publications", Json.MAPPER.writeValueAsString(documents));
  }

  private void change(String document, String from, String to) {
    String text = documents.getOrDefault(document, "");
    assertThat(text).contains(from);
    documents.put(document, text.replace(from, to));
  }

  private HttpResponse<String> get(String path) {
    return door.get("/v1/products/takings/" + path);
  }

  private List<String> rows(String path) throws IOException {
    HttpResponse<String> response = get(path + "/data?format=json");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    var rows = new ArrayList<String>();
    for (JsonNode row : Json.MAPPER.readTree(response.body()).path("rows")) {
      rows.add(row.get(0).asText() + " " + row.get(1).asText());
    }
    return rows;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:%d/jdbc;serialization=protobuf;authentication=BASIC"
            .formatted(door.port()),
        "token",
        Door.TOKEN);
  }

  private List<String> sql(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var answer = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (answer.next()) {
        var words = new ArrayList<String>();
        for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
          words.add(answer.getString(i));
        }
        rows.add(String.join(" ", words));
      }
      return rows;
    }
  }

  @Test
  @Order(1)
  void aPublicationOverHttpTakesTheGroupOfPublishers() throws IOException {
    String body = Json.MAPPER.writeValueAsString(documents);
    HttpResponse<String> refused = post(reader, body, "application/json");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("Cannot publish as 'reader'");
    HttpResponse<String> published = post(publisher, body, "application/json");
    assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
    JsonNode publication = Json.MAPPER.readTree(published.body());
    assertThat(publication.path("publisher").asText()).isEqualTo("publisher");
    assertThat(publication.path("versions").get(0).path("status").asText()).isEqualTo("active");
    HttpResponse<String> again = publish();
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"unchanged\":true");
    assertThat(door.get("/v1/publications").body()).contains("\"number\":1");
    load("id,city,amount\n1,Bern,10\n2,Chur,5\n3,Bern,7\n");
    assertThat(rows("v1")).containsExactly("Bern 17", "Chur 5");
  }

  private HttpResponse<String> post(String secret, String body, String type) {
    return door.send(
        door.request("/v1/publications")
            .header("Authorization", "Bearer " + secret)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  private void load(String csv) throws IOException {
    Path file = Files.writeString(temp.resolve("sales.csv"), csv);
    Path schema = Files.writeString(temp.resolve("sales.avsc"), SALES);
    Contract contract = Contract.read(schema, "sales.avsc", new Findings()).orElseThrow();
    assertThat(
            new Loader(backend.platform().warehouse())
                .load(contract, List.of(file), LoadOptions.DEFAULT))
        .isInstanceOf(LoadReport.class);
  }

  @Test
  @Order(2)
  void otherContentUnderAVersionIsAConflictWithItsReasons() throws IOException {
    change("model.yaml", "SUM(sales.amount)", "COUNT(sales.amount)");
    HttpResponse<String> response = publish();
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body())
        .contains(
            "urn:scorebook:problem:conflict",
            "Cannot publish the model shop as 1.0.0",
            "Cannot publish other content as takings 1.0.0, which is published: its changes are"
                + " major, so make it 2.0.0",
            "was SUM(sales.amount); is COUNT(sales.amount)");
    assertThat(rows("v1")).containsExactly("Bern 17", "Chur 5");
  }

  @Test
  @Order(3)
  void documentsAreHeldToTheNamesOfADomainsFolder() throws IOException {
    for (String name :
        List.of("../model.yaml", "/etc/passwd", "products/../../x.yaml", "schemas\\x.avsc", "x")) {
      var given = new LinkedHashMap<>(documents);
      given.put(name, "x");
      HttpResponse<String> response =
          door.post("/v1/publications", Json.MAPPER.writeValueAsString(given));
      assertThat(response.statusCode()).as(name).isEqualTo(400);
      assertThat(response.body()).contains("a domain has no document");
    }
    assertThat(door.post("/v1/publications", "[]").statusCode()).isEqualTo(400);
    assertThat(door.post("/v1/publications", "{\"model.yaml\":1}").statusCode()).isEqualTo(400);
    HttpResponse<String> broken = door.post("/v1/publications", "{\"model.yaml\":\"name: [\"}");
    assertThat(broken.statusCode()).isEqualTo(422);
    assertThat(broken.body()).contains("model.yaml:1");
    assertThat(zip(Map.of("../model.yaml", MODEL)).statusCode()).isEqualTo(400);
    // Twelve megabytes of spaces are some kilobytes in a zip.
    assertThat(zip(Map.of("model.yaml", " ".repeat(12 << 20))).statusCode()).isEqualTo(413);
    assertThat(post(Door.TOKEN, "no zip", "application/zip").statusCode()).isIn(400, 422);
  }

  private HttpResponse<String> zip(Map<String, String> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return door.send(
        door.allowed("/v1/publications")
            .header("Content-Type", "application/zip")
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
  }

  @Test
  @Order(4)
  void aNewMajorStandsBesideTheOldOneOnBothDoors() throws Exception {
    change("products/takings.yaml", "version: 1.0.0", "version: 2.0.0");
    change("model.yaml", "\"1.0.0\"", "\"2.0.0\"");
    HttpResponse<String> published = zip(documents);
    assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
    assertThat(rows("v1")).containsExactly("Bern 17", "Chur 5");
    assertThat(rows("v1.0.0")).containsExactly("Bern 17", "Chur 5");
    assertThat(rows("v2")).containsExactly("Bern 2", "Chur 1");
    assertThat(get("v1/contract").body()).contains("SUM(sales.amount)");
    assertThat(get("v2/contract").body()).contains("COUNT(sales.amount)");
    assertThat(get("v3").statusCode()).isEqualTo(404);
    assertThat(
            sql(
                "SELECT a.city, a.takings, b.takings FROM takings_v1.by_city a"
                    + " JOIN takings_v2.by_city b ON a.city = b.city ORDER BY 1"))
        .containsExactly("Bern 17 2", "Chur 5 1");
    try (Connection connection = connect();
        var schemas = connection.getMetaData().getSchemas()) {
      var names = new ArrayList<String>();
      while (schemas.next()) {
        names.add(schemas.getString(1));
      }
      assertThat(names).containsExactly("shop", "takings_v1", "takings_v2");
    }
  }

  private static final String ENDING =
      PRODUCT.replace("status: active", "status: deprecated")
          + """
          customProperties:
            - {property: sunset, value: 2999-01-02}
            - {property: successor, value: 2.0.0}
          """;

  @Test
  @Order(5)
  void everythingOfADeprecatedVersionSaysWhenItEnds() throws Exception {
    documents.put("products/takings_1.yaml", ENDING);
    // What v1 means is not what the model says now: it ends as it was published.
    assertThat(publish().statusCode()).isEqualTo(201);
    assertThat(sql("SELECT city, takings, 0 FROM takings_v1.by_city ORDER BY 1"))
        .containsExactly("Bern 17 0", "Chur 5 0");
    documents.put("model.yaml", MODEL.replace("\"1.0.0\"", "\"3.0.0\""));
    change(
        "model.yaml",
        "metrics:\n",
        "metrics:\n  - name: sold\n    expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(sales.amount)}]}\n");
    change("products/takings.yaml", "version: 2.0.0", "version: 3.0.0");
    change("products/takings.yaml", "metrics: [takings]", "metrics: [sold]");
    HttpResponse<String> published = publish();
    assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
    for (String path : List.of("v1", "v1.0.0/data", "v1/schema", "v1/contract", "v1/lineage")) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.headers().firstValue("Deprecation").orElse("")).matches("@\\d{10}");
      assertThat(response.headers().firstValue("Sunset")).contains("Wed, 2 Jan 2999 00:00:00 GMT");
      assertThat(response.headers().allValues("Link"))
          .contains("</v1/products/takings/v2>; rel=\"successor-version\"");
    }
    assertThat(get("v3").headers().firstValue("Deprecation")).isEmpty();
    try (Connection connection = connect();
        var tables = connection.getMetaData().getTables(null, "takings_v1", null, null)) {
      assertThat(tables.next()).isTrue();
      assertThat(tables.getString("REMARKS"))
          .isEqualTo("takings 1.0.0 is deprecated, ends on 2999-01-02, use takings 2.0.0.");
      try (var columns = connection.getMetaData().getColumns(null, "takings_v_", null, "takings")) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("REMARKS"))
            .isEqualTo("takings 1.0.0 is deprecated, ends on 2999-01-02, use takings 2.0.0");
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("TABLE_SCHEM")).isEqualTo("takings_v2");
        assertThat(columns.getString("REMARKS")).isNull();
      }
    }
  }

  @Test
  @Order(6)
  void aRetiredVersionIsGoneAndNamesItsSuccessor() throws Exception {
    documents.put(
        "products/takings_1.yaml",
        ENDING.replace("status: deprecated", "status: retired").replace("2999-", "2026-"));
    assertThat(publish().statusCode()).isEqualTo(201);
    String message = "Cannot give takings 1.0.0: it was retired; ask takings 2.0.0 in its place";
    for (String path : List.of("v1", "v1.0.0", "v1/data", "v1/contract")) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(410);
      assertThat(response.body()).contains("urn:scorebook:problem:gone", message);
      assertThat(response.headers().allValues("Link"))
          .contains("</v1/products/takings/v2>; rel=\"successor-version\"");
    }
    assertThat(door.post("/v1/sql", "{\"sql\":\"SELECT * FROM takings_v1.by_city\"}").statusCode())
        .isEqualTo(410);
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> sql("SELECT * FROM takings_v1.by_city"))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
    assertThat(rows("v2")).containsExactly("Bern 2", "Chur 1");
  }

  @Test
  @Order(7)
  void theCommandPublishesIntoTheSameRegistry() throws IOException {
    Path folder = temp.resolve("domain");
    for (Map.Entry<String, String> document : documents.entrySet()) {
      Path file = folder.resolve(document.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, document.getValue());
    }
    assertThat(run(folder)).startsWith("0 Nothing to publish: shop is as publication 5 has it");
    Files.writeString(folder.resolve("model.yaml"), "name: [");
    assertThat(run(folder)).startsWith("1 ").contains("model.yaml:1", "Nothing was changed");
    Files.writeString(folder.resolve("model.yaml"), documents.getOrDefault("model.yaml", ""));
    Files.writeString(
        folder.resolve("products/takings.yaml"),
        documents.getOrDefault("products/takings.yaml", "").replace("each city", "a city"));
    assertThat(run(folder))
        .startsWith(
            "1 products/takings.yaml:4: error: Cannot publish other content as takings 3.0.0")
        .contains(
            "    was  What each city takes in.",
            "    is   What a city takes in.",
            "so make it 3.0.1");
  }

  private String run(Path folder) {
    var words = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(words));
    line.setErr(new PrintWriter(words));
    int code =
        line.execute("publish", folder.toString(), "--home", temp.resolve("home").toString());
    return code + " " + words;
  }
}

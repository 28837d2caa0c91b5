package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.github.luben.zstd.ZstdInputStream;
import io.scorebook.gateway.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The rows of products over HTTP, on real tables: formats, pages, earlier states, changes.
@Timeout(300)
final class ReadingTest {
  private static final String HEADER = "sample_id,label,day,taken,seen,amount,ratio,flag\n";
  private static final String FEW =
      HEADER
          + "1,a,2020-01-01,2020-01-01T10:00:00.123456,2020-01-01T10:00:00.000001Z,1.50,0.1,true\n"
          + "2,b,,2020-01-01T10:00:00.123457,,-0.01,0.3333333333333333,false\n"
          + "3,,,,,,,\n"
          + "4,a,0001-01-01,1969-12-31T23:59:59.999999,1900-01-01T00:00:00Z,9999999999.99,-0.0,\n"
          + "5,Ünïcödé 🏀,9999-12-31,9999-12-31T23:59:59.000001,2020-06-01T00:00:00Z,0,1e-300,true\n"
          + "6,b,2020-01-02,2020-01-01T10:00:00.123456,,2,0.3333333333333333,false\n";

  @TempDir Path temp;
  private Lab lab;

  @SuppressWarnings("NullAway.Init")
  ReadingTest() {}

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(temp);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static String data(String product, String parameters) {
    return "/v1/products/%s/v1/data?%s".formatted(product, parameters);
  }

  /// All pages, as rows of JSON; asks something in between.
  private List<String> pages(String product, String parameters, Runnable between)
      throws IOException {
    var rows = new ArrayList<String>();
    String path = data(product, parameters);
    while (true) {
      HttpResponse<byte[]> response = lab.get(path);
      assertThat(response.statusCode()).as(Lab.text(response)).isEqualTo(200);
      JsonNode page = Json.MAPPER.readTree(response.body());
      page.path("rows").forEach(row -> rows.add(row.toString()));
      var link = response.headers().firstValue("Link");
      assertThat(link.isPresent()).isEqualTo(page.has("next"));
      if (link.isEmpty()) {
        return rows;
      }
      assertThat(link.get()).endsWith("; rel=\"next\"").contains(page.path("next").asText());
      path = link.get().substring(1, link.get().indexOf('>'));
      between.run();
    }
  }

  private List<String> all(String product, String parameters) throws IOException {
    var rows = new ArrayList<String>();
    lab.json(data(product, parameters + "&limit=all"))
        .path("rows")
        .forEach(row -> rows.add(row.toString()));
    return rows;
  }

  /// Orders of every type, both ways, with NULLs and ties, page by page, are as in one piece.
  @Test
  void pagesAreTheWholeCutToPieces() throws IOException {
    lab.load(FEW);
    for (String column :
        List.of("sample_id", "label", "day", "taken", "seen", "amount", "ratio", "flag")) {
      for (String sign : List.of("", "-")) {
        String parameters = "orderBy=" + sign + column;
        List<String> whole = all("samples", parameters);
        assertThat(whole).hasSize(6);
        for (int limit : List.of(1, 2, 5, 6, 7)) {
          assertThat(pages("samples", parameters + "&limit=" + limit, () -> {}))
              .as("%s by %d", parameters, limit)
              .isEqualTo(whole);
        }
      }
    }
    assertThat(pages("samples", "columns=ratio&orderBy=-label,flag&limit=2", () -> {}))
        .as("ordered by what is not shown")
        .isEqualTo(all("samples", "columns=ratio&orderBy=-label,flag"));
    assertThat(pages("by_label", "limit=1&orderBy=-total", () -> {}))
        .isEqualTo(all("by_label", "orderBy=-total"))
        .hasSize(4);
  }

  /// Pages that come from one run of the engine are those that runs of their own give: in every
  /// order, where their size changes on the way, and with rows that are equal in all columns.
  @Test
  void pagesOfOneRunAreThoseOfRunsOfTheirOwn() throws Exception {
    var csv = new StringBuilder(HEADER);
    for (int i = 0; i < 300; i++) {
      csv.append(
          "%d,l%d,,%s,%s,,%s,%n"
              .formatted(
                  i,
                  i % 7,
                  i % 5 == 0 ? "" : "2020-01-01T10:00:00.%06d".formatted(i * 3301 % 1000),
                  i % 4 == 0 ? "" : "2020-01-01T10:00:00.%06dZ".formatted(i % 50),
                  i % 3 == 0 ? "" : i % 10 / 3.0));
    }
    lab.load(csv.toString());
    for (String parameters :
        List.of("orderBy=-ratio", "orderBy=label,-taken", "orderBy=-taken", "orderBy=seen")) {
      assertThat(pages("samples", parameters + "&limit=7", () -> {}))
          .as(parameters)
          .isEqualTo(all("samples", parameters));
    }
    assertThat(pages("marks", "limit=9", () -> {}))
        .containsExactlyInAnyOrderElementsOf(all("marks", ""));
    var rows = new ArrayList<String>();
    String path = data("samples", "orderBy=-taken&limit=3");
    for (int i = 0; !path.isEmpty(); i++) {
      JsonNode page = lab.json(path);
      page.path("rows").forEach(row -> rows.add(row.toString()));
      path =
          page.has("next")
              ? data(
                  "samples",
                  "orderBy=-taken&limit=%d&cursor=%s"
                      .formatted(List.of(5, 1, 40, 8, 2).get(i % 5), page.path("next").asText()))
              : "";
    }
    assertThat(rows).isEqualTo(all("samples", "orderBy=-taken"));
  }

  /// Without a key, rows that are equal in all columns are counted, and none is lost.
  @Test
  void rowsWithoutAKeyAreAllThere() throws IOException {
    var csv = new StringBuilder(HEADER);
    for (int i = 0; i < 40; i++) {
      csv.append(i)
          .append(',')
          .append(i % 3 == 0 ? "" : "x")
          .append(",,,,,")
          .append(i % 4 == 0 ? "0.5" : "")
          .append(",\n");
    }
    lab.load(csv.toString());
    List<String> whole = all("marks", "orderBy=label");
    assertThat(whole).hasSize(40);
    for (int limit : List.of(1, 7, 13)) {
      assertThat(pages("marks", "limit=" + limit, () -> {}))
          .containsExactlyInAnyOrderElementsOf(whole);
    }
    var wrong = lab.get(data("wrong", "limit=2"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(Lab.text(wrong)).contains("rows have the same key (label)", "limit=all");
    assertThat(all("wrong", "")).hasSize(40);
  }

  /// 250,000 rows, while loads commit between all pages and during them.
  @Test
  void noRowTwiceAndNoneMissingWhileLoadsCommit() throws Exception {
    var csv = new StringBuilder(HEADER);
    for (int i = 0; i < 250_000; i++) {
      csv.append(2 * i).append(",l").append(i % 1000).append(",,,,,").append(i / 3.0).append(",\n");
    }
    long snapshot = lab.load(csv.toString());
    var seen = new boolean[250_000];
    int rows = 0;
    String path = data("samples", "columns=sample_id&format=csv&orderBy=-ratio&limit=60000");
    int loads = 0;
    while (true) {
      HttpResponse<byte[]> response = lab.get(path);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Scorebook-Provenance").orElseThrow())
          .contains(String.valueOf(snapshot));
      for (String line : Lab.text(response).lines().skip(1).toList()) {
        int number = Integer.parseInt(line);
        assertThat(number % 2).as("loaded in the middle").isZero();
        assertThat(seen[number / 2]).as(line).isFalse();
        seen[number / 2] = true;
        rows++;
      }
      var link = response.headers().firstValue("Link");
      if (link.isEmpty()) {
        break;
      }
      path = link.get().substring(1, link.get().indexOf('>'));
      lab.load(HEADER + "%d,new,,,,,7,\n".formatted(2 * loads++ + 1));
    }
    assertThat(rows).isEqualTo(250_000);
    assertThat(loads).isEqualTo(4);
    assertThat(lab.json(data("samples", "columns=sample_id&label=new&limit=all")).path("rows"))
        .hasSize(4);
  }

  @Test
  void aCursorIsGoodForWhatItWasGivenFor() throws Exception {
    lab.load(FEW);
    String first = data("samples", "limit=2&orderBy=label");
    String cursor = lab.json(first).path("next").asText();
    assertThat(lab.json(first + "&cursor=" + cursor).path("rows")).hasSize(2);
    assertThat(
            lab.get(data("samples", "limit=3&orderBy=label&format=csv&cursor=" + cursor))
                .statusCode())
        .as("the size of pages and the format may change")
        .isEqualTo(200);
    char last = cursor.charAt(cursor.length() - 5);
    String forged =
        cursor.substring(0, cursor.length() - 5)
            + (last == 'A' ? 'B' : 'A')
            + cursor.substring(cursor.length() - 4);
    for (String other :
        List.of(
            first + "&cursor=" + forged,
            first + "&cursor=nonsense",
            first + "&cursor=",
            data("samples", "limit=2&orderBy=-label&cursor=" + cursor),
            data("samples", "limit=2&orderBy=label&flag=true&cursor=" + cursor),
            data("samples", "limit=2&orderBy=label&columns=label&cursor=" + cursor),
            data("marks", "limit=2&orderBy=label&cursor=" + cursor),
            data("samples", "limit=all&orderBy=label&cursor=" + cursor))) {
      var response = lab.get(other);
      assertThat(response.statusCode()).as(other).isEqualTo(400);
      assertThat(Lab.text(response)).contains("Cannot use");
    }
    assertThat(
            new String(
                java.util.Base64.getUrlDecoder().decode(cursor),
                java.nio.charset.StandardCharsets.ISO_8859_1))
        .as("what is in it is nobody's to read")
        .doesNotContain("snapshots", "lab.samples", "sha256");

    lab.publishAnew();
    var anew = lab.get(first + "&cursor=" + cursor);
    assertThat(anew.statusCode()).isEqualTo(410);
    assertThat(Lab.text(anew)).contains("published anew");

    String second = lab.json(first).path("next").asText();
    long then = lab.table().currentSnapshot().snapshotId();
    lab.load(HEADER + "7,z,,,,,,\n");
    assertThat(lab.get(first + "&cursor=" + second).statusCode()).isEqualTo(200);
    lab.table().expireSnapshots().expireSnapshotId(then).commit();
    var gone = lab.get(first + "&cursor=" + second);
    assertThat(gone.statusCode()).as(Lab.text(gone)).isEqualTo(410);
    assertThat(Lab.text(gone)).contains("not retained any more", "snapshot-expired");
  }

  /// The typed formats hold what CSV says, digit by digit.
  @Test
  void theFormatsSayTheSame() throws Exception {
    lab.load(FEW);
    Path csv = temp.resolve("rows.csv");
    Path parquet = temp.resolve("rows.parquet");
    Files.write(csv, lab.get(data("samples", "limit=all&format=csv")).body());
    Files.write(parquet, lab.get(data("samples", "limit=all&format=parquet")).body());
    String types =
        "{'sample_id': 'BIGINT', 'label': 'VARCHAR', 'day': 'DATE', 'taken': 'TIMESTAMP',"
            + " 'seen': 'TIMESTAMPTZ', 'amount': 'DECIMAL(12,2)', 'ratio': 'DOUBLE', 'flag': 'BOOLEAN'}";
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duckDb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet described =
          statement.executeQuery(
              "SELECT string_agg(column_type, ',') FROM (DESCRIBE SELECT * FROM '%s')"
                  .formatted(parquet))) {
        described.next();
        assertThat(described.getString(1))
            .isEqualTo(
                "BIGINT,VARCHAR,DATE,TIMESTAMP,TIMESTAMP WITH TIME ZONE,DECIMAL(12,2),DOUBLE,BOOLEAN");
      }
      try (ResultSet different =
          statement.executeQuery(
              ("SELECT count(*), (SELECT count(*) FROM '%2$s') FROM"
                      + " (FROM read_csv('%1$s', columns = %3$s, header = true)"
                      + " EXCEPT FROM '%2$s')")
                  .formatted(csv, parquet, types))) {
        different.next();
        assertThat(different.getInt(1)).isZero();
        assertThat(different.getInt(2)).isEqualTo(6);
      }
    }
  }

  @Test
  void whoHasAnAnswerIsToldSo() throws Exception {
    lab.load(FEW);
    String path = data("samples", "limit=2");
    var first = lab.get(path);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).startsWith("W/\"");
    assertThat(first.headers().firstValue("Vary"))
        .hasValue("Authorization, Scorebook-Purpose, Accept, Accept-Encoding");
    assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("private");
    for (String known : List.of(tag, tag.substring(2), "\"other\", " + tag, "*")) {
      var again = lab.send(lab.request(path).header("If-None-Match", known));
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.headers().firstValue("ETag")).hasValue(tag);
      assertThat(again.body()).isEmpty();
    }
    assertThat(lab.send(lab.request(path).header("If-None-Match", "\"other\"")).statusCode())
        .isEqualTo(200);
    var head = lab.send(lab.request(path).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).hasValue(tag);
    assertThat(head.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(head.body()).isEmpty();
    for (String other :
        List.of(
            data("samples", "limit=3"),
            data("samples", "limit=2&format=csv"),
            data("samples", "limit=2&columns=label"),
            data("samples", "limit=2&flag=true"),
            path + "&cursor=" + Json.MAPPER.readTree(first.body()).path("next").asText())) {
      assertThat(lab.get(other).headers().firstValue("ETag"))
          .isPresent()
          .isNotEqualTo(Optional.of(tag));
    }
    lab.load(HEADER + "7,z,,,,,,\n");
    var changed = lab.send(lab.request(path).header("If-None-Match", tag));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).isNotEqualTo(Optional.of(tag));
  }

  @Test
  void textsAreCompressedOnTheirWay() throws Exception {
    var csv = new StringBuilder(HEADER);
    for (int i = 0; i < 5000; i++) {
      csv.append(i).append(",label,,,,,,\n");
    }
    lab.load(csv.toString());
    for (String limit : List.of("1000", "all")) {
      for (String format : List.of("csv", "json", "ndjson")) {
        String path =
            data("samples", "limit=%s&format=%s&orderBy=sample_id".formatted(limit, format));
        byte[] plain = lab.get(path).body();
        if (format.equals("json")) {
          assertThat(Json.MAPPER.readTree(plain).path("rows"))
              .hasSize(limit.equals("all") ? 5000 : 1000);
        }
        var packed = lab.send(lab.request(path).header("Accept-Encoding", "gzip"));
        assertThat(packed.headers().firstValue("Content-Encoding")).as(path).hasValue("gzip");
        assertThat(packed.body().length).isLessThan(plain.length / 3);
        byte[] unpacked =
            new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertThat(unpacked).hasSize(plain.length);
        var zstd = lab.send(lab.request(path).header("Accept-Encoding", "zstd"));
        assertThat(zstd.headers().firstValue("Content-Encoding")).as(path).hasValue("zstd");
        try (var in = new ZstdInputStream(new ByteArrayInputStream(zstd.body()))) {
          assertThat(in.readAllBytes()).hasSize(plain.length);
        }
      }
      var parquet =
          lab.send(
              lab.request(data("samples", "format=parquet&limit=" + limit))
                  .header("Accept-Encoding", "gzip"));
      assertThat(parquet.headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  /// In memory, out of a file, and as it comes.
  @Test
  void longJsonIsOneObject() throws Exception {
    lab.load(HEADER + "20000,a,,,,,,\n");
    String since =
        lab.get(data("samples", "limit=1")).headers().firstValue("Scorebook-Since").orElseThrow();
    var csv = new StringBuilder(HEADER);
    for (int i = 0; i < 12_000; i++) {
      csv.append(i).append(",%s,,,,,,\n".formatted("label".repeat(20)));
    }
    lab.load(csv.toString());
    for (String limit : List.of("1000", "9999", "all")) {
      JsonNode answer = lab.json(data("samples", "orderBy=sample_id&limit=" + limit));
      assertThat(answer.isObject()).isTrue();
      assertThat(answer.path("rows"))
          .hasSize(limit.equals("all") ? 12_001 : Integer.parseInt(limit));
      assertThat(answer.has("next")).isEqualTo(!limit.equals("all"));
    }
    JsonNode sql =
        lab.post("/v1/sql", Map.of("sql", "SELECT sample_id, label FROM samples_v1.samples"));
    assertThat(sql.path("rows")).hasSize(12_001);
    JsonNode changes = lab.json("/v1/products/samples/v1/changes?since=" + since);
    assertThat(changes.path("rows")).hasSize(12_000);
  }

  @Test
  void anEarlierStateCanBeRead() throws Exception {
    long first = lab.load(FEW);
    Instant then = Instant.now();
    lab.load(HEADER + "7,z,,,,,,\n8,z,,,,,,\n");
    Map<String, Object> question = new HashMap<>(Map.of("metrics", List.of("taken_samples")));
    Map<String, Object> sql = new HashMap<>(Map.of("sql", "SELECT COUNT(*) AS n FROM lab.samples"));
    assertThat(lab.post("/v1/query", question).path("rows").toString()).isEqualTo("[[8]]");
    for (Object asOf : List.of(first, String.valueOf(first), then.toString())) {
      question.put("asOf", asOf);
      sql.put("asOf", asOf);
      assertThat(lab.post("/v1/query", question).path("rows").toString()).isEqualTo("[[6]]");
      assertThat(lab.post("/v1/sql", sql).path("rows").toString()).isEqualTo("[[6]]");
      assertThat(pages("samples", "limit=4&asOf=" + asOf, () -> {})).hasSize(6);
    }
    var early = lab.get(data("samples", "asOf=2001-01-01T00:00:00Z"));
    assertThat(early.statusCode()).isEqualTo(422);
    assertThat(Lab.text(early)).contains("had no rows yet");
    assertThat(lab.get(data("samples", "asOf=12345")).statusCode()).isEqualTo(410);
    question.put("asOf", "yesterday");
    assertThat(lab.post("/v1/query", question).path("detail").asText())
        .contains("Invalid 'asOf': must be a time with its zone");
  }

  /// A copy of all rows, changed by what changes say, is what there is.
  @Test
  void changesKeepACopy() throws Exception {
    lab.load(FEW);
    for (String product : List.of("samples", "marks", "by_label")) {
      keep(product);
    }
  }

  private void keep(String product) throws Exception {
    var base = lab.get(data(product, "limit=all"));
    String since = base.headers().firstValue("Scorebook-Since").orElseThrow();
    var copy = new HashMap<String, Long>();
    Json.MAPPER
        .readTree(base.body())
        .path("rows")
        .forEach(row -> copy.merge(row.toString(), 1L, Long::sum));
    int id = 1000 * (Math.abs(product.hashCode()) % 1000) + 1000;
    JsonNode none = change(product, since, copy);
    assertThat(none.path("rows")).isEmpty();
    assertThat(none.path("columns").path(0).path("name").asText()).isEqualTo("_change");

    lab.load(
        HEADER + "%d,a,,,,1,0.25,\n%d,🏀,,,,,,\n%d,\uFF5E,,,,,,\n".formatted(id, id + 1, id + 2));
    var before = lab.table().currentSnapshot();
    JsonNode added = change(product, none.path("since").asText(), copy);
    assertThat(added.path("rows")).isNotEmpty();
    check(product, copy);

    // The file of the last load is taken away again, and one is written anew with one row changed.
    var file = before.addedDataFiles(lab.table().io()).iterator().next();
    lab.table().newDelete().deleteFile(file).commit();
    lab.load(HEADER + "%d,a,,,,2,0.25,\n%d,🏀,,,,,,\n".formatted(id, id + 1));
    JsonNode changed = change(product, added.path("since").asText(), copy);
    var kinds = new ArrayList<String>();
    changed.path("rows").forEach(row -> kinds.add(row.path(0).asText()));
    assertThat(kinds).as(product).contains("delete");
    if (product.equals("samples")) {
      assertThat(kinds).as("a row that was written again is no change").hasSize(3);
    }
    check(product, copy);
    assertThat(
            lab.json("/v1/products/%s/v1/changes?since=%d".formatted(product, before.snapshotId()))
                .path("rows"))
        .hasSameSizeAs(kinds);
  }

  private void check(String product, Map<String, Long> copy) throws IOException {
    var rows = new HashMap<String, Long>();
    all(product, "orderBy=label").forEach(row -> rows.merge(row, 1L, Long::sum));
    assertThat(copy).as(product).isEqualTo(rows);
  }

  private JsonNode change(String product, String since, Map<String, Long> copy) throws IOException {
    JsonNode changes = lab.json("/v1/products/%s/v1/changes?since=%s".formatted(product, since));
    for (JsonNode row : changes.path("rows")) {
      var values = (ArrayNode) row;
      long count = values.remove(0).asText().equals("insert") ? 1 : -1;
      copy.merge(values.toString(), count, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
      values.insert(0, count > 0 ? "insert" : "delete");
    }
    return changes;
  }

  /// Who sees all of a table may read it without us.
  @Test
  void aPortThatIsATableSaysWhereItIs() throws Exception {
    long snapshot = lab.load(FEW);
    JsonNode link = lab.json("/v1/products/samples/v1").path("iceberg").path("samples");
    assertThat(link.path("table").asText()).isEqualTo("lab.samples");
    assertThat(link.path("snapshot").asLong()).isEqualTo(snapshot);
    assertThat(link.path("metadataLocation").asText()).startsWith("s3://").endsWith(".json");
    for (String other : List.of("marks", "by_label")) {
      assertThat(lab.json("/v1/products/%s/v1".formatted(other)).has("iceberg"))
          .as(other)
          .isFalse();
    }
  }

  @Test
  void changesSinceNothingAreRefused() throws Exception {
    lab.load(FEW);
    String path = "/v1/products/samples/v1/changes";
    assertThat(lab.get(path).statusCode()).isEqualTo(400);
    assertThat(Lab.text(lab.get(path + "?since=yesterday"))).contains("Cannot use this 'since'");
    assertThat(Lab.text(lab.get(path + "?since=1&limit=3"))).contains("Cannot use 'limit' here");
    assertThat(lab.get(path + "?since=12345").statusCode()).isEqualTo(410);
    var others = lab.get(data("marks", "limit=1")).headers().firstValue("Scorebook-Since");
    assertThat(lab.get(path + "?since=" + others.orElseThrow()).statusCode()).isEqualTo(400);
  }
}

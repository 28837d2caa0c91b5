package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Times that differ by microseconds alone, at every door: no row is missed, none is let in.
@Timeout(120)
final class FineTimesTest {
  private static final String ROWS =
      """
      sample_id,label,taken
      1,a,2020-01-01T10:00:00.123456
      2,b,2020-01-01T10:00:00.123457
      3,b,2020-01-01T10:00:00.123
      4,b,2020-01-01T10:00:00.123999
      5,a,
      """;

  @TempDir Path temp;
  private Lab lab;

  @SuppressWarnings("NullAway.Init")
  FineTimesTest() {}

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(temp);
    lab.load(ROWS);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static Map<String, Object> taken(String op, Object value) {
    return Map.of("field", "taken", "op", op, "value", value);
  }

  private static List<String> column(JsonNode rows) {
    var values = new ArrayList<String>();
    rows.path("rows").forEach(row -> values.add(row.path(0).asText()));
    return values;
  }

  private List<String> data(Map<String, Object> filter) throws IOException {
    String text = URLEncoder.encode(Json.MAPPER.writeValueAsString(filter), StandardCharsets.UTF_8);
    return column(lab.json("/v1/products/samples/v1/data?columns=sample_id&filter=" + text));
  }

  private List<String> question(Map<String, Object> filter) throws IOException {
    return rows(
        "/v1/query", Map.of("metrics", List.of("taken_samples"), "filters", List.of(filter)));
  }

  private List<String> sql(String where) throws IOException {
    String sql = "SELECT sample_id FROM samples_v1.samples WHERE " + where + " ORDER BY 1";
    return rows("/v1/sql", Map.of("sql", sql));
  }

  private List<String> rows(String path, Map<String, Object> body) throws IOException {
    HttpResponse<byte[]> response = post(path, body);
    assertThat(response.statusCode()).as(Lab.text(response)).isEqualTo(200);
    return column(Json.MAPPER.readTree(response.body()));
  }

  @Test
  void filtersAreExact() throws IOException {
    String at = "2020-01-01T10:00:00.123456";
    assertThat(column(lab.json("/v1/products/samples/v1/data?columns=sample_id&taken=" + at)))
        .containsExactly("1");
    assertThat(data(taken("=", at))).containsExactly("1");
    assertThat(data(taken("<", at))).containsExactly("3");
    assertThat(data(taken("<=", at))).containsExactly("1", "3");
    assertThat(data(taken(">", at))).containsExactly("2", "4");
    assertThat(data(taken("!=", at))).containsExactly("2", "3", "4");
    assertThat(data(taken("in", List.of(at, "2020-01-01T10:00:00.123999"))))
        .containsExactly("1", "4");

    assertThat(question(taken("=", at))).containsExactly("1");
    assertThat(question(taken(">=", at))).containsExactly("3");
    assertThat(question(taken("<", "2020-01-01T10:00:00.123999"))).containsExactly("3");
    assertThat(question(taken("in", List.of(at, "2020-01-01T10:00:00.123457"))))
        .containsExactly("2");
    assertThat(question(taken("notIn", List.of(at, "2020-01-01T10:00:00.123457"))))
        .containsExactly("2");

    assertThat(sql("taken = TIMESTAMP '2020-01-01 10:00:00.123456'")).containsExactly("1");
    assertThat(sql("taken < TIMESTAMP '2020-01-01 10:00:00.123457'")).containsExactly("1", "3");
    assertThat(sql("taken IN (TIMESTAMP '2020-01-01 10:00:00.123457')")).containsExactly("2");
    assertThat(
            sql(
                "taken BETWEEN TIMESTAMP '2020-01-01 10:00:00.123001'"
                    + " AND TIMESTAMP '2020-01-01 10:00:00.123456'"))
        .containsExactly("1");
  }

  /// What is finer than a stored time can be is refused: cut off, it would name another moment.
  @Test
  void whatIsFinerThanAMicrosecondIsRefused() throws IOException {
    String finer = "2020-01-01T10:00:00.1234564";
    for (HttpResponse<byte[]> refused :
        List.of(
            lab.get("/v1/products/samples/v1/data?taken=" + finer),
            post(
                "/v1/query",
                Map.of("metrics", List.of("total"), "filters", List.of(taken("=", finer)))),
            post(
                "/v1/sql",
                Map.of(
                    "sql",
                    "SELECT 1 FROM samples_v1.samples WHERE taken > TIMESTAMP '%s'"
                        .formatted(finer.replace('T', ' ')))))) {
      assertThat(refused.statusCode()).as(Lab.text(refused)).isIn(400, 422);
      assertThat(Lab.text(refused)).contains("microsecond");
    }
    assertThat(sql("taken = TIMESTAMP '2020-01-01 10:00:00.123456000'")).containsExactly("1");
    var rounded =
        post(
            "/v1/sql", Map.of("sql", "SELECT CAST(taken AS TIMESTAMP(0)) FROM samples_v1.samples"));
    assertThat(Lab.text(rounded)).contains("Cannot use TIMESTAMP(0)");
  }

  private HttpResponse<byte[]> post(String path, Map<String, Object> body) {
    return lab.send(lab.request(path).POST(BodyPublishers.ofByteArray(Json.bytes(body))));
  }
}

package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two homes that differ in hidden rows and hidden values alone, each behind its gateway: whatever
/// a caller asks, at any door, it is told the same by both.
class GovernedDoorsTest {
  private static final long SEED = Long.getLong("scorebook.seed", 1);
  private static final int QUESTIONS = Integer.getInteger("scorebook.questions", 12);

  @TempDir private static Path temp;
  private static Twins twins;

  @BeforeAll
  static void open() throws IOException {
    var callers = new LinkedHashMap<String, List<String>>();
    callers.put("maria", List.of("--group", "sellers", "--attribute", "item_id=7"));
    for (String group : RandomAsking.groups()) {
      callers.put(group, List.of("--group", group, "--attribute", "item_id=7"));
    }
    twins = Twins.open(temp, new RandomAsking(SEED).policies(), callers);
  }

  @AfterAll
  static void close() {
    twins.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/products",
        "/v1/products/sales/v1",
        "/v1/products/sales/v1/schema",
        "/v1/products/sales/v1/contract",
        "/v1/products/sales/v1/lineage",
        "/v1/products/sales/v1/documents",
        "/v1/products/sales/v1/documents/openlineage",
        "/v1/products/sales/v1/quality",
        "/v1/products/sales/v1/data?limit=7",
        "/v1/products/sales/v1/data?limit=all&format=csv",
        "/v1/products/sales/v1/data?day=2024-01-04",
        "/v1/products/takings/v1/data",
        "/v1/products/takings/v1/data?orderBy=-revenue&limit=1",
        "/v1/metrics",
        "/v1/metrics/revenue",
        "/v1/lineage?node=metric:revenue&direction=up",
        "/v1/lineage/impact?column=sales.amount",
        "/v1/lineage/impact?column=sales.day",
        "/v1/publications",
        "/v1/audit",
        "/v1/products/audit/v1/data"
      })
  void whatIsThereIsToldAlike(String path) {
    assertThat(twins.get("maria", path)).doesNotContain("2024-01-").doesNotContain("2024-03-01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM market.sales",
        "SELECT COUNT(*) AS n, SUM(amount) AS s, MIN(id) AS a, MAX(id) AS b FROM market.sales",
        "SELECT item, AGGREGATE(revenue) AS r FROM market.sales GROUP BY ROLLUP(item) ORDER BY 1",
        // Fails for every sale that brought 7, which only hidden ones of one home did.
        "SELECT id FROM market.sales WHERE 1 / (amount - 7) >= 0 ORDER BY id",
        "SELECT id FROM market.sales WHERE CAST(item || CAST(amount AS VARCHAR) AS INTEGER) > 0",
        "SELECT SUM(9223372036854775807 - amount) OVER (ORDER BY id) FROM market.sales",
        "SELECT a.id FROM market.sales a JOIN sales_v1.sales b ON a.id = b.id ORDER BY 1",
        "SELECT day FROM market.sales",
        "SELECT dya FROM market.sales",
        "SELECT COUNT(*) AS n FROM sales_v1.sales",
        "SELECT * FROM takings_v1.takings",
        "SELECT * FROM market.items ORDER BY 1 LIMIT 3",
        "SELECT * FROM scorebook.audit",
        "SELECT * FROM nowhere.sales",
        "EXPLAIN SELECT item, AGGREGATE(revenue) AS r FROM market.sales GROUP BY item"
      })
  void sqlIsAnsweredAlikeAtEachDoor(String sql) {
    String body = "{\"sql\": \"%s\"}".formatted(sql);
    for (String path : List.of("/v1/sql", "/v1/sql/explain")) {
      assertThat(twins.post("maria", path, body))
          .doesNotContain("2024-01-")
          .doesNotContain("2024-03-01");
    }
    for (Twins.Door door : Twins.Door.values()) {
      assertThat(twins.sql("maria", door, sql))
          .doesNotContain("2024-01-")
          .doesNotContain("2024-03-01");
    }
    assertThat(FlightTwins.sql(twins.other(), "maria", sql))
        .isEqualTo(FlightTwins.sql(twins.one(), "maria", sql));
  }

  @Test
  void theTablesOfFlightAreToldAlike() {
    List<String> told = FlightTwins.tables(twins.one(), "maria");
    assertThat(FlightTwins.tables(twins.other(), "maria")).isEqualTo(told);
    assertThat(told.getLast()).contains("revenue").doesNotContain("day");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metrics\": [\"revenue\", \"sold\"]}",
        "{\"metrics\": [\"revenue\"], \"dimensions\": [\"item\"], \"groupingSets\": [[\"item\"], []]}",
        "{\"metrics\": [\"revenue\"], \"dimensions\": [\"day.month\"]}",
        "{\"metrics\": [\"revenue\"], \"filters\": [{\"field\": \"day\", \"op\": \"=\", \"value\": \"2024-01-04\"}]}",
        "{\"metrics\": [\"revenue\"], \"dimensions\": [\"item\"], \"filters\": [{\"field\": \"revenue\", \"op\": \">\", \"value\": 11}]}",
        "{\"metrics\": [\"revenu\"]}"
      })
  void questionsAreAnsweredAlike(String question) {
    for (String path : List.of("/v1/query", "/v1/query/explain")) {
      assertThat(twins.post("maria", path, question)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTablesOfDriversAreToldAlike(Twins.Door door) throws SQLException {
    var told = new ArrayList<List<String>>();
    for (Twins.Home home : List.of(twins.one(), twins.other())) {
      try (Connection connection = door.connect(home, "maria")) {
        var metadata = connection.getMetaData();
        var all = new ArrayList<String>();
        all.addAll(Twins.rows(metadata.getSchemas()));
        all.addAll(Twins.rows(metadata.getTables(null, null, null, null)));
        all.addAll(Twins.rows(metadata.getColumns(null, null, null, null)));
        told.add(all);
      }
    }
    assertThat(told.getLast()).isEqualTo(told.getFirst());
    assertThat(told.getFirst())
        .anyMatch(row -> row.contains("|revenue|"))
        .noneMatch(row -> row.contains("|day|"));
  }

  /// `-Dscorebook.seed=7 -Dscorebook.questions=500`: other policies, and more questions.
  @Test
  void whateverIsAskedByChanceIsAnsweredAlike() {
    int answered = 0;
    for (String caller : RandomAsking.groups()) {
      var asking = new RandomAsking(SEED + 31L * caller.hashCode());
      for (int i = 0; i < QUESTIONS; i++) {
        List<String> told = askedByChance(caller, asking);
        answered += (int) told.stream().filter(one -> one.startsWith("200")).count();
        assertThat(told).noneMatch(one -> one.contains("2024-0"));
      }
    }
    assertThat(answered).as("what was not refused").isGreaterThan(QUESTIONS);
  }

  private static List<String> askedByChance(String caller, RandomAsking asking) {
    String question = asking.question();
    String sql = asking.sql();
    for (Twins.Door door : Twins.Door.values()) {
      twins.sql(caller, door, sql);
    }
    return List.of(
        twins.post(caller, "/v1/query", question),
        twins.post(caller, "/v1/query/explain", question),
        twins.get(caller, asking.data()),
        twins.post(caller, "/v1/sql", "{\"sql\": \"%s\"}".formatted(sql)));
  }

  /// So that the test cannot pass for want of a difference.
  @Test
  void theHomesDifferForTheirOwners() {
    String question = "{\"metrics\": [\"revenue\", \"sold\"]}";
    var answers = new ArrayList<String>();
    for (Twins.Home home : List.of(twins.one(), twins.other())) {
      answers.add(twins.post(home, home.gateway().token(), "/v1/query", question));
    }
    assertThat(answers.getFirst()).contains("[768,33]");
    assertThat(answers.getLast()).contains("[1015,70]");
    assertThat(twins.post("maria", "/v1/query", question)).contains("[735,30]");
  }
}

package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.gateway.cli.Twins.Door;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody with few rights tries, at all doors of two homes that differ in what is hidden: a
/// hidden name is told of as one that is nowhere, and nobody is given what was made for another.
class AttacksTest {
  private static final String POLICIES =
      """
      version: 1.0.0
      groups: [sellers, buyers, stewards]
      attributes: [item_id]
      purposes: [audit]
      grants:
        - {who: [sellers], on: {datasets: [sales], metrics: [revenue], products: [sales]}}
        - {who: [sellers], purpose: [audit], on: {datasets: [items], metrics: [sold]}}
        - {who: [buyers], on: {products: [takings]}}
        - {who: [stewards], on: {datasets: ['*'], metrics: ['*'], products: ['*']}}
      tables:
        sales:
          rows:
            - {name: own items, who: [sellers, buyers], where: "item_id = caller.item_id"}
            - {who: [stewards], where: 'TRUE'}
          columns:
            day: {deny: true, except: [stewards]}
      metrics:
        revenue: {minimumGroupSize: 5, of: sales.id, except: [stewards]}
      """;

  @TempDir private static Path temp;
  private static Twins twins;

  @BeforeAll
  static void open() throws IOException {
    var callers = new LinkedHashMap<String, List<String>>();
    callers.put(
        "maria", List.of("--group", "sellers", "--attribute", "item_id=7", "--purpose", "audit"));
    callers.put("olga", List.of("--group", "sellers", "--attribute", "item_id=3"));
    callers.put("ben", List.of("--group", "buyers", "--attribute", "item_id=7"));
    callers.put("quirin", List.of("--group", "sellers", "--attribute", "item_id=7 OR TRUE"));
    callers.put("nobody", List.of());
    twins = Twins.open(temp, POLICIES, callers);
  }

  @AfterAll
  static void close() {
    twins.close();
  }

  private static void isAsUnknown(String hidden, String unknown, String toldOfHidden, String told) {
    String ours = "urn:scorebook";
    assertThat(toldOfHidden.replace(ours, "").replace(hidden, "?"))
        .isEqualTo(told.replace(ours, "").replace(unknown, "?"));
  }

  @ParameterizedTest
  @CsvSource({
    "maria, sales, szles, /v1/products/%s/v1",
    "maria, sales, szles, /v1/products/%s/v1/data",
    "maria, sales, szles, /v1/products/%s/v1/contract",
    "maria, sales, szles, /v1/products/%s/v1/documents/openlineage",
    "maria, sales, szles, /v1/products/%s/v1/quality",
    "maria, takings, tqkings, /v1/products/%s/v1/changes?since=2024-01-01T00:00:00Z",
    "maria, sold, sqld, /v1/metrics/%s",
    "maria, sold, sqld, /v1/metrics/%s/history",
    "maria, sold, sqld, /v1/lineage?node=metric:market.%s",
    "maria, day, dqy, /v1/lineage?node=column:market.sales.%s",
    "maria, day, dqy, /v1/lineage/impact?column=sales.%s",
    "maria, items, iqems, /v1/lineage?node=dataset:market.%s",
    "ben, revenue, rzvenue, /v1/metrics/%s",
    "ben, market, mqrket, /v1/lineage?node=dataset:%s.sales",
    "ben, items, iqems, /v1/products/takings/v1/data?columns=%s",
    "nobody, takings, tqkings, /v1/products/%s/v1",
    "nobody, market, mqrket, /v1/metrics?model=%s"
  })
  void aHiddenNameIsNowhereInAddresses(
      String caller, String hidden, String unknown, String address) {
    String there = twins.get(caller, address.formatted(hidden));
    isAsUnknown(hidden, unknown, there, twins.get(caller, address.formatted(unknown)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "day  | dqy  | SELECT %s FROM market.sales",
        "day  | dqy  | SELECT s.%s FROM market.sales s",
        "day  | dqy  | SELECT id FROM market.sales WHERE %s > DATE '2024-01-01'",
        "day  | dqy  | SELECT id FROM market.sales ORDER BY %s",
        "day  | dqy  | SELECT COUNT(*) AS n FROM market.sales GROUP BY %s",
        "day  | dqy  | SELECT COUNT(*) AS n FROM market.sales HAVING MAX(%s) IS NULL",
        "day  | dqy  | SELECT COUNT(*) FILTER (WHERE %s IS NULL) AS n FROM market.sales",
        "day  | dqy  | SELECT CASE WHEN %s IS NULL THEN 1 END AS n FROM market.sales",
        "day  | dqy  | SELECT ROW_NUMBER() OVER (ORDER BY %s) AS n FROM market.sales",
        "day  | dqy  | SELECT a.id FROM market.sales a JOIN market.sales b USING (%s)",
        "day  | dqy  | SELECT id FROM market.sales a WHERE EXISTS (SELECT 1 FROM market.sales b WHERE b.%s = a.%<s)",
        "day  | dqy  | SELECT EXTRACT(MONTH FROM %s) AS m FROM market.sales",
        "day  | dqy  | EXPLAIN SELECT %s FROM market.sales",
        "item | iqem | SELECT %s FROM market.sales",
        "item | iqem | SELECT AGGREGATE(revenue) AS r FROM market.sales GROUP BY %s",
        "sold | sqld | SELECT AGGREGATE(%s) AS n FROM market.sales",
        "sold | sqld | SELECT SUM(%s) AS n FROM market.sales",
        "items | iqems | SELECT * FROM market.%s",
        "items | iqems | SELECT * FROM %s",
        "sales_v1 | sales_v7 | SELECT * FROM %s.sales",
        "takings_v1 | tqkings_v1 | SELECT * FROM %s.takings",
        "takings_v1 | tqkings_v1 | SELECT * FROM market.sales WHERE id IN (SELECT sold FROM %s.takings)",
        "scorebook | scqrebook | SELECT * FROM %s.audit"
      })
  void aHiddenNameIsNowhereInSql(String hidden, String unknown, String sql) {
    String there = sql.formatted(hidden);
    String nowhere = sql.formatted(unknown);
    for (Door door : Door.values()) {
      isAsUnknown(
          hidden, unknown, twins.sql("maria", door, there), twins.sql("maria", door, nowhere));
    }
    isAsUnknown(
        hidden,
        unknown,
        FlightTwins.sql(twins.one(), "maria", there),
        FlightTwins.sql(twins.one(), "maria", nowhere));
    for (String path : List.of("/v1/sql", "/v1/sql/explain")) {
      isAsUnknown(
          hidden,
          unknown,
          twins.post("maria", path, "{\"sql\": \"%s\"}".formatted(there)),
          twins.post("maria", path, "{\"sql\": \"%s\"}".formatted(nowhere)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "day  | dqy  | {\"metrics\": [\"revenue\"], \"dimensions\": [\"%s\"]}",
        "day  | dqy  | {\"metrics\": [\"revenue\"], \"dimensions\": [\"%s.month\"], \"fill\": [\"%<s.month\"]}",
        "sales.day | sales.dqy | {\"metrics\": [\"revenue\"], \"dimensions\": [\"%s.month\"]}",
        "day  | dqy  | {\"metrics\": [\"revenue\"], \"filters\": [{\"field\": \"%s\", \"op\": \"isNull\"}]}",
        "day  | dqy  | {\"metrics\": [\"revenue\"], \"orderBy\": [{\"field\": \"%s\"}]}",
        "item | iqem | {\"metrics\": [\"revenue\"], \"dimensions\": [\"%s\"]}",
        "item_of_sale.item | item_of_sale.iqem | {\"metrics\": [\"revenue\"], \"dimensions\": [\"%s\"]}",
        "items.item | items.iqem | {\"metrics\": [\"revenue\"], \"dimensions\": [\"%s\"]}",
        "sold | sqld | {\"metrics\": [\"%s\"]}",
        "sold | sqld | {\"metrics\": [\"revenue\"], \"filters\": [{\"field\": \"%s\", \"op\": \">\", \"value\": 1}]}",
        "sold | sqld | {\"metrics\": [\"revenue\"], \"evidence\": [\"%s\"]}",
        "scorebook | scqrebook | {\"model\": \"%s\", \"metrics\": [\"questions\"]}"
      })
  void aHiddenNameIsNowhereInQuestions(String hidden, String unknown, String question) {
    for (String path : List.of("/v1/query", "/v1/query/explain")) {
      isAsUnknown(
          hidden,
          unknown,
          twins.post("maria", path, question.formatted(hidden)),
          twins.post("maria", path, question.formatted(unknown)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "day, dqy, SELECT COUNT(*) FROM pg_attribute WHERE attname = '%s'",
    "items, iqems, SELECT to_regclass('market.%s')",
    "items, iqems, SELECT 'market.%s'::regclass",
    "items, iqems, SELECT COUNT(*) FROM information_schema.tables WHERE table_name = '%s'",
    "takings, tqkings, SELECT COUNT(*) FROM pg_class WHERE relname = '%s'",
    "sold, sqld, SELECT description FROM pg_description WHERE description LIKE '%%%s%%'",
    "items, iqems, 'SELECT has_table_privilege(''market.%s'', ''select'')'",
    "items, iqems, SELECT pg_relation_size('market.%s'::regclass)"
  })
  void aHiddenNameIsNowhereInTheSystemCatalog(String hidden, String unknown, String sql) {
    isAsUnknown(
        hidden,
        unknown,
        twins.sql("maria", Door.POSTGRES, sql.formatted(hidden)),
        twins.sql("maria", Door.POSTGRES, sql.formatted(unknown)));
  }

  /// Keys, statistics and sizes would tell of what is not seen.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT conname FROM pg_constraint",
        "SELECT indexrelid FROM pg_index",
        "SELECT * FROM pg_stats",
        "SELECT DISTINCT reltuples, relpages FROM pg_class",
        "SELECT rolname FROM pg_roles"
      })
  void theSystemCatalogTellsNothingOfRows(String sql) {
    assertThat(twins.sql("maria", Door.POSTGRES, sql)).doesNotContain("sales");
  }

  @Test
  void whoeverAsksFirstEachIsToldHisOwn() {
    String sql = "SELECT COUNT(*) AS n, MIN(id) AS a FROM market.sales";
    String body = "{\"sql\": \"%s\"}".formatted(sql);
    Twins.Home home = twins.other();
    for (List<String> order : List.of(List.of("maria", "olga"), List.of("olga", "maria"))) {
      for (String caller : order) {
        String own = caller.equals("maria") ? "30" : "8";
        for (Door door : Door.values()) {
          assertThat(Twins.sql(home, caller, door, sql)).contains(own + "|");
        }
        assertThat(FlightTwins.sql(home, caller, sql)).contains(", " + own + ",");
        assertThat(twins.post(home, home.key(caller), "/v1/sql", body)).contains("[" + own + ",");
      }
    }
    assertThat(twins.sql("quirin", Door.POSTGRES, sql)).contains("0|null");
  }

  @Test
  void smallGroupsAreNotToldInAnyForm() {
    for (String asked :
        List.of(
            "SELECT AGGREGATE(revenue) AS r FROM market.sales WHERE id < 4",
            "SELECT AGGREGATE(revenue) FILTER (WHERE id < 4) AS r FROM market.sales",
            "SELECT r FROM (SELECT id, AGGREGATE(revenue) AS r FROM market.sales GROUP BY id) x WHERE id = 1",
            "SELECT MAX(r) AS r FROM (SELECT id, AGGREGATE(revenue) AS r FROM market.sales GROUP BY ROLLUP(id)) x WHERE id IS NOT NULL",
            "SELECT id, revenue FROM market.sales",
            "SELECT SUM(r) AS r FROM (SELECT id, AGGREGATE(revenue) AS r FROM market.sales GROUP BY id) x")) {
      assertThat(twins.sql("maria", Door.AVATICA, asked)).as(asked).contains("null");
    }
    for (String asked :
        List.of(
            "SELECT id FROM market.sales GROUP BY id HAVING AGGREGATE(revenue) > 0",
            "SELECT id FROM (SELECT id, AGGREGATE(revenue) AS r FROM market.sales GROUP BY id) x WHERE r > 0")) {
      assertThat(twins.sql("maria", Door.AVATICA, asked)).as(asked).doesNotContainPattern("\\d");
    }
    assertThat(twins.sql("maria", Door.AVATICA, "SELECT SUM(revenue) FROM market.sales"))
        .contains("Cannot use SUM on the metric 'revenue', which does not add up");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/products",
        "/v1/products/sales/v1",
        "/v1/products/takings/v1/data",
        "/v1/products/takings/v1/contract",
        "/v1/metrics",
        "/v1/metrics/nothing",
        "/v1/lineage?node=metric:revenue",
        "/v1/nowhere"
      })
  void nothingIsForACacheToGiveToOthers(String path) {
    assertThat(twins.get("ben", path))
        .contains("cache-control=[private, no-cache]", "vary=[Authorization, Scorebook-Purpose");
    assertThat(twins.get("nobody", path)).contains("cache-control=[private, no-cache]");
  }

  /// A statement is answered for what it is asked for now, whenever it was prepared.
  @Test
  void aPurposeThatIsGivenBackIsGone() throws SQLException {
    String sql = "SELECT COUNT(*) AS n FROM market.items";
    try (Connection connection = Door.POSTGRES.connect(twins.one(), "maria");
        var settings = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement(sql)) {
      for (int i = 0; i < 7; i++) {
        assertThatThrownBy(prepared::executeQuery)
            .hasMessageContaining("Cannot find table 'items'");
        settings.execute("SET scorebook.purpose = 'audit'");
        try (ResultSet rows = prepared.executeQuery()) {
          assertThat(Twins.rows(rows)).containsExactly("|50|");
        }
        settings.execute(i % 2 == 0 ? "RESET scorebook.purpose" : "DISCARD ALL");
      }
    }
  }
}

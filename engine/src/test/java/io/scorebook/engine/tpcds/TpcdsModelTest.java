package io.scorebook.engine.tpcds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scorebook.documents.Findings;
import io.scorebook.engine.agreement.Texts;
import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.Lake;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.answer.Rows;
import io.scorebook.engine.duckdb.DuckDbEngine;
import io.scorebook.engine.duckdb.DuckDbSettings;
import io.scorebook.engine.files.FileCache;
import io.scorebook.engine.reference.ReferenceEngine;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The example model of Apache Ossie, unchanged, on generated TPC-DS tables: each of its metrics is
/// what SQL written by hand gives, at every level. `store_productivity` divides by employees of
/// stores, of which each counts once, however many sales lead to it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpcdsModelTest {
  private static final Path MODEL =
      Path.of(
          System.getProperty("scorebook.root", ".."),
          "../shared/data/ossie/tpcds_semantic_model.yaml");

  private static final String JOINED =
      """
      from store_sales
      left join date_dim on ss_sold_date_sk = d_date_sk
      left join customer on ss_customer_sk = c_customer_sk
      left join item on ss_item_sk = i_item_sk
      left join store on ss_store_sk = s_store_sk
      """;

  private Lake lake;
  private PinnedTables tables;
  private Planner planner;
  private List<Engine> engines;
  private Connection plain;

  @BeforeAll
  void load(@TempDir Path home) throws IOException, SQLException {
    assumeTrue(Files.exists(MODEL), "the standard's example is not here: " + MODEL);
    lake = new Lake(home.resolve("lake"), "public");
    plain = DriverManager.getConnection("jdbc:duckdb:");
    List<SourceTable> sources = new ArrayList<>();
    for (RetailTable table : RetailTable.values()) {
      List<List<@Nullable Object>> rows = table.rows();
      lake.create(table.title(), table.schema());
      lake.append(table.title(), rows);
      insert(home, table, rows);
      sources.add(table.source());
    }
    tables = lake.pin(Arrays.stream(RetailTable.values()).map(RetailTable::title).toList());
    engines =
        List.of(
            new DuckDbEngine(
                new DuckDbSettings(500_000_000, 2, home.resolve("spill"), 2),
                new FileCache(home.resolve("cache"), 500_000_000)),
            new ReferenceEngine());
    planner = new Planner(model(), sources, List.of());
  }

  private static SemanticModel model() {
    var findings = new Findings();
    SemanticModel model = OssieReader.read(MODEL, "tpcds.yaml", findings).orElseThrow();
    ModelCheck.check(model, findings);
    assertThat(findings.hasErrors()).as("%s", findings.toList()).isFalse();
    return model;
  }

  private void insert(Path folder, RetailTable table, List<List<@Nullable Object>> rows)
      throws IOException, SQLException {
    Path file = folder.resolve(table.title() + ".csv");
    Files.write(
        file,
        rows.stream()
            .map(row ->
                row.stream()
                    .map(value -> value == null ? "" : '"' + value.toString() + '"')
                    .collect(Collectors.joining(",")))
            .toList());
    String columns =
        table.columns().stream()
            .map(column -> "'%s': '%s'".formatted(column, table.sqlType(column)))
            .collect(Collectors.joining(", ", "{", "}"));
    try (Statement statement = plain.createStatement()) {
      statement.execute(
          "create table %s as from read_csv('%s', header = false, columns = %s)"
              .formatted(table.title(), file, columns));
    }
  }

  @AfterAll
  void close() throws SQLException {
    if (plain != null) {
      plain.close();
      engines.forEach(Engine::close);
      lake.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "total_sales, ''",
    "total_sales, i_brand",
    "total_profit, d_year",
    "total_profit, 's_store_name,d_year'",
    "customer_lifetime_value, ''",
    "customer_lifetime_value, i_brand",
    "customer_lifetime_value, s_store_id",
    "customer_lifetime_value, d_year",
    "sales_by_brand, i_brand",
    "store_productivity, ''",
    "store_productivity, i_brand",
    "store_productivity, s_store_id",
    "store_productivity, s_state",
    "store_productivity, d_year",
    "store_productivity, 'i_category,d_year'",
  })
  void isWhatSqlByHandGives(String metric, String dimensions) throws SQLException {
    List<String> keys = dimensions.isEmpty() ? List.of() : List.of(dimensions.split(",", -1));
    List<List<String>> expected = byHand(metric, keys);
    assertThat(expected).isNotEmpty();
    Planning planning = planner.plan(Question.of(List.of(metric), keys));
    if (!(planning instanceof Planning.Planned(Plan plan))) {
      throw new AssertionError(planning);
    }
    for (Engine engine : engines) {
      assertThat(rows(engine, plan))
          .as("%s by %s on %s", metric, keys, engine.name())
          .isEqualTo(expected);
    }
  }

  private List<List<String>> byHand(String metric, List<String> keys) throws SQLException {
    String select = keys.stream().map(key -> key + ", ").collect(Collectors.joining());
    String group = keys.isEmpty() ? "" : " group by " + String.join(", ", keys);
    String order = keys.isEmpty() ? "" : " order by all nulls last";
    return switch (metric) {
      case "total_sales", "sales_by_brand" ->
          ask("select %ssum(ss_ext_sales_price) %s%s%s".formatted(select, JOINED, group, order));
      case "total_profit" ->
          ask("select %ssum(ss_net_profit) %s%s%s".formatted(select, JOINED, group, order));
      case "customer_lifetime_value" ->
          ask(
              "select %ssum(ss_ext_sales_price)::double / nullif(count(distinct c_customer_sk), 0) %s%s%s"
                  .formatted(select, JOINED, group, order));
      case "store_productivity" ->
          // The employees of each store once, beside each group's sales.
          ask(
              """
              with sales as (select %1$s sum(ss_ext_sales_price) as sales %2$s %3$s),
              stores as (select distinct %1$s s_store_sk, s_number_employees %2$s),
              staff as (select %1$s sum(s_number_employees) as staff from stores %3$s)
              select %4$s sales::double / nullif(staff, 0)
              from sales join staff on %5$s %6$s
              """
                  .formatted(
                      select,
                      JOINED,
                      group,
                      keys.stream().map(key -> "sales." + key + ", ").collect(Collectors.joining()),
                      keys.isEmpty()
                          ? "true"
                          : keys.stream()
                              .map(key ->
                                  "sales.%1$s is not distinct from staff.%1$s".formatted(key))
                              .collect(Collectors.joining(" and ")),
                      order));
      default -> throw new IllegalArgumentException("Invalid metric: " + metric);
    };
  }

  private List<List<String>> ask(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = plain.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(Texts.of(row));
      }
    }
    return rows;
  }

  private List<List<String>> rows(Engine engine, Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    try (Rows result = engine.run(plan, tables, Limits.of(Duration.ofMinutes(1)))) {
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
          row.add(result.value(i));
        }
        rows.add(Texts.of(row));
      }
    }
    return rows;
  }
}

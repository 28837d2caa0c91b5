package io.scorebook.engine.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.Lake;
import io.scorebook.engine.answer.Limits;
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
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Fields that are expressions, in questions: windows are over all rows of their dataset, whatever
/// is filtered and joined; entities are told apart by them. Against hand-written SQL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FieldsTest {
  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: windows
      datasets:
        - name: t
          source: test.t
          primary_key: [id]
          fields:
            - {name: id, dimension: {}, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: id}]}}
            - {name: g, dimension: {}, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: g}]}}
            - {name: n, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: n}]}}
            - name: place
              dimension: {}
              expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: ROW_NUMBER() OVER (PARTITION BY t.g ORDER BY n DESC NULLS LAST)}]}
            - name: part
              expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: n / SUM(n) OVER (PARTITION BY g)}]}
            - name: kind
              dimension: {}
              expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: CASE WHEN g = 'a' THEN 'x' ELSE 'y' END}]}
        - name: links
          source: SELECT id AS link, id + 1 AS t_id FROM test.t WHERE id < 6
          primary_key: [link]
          fields:
            - {name: link, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: link}]}}
            - {name: before, dimension: {}, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: LAG(t_id) OVER (ORDER BY link)}]}}
      relationships:
        - {name: link_to, from: links, to: t, from_columns: [t_id], to_columns: [id]}
      metrics:
        - {name: top, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: SUM(t.n) FILTER (WHERE t.place = 1)}]}}
        - {name: parts, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: SUM(t.part)}]}}
        - name: longest
          expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: t.n > 1}]}
          custom_extensions:
            - {vendor_name: SCOREBOOK, data: '{"kind": "streak", "mode": "longest", "entity": ["t.kind"], "order": ["t.id"]}'}
        - {name: links_made, expression: {dialects: [{dialect: OSSIE_SQL_2026, expression: COUNT(links.link)}]}}
      """;

  private static final String T =
      "with t(id, g, n) as (values (1, 'a', 1), (2, 'a', 2), (3, 'a', null), (4, 'b', 4), (5, 'b', 4),"
          + " (6, 'c', null)), p as (select *, row_number() over (partition by g order by n desc nulls last, id)"
          + " as place, n / sum(n) over (partition by g) as part from t),"
          + " links as (select id as link, id + 1 as t_id, lag(id + 1) over (order by id) as before from t where id < 6)";

  private Lake lake;
  private List<Engine> engines;

  @BeforeAll
  void open(@TempDir Path home) {
    lake = new Lake(home.resolve("lake"));
    SmallTable.write(lake);
    engines =
        List.of(
            new DuckDbEngine(
                new DuckDbSettings(500_000_000, 2, home.resolve("spill"), 500_000_000),
                new FileCache(home.resolve("cache"), 1_000_000_000)),
            new ReferenceEngine());
  }

  @AfterAll
  void close() {
    engines.forEach(Engine::close);
    lake.close();
  }

  @Test
  void areOfTheRowsBeforeAFilter() throws SQLException {
    var notTheFirst =
        new Filter.Comparison("id", Filter.Op.NOT_EQUAL, List.of(new java.math.BigDecimal(2)));
    check(
        Question.of(List.of("top", "parts"), List.of("g")).withFilters(List.of(notTheFirst)),
        "select g, sum(n) filter (where place = 1), sum(part) from p where id <> 2 group by g");
  }

  @Test
  void groupAndFilter() throws SQLException {
    var first =
        new Filter.Comparison(
            "place", Filter.Op.LESS_OR_EQUAL, List.of(new java.math.BigDecimal(2)));
    check(
        Question.of(List.of("parts"), List.of("place")).withFilters(List.of(first)),
        "select place, sum(part) from p where place <= 2 group by place");
  }

  /// The entity of a sequence may be an expression, too.
  @Test
  void tellEntitiesApart() throws SQLException {
    var known =
        new Filter.Comparison(
            "id",
            Filter.Op.NOT_IN,
            List.of(new java.math.BigDecimal(3), new java.math.BigDecimal(6)));
    check(
        Question.of(List.of("longest"), List.of("kind")).withFilters(List.of(known)),
        "select kind, max(run) from (select kind, count(*) filter (where n > 1) as run from (select *,"
            + " case when g = 'a' then 'x' else 'y' end as kind, count(*) filter (where n <= 1) over"
            + " (partition by g = 'a' order by id) as island from t where id not in (3, 6))"
            + " group by kind, island) group by kind");
    check(Question.of(List.of("longest"), List.of()).withFilters(List.of(known)), "select 2");
  }

  @Test
  void areSeenThroughJoins() throws SQLException {
    check(
        Question.of(List.of("links_made"), List.of("place", "before")),
        "select place, before, count(link) from links join p on p.id = t_id group by all");
  }

  @Test
  void areColumnsInSql() throws SQLException {
    check(
        planner().plan("SELECT id, place FROM t WHERE g <> 'a'"),
        "select id, place from p where g <> 'a'");
  }

  private static Planner planner() {
    var findings = new Findings();
    SemanticModel model = OssieReader.parse("model.yaml", MODEL, findings).orElseThrow();
    ModelCheck.check(model, List.of(SmallTable.source()), findings);
    assertThat(findings.toList()).isEmpty();
    return new Planner(model, List.of(SmallTable.source()), List.of());
  }

  private void check(Question question, String sql) throws SQLException {
    check(planner().plan(question), sql);
  }

  private void check(Planning planning, String sql) throws SQLException {
    Plan plan =
        switch (planning) {
          case Planning.Planned(Plan planned) -> planned;
          case Planning.Rejected(var issues) -> throw new AssertionError(issues);
        };
    List<String> expected = expected(sql);
    for (Engine engine : engines) {
      var found = new ArrayList<String>();
      try (Rows rows = engine.run(plan, lake.pin(List.of("t")), Limits.of(Duration.ofMinutes(1)))) {
        while (rows.next()) {
          var row = new ArrayList<String>();
          for (int i = 0; i < plan.columns().size(); i++) {
            row.add(String.valueOf(rows.value(i)));
          }
          found.add(row.toString());
        }
      }
      assertThat(found).as(engine.name()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<String> expected(String sql) throws SQLException {
    var expected = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(T + " " + sql)) {
      while (rows.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getObject(i)));
        }
        expected.add(row.toString());
      }
    }
    return expected;
  }
}

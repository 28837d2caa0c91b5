package io.scorebook.engine.policy;

import static io.scorebook.engine.policy.Firm.caller;
import static io.scorebook.engine.policy.Firm.person;
import static io.scorebook.engine.policy.Firm.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two stores that differ in what is hidden, and in nothing else: nobody from whom it is hidden can
/// tell them apart, however they ask.
final class NonInterferenceTest {
  private static final String POLICIES =
      Firm.OPEN
          + """
          tables:
            people:
              rows:
                - {name: own unit, who: [readers, clerks], where: "unit_id = caller.unit"}
                - {who: [stewards], where: "TRUE"}
              columns:
                pay: {deny: true, except: [stewards, clerks]}
                name: {mask: partial, first: 1, except: [stewards]}
                note: {mask: hash, except: [stewards, clerks]}
            units:
              rows:
                - {who: ["*"], where: "region = 'north' OR region IS NULL"}
                - {who: [clerks], only: "title <> 'Secret'"}
          """;

  private static final Caller READER = caller("readers", Map.of("unit", List.of("1")));
  private static final Caller CLERK = caller("clerks", Map.of("unit", List.of("1")));
  private static final Caller STRANGER = caller("strangers", Map.of());

  @TempDir static Path temp;
  private static Firm one;
  private static Firm other;

  @BeforeAll
  static void open() throws IOException {
    one = Firm.open(temp, "one", POLICIES);
    other = Firm.open(temp, "other", POLICIES);
    for (Firm firm : List.of(one, other)) {
      firm.rows(
          "people",
          person(1, "Ada", 1, 70L, 10, "17"),
          person(2, "Bob", 1, null, 2, "18"),
          person(3, "Cy", 1, 80L, 6, "19"));
      firm.rows("units", unit(1, "Mill", "north"), unit(2, "Yard", "north"));
    }
    // Values that break whatever touches them, in rows that are hidden.
    other.rows(
        "people",
        person(4, "Eve", 2, 7L, 0, "no number"),
        person(5, "Dan", 2, Long.MAX_VALUE, 5, "x"),
        person(6, "Dee", 3, Long.MAX_VALUE, Integer.MAX_VALUE, "y"),
        person(2, "Bob again", 2, 1L, 1, "a second row of one key"));
    other.rows("units", unit(1, "Mill again", "south"), unit(3, "Den", "south"));
    other.rows("people", person(9, "Zed", 3, 1L, 1, "1"));
  }

  @AfterAll
  static void close() {
    one.close();
    other.close();
  }

  private static final List<String> PROBES =
      List.of(
          "SELECT name FROM people",
          "SELECT COUNT(*) AS n, MAX(bonus) AS m FROM people",
          "SELECT name FROM people WHERE 1 / (bonus - 5) > 0",
          "SELECT name FROM people WHERE 1 / bonus >= 0",
          "SELECT name FROM people WHERE CAST(note AS INTEGER) > 0",
          // What a hidden row would be, were it NULL all over.
          "SELECT name FROM people WHERE CAST(COALESCE(note, 'none') AS INTEGER) > 0",
          "SELECT name FROM people WHERE SQRT(COALESCE(bonus, -1)) >= 0",
          "SELECT name FROM people WHERE CASE WHEN name IS NULL THEN CAST('none' AS INTEGER) ELSE 1 END = 1",
          "SELECT SUM(CASE WHEN note IS NULL THEN CAST('none' AS INTEGER) ELSE 1 END) AS n FROM people",
          "SELECT COUNT(*) AS n FROM people a JOIN people b ON LN(COALESCE(a.bonus, -1)) = LN(COALESCE(b.bonus, -1))",
          "SELECT a.name FROM people a LEFT JOIN people b ON a.name = b.name AND MOD(b.bonus, CASE WHEN b.name IS NULL THEN 0 ELSE 1 END) = 0",
          "SELECT name, MAX(LN(COALESCE(bonus, -1))) OVER (PARTITION BY title) AS m FROM people",
          "SELECT name FROM people ORDER BY LN(COALESCE(bonus, -1)), name LIMIT 1",
          "SELECT title FROM units WHERE CAST(COALESCE(title, 'x') || '1' AS INTEGER) > 0",
          "SELECT SUM(bonus * 2000000000) AS s FROM people",
          "SELECT bonus + 2147483600 AS s FROM people WHERE bonus < 100",
          "SELECT AGGREGATE(heads) AS n FROM people",
          "SELECT title, AGGREGATE(heads) AS n FROM people GROUP BY title",
          "SELECT title, COUNT(*) AS n FROM people GROUP BY ROLLUP(title)",
          "SELECT p.name, (SELECT COUNT(*) FROM people) AS n FROM people p WHERE p.name IN (SELECT name FROM people)",
          "SELECT name, ROW_NUMBER() OVER (ORDER BY person_id DESC) AS r FROM people",
          "SELECT title FROM units ORDER BY title",
          "SELECT title, heads FROM headcount_v1.heads",
          "SELECT * FROM payroll_v1.pay",
          "SELECT pay FROM people",
          "SELECT double_pay FROM people",
          "SELECT AGGREGATE(pay_sum) AS s FROM people",
          "SELECT note FROM people",
          "SELECT who, cost FROM costs",
          "SELECT who FROM costs");

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "reference"})
  void sqlTellsNothingOfHiddenRows(String engine) {
    for (Caller caller : List.of(READER, CLERK, STRANGER)) {
      for (String sql : PROBES) {
        assertThat(other.sql(caller, engine, sql))
            .as("%s asks %s", caller.name(), sql)
            .doesNotStartWith("INTERNAL")
            .isEqualTo(one.sql(caller, engine, sql));
        assertThat(other.explain(caller, engine, sql))
            .as("%s explains %s", caller.name(), sql)
            .isEqualTo(one.explain(caller, engine, sql));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "reference"})
  void questionsTellNothingOfHiddenRows(String engine) {
    for (Caller caller : List.of(READER, CLERK, STRANGER)) {
      for (String metric :
          List.of("heads", "pay_sum", "pay_each", "bonus_sum", "most_pay", "longest_run")) {
        for (String dimension : List.of("name", "title", "region", "hired.month", "pay", "nmae")) {
          Question question = Question.of(List.of(metric), List.of(dimension));
          assertThat(other.ask(caller, engine, question))
              .as("%s asks %s", caller.name(), question)
              .doesNotStartWith("INTERNAL")
              .isEqualTo(one.ask(caller, engine, question));
          Question filtered =
              question.withFilters(
                  List.of(new Filter.Comparison("name", Filter.Op.STARTS_WITH, List.of("A"))));
          assertThat(other.ask(caller, engine, filtered))
              .isEqualTo(one.ask(caller, engine, filtered));
        }
      }
    }
  }

  /// A probe that were refused for another reason would prove nothing.
  @Test
  void answersWhatIsSeen() {
    for (String sql : PROBES) {
      String told = one.sql(READER, "duckdb", sql);
      boolean hidden = sql.matches(".*(pay|, cost).*");
      if (hidden) {
        assertThat(told).as(sql).startsWith("refused: ").contains("Cannot find", "UNKNOWN");
      } else {
        assertThat(told).as(sql).doesNotStartWith("refused: ");
      }
    }
    assertThat(one.sql(READER, "reference", "SELECT note FROM people")).startsWith("[Output");
    assertThat(Firm.rowsOf(one.sql(READER, "reference", "SELECT note FROM people")))
        .isEqualTo(Firm.rowsOf(one.sql(READER, "duckdb", "SELECT note FROM people")))
        .hasLineCount(3)
        .doesNotContain("\n17");
    assertThat(Firm.rowsOf(one.sql(READER, "duckdb", "SELECT name FROM people ORDER BY name")))
        .isEqualTo("A***\nB***\nC***");
    assertThat(Firm.rowsOf(one.sql(STRANGER, "duckdb", "SELECT name FROM people"))).isEmpty();
  }

  @Test
  void provesThatTheStoresDiffer() {
    Caller steward = caller("stewards", Map.of());
    assertThat(one.sql(steward, "duckdb", "SELECT COUNT(*) AS n FROM people")).contains("\n3\n");
    assertThat(other.sql(steward, "duckdb", "SELECT COUNT(*) AS n FROM people")).contains("\n8\n");
    assertThat(other.sql(steward, "duckdb", "SELECT pay FROM people WHERE CAST(note AS INT) > 0"))
        .startsWith("DATA");
    assertThat(other.ask(Caller.local(), "duckdb", Question.of(List.of("heads"), List.of("title"))))
        .startsWith("refused: ")
        .contains("more than one row");
  }

  @Test
  void refusesAVisibleDoubleByWhatIsSeenOfIt() {
    // The double is hidden from all but the owner: so the caller has an answer.
    assertThat(other.ask(READER, "duckdb", Question.of(List.of("heads"), List.of("title"))))
        .contains("\nMill|3\n");
  }

  @Test
  void tellsNoSnapshotOfWhatIsRestricted() {
    assertThat(one.sql(READER, "duckdb", "SELECT name FROM people"))
        .contains("snapshots={}", "policies=[own unit, people.name: partial, first 1, last 0");
    assertThat(one.sql(Caller.local(), "duckdb", "SELECT name FROM people"))
        .contains("snapshots={firm.people=");
  }

  @Test
  void metadataHasNothingOfWhatIsHidden() {
    var seen = one.whole().seenBy(READER);
    assertThat(seen.planner().tables().toString())
        .contains("bonus", "heads")
        .doesNotContain("pay")
        .doesNotContain("cost,");
    assertThat(seen.model().toString()).doesNotContain("pay_sum").doesNotContain("double_pay");
    assertThat(seen.products()).extracting(product -> product.name()).containsExactly("headcount");
    assertThat(seen.planner().describe("pay_sum")).isEmpty();
    assertThat(seen.planner().describe("heads").orElseThrow().dimensions()).doesNotContain("pay");
    assertThat(seen.contracts().find("people")).isEmpty();
    assertThat(seen.hash()).isNotEqualTo(one.whole().hash());
    assertThat(one.whole().seenBy(READER)).isSameAs(seen);
  }

  @Test
  void aHiddenNameIsAsUnknownAsOneThatIsNowhere() {
    for (String name : List.of("pay", "pay_sum", "double_pay")) {
      String there = one.sql(READER, "duckdb", "SELECT %s FROM people".formatted(name));
      String nowhere =
          one.sql(READER, "duckdb", "SELECT %s FROM people".formatted(name.replace("pay", "qqq")));
      assertThat(there.replace(name, "?"))
          .isEqualTo(nowhere.replace(name.replace("pay", "qqq"), "?"));
    }
    assertThat(one.ask(READER, "duckdb", Question.of(List.of("pay_som"), List.of())))
        .doesNotContain("pay_sum");
  }
}

package io.scorebook.engine.policy;

import static io.scorebook.engine.policy.Firm.caller;
import static io.scorebook.engine.policy.Firm.person;
import static io.scorebook.engine.policy.Firm.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What other systems fell into, by name.
final class PolicyTrapsTest {
  private static final String POLICIES =
      """
      groups: [readers, leads, stewards]
      purposes: [payroll]
      attributes: [unit]
      grants:
        - {who: [readers, leads, stewards], on: {datasets: [people], metrics: [heads, pay_each]}}
        - {who: [readers], purpose: [payroll], on: {products: [payroll]}}
      tables:
        people:
          rows:
            - {name: own unit, who: [readers], where: "unit_id = caller.unit"}
            - {who: [stewards], where: "TRUE"}
            - {who: [leads], only: "pay < 75"}
          columns:
            note: {mask: hash, except: [leads]}
            rate: {deny: true}
            bonus: {deny: true, except: [stewards]}
      """;

  private static final Map<String, List<String>> FIRST = Map.of("unit", List.of("1"));

  @TempDir static Path temp;
  private static Firm firm;

  @BeforeAll
  static void open() throws IOException {
    firm = Firm.open(temp, "home", POLICIES);
    firm.rows(
        "people",
        person(1, "Ada", 1, 70L, 10, "x"),
        person(2, "Bob", 1, 80L, 2, "y"),
        person(3, "Cy", 2, 90L, 6, "z"));
    firm.rows("units", unit(1, "Mill", "north"), unit(2, "Yard", "south"));
  }

  @AfterAll
  static void close() {
    firm.close();
  }

  private static String names(Caller caller) {
    return Firm.rowsOf(firm.sql(caller, "duckdb", "SELECT name FROM people ORDER BY name"));
  }

  @Test
  void fullAccessByOneRuleLiftsNoMaskAndNoOtherRule() {
    var both = new Caller("x", Set.of("stewards", "leads"), Map.of(), Optional.empty());
    assertThat(names(both)).isEqualTo("Ada"); // all rows by one, but only those by the other
    var steward = caller("stewards", Map.of());
    assertThat(names(steward)).isEqualTo("Ada\nBob\nCy");
    assertThat(firm.sql(steward, "duckdb", "SELECT note FROM people WHERE name = 'Ada'"))
        .doesNotContain("\nx\n");
    assertThat(firm.sql(both, "duckdb", "SELECT note FROM people WHERE name = 'Ada'"))
        .contains("\nx\n");
  }

  @Test
  void whoIsConcernedByNoRuleSeesNoRow() {
    assertThat(names(caller("leads", Map.of()))).isEmpty();
  }

  @Test
  void aMissingAttributeShowsNothing() {
    assertThat(names(caller("readers", Map.of()))).isEmpty();
    assertThat(names(caller("readers", Map.of("unit", List.of())))).isEmpty();
    assertThat(names(caller("readers", Map.of("unit", List.of("one"))))).isEmpty();
    assertThat(names(caller("readers", Map.of("unit", List.of("1 OR TRUE"))))).isEmpty();
    assertThat(names(caller("readers", Map.of("unit", List.of("1", "2")))))
        .isEqualTo("Ada\nBob\nCy");
    assertThat(names(caller("readers", FIRST))).isEqualTo("Ada\nBob");
  }

  /// What an attribute or a parameter says is a value, and no part of a text.
  @ParameterizedTest
  @ValueSource(
      strings = {"1' OR '1'='1", "1\\", "1\0", "1;--", "%", "1 ", "\uff11", "NULL", "1e0x"})
  void aValueIsNoPartOfAText(String value) throws IOException {
    assertThat(names(caller("readers", Map.of("unit", List.of(value))))).isEmpty();
    assertThat(names(caller("readers", Map.of("unit", List.of("1", value))))).isEmpty();
    String asked = "SELECT name FROM people WHERE name = '%s'".formatted(value.replace("'", "''"));
    String told = firm.sql(caller("readers", FIRST), "duckdb", asked);
    assertThat(told).doesNotContain("INTERNAL").doesNotContain("Ada");
    firm.publish(POLICIES.replace("unit_id = caller.unit", "name = caller.unit"));
    assertThat(names(caller("readers", Map.of("unit", List.of(value))))).isEmpty();
    assertThat(names(caller("readers", Map.of("unit", List.of("Ada"))))).isEqualTo("Ada");
    firm.publish(POLICIES);
  }

  @Test
  void filtersByAColumnThatTheCallerDoesNotSee() {
    // `pay` chooses the rows of leads; a filter on what is hidden does not fail nor show it.
    var lead = new Caller("x", Set.of("stewards", "leads"), Map.of(), Optional.empty());
    assertThat(firm.sql(lead, "duckdb", "SELECT COUNT(*) AS n FROM people")).contains("\n1\n");
  }

  @Test
  void answersThatAreKeptAreKeptForThoseWhoSeeTheSame() {
    Question question = Question.of(List.of("heads"), List.of());
    var first = caller("readers", FIRST);
    var second = caller("readers", Map.of("unit", List.of("2")));
    for (int i = 0; i < 2; i++) {
      assertThat(Firm.rowsOf(firm.ask(first, "duckdb", question))).isEqualTo("2");
      assertThat(Firm.rowsOf(firm.ask(second, "duckdb", question))).isEqualTo("1");
      assertThat(Firm.rowsOf(firm.ask(Caller.local(), "duckdb", question))).isEqualTo("3");
    }
    assertThat(firm.whole().seenBy(first).hash()).isNotEqualTo(firm.whole().seenBy(second).hash());
  }

  @Test
  void whatIsNotGrantedIsNotThere() {
    var reader = caller("readers", FIRST);
    String told = firm.ask(reader, "duckdb", Question.of(List.of("pay_smu"), List.of()));
    assertThat(told).startsWith("refused").doesNotContain("pay_sum");
    assertThat(firm.sql(reader, "duckdb", "SELECT title FROM units"))
        .startsWith("refused")
        .contains("UNKNOWN_TABLE");
    assertThat(firm.ask(reader, "duckdb", Question.of(List.of("heads"), List.of("title"))))
        .startsWith("refused")
        .contains("UNKNOWN_DIMENSION");
    assertThat(firm.sql(reader, "duckdb", "SELECT * FROM payroll_v1.pay")).startsWith("refused");
    var nobody = caller("strangers", FIRST);
    assertThat(firm.platform().answers().as(nobody).domains()).isEmpty();
    assertThat(firm.ask(nobody, "duckdb", Question.of(List.of("heads"), List.of())))
        .isEqualTo(
            firm.ask(nobody, "duckdb", Question.of(List.of("heads"), List.of())).replace("x", "x"))
        .contains("Cannot find the model 'firm'; there is none");
  }

  @Test
  void aGrantedMetricIsMadeOfPartsThatAreNot() {
    var reader = caller("readers", FIRST);
    assertThat(Firm.rowsOf(firm.ask(reader, "duckdb", Question.of(List.of("pay_each"), List.of()))))
        .startsWith("75");
    assertThat(firm.ask(reader, "duckdb", Question.of(List.of("pay_sum"), List.of())))
        .startsWith("refused");
  }

  @Test
  void aPurposeOpensWhatIsForItAlone() {
    var reader = caller("readers", FIRST);
    var paying = reader.withPurpose(Optional.of("payroll"));
    String sql = "SELECT title, pay_sum FROM payroll_v1.pay";
    assertThat(firm.sql(reader, "duckdb", sql)).startsWith("refused");
    assertThat(Firm.rowsOf(firm.sql(paying, "duckdb", sql))).isEqualTo("Mill|150");
    assertThat(firm.sql(reader.withPurpose(Optional.of("curiosity")), "duckdb", sql))
        .startsWith("refused");
  }

  @Test
  void whatIsMadeOfAHiddenColumnGoesWithIt() {
    var reader = caller("readers", FIRST);
    var model = firm.whole().seenBy(reader).model();
    assertThat(model.findDataset("people").orElseThrow().findField("bonus")).isEmpty();
    assertThat(model.findMetric("longest_run")).isEmpty();
    assertThat(firm.sql(reader, "duckdb", "SELECT bonus FROM people")).startsWith("refused");
  }
}

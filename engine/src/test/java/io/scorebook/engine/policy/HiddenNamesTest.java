package io.scorebook.engine.policy;

import static io.scorebook.engine.policy.Firm.caller;
import static io.scorebook.engine.policy.Firm.person;
import static io.scorebook.engine.policy.Firm.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.AsOf;
import io.scorebook.engine.datasheet.Datasheets;
import io.scorebook.engine.datasheet.DocumentForm;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told beside answers (explanations, provenance, refusals, what became of a version) has
/// no name and no value in it that is not for its asker.
final class HiddenNamesTest {
  private static final String POLICIES =
      """
      groups: [readers, buyers, leads]
      grants:
        - {who: [readers], on: {datasets: [people], metrics: [heads]}}
        - {who: [buyers], on: {products: [headcount]}}
        - {who: [leads], on: {datasets: ["*"], metrics: ["*"], products: ["*"]}}
      tables:
        people:
          columns:
            pay: {deny: true}
            note: {mask: hash}
      """;
  private static final Caller READER = caller("readers", Map.of());
  private static final Caller BUYER = caller("buyers", Map.of());
  private static final Caller LEAD = caller("leads", Map.of());
  private static final String HEADS = "SELECT * FROM headcount_v1.heads";

  /// So long that no number of a snapshot has it by chance.
  private static final long UNIT = 71_717_171_717L;

  @TempDir Path temp;
  private Firm firm;
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  HiddenNamesTest() {}

  @BeforeEach
  void open() throws IOException {
    firm = Firm.open(temp, "firm", Firm.OPEN);
    firm.rows("people", person(1, "Ada", UNIT, 70L, 10, "x"));
    folder = Firm.write(temp.resolve("folder"), POLICIES);
  }

  @AfterEach
  void close() {
    firm.close();
  }

  private void change(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to));
  }

  private void publish() {
    var findings = new Findings();
    firm.platform().domains().publish(folder, findings);
    assertThat(findings.toList()).isEmpty();
  }

  @Test
  void explanationsNameNoFieldThatMayNotBeNamed() throws IOException {
    change("model.yaml", "{name: region, dimension", "{name: name, dimension");
    publish();
    String byName = "SELECT name, AGGREGATE(heads) AS n FROM people GROUP BY name";
    assertThat(firm.explain(LEAD, "duckdb", byName))
        .contains("in_unit > units.name", "'people' has its own field 'name'");
    assertThat(firm.explain(READER, "duckdb", byName))
        .contains("rejected=[]")
        .doesNotContain("units")
        .doesNotContain("in_unit");
  }

  @Test
  void refusalsShowNoValueOfADatasetThatIsNotGranted() {
    publish();
    firm.rows("units", unit(UNIT, "Mill", "north"), unit(UNIT, "Yard", "south"));
    assertThat(firm.sql(LEAD, "duckdb", HEADS)).contains("unit_id = " + UNIT);
    for (String told :
        new String[] {firm.sql(BUYER, "duckdb", HEADS), firm.explain(BUYER, "duckdb", HEADS)}) {
      assertThat(told)
          .contains("more than one row of 'units' has the same (unit_id)")
          .doesNotContain(Long.toString(UNIT));
    }
  }

  @Test
  void provenanceNamesNoMaskOfWhatWasNotLookedAt() {
    publish();
    firm.rows("units", unit(UNIT, "Mill", "north"));
    assertThat(firm.sql(BUYER, "duckdb", HEADS)).contains("Mill|1").doesNotContain("note");
    assertThat(firm.sql(READER, "duckdb", "SELECT name FROM people")).doesNotContain("note");
    assertThat(firm.sql(READER, "duckdb", "SELECT name FROM people WHERE note = 'x'"))
        .contains("policies=[people.note: hash]");
  }

  @Test
  void aProductOfHiddenColumnsHasEndedForNobodyWhoDidNotKnowIt() throws IOException {
    change("products/payroll.yaml", "status: active", "status: retired");
    publish();
    String pay = "SELECT * FROM payroll_v1.pay";
    assertThat(firm.sql(Caller.local(), "duckdb", pay)).contains("it was retired");
    assertThat(firm.sql(LEAD, "duckdb", pay))
        .isEqualTo(firm.sql(LEAD, "duckdb", pay.replace("roll", "qqqq")).replace("qqqq", "roll"));
    assertThat(firm.whole().ended()).isNotEmpty();
    assertThat(firm.whole().seenBy(LEAD).ended()).isEmpty();
  }

  @Test
  void aSuccessorThatIsNotSeenIsNotNamed() throws IOException {
    change("products/headcount.yaml", "status: active", "status: deprecated");
    String product = Files.readString(folder.resolve("products/headcount.yaml"));
    Files.writeString(
        folder.resolve("products/headcount.yaml"),
        product + "customProperties:\n  - {property: successor, value: payroll 1.0.0}\n");
    publish();
    Domain whole = firm.whole();
    assertThat(whole.products().toString()).contains("payroll 1.0.0");
    for (Caller caller : new Caller[] {BUYER, LEAD}) {
      Domain seen = whole.seenBy(caller);
      assertThat(seen.products()).extracting(of -> of.name()).containsExactly("headcount");
      assertThat(seen.products().getFirst().deprecation())
          .contains("headcount 1.0.0 is deprecated");
      assertThat(seen.ports().getFirst().published().orElseThrow().successor()).isEmpty();
      assertThat(seen.products().toString() + seen.planner().tables()).doesNotContain("payroll");
    }
  }

  @Test
  void contractsHaveNoRuleThatAsksForWhatIsHidden() throws IOException {
    String product = Files.readString(folder.resolve("products/headcount.yaml"));
    Files.writeString(
        folder.resolve("products/headcount.yaml"),
        product
            + """
                - property: quality
                  value:
                    - {name: some, metric: rowCount, mustBeGreaterThan: 0}
                    - {name: paid, type: sql, query: 'SELECT MIN(pay) FROM firm.people', mustBeGreaterThan: 0}
            """
                .indent(2));
    publish();
    assertThat(contract(firm.whole())).contains("rowCount", "SELECT MIN(pay)");
    for (Caller caller : List.of(LEAD, BUYER)) {
      assertThat(contract(firm.whole().seenBy(caller))).contains("rowCount").doesNotContain("pay");
    }
  }

  private static String contract(Domain domain) {
    var sheet =
        new Datasheets(domain, _ -> Optional.empty(), Optional.empty())
            .of(domain.findProduct("headcount", 1).orElseThrow());
    return DocumentForm.ODCS.render(sheet, sheet.ports().getFirst()).toString();
  }

  /// Not a name too many, and not one too few.
  @Test
  void theRowsOfADatasetAreDescribedToThoseWhoHaveThemAlone() throws IOException {
    change("policies.yaml", "products: [headcount]", "products: [staff]");
    change("policies.yaml", "pay: {deny: true}", "pay: {mask: 'null'}");
    String product = Files.readString(folder.resolve("products/headcount.yaml"));
    Files.writeString(
        folder.resolve("products/staff.yaml"),
        product
            .replace("000000000001", "000000000003")
            .replace("headcount", "staff")
            .replace("property: metricQuery", "property: dataset")
            .replaceFirst("value: \\{.*}", "value: people"));
    publish();
    Domain seen = firm.whole().seenBy(BUYER);
    assertThat(seen.model().datasets()).isEmpty();
    var sheet =
        new Datasheets(seen, _ -> Optional.empty(), Optional.empty())
            .of(seen.findProduct("staff", 1).orElseThrow());
    assertThat(sheet.ports().getFirst().key()).containsExactly("person_id");
  }

  @Test
  void whenHiddenRowsWereLoadedIsNotTold() throws Exception {
    change(
        "policies.yaml",
        "    columns:",
        "    rows:\n      - {who: [leads], where: \"unit_id = 1\"}\n    columns:");
    publish();
    String names = "SELECT name FROM people";
    AsOf before = new AsOf.Time(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(
            Firm.told(
                () -> firm.as(Caller.local(), "duckdb").asOf(before).answer(names, Firm.LIMITS)))
        .contains("had no rows yet");
    assertThat(
            Firm.rowsOf(
                Firm.told(() -> firm.as(LEAD, "duckdb").asOf(before).answer(names, Firm.LIMITS))))
        .isEmpty();
    assertThat(Firm.told(() -> firm.as(LEAD, "reference").asOf(before).answer(names, Firm.LIMITS)))
        .startsWith("[Output");
  }

  /// As it is between the publication of a contract and the first load by it.
  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "reference"})
  void aColumnThatRulesGoByAndTheDataHasNotYetIsNotNamed(String engine) throws IOException {
    change(
        "schemas/people.avsc",
        "{\"name\": \"rate\"",
        "{\"name\": \"grade\", \"type\": [\"null\", \"int\"]}, {\"name\": \"rate\"");
    change(
        "policies.yaml",
        "    columns:",
        "    rows:\n      - {who: [\"*\"], where: \"grade < 5\"}\n    columns:\n      grade: {deny: true}");
    publish();
    assertThat(firm.sql(LEAD, engine, "SELECT name FROM people"))
        .startsWith("DATA Cannot read the table 'firm.people' as it was loaded")
        .doesNotContain("grade");
  }
}

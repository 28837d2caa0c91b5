package io.scorebook.gateway.modeltest;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricTestsTest {
  private static final Path ROOT = Path.of(System.getProperty("scorebook.root", ".."));

  @TempDir Path folder;

  private static String guide() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/tests.md"));
    var block = Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    return block.matcher(guide).results().findFirst().orElseThrow().group(1);
  }

  private record Ran(List<String> findings, List<String> failed, int count) {}

  private Ran run(String tests) throws IOException {
    Path written = Shop.write(folder, tests);
    var findings = new Findings();
    Domain domain = Domain.read(written, findings).orElseThrow(() -> broken(findings));
    MetricTests read = MetricTests.read(written, domain, findings);
    return new Ran(
        findings.toList().stream().map(Finding::toString).toList(),
        read.run().stream().map(FailedTest::toString).toList(),
        read.count());
  }

  private static AssertionError broken(Findings findings) {
    return new AssertionError(findings.toList());
  }

  private Ran runChanged(String before, String after) throws IOException {
    assertThat(guide()).contains(before);
    return run(guide().replace(before, after));
  }

  @Test
  void theExampleOfTheGuidePasses() throws IOException {
    Ran ran = run(guide());
    assertThat(ran.findings()).isEmpty();
    assertThat(ran.failed()).isEmpty();
    assertThat(ran.count()).isEqualTo(5);
  }

  @Test
  void aWrongAnswerIsToldBesideTheExpectedOne() throws IOException {
    assertThat(
            runChanged(
                    "{item: lamp, revenue: 50.5, sold: 2}", "{item: lamp, revenue: 50.5, sold: 3}")
                .failed())
        .containsExactly(
            String.join(
                System.lineSeparator(),
                "tests/shop.yaml:14: failed: a sale that is not paid brings nothing",
                "      expected               | answered",
                "      item   revenue  sold   | item   revenue  sold",
                "      chair  NULL     1      | chair  NULL     1",
                "    ! lamp   50.5     3      | lamp   50.50    2"));
  }

  @Test
  void aRowTooFewOrTooManyIsTold() throws IOException {
    Ran tooMany = runChanged("      - {item: chair, revenue: null, sold: 1}\n", "");
    assertThat(tooMany.failed()).singleElement().asString().contains("|").contains("chair");
    assertThat(tooMany.failed().getFirst().lines().filter(line -> line.contains("!"))).hasSize(1);
    Ran tooFew =
        runChanged(
            "      - {item: chair, revenue: null, sold: 1}\n",
            "      - {item: bed, revenue: 1, sold: 1}\n      - {item: chair, revenue: null, sold: 1}\n");
    assertThat(tooFew.failed().getFirst().lines().filter(line -> line.contains("!")))
        .singleElement()
        .asString()
        .contains("bed");
  }

  @Test
  void theOrderCountsWhereTheQuestionHasOne() throws IOException {
    Ran swapped =
        runChanged(
            "        - [2024-02-01, 0, 30.5]\n        - [2024-01-01, 0, 20]",
            "        - [2024-01-01, 0, 20]\n        - [2024-02-01, 0, 30.5]");
    assertThat(swapped.failed()).hasSize(1);
    String unordered =
        """
        tables: {sales: [{sale_id: 1, amount: 5}, {sale_id: 2, amount: 7}]}
        tests:
          - {name: any, sql: SELECT revenue FROM shop.sales, expect: [{revenue: 7}, {revenue: 5}]}
          - {name: one, sql: SELECT revenue FROM shop.sales ORDER BY revenue, expect: [{revenue: 7}, {revenue: 5}]}
        """;
    assertThat(run(unordered).failed())
        .singleElement()
        .asString()
        .startsWith("tests/shop.yaml:4: failed: one");
  }

  @Test
  void rowsOnceExpectedAreNotExpectedTwice() throws IOException {
    String twice =
        """
        tables: {sales: [{sale_id: 1, amount: 5}, {sale_id: 2, amount: 5}]}
        tests:
          - {name: bag, sql: SELECT revenue FROM shop.sales, expect: [{revenue: 5}]}
          - {name: none, question: {metrics: [revenue], dimensions: [item]}, tables: {sales: []}, expect: []}
        """;
    assertThat(run(twice).failed())
        .singleElement()
        .asString()
        .contains("failed: bag")
        .contains("! ");
  }

  @Test
  void refusalsAreExpectedByCodeAndWords() throws IOException {
    assertThat(runChanged("code: not-groupable", "code: unknown-metric").failed())
        .singleElement()
        .asString()
        .contains("expected to be refused as unknown-metric")
        .contains("refused as not-groupable: Cannot use 'day'");
    assertThat(runChanged("{metrics: [items], dimensions: [day]}", "{metrics: [items]}").failed())
        .singleElement()
        .asString()
        .contains("answered with 1 rows");
    assertThat(runChanged("metrics: [revenue, sold]", "metrics: [revnue, sold]").failed())
        .singleElement()
        .asString()
        .contains("expected an answer")
        .contains("did you mean 'revenue'?");
    assertThat(runChanged("code: not-groupable", "code: not-groupble").findings())
        .containsExactly(
            "tests/shop.yaml:47: error: Cannot find the code 'not-groupble'; did you mean"
                + " 'not-groupable'?");
  }

  @Test
  void columnsMustBeThoseOfTheAnswer() throws IOException {
    assertThat(runChanged("expect: [{revenue_per_sale: 1}]", "expect: [{average: 1}]").failed())
        .singleElement()
        .asString()
        .contains("expected the columns average")
        .contains("answered the columns revenue_per_sale");
  }

  @Test
  void rowsThatALoadWouldRejectAreMistakes() throws IOException {
    assertThat(runChanged("[1, 2024-01-31, 1, 20.00]", "[1, 2024-01-32, 1, -20]").findings())
        .singleElement()
        .asString()
        .startsWith("tests/shop.yaml:9: error: Invalid row of table 'sales': 'sold_on' is")
        .contains("'amount' is -20.00, below the least of 0");
    assertThat(runChanged("[2, 2024-02-01, 1, 30.50]", "[1, 2024-02-01, 1, 30.50]").findings())
        .containsExactly(
            "tests/shop.yaml:10: error: Cannot have two rows of table 'sales' with the key [sale_id]"
                + " = [1]");
    assertThat(runChanged("label: chair", "label: lamp").findings())
        .singleElement()
        .asString()
        .contains("with label 'lamp'");
    assertThat(runChanged("{item_id: 2, label: chair}", "{item_id: 2}").findings())
        .singleElement()
        .asString()
        .contains("'label' is empty, but required");
    assertThat(runChanged("sale_id: 1, amount: 1", "sale_id: 1, amuont: 1").findings())
        .singleElement()
        .asString()
        .contains("Cannot find the column 'amuont' of table 'sales'; did you mean 'amount'?");
    assertThat(runChanged("  items:\n", "  itmes:\n").findings())
        .singleElement()
        .asString()
        .contains("Cannot find the contract of table 'itmes'; did you mean 'items'?");
  }

  @Test
  void mistakesOfAFileAreToldTogether() throws IOException {
    String wrong =
        """
        tests:
          - {name: a, question: {metrics: revenue, filter: []}, expect: []}
          - {name: a, sql: SELECT 1, question: {metrics: [revenue]}, expect: []}
          - {name: b, question: {metrics: [revenue]}}
          - {name: c, question: {metrics: [revenue]}, expect: [{item: 1, revenue: 1}, {item: 2}], why: x}
        """;
    assertThat(run(wrong).findings())
        .hasSize(7)
        .anyMatch(finding -> finding.contains(":2: error: Invalid 'metrics': must be an array"))
        .anyMatch(finding -> finding.contains("Cannot use the key 'filter'"))
        .anyMatch(finding -> finding.contains(":3: error: Cannot have two tests named 'a'"))
        .anyMatch(finding -> finding.contains(":3: error: Invalid test: must ask either"))
        .anyMatch(finding -> finding.contains(":4: error: Invalid test: must have either"))
        .anyMatch(finding -> finding.contains("Cannot leave out revenue in an expected row"))
        .anyMatch(finding -> finding.contains("Cannot use the key 'why'"));
  }

  @Test
  void doublesAgreeInNineDigitsOrThoseWritten() throws IOException {
    String thirds =
        """
        tests:
          - {name: exact, sql: "SELECT CAST(2 AS DOUBLE) / 3 AS x", expect: [{x: 0.66666666667}]}
          - {name: four, sql: "SELECT CAST(2 AS DOUBLE) / 3 AS x", expect: [{x: 0.6667}]}
          - {name: two, sql: "SELECT CAST(2 AS DOUBLE) / 3 AS x", expect: [{x: 0.67}]}
          - {name: wrong, sql: "SELECT CAST(2 AS DOUBLE) / 3 AS x", expect: [{x: 0.6666}]}
          - {name: half, sql: "SELECT CAST(1 AS DOUBLE) / 2 AS x", expect: [{x: 0.5}]}
        """;
    assertThat(run(thirds).failed().stream().map(text -> text.lines().findFirst().orElseThrow()))
        .containsExactly("tests/shop.yaml:4: failed: two", "tests/shop.yaml:5: failed: wrong");
  }

  @Test
  void theTestsOfTheSamplePass() {
    Path sample = ROOT.resolve("domains/basketball");
    var findings = new Findings();
    Domain domain = Domain.read(sample, findings).orElseThrow();
    MetricTests tests = MetricTests.read(sample, domain, findings);
    assertThat(findings.toList()).isEmpty();
    assertThat(tests.count()).isGreaterThan(20);
    assertThat(tests.run()).isEmpty();
  }
}

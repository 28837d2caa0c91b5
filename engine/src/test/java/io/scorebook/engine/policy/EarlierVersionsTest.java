package io.scorebook.engine.policy;

import static io.scorebook.engine.policy.Firm.caller;
import static io.scorebook.engine.policy.Firm.person;
import static io.scorebook.engine.policy.Firm.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Policies of today govern versions of before: what they keep back of one cannot be lost from the
/// documents while it is served.
final class EarlierVersionsTest {
  private static final Caller READER = caller("readers", Map.of());
  private static final String FEW = "metrics:\n  %s: {minimumGroupSize: 3, of: people.person_id}\n";
  private static final String NO_PAY = "tables: {people: {columns: {pay: {deny: true}}}}\n";

  @TempDir Path temp;
  private Firm firm;
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  EarlierVersionsTest() {}

  @BeforeEach
  void open() throws IOException {
    firm = Firm.open(temp, "firm", Firm.OPEN);
    firm.rows("people", person(1, "Ada", 1, 70L, 10, "x"), person(2, "Bob", 2, 80L, 2, "y"));
    firm.rows("units", unit(1, "Mill", "north"), unit(2, "Yard", "south"));
    folder = temp.resolve("folder");
  }

  @AfterEach
  void close() {
    firm.close();
  }

  private List<String> publish() {
    var findings = new Findings();
    firm.platform().domains().publish(folder, findings);
    return findings.toList().stream().map(Finding::toString).toList();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private String told(String sql) {
    return firm.sql(READER, "duckdb", sql);
  }

  @Test
  void aMetricThatFewAreNotToldOfStaysWhileAVersionHasIt() throws IOException {
    Firm.write(folder, Firm.OPEN + FEW.formatted("pay_sum"));
    assertThat(publish()).isEmpty();
    String pay = "SELECT * FROM payroll_v1.pay";
    assertThat(Firm.rowsOf(told(pay))).isEqualTo("Mill|null\nYard|null");
    write("model.yaml", Firm.MODEL.replace("pay_sum", "paid"));
    write("policies.yaml", Firm.OPEN + FEW.formatted("paid"));
    Files.delete(folder.resolve("products/payroll.yaml"));
    assertThat(publish())
        .singleElement()
        .asString()
        .contains(
            "Cannot do without the metric 'pay_sum': payroll 1.0.0 is served still",
            "or retire payroll 1.0.0");
    assertThat(Firm.rowsOf(told(pay))).isEqualTo("Mill|null\nYard|null");
    // A rule that is taken away while the metric is there was meant to be taken away.
    write("model.yaml", Firm.MODEL);
    write("policies.yaml", Firm.OPEN);
    assertThat(publish()).isEmpty();
    assertThat(Firm.rowsOf(told(pay))).isEqualTo("Mill|70\nYard|80");
  }

  @Test
  void aColumnThatIsKeptBackStaysWhilePinnedDataHasIt() throws IOException {
    Firm.write(folder, Firm.OPEN + NO_PAY);
    String product = Files.readString(folder.resolve("products/payroll.yaml"));
    write("products/payroll_v1.yaml", product.replace("status: active", "status: retired"));
    write(
        "products/payroll.yaml",
        product.replace("version: 1.0.0\nstatus", "version: 2.0.0\nstatus")
            + "customProperties:\n  - {property: data, value: pinned}\n");
    assertThat(publish()).isEmpty();
    String pay = "SELECT * FROM payroll_v2.pay";
    assertThat(told(pay)).startsWith("refused").contains("UNKNOWN_TABLE");
    withoutPay();
    assertThat(publish())
        .singleElement()
        .asString()
        .contains(
            "Cannot do without the column 'firm.people.pay': payroll 2.0.0 is served still",
            "or retire payroll 2.0.0");
    assertThat(told(pay)).startsWith("refused").contains("UNKNOWN_TABLE");
  }

  /// The model of today joins by nothing that is masked; that of the version does.
  @Test
  void aVersionThatJoinsByWhatIsMaskedIsNotThere() throws IOException {
    Firm.write(
        folder,
        Firm.OPEN
            + "tables: {people: {columns: {unit_id: {mask: bucket, size: 2, except: [stewards]}}}}\n");
    String model = Firm.MODEL;
    int from = model.indexOf("relationships:");
    write("model.yaml", model.substring(0, from) + model.substring(model.indexOf("metrics:")));
    String people = Files.readString(folder.resolve("schemas/people.avsc"));
    write("schemas/people.avsc", people.replaceFirst("\"references\": .*\\n", ""));
    Files.delete(folder.resolve("products/headcount.yaml"));
    Files.delete(folder.resolve("products/payroll.yaml"));
    assertThat(publish()).isEmpty();
    String heads = "SELECT * FROM headcount_v1.heads";
    assertThat(told(heads)).startsWith("refused").contains("UNKNOWN_TABLE");
    for (Caller caller : List.of(caller("stewards", Map.of()), Caller.local())) {
      assertThat(Firm.rowsOf(firm.sql(caller, "duckdb", heads))).isEqualTo("Mill|1\nYard|1");
    }
  }

  private void withoutPay() throws IOException {
    Files.delete(folder.resolve("products/payroll.yaml"));
    Files.delete(folder.resolve("products/payroll_v1.yaml"));
    String people = Files.readString(folder.resolve("schemas/people.avsc"));
    write(
        "schemas/people.avsc",
        people.replace("{\"name\": \"pay\", \"type\": [\"null\", \"long\"]},", ""));
    write(
        "model.yaml",
        Firm.MODEL
            .lines()
            .filter(line -> !line.contains("name: pay,") && !line.contains("name: double_pay,"))
            .map(line ->
                line.replace("people.pay)", "people.bonus)").replace("pay + 1 AS", "bonus + 1 AS"))
            .collect(Collectors.joining("\n")));
    write("policies.yaml", Firm.OPEN);
  }
}

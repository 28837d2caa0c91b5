package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `policy explain`: what somebody sees, told to who has the home.
class PolicyCommandTest {
  private static final String POLICIES =
      """
      groups: [clerks, stewards]
      attributes: [city]
      purposes: [audit]
      grants:
        - {who: [clerks, stewards], on: {datasets: ["*"], metrics: ["*"]}}
        - {who: [stewards], purpose: [audit], on: {products: ["*"]}}
      tables:
        sales:
          rows:
            - {name: own city, who: [clerks], where: "city = caller.city"}
            - {who: [stewards], where: "TRUE"}
          columns:
            amount: {mask: bucket, size: 10, except: [stewards]}
      metrics:
        revenue: {minimumGroupSize: 2, of: sales.city, except: [stewards]}
      """;

  @TempDir private Path temp;

  private record Ran(int code, String out, String err) {}

  private Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new Ran(line.execute(arguments), out.toString(), err.toString());
  }

  private Ran explain(String... arguments) {
    return run(
        Stream.concat(
                Stream.of("policy", "explain", "--home", temp.resolve("home").toString()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  private void publish() throws IOException {
    Path folder = QualityTest.write(temp.resolve("shop"));
    Files.writeString(folder.resolve("policies.yaml"), POLICIES);
    Ran published = run("publish", folder.toString(), "--home", temp.resolve("home").toString());
    assertThat(published.code()).as(published.err()).isZero();
  }

  @Test
  void tellsWhatSomebodySeesAndWhatBecomesOfAQuestion() throws IOException {
    publish();
    Ran clerk =
        explain(
            "--as",
            "maria",
            "--group",
            "clerks",
            "--attribute",
            "city=Bern",
            "--attribute",
            "city=Chur",
            "-m",
            "revenue",
            "-d",
            "city");
    assertThat(clerk.code()).as(clerk.err()).isZero();
    assertThat(clerk.out().lines())
        .containsExactly(
            "domain shop",
            "  products: none; not by_city",
            "  datasets: all",
            "  metrics: all",
            "  fields: all",
            "  table shop.sales",
            "    rows: own city (city = caller.city), caller {city=[Bern, Chur]}",
            "    amount: masked by bucket of 10",
            "  metric revenue: NULL in groups of fewer than 2 sales.city",
            "answered",
            "rules that take part: own city; sales.amount: bucket of 10; revenue: groups of a few are"
                + " not told");

    // Without the attribute that a rule names, the rule is there and shows nothing.
    assertThat(explain("--as", "maria", "--group", "clerks").out())
        .contains("    rows: own city (city = caller.city)\n")
        .doesNotContain("answered");
    assertThat(explain("--as", "eve", "-m", "revenue").out())
        .contains("  metrics: none; not revenue", "rows: none, no rule lets him see one")
        .contains("refused: Cannot answer: no domain is published");
    String[] steward = {"--as", "ada", "--group", "stewards", "--purpose", "audit"};
    assertThat(explain(steward).out().lines()).containsExactly("domain shop", "  all of it");
    assertThat(explain("--as", "ada", "--group", "stewards").out())
        .contains("  products: none; not by_city")
        .doesNotContain("table shop.sales");
  }

  @Test
  void whatCannotBeSomebodyIsAMistake() {
    assertThat(run("policy").err()).contains("Cannot run without explain");
    assertThat(explain().err()).contains("--as");
    Ran owner = explain("--as", "ada", "--group", "owners");
    assertThat(owner.code()).isEqualTo(2);
    assertThat(owner.err()).contains("Cannot put anyone into 'owners'");
    assertThat(explain("--as", "ada", "--attribute", "city").err())
        .contains("Invalid --attribute 'city': write NAME=VALUE");
    assertThat(temp.resolve("home")).doesNotExist();
  }
}

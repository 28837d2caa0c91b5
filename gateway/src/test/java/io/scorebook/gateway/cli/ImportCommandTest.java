package io.scorebook.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.gateway.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Projects of other houses, imported and asked: the values are those of the tests that are written
/// beside the projects, worked out by hand.
class ImportCommandTest {
  private static final Path PROJECTS =
      Path.of(System.getProperty("scorebook.root", ".."))
          .resolve("gateway/src/test/resources/io/scorebook/gateway/imports");

  @TempDir private Path temp;

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private Ran imported(String house, String project) {
    return run(
        "import",
        house,
        PROJECTS.resolve(project).toString(),
        "--to",
        temp.resolve("shop").toString(),
        "--report",
        temp.resolve("report.json").toString());
  }

  private Ran checked(String tests) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("shop/tests"));
    Files.copy(PROJECTS.resolve(tests), folder.resolve("shop.yaml"));
    return run("check", temp.resolve("shop").toString());
  }

  private List<String> grades(String name) throws IOException {
    JsonNode report = Json.parse(Files.readAllBytes(temp.resolve("report.json")));
    return StreamSupport.stream(report.path("constructs").spliterator(), false)
        .filter(construct -> construct.path("name").asText().equals(name))
        .filter(construct -> !construct.path("construct").asText().equals("column"))
        .map(construct -> construct.path("grade").asText())
        .distinct()
        .toList();
  }

  @Test
  void metricFlowInItsOlderFormAnswersAsItShould() throws IOException {
    Ran imported = imported("metricflow", "metricflow");
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(imported.err())
        .contains("shop.yml:93: unsupported: metric 'revenue_1m': its window is '1 month'")
        .contains("saved query 'monthly'")
        .doesNotContain(": exact:");
    for (String exact :
        List.of(
            "revenue",
            "web_revenue",
            "swiss_revenue",
            "order_count",
            "customers_served",
            "paid",
            "median_amount",
            "visits_made",
            "revenue_per_visit",
            "web_share",
            "revenue_to_date")) {
      assertThat(grades(exact)).as(exact).containsExactly("exact");
    }
    assertThat(grades("balance")).containsExactly("partial");
    assertThat(grades("revenue_growth")).containsExactly("partial");
    assertThat(grades("since_the_month_began")).containsExactly("unsupported");
    assertThat(grades("bought_after_visit")).containsExactly("unsupported");
    assertThat(grades("odd_filter")).containsExactly("unsupported");
    Ran checked = checked("metricflow-tests/shop.yaml");
    assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.err()).contains("8 tests passed");
  }

  @Test
  void metricFlowInItsNewerFormSaysTypes() throws IOException {
    Ran imported = imported("metricflow", "metricflow-newer");
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(grades("revenue")).containsExactly("exact");
    assertThat(grades("p90")).containsExactly("exact");
    assertThat(grades("revenue_so_far")).containsExactly("exact");
    assertThat(grades("large_share")).containsExactly("exact");
    assertThat(grades("per_order")).containsExactly("partial");
    assertThat(grades("metric strange.made_up_key")).containsExactly("unsupported");
    assertThat(grades("strange")).containsExactly("partial");
    assertThat(grades("broken")).containsExactly("unsupported");
    // A type that is given is not assumed, and both sides of a join have one.
    assertThat(imported.err())
        .contains("column 'orders.channel': its type is not given")
        .doesNotContain("column 'orders.amount'");
    assertThat(Files.readString(temp.resolve("shop/schemas/customers.avsc"))).contains("\"long\"");
    Files.createDirectories(temp.resolve("shop/tests"));
    Files.writeString(
        temp.resolve("shop/tests/shop.yaml"),
        """
        tables:
          customers: [{customer_id: 1, country: CH}]
          orders:
            columns: [order_id, customer_id, ordered_on, channel, amount]
            rows:
              - [a, 1, 2024-01-01, web, 10.00]
              - [b, 1, 2024-01-02, web, 150.00]
        tests:
          - name: all
            question: {metrics: [revenue, orders_placed, p90, large_share, per_order], dimensions: [customer__country]}
            expect: [{customer__country: CH, revenue: 160, orders_placed: 2, p90: 150, large_share: 0.9375, per_order: 80}]
        """);
    Ran checked = run("check", temp.resolve("shop").toString());
    assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.err()).contains("1 tests passed");
  }

  @Test
  void cubeAnswersAsItShould() throws IOException {
    Ran imported = imported("cube", "cube");
    assertThat(imported.code()).as(imported.err()).isZero();
    for (String exact :
        List.of(
            "orders.takings",
            "orders.average_amount",
            "orders.buyers",
            "orders.web_takings",
            "orders.not_web",
            "orders.range",
            "orders.takings_so_far",
            "orders.takings_mtd",
            "orders.average_channel",
            "orders.customers",
            "lines.pieces")) {
      assertThat(grades(exact)).as(exact).containsExactly("exact");
    }
    for (String partial :
        List.of(
            "orders.count",
            "orders.buyers_roughly",
            "orders.per_order",
            "orders.takings_2d",
            "orders.takings_month_before",
            "orders.channel_takings",
            "orders.lines",
            "orders.web_only")) {
      assertThat(grades(partial)).as(partial).containsExactly("partial");
    }
    for (String unsupported :
        List.of(
            "orders.takings_1m",
            "orders.takings_ahead",
            "orders.channel_rank",
            "orders.reaches_over",
            "orders.place",
            "odd",
            "order_view",
            "main")) {
      assertThat(grades(unsupported)).as(unsupported).containsExactly("unsupported");
    }
    Ran checked = checked("cube-tests/shop.yaml");
    assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.err()).contains("9 tests passed");
  }

  @Test
  void nothingIsWrittenOverOrHalfWritten() throws IOException {
    assertThat(imported("cube", "cube").code()).isZero();
    Ran again = imported("cube", "cube");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("it has a model.yaml");
    Path broken = Files.writeString(temp.resolve("broken.yml"), "cubes: [{name: a");
    Ran ran = run("import", "cube", broken.toString(), "--to", temp.resolve("other").toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("broken.yml:").contains("nothing was written");
    assertThat(temp.resolve("other")).doesNotExist();
    assertThat(run("import", "cube", temp.resolve("none").toString(), "--to", "x").err())
        .contains("Cannot find");
  }

  @Test
  void nothingIsDroppedInSilence() throws IOException {
    Path project =
        Files.writeString(
            temp.resolve("odd.yml"),
            """
            exposures: []
            semantic_models:
              - name: sales
                model: ref('sales')
                entities: [{name: sale, type: primary, expr: sale_id}]
                dimensions: not a list
                measures:
                  - {name: amount, agg: sum, create_metric: true}
                  - {name: "two words", agg: sum, expr: x, create_metric: true}
                  - {name: odd_one, agg: mode, expr: x, create_metric: true}
            metrics:
              - {name: far, type: simple, type_params: {measure: amount, wished: 1}}
              - {name: none, type: simple, type_params: {measure: nowhere}}
              - {name: filtered, type: simple, type_params: {measure: amount}, filter: "{{ Dimension('shop__town') }} = 'x'"}
              - {name: unparsed, type: derived, type_params: {expr: "amount +", metrics: [amount]}}
            """);
    Ran ran =
        run(
            "import",
            "metricflow",
            project.toString(),
            "--to",
            temp.resolve("shop").toString(),
            "--report",
            temp.resolve("report.json").toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("odd.yml.exposures'")
        .contains("odd.yml:6: unsupported: key 'semantic model sales.dimensions'")
        .contains("unsupported: metric 'two words': a name here has letters")
        .contains("unsupported: metric 'odd_one': its aggregation is 'mode'")
        .contains("unsupported: key 'metric far.type_params.wished'")
        .contains("partial: metric 'far'")
        .contains("unsupported: metric 'none': its measure 'nowhere' is nowhere")
        .contains("unsupported: metric 'filtered': the filter names 'shop__town'")
        .contains("unsupported: metric 'unparsed'");
    assertThat(grades("amount")).containsExactly("exact");
  }
}

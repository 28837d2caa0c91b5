package io.scorebook.semantic.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Each test changes a model that has nothing to warn of.
class ModelLintTest {
  private static final String SHOP =
      """
      version: 0.2.0.dev0
      name: shop
      datasets:
        - name: sales
          description: A row for each sale
          source: shop.sales
          primary_key: [sale_id]
          fields:
            - {name: day, datatype: Date, description: Its day, dimension: {is_time: true}, expression: {dialects: [{dialect: ANSI_SQL, expression: day}]}}
            - {name: item, datatype: String, description: What, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: item}]}}
            - {name: amount, datatype: Decimal, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
      metrics:
        - name: revenue
          description: What was paid (money)
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
        - name: items
          description: Different items that were sold (items)
          expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(DISTINCT sales.item)}]}
        - name: revenue_so_far
          description: Revenue up to the end of the period (money)
          expression: {dialects: [{dialect: ANSI_SQL, expression: revenue}]}
          custom_extensions:
            - {vendor_name: SCOREBOOK, data: '{"kind": "cumulative", "time": "day"}'}
        - name: share
          description: Revenue for each item
          expression: {dialects: [{dialect: ANSI_SQL, expression: revenue / items}]}
        - name: by_day
          description: Revenue of a day, on average (money)
          expression: {dialects: [{dialect: ANSI_SQL, expression: revenue}]}
          custom_extensions:
            - {vendor_name: SCOREBOOK, data: '{"kind": "fixed", "include": ["day"], "aggregate": "avg"}'}
      """;

  private static List<String> findings(String text, Optional<Set<String>> used) {
    var findings = new Findings();
    SemanticModel model = OssieReader.parse("model.yaml", text, findings).orElseThrow();
    ModelCheck.check(model, findings);
    assertThat(findings.toList()).isEmpty();
    ModelLint.check(model, used, findings);
    return findings.toList().stream().map(Finding::toString).toList();
  }

  private static List<String> changed(String before, String after) {
    String text = SHOP.replace(before, after);
    assertThat(text).as("the change").isNotEqualTo(SHOP);
    return findings(text, Optional.empty());
  }

  @Test
  void findsNothingInATidyModel() {
    assertThat(findings(SHOP, Optional.empty())).isEmpty();
  }

  @Test
  void findsMissingDescriptions() {
    assertThat(changed("    description: A row for each sale\n", ""))
        .containsExactly(
            "model.yaml:4: warning: Cannot tell what dataset 'sales' means: it has no description;"
                + " say what it is");
    assertThat(changed("description: What, ", ""))
        .containsExactly(
            "model.yaml:10: warning: Cannot tell what dimension 'sales.item' means: it has no"
                + " description; say what it is");
    assertThat(changed("    description: What was paid (money)\n", ""))
        .containsExactly(
            "model.yaml:13: warning: Cannot tell what metric 'revenue' means: it has no description;"
                + " say what it counts, and its unit");
  }

  @Test
  void findsMissingKeys() {
    assertThat(changed("    primary_key: [sale_id]\n", ""))
        .containsExactly(
            "model.yaml:4: warning: Cannot tell what a row of dataset 'sales' is: it has no primary"
                + " key; name the columns that identify a row as 'primary_key'");
  }

  @Test
  void findsNamesThatNeedQuotes() {
    assertThat(changed("name: by_day", "name: RevenueByDay"))
        .containsExactly(
            "model.yaml:27: warning: Invalid style of the metric 'RevenueByDay': names are in"
                + " snake_case; write 'revenue_by_day'");
  }

  @Test
  void findsAMetricDefinedTwiceHoweverItIsWritten() {
    assertThat(changed("expression: revenue / items}]}", "expression: 'Sum( (sales.AMOUNT) )'}]}"))
        .containsExactly(
            "model.yaml:24: warning: Cannot tell metric 'share' from 'revenue' on line 13: they are"
                + " defined alike; keep one, and give it the other's name as a synonym");
  }

  @Test
  void metricsOfOneExpressionAndOtherSettingsAreNotTheSame() {
    assertThat(
            changed(
                "  - name: by_day",
                """
                - name: last_day
                  description: Revenue up to now, anew each year (money)
                  expression: {dialects: [{dialect: ANSI_SQL, expression: revenue}]}
                  custom_extensions:
                    - {vendor_name: SCOREBOOK, data: '{"kind": "cumulative", "time": "day", "restart": "year"}'}
                - name: by_day\
                """
                    .indent(2)
                    .stripTrailing()))
        .isEmpty();
  }

  @Test
  void findsRatiosOfPartsThatLookAtOtherTimes() {
    assertThat(changed("revenue / items", "revenue / revenue_so_far"))
        .containsExactly(
            "model.yaml:26: warning: Cannot compare the parts of metric 'share': the dividend is of"
                + " the period, and the divisor is cumulative; divide metrics that look at the same"
                + " time");
    assertThat(changed("revenue / items", "revenue_so_far / (2 * revenue_so_far)")).isEmpty();
    assertThat(changed("revenue / items", "revenue_so_far / 1000")).isEmpty();
  }

  @Test
  void findsDistinctCountsAndRatiosThatAreAddedUp() {
    String nested = "    expression: {dialects: [{dialect: ANSI_SQL, expression: revenue}]}\n";
    int last = SHOP.lastIndexOf(nested);
    String sum = SHOP.replace("\"aggregate\": \"avg\"", "\"aggregate\": \"sum\"");
    assertThat(findings(sum, Optional.empty())).isEmpty();
    for (String metric : List.of("items", "share")) {
      String text =
          sum.substring(0, last)
              + nested.replace("revenue", metric)
              + sum.substring(last + nested.length());
      assertThat(findings(text, Optional.empty()))
          .containsExactly(
              "model.yaml:29: warning: Cannot add up a %s over day, as metric 'by_day' does; take the average, or the metric itself"
                  .formatted(metric.equals("items") ? "distinct count" : "ratio"));
    }
  }

  @Test
  void hintsAtMetricsThatNothingUses() {
    assertThat(findings(SHOP, Optional.of(Set.of("share", "BY_DAY"))))
        .containsExactly(
            "model.yaml:19: hint: Cannot find a product, a test or a metric that uses metric"
                + " 'revenue_so_far'; give it a test, or leave it out");
  }
}

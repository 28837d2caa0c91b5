package io.scorebook.semantic.check;

import static io.scorebook.semantic.check.MistakenShop.SHOP;
import static io.scorebook.semantic.check.MistakenShop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The same of metrics and of what they are computed from.
class MetricCheckTest {
  @Test
  void findsUnknownReferencesOfMetrics() {
    assertThat(findings("revenue / visits", "revenue / visit"))
        .containsExactly(
            "model.yaml:54: error: Cannot find the metric 'visit', which metric 'revenue_per_visit'"
                + " names; did you mean 'visits'?");
    assertThat(findings("COUNT(DISTINCT visits.visit_id)", "COUNT(DISTINCT visits.visitid)"))
        .containsExactly(
            "model.yaml:52: error: Cannot find the field 'visits.visitid', which metric 'visits'"
                + " names; did you mean 'visit_id'?");
    assertThat(findings("COUNT(DISTINCT visits.visit_id)", "COUNT(visit_id)"))
        .contains(
            "model.yaml:52: error: Cannot use 'visit_id' as a field of metric 'visits'; write"
                + " dataset.field");
    assertThat(findings("revenue / visits", "sales.amount / visits"))
        .containsExactly(
            "model.yaml:54: error: Cannot use the field 'sales.amount' outside an aggregate, as metric"
                + " 'revenue_per_visit' does; write an aggregate of it, such as SUM(sales.amount)");
  }

  @Test
  void findsWhatIsNoMetric() {
    assertThat(findings("revenue / visits", "1 + 1"))
        .containsExactly(
            "model.yaml:54: error: Cannot use metric 'revenue_per_visit': it aggregates nothing; write"
                + " an aggregate such as SUM(dataset.field), or name other metrics");
    assertThat(findings("COUNT(DISTINCT visits.visit_id)", "COUNT(*)"))
        .containsExactly(
            "model.yaml:52: error: Cannot tell which rows 'COUNT(*)' of metric 'visits' aggregates:"
                + " there are those of sales, visits, items; write COUNT(sales.sale_id) or"
                + " COUNT(visits.visit_id) or COUNT(items.item_id)");
    assertThat(findings("COUNT(DISTINCT visits.visit_id)", "COUNT(*) + revenue + MAX(visits.day)"))
        .contains(
            "model.yaml:52: error: Cannot tell which rows 'COUNT(*)' of metric 'visits' aggregates:"
                + " there are those of sales, visits; write COUNT(sales.sale_id) or"
                + " COUNT(visits.visit_id)");
  }

  @Test
  void knowsWhoseRowsAreCounted() {
    for (String expression :
        List.of(
            "SUM(sales.amount) / COUNT(*)",
            "revenue / COUNT(*)",
            "COUNT(*) FILTER (WHERE sales.paid)",
            "revenue / COUNT(1)")) {
      assertThat(findings("COUNT(DISTINCT visits.visit_id)", expression)).as(expression).isEmpty();
    }
  }

  @Test
  void findsFunctionsThatMeanNothing() {
    assertThat(findings("COUNT(DISTINCT visits.visit_id)", "MODE(visits.visit_id)"))
        .containsExactly(
            "model.yaml:52: error: Cannot parse the expression of metric 'visits': Cannot find the"
                + " function 'MODE'; did you mean 'MOD'?");
    assertThat(findings("COUNT(DISTINCT visits.visit_id)", "SUM(visits.visit_id) OVER ()"))
        .containsExactly(
            "model.yaml:52: error: Cannot have a window (SUM ... OVER), whose value would change with"
                + " the groups that are asked for, as metric 'visits' does; the kinds 'cumulative' and"
                + " 'rolling' say it along time, and 'fixed' at another grain, and a field may have a"
                + " window over its dataset's rows");
    assertThat(findings("COUNT(DISTINCT visits.visit_id)", "SUM(MAX(visits.visit_id))"))
        .contains(
            "model.yaml:52: error: Cannot have an aggregate within an aggregate, as metric 'visits'"
                + " does");
  }

  @Test
  void findsWindowsThatHaveNoOneValue() {
    assertThat(findings("expression: amount}", "expression: LAG(amount) OVER (ORDER BY sold_on)}"))
        .isEmpty();
    assertThat(
            findings("expression: amount}", "expression: LAST_VALUE(amount) OVER (ORDER BY paid)}"))
        .containsExactly(
            "model.yaml:12: error: Cannot tell which of the rows of equal place LAST_VALUE takes;"
                + " write the frame with ROWS BETWEEN, or the key behind ORDER BY");
    assertThat(
            findings(
                SHOP.replace("    primary_key: [sale_id]\n", "")
                    .replace(
                        "expression: amount}", "expression: LAG(amount) OVER (ORDER BY paid)}")))
        .contains(
            "model.yaml:11: error: Cannot tell rows of equal place apart for LAG; declare the"
                + " primary_key of the dataset");
    assertThat(findings("expression: amount}", "expression: SUM(amuont) OVER (ORDER BY sold_on)}"))
        .contains(
            "model.yaml:12: error: Cannot find the column 'amuont' of field 'sales.amount'; did you"
                + " mean 'amount'?");
  }

  @Test
  void findsAggregatesOverDatasetsThatDoNotMeet() {
    assertThat(
            findings("COUNT(DISTINCT visits.visit_id)", "COUNT(visits.visit_id + sales.item_id)"))
        .containsExactly(
            "model.yaml:52: error: Cannot aggregate over 'visits' and 'sales' together in metric"
                + " 'visits': none of them reaches the others by one many-to-one path; add a"
                + " relationship, or aggregate each by itself");
  }

  @Test
  void findsAggregatesOverADatasetReachedByTwoWays() {
    assertThat(
            findings(
                "SUM(sales.amount)}", "SUM(CASE WHEN items.item = 'x' THEN sales.amount END)}"))
        .first()
        .asString()
        .startsWith(
            "model.yaml:45: error: Cannot aggregate over 'items' and 'sales' together in metric"
                + " 'revenue'");
  }

  @Test
  void findsMetricsDefinedByThemselves() {
    assertThat(
            findings(
                "SUM(sales.amount)}]}\n  - name: sold", "revenue_per_visit * 2}]}\n  - name: sold"))
        .containsExactly(
            "model.yaml:45: error: Cannot define metric 'revenue' by itself: revenue >"
                + " revenue_per_visit > revenue");
  }

  @Test
  void findsFieldsOfSequencesThatAreNotThere() {
    assertThat(
            findings(
                "\"longest\", \"entity\": [\"sales.item_id\"]",
                "\"longest\", \"entity\": [\"sales.itemid\"]"))
        .containsExactly(
            "model.yaml:55: error: Cannot find the field 'sales.itemid', which metric 'longest_run'"
                + " names; did you mean 'item_id'?");
    assertThat(
            findings(
                "\"rows\": 7, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.day\"]",
                "\"rows\": 7, \"entity\": [\"sales.item_id\"], \"order\": [\"visits.day\"]"))
        .containsExactly(
            "model.yaml:60: error: Cannot use the field 'visits.day' for metric 'best_week': no"
                + " many-to-one path leads from dataset 'sales' to 'visits'; the rows of the dataset"
                + " of its first entity field are put in order");
    assertThat(
            findings(
                "\"rows\": 7, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.day\"]",
                "\"rows\": 7, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.day\", \"sales.DAY\"]"))
        .containsExactly(
            "model.yaml:60: error: Cannot have the field 'sales.DAY' twice in the order of metric"
                + " 'best_week'");
  }

  @Test
  void findsAnOrderThatIsNotTotal() {
    assertThat(findings("    primary_key: [sale_id]\n", ""))
        .containsExactly(
            "model.yaml:54: error: Cannot put the rows of metric 'longest_run' into a total order:"
                + " dataset 'sales' has no primary key; declare its primary_key, which is appended to"
                + " the order",
            "model.yaml:59: error: Cannot put the rows of metric 'best_week' into a total order:"
                + " dataset 'sales' has no primary key; declare its primary_key, which is appended to"
                + " the order");
  }

  @Test
  void findsExpressionsThatSequencesCannotHave() {
    assertThat(findings("expression: sales.amount > 10", "expression: SUM(sales.amount) > 10"))
        .containsExactly(
            "model.yaml:56: error: Cannot have the aggregate 'SUM' in the predicate of metric"
                + " 'longest_run'; write a condition on one row, such as dataset.field > 10");
    assertThat(
            findings(
                "SUM(sales.amount)}]}\n    custom", "COUNT(DISTINCT sales.day)}]}\n    custom"))
        .containsExactly(
            "model.yaml:61: error: Cannot use the expression of window 'best_week': it is not one"
                + " aggregate; write SUM, AVG, MIN, MAX or COUNT of one value, without DISTINCT and"
                + " FILTER");
    assertThat(findings("SUM(sales.amount)}]}\n    custom", "SUM(sales.amount) + 1}]}\n    custom"))
        .singleElement()
        .asString()
        .contains("it is not one aggregate");
  }

  /// A date that is moved by hours would stay a date, and its hours be lost.
  @Test
  void refusesADateMovedByHoursInFieldsMetricsAndQueries() {
    String hours = "Cannot move a date by hours, minutes or seconds; write CAST(date AS TIMESTAMP)";
    assertThat(findings("expression: sold_on}", "expression: \"sold_on + INTERVAL '5' HOUR\"}"))
        .anySatisfy(finding ->
            assertThat(finding)
                .startsWith("model.yaml:11: error: Cannot use the expression of field 'sales.day'")
                .contains(hours));
    assertThat(
            findings(
                "SUM(sales.amount)}]}\n  - name: sold",
                "\"COUNT(CASE WHEN sales.day - INTERVAL '90' MINUTE < sales.day THEN 1 END)\"}]}\n  - name: sold"))
        .anySatisfy(finding ->
            assertThat(finding)
                .startsWith("model.yaml:45: error: Cannot use the expression of metric 'revenue'")
                .contains(hours));
    assertThat(findings("visited_on AS seen_on", "visited_on + INTERVAL '1' HOUR AS seen_on"))
        .anySatisfy(finding -> assertThat(finding).startsWith("model.yaml:17: ").contains(hours));
    assertThat(findings("expression: sold_on}", "expression: \"sold_on + INTERVAL '5' DAY\"}"))
        .isEmpty();
  }
}

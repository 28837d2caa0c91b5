package io.scorebook.semantic.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One model, changed in one place at a time.
class ModelComparisonTest {
  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: shop
      description: What a shop sells
      custom_extensions:
        - {vendor_name: SCOREBOOK, data: '{"version": "1.2.3", "conformed": ["day"], "calendars": {"fiscal_year": "day"}}'}
      datasets:
        - name: sales
          source: shop.sales
          primary_key: [sale_id]
          fields:
            - {name: day, datatype: Date, expression: {dialects: [{dialect: ANSI_SQL, expression: sold_on}]}}
            - {name: fiscal_year, datatype: Integer, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: fiscal_year}]}}
            - {name: channel, datatype: String, dimension: {}, description: where, expression: {dialects: [{dialect: ANSI_SQL, expression: LOWER(channel)}]}}
            - {name: item_id, datatype: Integer, expression: {dialects: [{dialect: ANSI_SQL, expression: item_id}]}}
            - {name: amount, datatype: Decimal, expression: {dialects: [{dialect: ANSI_SQL, expression: price - rebate}]}}
        - name: visits
          source: SELECT visit_id, visited_on FROM shop.visits WHERE visited_on IS NOT NULL
          primary_key: [visit_id]
          fields:
            - {name: visit_id, datatype: Integer, expression: {dialects: [{dialect: ANSI_SQL, expression: visit_id}]}}
            - {name: day, datatype: Date, expression: {dialects: [{dialect: ANSI_SQL, expression: visited_on}]}}
        - name: items
          source: shop.items
          primary_key: [item_id]
          unique_keys: [[label]]
          fields:
            - {name: item, datatype: String, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: label}]}}
            - {name: weight, datatype: Float, expression: {dialects: [{dialect: ANSI_SQL, expression: weight}]}}
      relationships:
        - {name: item_of_sale, from: sales, to: items, from_columns: [item_id], to_columns: [item_id]}
      metrics:
        - {name: revenue, description: What was paid, expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}}
        - {name: online, expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount) FILTER (WHERE sales.channel = 'web')}]}}
        - {name: online_share, expression: {dialects: [{dialect: ANSI_SQL, expression: online / revenue}]}}
        - {name: visits, expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(visits.visit_id)}]}}
        - {name: per_visit, expression: {dialects: [{dialect: ANSI_SQL, expression: revenue / visits}]}}
        - {name: weight_sold, expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(items.weight * sales.amount)}]}}
        - name: to_date
          expression: {dialects: [{dialect: ANSI_SQL, expression: revenue}]}
          custom_extensions: [{vendor_name: SCOREBOOK, data: '{"kind": "cumulative", "time": "day", "restart": "fiscal_year"}'}]
        - name: run
          expression: {dialects: [{dialect: ANSI_SQL, expression: sales.amount > 100}]}
          custom_extensions: [{vendor_name: SCOREBOOK, data: '{"kind": "streak", "mode": "longest", "entity": ["sales.item_id"], "order": ["sales.day"], "target": {"value": 5, "direction": "atLeast"}}'}]
      """;

  private static ModelVersion read(String text) {
    var findings = new Findings();
    SemanticModel model = OssieReader.parse("model.yaml", text, findings).orElseThrow();
    ModelCheck.check(model, findings);
    assertThat(findings.toList()).noneMatch(finding -> finding.isError());
    return new ModelVersion(model, Optional.empty());
  }

  private static Comparison compare(String... replacements) {
    String text = MODEL;
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(text).contains(replacements[i]);
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    return ModelComparison.compare(read(MODEL), read(text));
  }

  private static List<String> changes(String... replacements) {
    return compare(replacements).changes().stream().map(Change::toString).toList();
  }

  @Test
  void aModelIsAsItIs() {
    assertThat(changes()).isEmpty();
    assertThat(compare().demands()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SUM(sales.amount)}                                       | sum( Sales.AMOUNT )}",
        "SUM(sales.amount) FILTER (WHERE sales.channel = 'web')   | SUM(CASE WHEN 'web' = sales.channel THEN sales.amount END)",
        "SUM(items.weight * sales.amount)                         | SUM(sales.amount * items.weight)",
        "sales.amount > 100                                       | 100 < sales.amount",
        "WHERE visited_on IS NOT NULL                             | where NOT visited_on IS NULL",
        "SELECT visit_id, visited_on FROM shop.visits             | select visit_id,  visited_on from shop.visits",
        "online / revenue                                         | (online) / (SUM(sales.amount))",
      })
  void aFormulaWrittenDifferentlyIsNoChange(String before, String after) {
    assertThat(changes(before, after)).isEmpty();
  }

  @Test
  void aChangedFormulaBreaksAndAllThatIsMadeOfIt() {
    assertThat(changes("= 'web'", "= 'shop'"))
        .containsExactly(
            "major: metric 'online': its formula changed",
            "major: metric 'online_share': it is written as before, but is made of what changed: metric 'online'");
    Change changed = compare("= 'web'", "= 'shop'").changes().getFirst();
    assertThat(changed.before()).hasValue("SUM(sales.amount) FILTER (WHERE sales.channel = 'web')");
    assertThat(changed.after()).hasValue("SUM(sales.amount) FILTER (WHERE sales.channel = 'shop')");
    assertThat(changed.at().line()).isEqualTo(33);
  }

  @Test
  void aChangedFieldChangesTheMetricsOverIt() {
    assertThat(changes("price - rebate", "price"))
        .containsExactly(
            "major: field 'sales.amount': its expression changed",
            "major: metric 'revenue': it is written as before, but is made of what changed: field 'sales.amount'",
            "major: metric 'online': it is written as before, but is made of what changed: field 'sales.amount'",
            "major: metric 'online_share': it is written as before, but is made of what changed: metric 'online', metric 'revenue'",
            "major: metric 'per_visit': it is written as before, but is made of what changed: metric 'revenue'",
            "major: metric 'weight_sold': it is written as before, but is made of what changed: field 'sales.amount'",
            "major: metric 'to_date': it is written as before, but is made of what changed: metric 'revenue'",
            "major: metric 'run': it is written as before, but is made of what changed: field 'sales.amount'");
  }

  @Test
  void otherRowsChangeTheMetricsOverThem() {
    assertThat(changes(" WHERE visited_on IS NOT NULL", ""))
        .containsExactly(
            "major: dataset 'visits': it has other rows",
            "major: metric 'visits': it is written as before, but is made of what changed: the rows of dataset 'visits'",
            "major: metric 'per_visit': it is written as before, but is made of what changed: metric 'visits'");
  }

  @Test
  void anotherJoinChangesWhatIsSeenThroughIt() {
    assertThat(changes("from_columns: [item_id]", "from_columns: [gift_id]"))
        .containsExactly(
            "major: dimension 'sales.item': it means something else now",
            "major: relationship 'item_of_sale': it joins other rows",
            "major: metric 'weight_sold': it is written as before, but is made of what changed: relationship 'item_of_sale'",
            "major: metric 'run': its evidence shows the entity by something else");
  }

  @Test
  void whatIsRenamedIsToldAsThatAndChangesNothingElse() {
    assertThat(
            changes(
                "name: revenue,",
                "name: turnover,",
                "online / revenue",
                "online / turnover",
                "revenue / visits",
                "turnover / visits",
                "expression: revenue}",
                "expression: turnover}"))
        .containsExactly("major: metric 'revenue' is called 'turnover' now, and means the same");
    assertThat(
            changes(
                "name: sales\n",
                "name: orders\n",
                "(sales.",
                "(orders.",
                "sales.channel",
                "orders.channel",
                "* sales.",
                "* orders.",
                "expression: sales.",
                "expression: orders.",
                "[\"sales.",
                "[\"orders.",
                "from: sales",
                "from: orders"))
        .containsExactly("major: dataset 'sales' is called 'orders' now, and means the same");
    assertThat(changes("name: amount", "name: paid", "sales.amount", "sales.paid"))
        .containsExactly(
            "major: field 'sales.amount' is called 'sales.paid' now, and means the same");
    assertThat(changes("name: item_of_sale", "name: sold_item"))
        .containsExactly(
            "major: relationship 'item_of_sale' is called 'sold_item' now, and means the same");
  }

  @Test
  void whatIsGoneBreaksAndWhatIsNewDoesNot() {
    String visits =
        "  - {name: per_visit, expression: {dialects: [{dialect: ANSI_SQL, expression: revenue / visits}]}}\n";
    assertThat(changes(visits, "")).containsExactly("major: metric 'per_visit' was removed");
    assertThat(ModelComparison.changes(read(MODEL.replace(visits, "")), read(MODEL)))
        .extracting(Change::toString)
        .containsExactly("minor: metric 'per_visit' was added");
    String exposes =
        "to_columns: [item_id], custom_extensions: [{vendor_name: SCOREBOOK, data: '{\"exposes\": []}'}]";
    assertThat(changes("to_columns: [item_id]", exposes))
        .containsExactly(
            "major: dimension 'sales.item': questions about 'sales' cannot use it any more",
            "major: relationship 'item_of_sale': it exposes other dimensions",
            "major: metric 'run': its evidence shows the entity by something else");
  }

  @Test
  void aSecondWayToANameMakesItAmbiguous() {
    String second =
        "to_columns: [item_id]}\n  - {name: gift, from: sales, to: items, from_columns: [gift_id], to_columns: [item_id]}";
    assertThat(
            changes(
                "to_columns: [item_id]}",
                second,
                "        - {name: weight_sold, expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(items.weight * sales.amount)}]}}\n"
                    .substring(6),
                ""))
        .containsExactly(
            "major: dimension 'sales.item': several paths lead to it now, so that it is refused",
            "major: metric 'weight_sold' was removed",
            "major: metric 'run': its evidence shows the entity by something else",
            "minor: relationship 'gift' was added");
  }

  @Test
  void grainsTypesUsesAndTargets() {
    assertThat(changes("primary_key: [sale_id]", "primary_key: [sale_id, line]"))
        .containsExactly(
            "major: dataset 'sales': something else identifies a row",
            "major: metric 'run': it is written as before, but is made of what changed: the primary key of dataset 'sales'");
    assertThat(changes("unique_keys: [[label]]", "unique_keys: []"))
        .containsExactly(
            "major: dataset 'items': a unique key is gone",
            "major: metric 'run': its evidence shows the entity by something else");
    assertThat(changes("amount, datatype: Decimal", "amount, datatype: Float"))
        .containsExactly("major: field 'sales.amount': its type changed");
    assertThat(changes("item, datatype: String, dimension: {}", "item, datatype: String"))
        .contains("major: field 'items.item': it can be used for less");
    assertThat(changes("\"value\": 5,", "\"value\": 6,"))
        .containsExactly("major: metric 'run': its target changed");
    assertThat(changes("\"value\": 5,", "\"value\": 5.0,")).isEmpty();
  }

  @Test
  void settingsOfAKindAreItsFormula() {
    assertThat(changes("\"mode\": \"longest\"", "\"mode\": \"current\""))
        .contains("major: metric 'run': its formula changed");
    assertThat(changes(", \"restart\": \"fiscal_year\"", ""))
        .containsExactly("major: metric 'to_date': its formula changed");
    assertThat(compare(", \"restart\": \"fiscal_year\"", "").changes().getFirst().before())
        .hasValue("cumulative of revenue (time day, restart fiscal_year)");
    assertThat(changes("expression: sold_on", "expression: paid_on"))
        .contains(
            "major: metric 'to_date': it is written as before, but is made of what changed: dimension"
                + " 'day' of 'sales'",
            "major: metric 'run': it is written as before, but is made of what changed: field"
                + " 'sales.day'");
  }

  @Test
  void calendarsAndConformedDimensions() {
    assertThat(changes("\"conformed\": [\"day\"], ", ""))
        .containsExactly(
            "major: model 'shop': the dimension 'day' is no longer the same on all datasets (conformed)");
    assertThat(
            changes(
                ", \"calendars\": {\"fiscal_year\": \"day\"}",
                "",
                ", \"restart\": \"fiscal_year\"",
                ""))
        .contains("major: model 'shop': the calendar 'fiscal_year' changed");
  }

  @Test
  void wordsAreAPatch() {
    Comparison words =
        compare(
            "description: where",
            "description: Where it was sold",
            "description: What was paid",
            "description: Euros");
    assertThat(words.changes())
        .extracting(Change::toString)
        .containsExactly(
            "patch: field 'sales.channel': the description changed",
            "patch: metric 'revenue': the description changed");
    assertThat(words.demands())
        .containsExactly(new Demand("model shop", "1.2.3", "1.2.3", Level.PATCH, "1.2.4", false));
    assertThat(words.unmet(Level.MAJOR)).isEmpty();
  }

  @Test
  void aVersionThatIsHighEnoughMeetsWhatIsAskedFor() {
    assertThat(compare("= 'web'", "= 'shop'", "1.2.3", "2.0.0").unmet(Level.PATCH)).isEmpty();
    assertThat(compare("= 'web'", "= 'shop'", "1.2.3", "1.3.0").unmet(Level.MAJOR))
        .containsExactly(new Demand("model shop", "1.2.3", "1.3.0", Level.MAJOR, "2.0.0", false));
    assertThat(compare("1.2.3", "1.2.4").changes()).isEmpty();
  }
}

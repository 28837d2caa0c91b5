package io.scorebook.semantic.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.plan.SourceTable.Column;
import io.scorebook.semantic.plan.SourceTable.Type.Simple;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each test makes one mistake in a model that has none, and names all that is found.
class ModelCheckTest {
  private static final String SHOP =
      """
      version: 0.2.0.dev0
      name: shop
      custom_extensions:
        - vendor_name: SCOREBOOK
          data: '{"version": "1.0.0", "conformed": ["day"]}'
      datasets:
        - name: sales
          source: shop.sales
          primary_key: [sale_id]
          fields:
            - {name: day, datatype: Date, expression: {dialects: [{dialect: ANSI_SQL, expression: sold_on}]}}
            - {name: amount, datatype: Decimal, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
            - {name: item_id, datatype: Integer, expression: {dialects: [{dialect: ANSI_SQL, expression: item_id}]}}
            - {name: paid, datatype: Boolean, expression: {dialects: [{dialect: ANSI_SQL, expression: paid}]}}
        - name: visits
          source: |
            SELECT visit_id, visited_on AS seen_on
            FROM shop.visits
            WHERE visited_on IS NOT NULL
          primary_key: [visit_id]
          fields:
            - {name: day, datatype: Date, expression: {dialects: [{dialect: ANSI_SQL, expression: seen_on}]}}
            - {name: visit_id, datatype: Integer, expression: {dialects: [{dialect: ANSI_SQL, expression: visit_id}]}}
        - name: items
          source: shop.items
          primary_key: [item_id]
          unique_keys: [[label]]
          fields:
            - {name: item, datatype: String, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: label}]}}
      relationships:
        - name: item_of_sale
          from: sales
          to: items
          from_columns: [item_id]
          to_columns: [item_id]
        - name: gift_of_sale
          from: sales
          to: items
          from_columns: [gift_id]
          to_columns: [item_id]
          custom_extensions:
            - {vendor_name: SCOREBOOK, data: '{"exposes": {"gift": "item"}}'}
      metrics:
        - name: revenue
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
        - name: sold
          expression:
            dialects:
              - dialect: ANSI_SQL
                expression: COUNT(sales.item_id) FILTER (WHERE sales.paid)
        - name: visits
          expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(DISTINCT visits.visit_id)}]}
        - name: revenue_per_visit
          expression: {dialects: [{dialect: ANSI_SQL, expression: revenue / visits}]}
        - name: longest_run
          expression: {dialects: [{dialect: ANSI_SQL, expression: sales.amount > 10}]}
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: '{"kind": "streak", "mode": "longest", "entity": ["sales.item_id"], "order": ["sales.day"]}'
        - name: best_week
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
          custom_extensions:
            - vendor_name: SCOREBOOK
              data: '{"kind": "window", "mode": "best", "rows": 7, "entity": ["sales.item_id"], "order": ["sales.day"]}'
      """;

  private static final List<SourceTable> TABLES =
      List.of(
          new SourceTable(
              "shop",
              "sales",
              List.of(
                  new Column("sale_id", Simple.LONG, true),
                  new Column("sold_on", Simple.DATE, false),
                  new Column("item_id", Simple.INTEGER, false),
                  new Column("gift_id", Simple.INTEGER, false),
                  new Column("amount", new SourceTable.Type.Decimal(10, 2), false),
                  new Column("paid", Simple.BOOLEAN, false))),
          new SourceTable(
              "shop",
              "visits",
              List.of(
                  new Column("visit_id", Simple.LONG, true),
                  new Column("visited_on", Simple.DATE, false))),
          new SourceTable(
              "shop",
              "items",
              List.of(
                  new Column("item_id", Simple.INTEGER, true),
                  new Column("label", Simple.STRING, true))));

  /// The findings of the shop with one text in place of another.
  private static List<String> findings(String right, String wrong) {
    String text = SHOP.replace(right, wrong);
    assertThat(text).as("the mistake").isNotEqualTo(SHOP);
    return findings(text);
  }

  private static List<String> findings(String text) {
    var findings = new Findings();
    SemanticModel model = OssieReader.parse("model.yaml", text, findings).orElseThrow();
    ModelCheck.check(model, TABLES, findings);
    return findings.toList().stream().map(Finding::toString).toList();
  }

  @Test
  void findsNothingInARightModel() {
    assertThat(findings(SHOP)).isEmpty();
  }

  @Test
  void findsNothingInARightModelByItself() {
    var findings = new Findings();
    ModelCheck.check(OssieReader.parse("model.yaml", SHOP, findings).orElseThrow(), findings);
    assertThat(findings.toList()).isEmpty();
  }

  @Test
  void findsNamesGivenTwice() {
    assertThat(findings("name: revenue\n", "name: Sold\n"))
        .contains(
            "model.yaml:46: error: Cannot have two metrics named 'sold'; the first is on line 44");
    assertThat(findings("name: amount,", "name: DAY,"))
        .contains(
            "model.yaml:12: error: Cannot have two fields named 'DAY'; the first is on line 11");
    assertThat(findings("name: gift_of_sale", "name: item_of_sale"))
        .containsExactly(
            "model.yaml:36: error: Cannot have two relationships named 'item_of_sale'; the first is"
                + " on line 31");
    assertThat(findings("name: items", "name: visits"))
        .contains(
            "model.yaml:24: error: Cannot have two datasets named 'visits'; the first is on line 15");
  }

  @Test
  void findsSyntaxErrorsAtTheirPlace() {
    assertThat(findings("FILTER (WHERE sales.paid)", "FILTER (WHEN sales.paid)"))
        .containsExactly(
            "model.yaml:50: error: Cannot parse the expression of metric 'sold': it cannot"
                + " go on with 'WHEN'");
    assertThat(findings("FROM shop.visits", "FORM shop.visits"))
        .singleElement()
        .asString()
        .startsWith(
            "model.yaml:18: error: Cannot parse the source of dataset 'visits': it cannot go on");
    assertThat(findings("expression: paid", "expression: paid +"))
        .singleElement()
        .asString()
        .startsWith("model.yaml:14: error: Cannot parse the expression of field 'sales.paid'");
  }

  @Test
  void findsSourcesThatTheCatalogDoesNotHave() {
    assertThat(findings("source: shop.sales", "source: shop.sale"))
        .containsExactly(
            "model.yaml:7: error: Cannot find the table 'shop.sale' of dataset 'sales'; did you mean"
                + " 'shop.sales'?");
    assertThat(findings("WHERE visited_on", "WHERE visited_at"))
        .containsExactly(
            "model.yaml:19: error: Cannot use the source of dataset 'visits': Column 'visited_at' not"
                + " found in any table");
  }

  @Test
  void findsUnknownColumnsOfKeysAndRelationships() {
    assertThat(findings("primary_key: [sale_id]", "primary_key: [sale_it]"))
        .containsExactly(
            "model.yaml:7: error: Cannot find the column 'sale_it' of the primary key of dataset"
                + " 'sales'; did you mean 'sale_id'?");
    assertThat(findings("from_columns: [gift_id]", "from_columns: [gift]"))
        .containsExactly(
            "model.yaml:36: error: Cannot find the column 'gift' of dataset 'sales' in relationship"
                + " 'gift_of_sale'; did you mean 'gift_id'?");
  }

  @Test
  void findsColumnsThatCanNeverBeEqual() {
    assertThat(
            findings(
                "from_columns: [gift_id]\n    to_columns: [item_id]",
                "from_columns: [gift_id]\n    to_columns: [label]"))
        .containsExactly(
            "model.yaml:36: error: Cannot compare sales.gift_id with items.label in relationship"
                + " 'gift_of_sale': one is INTEGER, the other VARCHAR; give both columns one type");
  }

  @Test
  void findsRelationshipsThatLeadNowhereOrToManyRows() {
    assertThat(
            findings(
                "to: items\n    from_columns: [gift_id]", "to: itmes\n    from_columns: [gift_id]"))
        .containsExactly(
            "model.yaml:36: error: Cannot find the dataset 'itmes' of relationship 'gift_of_sale';"
                + " did you mean 'items'?");
    assertThat(
            findings(
                "to: items\n    from_columns: [gift_id]\n    to_columns: [item_id]",
                "to: visits\n    from_columns: [gift_id]\n    to_columns: [seen_on]"))
        .contains(
            "model.yaml:36: error: Cannot follow relationship 'gift_of_sale' to at most one row:"
                + " (seen_on) is no key of dataset 'visits'; its keys are (visit_id)");
    assertThat(findings("    primary_key: [item_id]\n    unique_keys: [[label]]\n", ""))
        .contains(
            "model.yaml:29: error: Cannot follow relationship 'item_of_sale' to at most one row:"
                + " (item_id) is no key of dataset 'items'; declare a primary_key or unique_keys of"
                + " 'items'");
    assertThat(
            findings(
                "to: items\n    from_columns: [gift_id]\n    to_columns: [item_id]",
                "to: sales\n    from_columns: [gift_id]\n    to_columns: [sale_id]"))
        .contains(
            "model.yaml:36: error: Cannot relate dataset 'sales' to itself; describe the second role"
                + " as a dataset of its own on the same source");
  }

  @Test
  void findsExposedNamesThatAreNotThere() {
    assertThat(findings("{\"gift\": \"item\"}", "{\"gift\": \"itme\"}"))
        .containsExactly(
            "model.yaml:36: error: Cannot expose 'itme' by relationship 'gift_of_sale': dataset"
                + " 'items' has no such dimension; did you mean 'item'?");
    assertThat(findings("{\"gift\": \"item\"}", "{\"gift.name\": \"item\"}"))
        .containsExactly(
            "model.yaml:36: error: Invalid name 'gift.name' exposed by relationship 'gift_of_sale';"
                + " use letters, digits and _");
  }

  @Test
  void findsFieldsThatAreNotOfOneRow() {
    assertThat(findings("expression: label", "expression: lable"))
        .containsExactly(
            "model.yaml:29: error: Cannot find the column 'lable' of field 'items.item'; did you mean"
                + " 'label'?");
    assertThat(findings("expression: label", "expression: MAX(label)"))
        .containsExactly(
            "model.yaml:29: error: Cannot have the aggregate 'MAX' in field 'items.item'; define a"
                + " metric");
    assertThat(findings("expression: label", "expression: sales.amount"))
        .contains(
            "model.yaml:29: error: Cannot use 'sales.amount' in field 'items.item'; name a column of"
                + " the dataset's own source");
    assertThat(findings("expression: label", "expression: (SELECT 1)"))
        .containsExactly("model.yaml:29: error: Cannot have a subquery in an expression");
  }

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

  @Test
  void warnsOfNamesThatLeadToMoreThanOneField() {
    assertThat(findings("{\"exposes\": {\"gift\": \"item\"}}", "{}"))
        .containsExactly(
            "model.yaml:7: warning: Cannot group metrics on 'sales' by 'item', since it is ambiguous:"
                + " gift_of_sale, item_of_sale all lead to one; say by 'exposes' which names a"
                + " relationship shows, and as what");
  }

  @Test
  void findsNamesThatDoNotConform() {
    assertThat(findings("[\"day\"]", "[\"day\", \"dya\"]"))
        .containsExactly(
            "model.yaml:5: error: Cannot conform 'dya': no dataset has such a dimension; there is"
                + " 'day', 'gift', 'item'");
    assertThat(
            findings(
                "{name: day, datatype: Date, expression: {dialects: [{dialect: ANSI_SQL, expression: seen_on}]}}",
                "{name: day, datatype: Date, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: seen_on}]}}"))
        .containsExactly(
            "model.yaml:5: error: Cannot conform 'day': sales.day is Date (time) and visits.day is"
                + " Date; give both the same datatype and is_time");
    assertThat(findings("[\"day\"]", "[\"gift\"]"))
        .containsExactly(
            "model.yaml:5: error: Cannot conform 'gift': only dataset 'sales' has it; remove it from"
                + " the conformed names");
  }

  @Test
  void findsNamesThatAnAnswerWouldHaveTwice() {
    assertThat(findings("name: revenue\n", "name: item\n"))
        .contains(
            "model.yaml:44: error: Cannot name a metric 'item': dataset 'sales', which it aggregates,"
                + " has a dimension of that name; rename one of them");
    assertThat(findings("name: sold", "name: best_week_end"))
        .containsExactly(
            "model.yaml:46: error: Cannot name a metric 'best_week_end': so is what stands beside"
                + " metric 'best_week' called");
    assertThat(findings("name: sold", "name: Grouping"))
        .containsExactly(
            "model.yaml:46: error: Cannot name a metric 'Grouping': so is the column of grouping sets"
                + " called");
    assertThat(findings("{\"gift\": \"item\"}", "{\"longest_run_entity\": \"item\"}"))
        .containsExactly(
            "model.yaml:55: error: Cannot name a metric 'longest_run':"
                + " 'longest_run_entity', which stands beside it, is a dimension of dataset 'sales'; rename one of them");
    assertThat(findings("{\"gift\": \"item\"}", "{\"grouping\": \"item\"}"))
        .containsExactly(
            "model.yaml:7: error: Cannot have a dimension 'grouping' on dataset 'sales': so is the"
                + " column of grouping sets called; rename it");
  }

  @Test
  void findsValuesOfTheWrongType() {
    assertThat(
            findings("SUM(sales.amount)}]}\n  - name: sold", "SUM(sales.day)}]}\n  - name: sold"))
        .containsExactly(
            "model.yaml:45: error: Cannot take the SUM of DATE in metric 'revenue'; use a number; to"
                + " count, COUNT");
    assertThat(findings("WHERE sales.paid", "WHERE sales.amount"))
        .containsExactly(
            "model.yaml:50: error: Cannot use DECIMAL as a condition of metric 'sold'; compare it with"
                + " a value");
    assertThat(findings("expression: sales.amount > 10", "expression: sales.day > 10"))
        .singleElement()
        .asString()
        .startsWith(
            "model.yaml:56: error: Cannot use the expression of metric 'longest_run': Cannot use '>'");
    assertThat(findings("datatype: String", "datatype: Integer"))
        .containsExactly(
            "model.yaml:29: error: Cannot be of datatype Integer: field 'items.item' is VARCHAR;"
                + " declare what it is, or CAST it");
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

  @Test
  void tellsAllMistakesAtOnce() {
    assertThat(
            findings(
                SHOP.replace("revenue / visits", "revenue / visit")
                    .replace("expression: label", "expression: lable")
                    .replace("from_columns: [gift_id]", "from_columns: [gift]")
                    .replace(
                        "datatype: Date, expression: {dialects: [{dialect: ANSI_SQL, expression: seen",
                        "datatype: Dat, expression: {dialects: [{dialect: ANSI_SQL, expression: seen")))
        .hasSizeGreaterThan(3);
  }
}

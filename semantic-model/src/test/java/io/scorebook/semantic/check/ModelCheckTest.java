package io.scorebook.semantic.check;

import static io.scorebook.semantic.check.MistakenShop.SHOP;
import static io.scorebook.semantic.check.MistakenShop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.OssieReader;
import org.junit.jupiter.api.Test;

/// Each test makes one mistake in a model that has none, and names all that is found: of names,
/// sources, keys, relationships and fields.
class ModelCheckTest {
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

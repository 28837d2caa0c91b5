package io.scorebook.semantic.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.semantic.model.OssieReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `check` says of metrics over time, at other grains, ranks and conversions: one metric is
/// added to a small model, and its mistake is told.
class FurtherKindsCheckTest {
  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: shop
      custom_extensions:
        - {vendor_name: SCOREBOOK, data: '{"calendars": {"fiscal_year": "day"}}'}
      datasets:
        - name: sales
          source: shop.sales
          primary_key: [sale_id]
          fields:
            - {name: day, datatype: Date, expression: {dialects: [{dialect: ANSI_SQL, expression: sold_on}]}}
            - {name: fiscal_year, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: fiscal_year}]}}
            - {name: channel, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: channel}]}}
            - {name: amount, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
            - {name: item_id, expression: {dialects: [{dialect: ANSI_SQL, expression: item_id}]}}
        - name: items
          source: shop.items
          primary_key: [item_id]
          fields:
            - {name: item, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: label}]}}
            - {name: price, expression: {dialects: [{dialect: ANSI_SQL, expression: price}]}}
      relationships:
        - {name: item_of_sale, from: sales, to: items, from_columns: [item_id], to_columns: [item_id]}
      metrics:
        - name: revenue
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
        - name: middle
          expression: {dialects: [{dialect: ANSI_SQL, expression: MEDIAN(sales.amount)}]}
        - name: markup
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount) / SUM(items.price)}]}
        - name: best
          expression: {dialects: [{dialect: ANSI_SQL, expression: revenue}]}
          custom_extensions:
            - {vendor_name: SCOREBOOK, data: '{"kind": "rank", "entity": ["sales.item_id"]}'}
        - name: added
          expression: {dialects: [{dialect: ANSI_SQL, expression: EXPRESSION}]}
          custom_extensions:
            - {vendor_name: SCOREBOOK, data: 'EXTENSION'}
      """;

  private static List<String> findings(String expression, String extension) {
    var findings = new Findings();
    String text = MODEL.replace("EXPRESSION", expression).replace("EXTENSION", extension);
    OssieReader.parse("model.yaml", text, findings)
        .ifPresent(model -> ModelCheck.check(model, findings));
    return findings.toList().stream().map(Finding::toString).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "revenue; {\"kind\": \"cumulative\", \"time\": \"day\", \"restart\": \"fiscal_year\"}",
        "revenue; {\"kind\": \"rolling\", \"time\": \"day\", \"days\": 7}",
        "revenue; {\"kind\": \"rolling\", \"time\": \"day\", \"rows\": 5, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.day\"], \"combine\": \"max\"}",
        "best + 1; {\"target\": {\"value\": 3, \"direction\": \"atMost\"}}",
        "revenue; {\"kind\": \"prior\", \"time\": \"day\", \"unit\": \"month\", \"periods\": 12}",
        "revenue; {\"kind\": \"semiAdditive\", \"time\": \"day\", \"take\": \"first\"}",
        "middle; {\"kind\": \"semiAdditive\", \"time\": \"day\", \"take\": \"last\"}",
        "markup; {\"kind\": \"fixed\", \"exclude\": [\"channel\"]}",
        "middle; {\"kind\": \"fixed\", \"include\": [\"item\"], \"aggregate\": \"avg\"}",
        "revenue; {\"kind\": \"fixed\", \"keepOnly\": []}",
        "sales.amount > 1; {\"kind\": \"conversion\", \"then\": \"sales.amount > 2\", \"within\": {\"rows\": 2}, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.fiscal_year\", \"sales.day\"]}",
        "sales.amount > 1; {\"kind\": \"conversion\", \"then\": \"sales.amount > 2\", \"within\": {\"days\": 2}, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.day\"]}",
      })
  void whatIsWellMadePasses(String expression, String extension) {
    assertThat(findings(expression, extension)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "revenue; {\"kind\": \"cumulative\", \"time\": \"dya\"}; Cannot use 'dya' as the time of metric 'added': dataset 'sales' sees no such dimension",
        "revenue; {\"kind\": \"cumulative\", \"time\": \"channel\"}; Cannot use 'channel' as the time of metric 'added': it is no date or time",
        "revenue; {\"kind\": \"cumulative\", \"time\": \"day\", \"restart\": \"fiscal_yaer\"}; Cannot find the period 'fiscal_yaer' of metric 'added'",
        "revenue; {\"kind\": \"prior\", \"time\": \"day\", \"unit\": \"moon\"}; Cannot find the period 'moon' of metric 'added'",
        "revenue; {\"kind\": \"prior\", \"time\": \"day\", \"unit\": \"month\", \"periods\": 0}; Invalid 'periods': 0",
        "middle; {\"kind\": \"cumulative\", \"time\": \"day\"}; Cannot look back with MEDIAN, as metric 'added' does",
        "best; {\"kind\": \"cumulative\", \"time\": \"day\"}; Cannot make metric 'added' of 'best': it takes other rows",
        "best; {\"kind\": \"prior\", \"time\": \"day\", \"unit\": \"month\"}; Cannot make metric 'added' of 'best': a rank is taken last",
        "best; {\"kind\": \"rank\", \"entity\": [\"sales.item_id\"]}; there is no rank of a rank",
        "markup; {\"kind\": \"rolling\", \"time\": \"day\", \"days\": 7}; 'markup' aggregates rows of one dataset that those of another lead to",
        "revenue; {\"kind\": \"rolling\", \"time\": \"day\"}; there must be one of 'rows' and 'days'",
        "revenue; {\"kind\": \"rolling\", \"time\": \"day\", \"rows\": 5}; Cannot find a field in the required 'entity'",
        "revenue; {\"kind\": \"rolling\", \"time\": \"day\", \"days\": 5, \"combine\": \"avg\"}; Cannot use 'avg' as 'combine'",
        "revenue; {\"kind\": \"fixed\", \"keepOnly\": [\"chanel\"]}; Cannot use the dimension 'chanel' for the grain of metric 'added'",
        "revenue; {\"kind\": \"fixed\"}; there must be one of 'keepOnly', 'exclude' and 'include'",
        "revenue; {\"kind\": \"fixed\", \"include\": [\"item\"]}; 'aggregate'",
        "revenue; {\"kind\": \"rank\", \"entity\": [\"sales.itm\"]}; Cannot find the field 'sales.itm', which metric 'added' names",
        "revenue; {\"kind\": \"rank\", \"entity\": [\"items.item_id\"]}; Cannot rank by metric 'added' an entity of dataset 'items'",
        "revenue; {\"kind\": \"cumulatve\", \"time\": \"day\"}; did you mean 'cumulative'?",
        "revenue; {\"target\": {\"value\": \"much\", \"direction\": \"atLeast\"}}; Invalid 'value': 'much'",
        "sales.amount > 1; {\"kind\": \"conversion\", \"then\": \"SUM(sales.amount) > 2\", \"within\": {\"rows\": 1}, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.day\"]}; Cannot use 'then' of metric 'added': it is no condition on one row",
        "sales.amount > 1; {\"kind\": \"conversion\", \"then\": \"sales.amuont > 2\", \"within\": {\"rows\": 1}, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.day\"]}; Cannot find the field 'sales.amuont'",
        "sales.amount > 1; {\"kind\": \"conversion\", \"then\": \"sales.amount > 2\", \"within\": {\"days\": 7}, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.fiscal_year\", \"sales.day\"]}; Cannot count days by 'sales.fiscal_year', the first field of 'order' of metric 'added': it is no date or time; let 'order' begin with a field of the datatype Date",
        "sales.amount > 1; {\"kind\": \"streak\", \"mode\": \"longest\", \"atLeast\": 3, \"entity\": [\"sales.item_id\"], \"order\": [\"sales.day\"]}; Cannot use 'atLeast' but with the mode 'count'",
        "sales.amount > 1; {\"kind\": \"streak\", \"mode\": \"count\", \"entity\": [\"sales.item_id\"], \"order\": [\"sales.day\"]}; Cannot find the required 'atLeast'",
      })
  void aMistakeIsToldWithItsPlace(String expression, String extension, String message) {
    assertThat(findings(expression, extension))
        .isNotEmpty()
        .allMatch(finding -> finding.matches("(?s)model.yaml:\\d+: error: .*"))
        .anySatisfy(finding -> assertThat(finding).contains(message));
  }

  @ParameterizedTest
  @CsvSource({
    "fiscal_yaer, day, Cannot use 'fiscal_yaer' as a calendar of 'day'",
    "channel, dya, Cannot use 'channel' as a calendar of 'dya'",
  })
  void aCalendarThatIsNotThereIsTold(String calendar, String time, String message) {
    var findings = new Findings();
    String text =
        MODEL
            .replace("EXPRESSION", "revenue")
            .replace("EXTENSION", "{\"kind\": \"cumulative\", \"time\": \"day\"}")
            .replace("{\"fiscal_year\": \"day\"}", "{\"%s\": \"%s\"}".formatted(calendar, time));
    ModelCheck.check(OssieReader.parse("model.yaml", text, findings).orElseThrow(), findings);
    assertThat(findings.toList()).anySatisfy(f -> assertThat(f.toString()).contains(message));
  }
}

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

/// A model without a mistake, in which tests make one.
final class MistakenShop {
  static final String SHOP =
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

  static final List<SourceTable> TABLES =
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
  static List<String> findings(String right, String wrong) {
    String text = SHOP.replace(right, wrong);
    assertThat(text).as("the mistake").isNotEqualTo(SHOP);
    return findings(text);
  }

  static List<String> findings(String text) {
    var findings = new Findings();
    SemanticModel model = OssieReader.parse("model.yaml", text, findings).orElseThrow();
    ModelCheck.check(model, TABLES, findings);
    return findings.toList().stream().map(Finding::toString).toList();
  }

  private MistakenShop() {}
}

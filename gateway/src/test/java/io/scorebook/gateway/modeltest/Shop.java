package io.scorebook.gateway.modeltest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small domain in a folder of its own.
final class Shop {
  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: shop
      datasets:
        - name: sales
          description: A row for each sale
          source: shop.sales
          primary_key: [sale_id]
          fields:
            - {name: day, datatype: Date, description: Its day, dimension: {is_time: true}, expression: {dialects: [{dialect: ANSI_SQL, expression: sold_on}]}}
            - {name: sale_id, datatype: Integer, expression: {dialects: [{dialect: ANSI_SQL, expression: sale_id}]}}
            - {name: amount, datatype: Decimal, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
        - name: items
          description: A row for each item
          source: shop.items
          primary_key: [item_id]
          fields:
            - {name: item, datatype: String, description: Its label, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: label}]}}
            - {name: item_id, datatype: Integer, expression: {dialects: [{dialect: ANSI_SQL, expression: item_id}]}}
      relationships:
        - {name: item_of_sale, from: sales, to: items, from_columns: [item_id], to_columns: [item_id]}
      metrics:
        - name: revenue
          description: What was paid (money)
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
        - name: sold
          description: Sales, paid or not (sales)
          expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(sales.sale_id)}]}
        - name: revenue_per_sale
          description: Revenue for each sale (money)
          expression: {dialects: [{dialect: ANSI_SQL, expression: revenue / sold}]}
        - name: items
          description: Items, sold or not (items)
          expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(items.item_id)}]}
      """;

  private static final String SALES =
      """
      {"type": "record", "name": "sales", "namespace": "shop", "primaryKey": ["sale_id"],
       "references": [{"fields": ["item_id"], "to": "items", "toFields": ["item_id"]}],
       "fields": [
        {"name": "sale_id", "type": "long"},
        {"name": "sold_on", "type": ["null", {"type": "int", "logicalType": "date"}], "default": null},
        {"name": "item_id", "type": ["null", "long"], "default": null},
        {"name": "amount", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}], "default": null, "min": 0}
       ]}
      """;

  private static final String ITEMS =
      """
      {"type": "record", "name": "items", "namespace": "shop", "primaryKey": ["item_id"],
       "distinctNames": {"field": "label", "with": "item_id"},
       "fields": [{"name": "item_id", "type": "long"}, {"name": "label", "type": "string"}]}
      """;

  private Shop() {}

  /// Writes the domain, with one file of tests.
  static Path write(Path folder, String tests) throws IOException {
    Files.createDirectories(folder.resolve("schemas"));
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(folder.resolve("model.yaml"), MODEL);
    Files.writeString(folder.resolve("schemas/sales.avsc"), SALES);
    Files.writeString(folder.resolve("schemas/items.avsc"), ITEMS);
    Files.writeString(folder.resolve("tests/shop.yaml"), tests);
    return folder;
  }
}

package io.scorebook.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small domain of sales in shops, written as files.
public final class Shop {
  static final String MODEL =
      """
      version: 0.2.0.dev0
      name: shop
      description: Sales in shops.
      datasets:
        - name: sales
          source: shop.sales
          primary_key: [id]
          fields:
            - {name: shop_id, expression: {dialects: [{dialect: ANSI_SQL, expression: shop_id}]}}
            - {name: amount, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
        - name: shops
          source: shop.shops
          primary_key: [shop_id]
          fields:
            - {name: city, dimension: {is_time: false}, expression: {dialects: [{dialect: ANSI_SQL, expression: city}]}}
      relationships:
        - {name: at_shop, from: sales, to: shops, from_columns: [shop_id], to_columns: [shop_id]}
      metrics:
        - name: takings
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
      """;

  static final String SALES =
      """
      {"type": "record", "name": "sales", "namespace": "shop", "primaryKey": ["id"],
       "fields": [
         {"name": "id", "type": "long"},
         {"name": "shop_id", "type": "long"},
         {"name": "amount", "type": ["null", "int"]}]}
      """;

  static final String SHOPS =
      """
      {"type": "record", "name": "shops", "namespace": "shop", "primaryKey": ["shop_id"],
       "fields": [
         {"name": "shop_id", "type": "long"},
         {"name": "city", "type": "string"}]}
      """;

  static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: 0f1d6c1e-0000-4000-8000-000000000001
      name: takings_by_city
      version: 1.0.0
      status: active
      domain: shop
      description: {purpose: What each city takes in.}
      team: {name: sales}
      outputPorts:
        - name: takings
          version: 1.0.0
          type: table
          customProperties:
            - property: metricQuery
              value: {metrics: [takings], dimensions: [city]}
      """;

  private Shop() {}

  public static String model() {
    return MODEL;
  }

  /// Writes the domain's folder.
  public static Path write(Path folder) throws IOException {
    write(folder, "model.yaml", MODEL);
    write(folder, "schemas/sales.avsc", SALES);
    write(folder, "schemas/shops.avsc", SHOPS);
    write(folder, "products/takings_by_city.yaml", PRODUCT);
    return folder;
  }

  /// Writes one file of the folder.
  public static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

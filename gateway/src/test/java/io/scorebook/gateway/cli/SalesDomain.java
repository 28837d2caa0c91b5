package io.scorebook.gateway.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/// The files of the team that owns the products, and what becomes of them over time.
final class SalesDomain {
  private static final int STEP = 10;

  private static final String MODEL =
      """
      version: 0.2.0.dev0
      name: market
      custom_extensions: [{vendor_name: SCOREBOOK, data: '{"version": "1.0.0"}'}]
      datasets:
        - name: sales
          description: A row for each sale
          source: market.sales
          primary_key: [id]
          fields:
            - {name: id, datatype: Integer, description: Its number, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: id}]}}
            - {name: item_id, datatype: Integer, expression: {dialects: [{dialect: ANSI_SQL, expression: item_id}]}}
            - {name: day, datatype: Date, description: When it was, dimension: {is_time: true}, expression: {dialects: [{dialect: ANSI_SQL, expression: day}]}}
            - {name: amount, datatype: Integer, description: What was paid (money), dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
        - name: items
          description: A row for each item
          source: market.items
          primary_key: [item_id]
          unique_keys: [[label]]
          fields:
            - {name: item, datatype: String, description: Its label, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: label}]}}
      relationships:
        - {name: item_of_sale, from: sales, to: items, from_columns: [item_id], to_columns: [item_id]}
      metrics:
        - name: sold
          description: How many were sold (sales)
          expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(sales.id)}]}
        - name: revenue
          description: What was paid (money)
          expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(sales.amount)}]}
      """;

  private static final String SALES =
      """
      {"type": "record", "name": "sales", "namespace": "market", "primaryKey": ["id"],
       "fields": [{"name": "id", "type": "long"}, {"name": "item_id", "type": "long"},
                  {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                  {"name": "amount", "type": "int", "min": 0}]}
      """;

  private static final String ITEMS =
      """
      {"type": "record", "name": "items", "namespace": "market", "primaryKey": ["item_id"],
       "fields": [{"name": "item_id", "type": "long"}, {"name": "label", "type": "string"}]}
      """;

  private static final String PRODUCT =
      """
      apiVersion: v1.1.0
      kind: DataProduct
      id: %s
      name: %s
      version: %s
      status: %s
      domain: market
      description: {purpose: What the market sells}
      team:
        name: Market
        members: [{username: team@market.example, role: owner}]
      %soutputPorts:
        - name: %s
          version: %s
          description: As the name says
          type: table
          customProperties:
            - property: %s
      """;

  private SalesDomain() {}

  static Path write(Path folder) {
    write(folder.resolve("model.yaml"), MODEL);
    write(folder.resolve("schemas/sales.avsc"), SALES);
    write(folder.resolve("schemas/items.avsc"), ITEMS);
    write(
        folder.resolve("products/sales.yaml"),
        product(
            "6d0f5f0e-0b0a-4f43-9a35-0f1b6c7b6b01",
            "sales",
            "1.0.0",
            "active",
            "",
            "dataset\n        value: sales"));
    write(folder.resolve("products/takings.yaml"), takings("1.0.0", "active", ""));
    return folder;
  }

  private static String takings(String version, String status, String more) {
    return product(
        "6d0f5f0e-0b0a-4f43-9a35-0f1b6c7b6b02",
        "takings",
        version,
        status,
        more,
        "metricQuery\n        value: {dimensions: [item], metrics: [sold, revenue]}");
  }

  private static String product(
      String id, String name, String version, String status, String more, String content) {
    return PRODUCT.formatted(id, name, version, status, more, name, version, content);
  }

  /// Revenue is counted by another formula, which is said by the version.
  static void publishSecondMajor(Path folder) {
    write(
        folder.resolve("model.yaml"),
        MODEL
            .replace("SUM(sales.amount)", "SUM(sales.amount) - COUNT(sales.id)")
            .replace("{\"version\": \"1.0.0\"}", "{\"version\": \"2.0.0\"}"));
    try {
      Files.delete(folder.resolve("products/takings.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(folder.resolve("products/takings_v2.yaml"), takings("2.0.0", "active", ""));
  }

  static void deprecateFirst(Path folder, LocalDate sunset) {
    write(
        folder.resolve("products/takings_v1.yaml"),
        takings(
            "1.0.0",
            "deprecated",
            """
            customProperties:
              - {property: sunset, value: %s}
              - {property: successor, value: 2.0.0}
            """
                .formatted(sunset)));
  }

  static void retireFirst(Path folder) {
    write(
        folder.resolve("products/takings_v1.yaml"),
        takings(
            "1.0.0",
            "retired",
            """
            customProperties:
              - {property: successor, value: 2.0.0}
            """));
  }

  static Path items(Path file) {
    var csv = new StringBuilder("item_id,label\n");
    for (int i = 0; i < 50; i++) {
      csv.append(i).append(",item ").append(i).append('\n');
    }
    return write(file, csv.toString());
  }

  /// Sales with keys that end in a digit of their own, so that those of one file lie between those
  /// of the others.
  static Path sales(Path file, int digit, int count) {
    try (BufferedWriter csv = Files.newBufferedWriter(file)) {
      csv.write("id,item_id,day,amount\n");
      for (long i = 0; i < count; i++) {
        csv.write(
            "%d,%d,%s,%d\n"
                .formatted(
                    i * STEP + digit,
                    i % 50,
                    LocalDate.of(2024, 1, 1).plusDays(i % 365),
                    i % 97 + 1));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

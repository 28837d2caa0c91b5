package io.scorebook.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Policies for groups of callers and questions of theirs, by chance: of the sales, of which none
/// but those of the seventh item and none of their days are seen by any of these groups.
final class RandomAsking {
  private static final List<String> GROUPS = List.of("amber", "blue", "coral", "dun");

  private final Random random;

  RandomAsking(long seed) {
    random = new Random(seed);
  }

  static List<String> groups() {
    return GROUPS;
  }

  /// A file of policies in which the groups of chance stand beside these.
  String policies() {
    var text = new StringBuilder();
    text.append("version: 1.0.0\ngroups: [sellers, stewards, amber, blue, coral, dun]\n");
    text.append("attributes: [item_id]\ngrants:\n");
    text.append(
        "  - {who: [sellers, stewards], on: {products: ['*'], datasets: ['*'], metrics: ['*']}}\n");
    for (String group : GROUPS) {
      text.append(
          "  - {who: [%s], on: {products: %s, datasets: %s, metrics: %s}}\n"
              .formatted(
                  group,
                  one("['*']", "[sales]", "[takings]"),
                  one("['*']", "['*']", "[sales]"),
                  one("['*']", "[sold, revenue]", "[revenue]")));
    }
    text.append("tables:\n  sales:\n    rows:\n");
    text.append(
        "      - {name: own items, who: [sellers], where: 'item_id = caller.item_id'}\n"
            + "      - {who: [stewards], where: 'TRUE'}\n"
            + "      - {who: %s, only: 'item_id = caller.item_id'}\n".formatted(GROUPS));
    for (String group : GROUPS) {
      for (int i = 0; i <= random.nextInt(2); i++) {
        text.append("      - {who: [%s], where: '%s'}\n".formatted(group, rule()));
      }
    }
    text.append(
        """
            columns:
              day: {deny: true, except: [stewards]}
              amount: {mask: %s, except: %s}
        metrics:
          revenue: {minimumGroupSize: %d, of: sales.id, except: %s}
        """
            .indent(0)
            .formatted(
                one("bucket, size: 5", "'null'", "constant, value: 12"),
                some(),
                2 + random.nextInt(9),
                some()));
    return text.toString();
  }

  private String rule() {
    return one(
        "TRUE",
        "amount > " + number(),
        "NOT (amount BETWEEN 5 AND %s)".formatted(number()),
        "id < " + number(),
        "id IN (1, 5, 7, 104) OR item_id = caller.item_id",
        "item_id <> 3");
  }

  /// Some of the groups, and those who are never kept from it.
  private String some() {
    var some = new ArrayList<>(List.of("sellers", "stewards"));
    GROUPS.stream().filter(_ -> random.nextBoolean()).forEach(some::add);
    return some.toString();
  }

  /// The body of a question.
  String question() {
    String metrics = one("\"revenue\"", "\"sold\"", "\"sold\", \"revenue\"", "\"revenu\"");
    String dimensions = one("", "\"item\"", "\"amount\"", "\"item\", \"id\"", "\"day.month\"");
    String filters =
        one(
            "",
            filter("amount", one("<", ">=", "<>"), number()),
            filter("item", "=", "\"item %d\"".formatted(random.nextInt(9))),
            filter("day", ">", "\"2024-02-01\""),
            filter("revenue", ">", number()),
            filter("id", "in", "[3, 100, 101]"));
    return "{\"metrics\": [%s], \"dimensions\": [%s], \"filters\": [%s], \"limit\": %d}"
        .formatted(metrics, dimensions, filters, 1 + random.nextInt(40));
  }

  private static String filter(String field, String op, String value) {
    return "{\"field\": \"%s\", \"op\": \"%s\", \"value\": %s}".formatted(field, op, value);
  }

  /// A statement; what has an order is ordered by all of its columns.
  String sql() {
    String table = one("market.sales", "market.sales", "sales_v1.sales");
    String where = random.nextInt(3) == 0 ? "" : " WHERE " + condition(table);
    return one(
        "SELECT id, amount FROM %s%s ORDER BY 1, 2".formatted(table, where),
        "SELECT DISTINCT amount FROM %s%s ORDER BY 1 LIMIT %s".formatted(table, where, number()),
        "SELECT COUNT(*) AS n, SUM(amount) AS s, MAX(id) AS m FROM %s%s".formatted(table, where),
        "SELECT item, AGGREGATE(revenue) AS r, COUNT(*) AS n FROM market.sales%s GROUP BY item ORDER BY 1, 2, 3"
            .formatted(where.replace(table, "market.sales")),
        "SELECT item, AGGREGATE(sold) AS n FROM market.sales GROUP BY item HAVING AGGREGATE(revenue) > %s ORDER BY 1, 2"
            .formatted(number()),
        "SELECT item, sold, revenue FROM takings_v1.takings WHERE revenue > %s ORDER BY 1, 2, 3"
            .formatted(number()),
        "SELECT id, ROW_NUMBER() OVER (ORDER BY id DESC) AS r FROM %s%s ORDER BY 1, 2"
            .formatted(table, where),
        "SELECT a.id, b.amount FROM %s a JOIN market.sales b ON a.id = b.id ORDER BY 1, 2 LIMIT 9"
            .formatted(table));
  }

  private String condition(String table) {
    return one(
        "1 / (amount - %s) >= 0".formatted(number()),
        "1 / (id - %d) >= 0".formatted(100 + random.nextInt(4)),
        "amount > " + number(),
        "id IN (SELECT id FROM %s WHERE amount = %s)".formatted(table, number()),
        "day > DATE '2024-02-01'",
        "id > 99",
        "CAST(amount AS VARCHAR) LIKE '1%'",
        "NOT EXISTS (SELECT 1 FROM %s WHERE id = 100)".formatted(table));
  }

  /// The path of a product's data.
  String data() {
    return one(
        () -> "/v1/products/sales/v1/data?limit=%s".formatted(number()),
        () -> "/v1/products/sales/v1/data?columns=id,amount&orderBy=-amount,id&limit=all",
        () -> "/v1/products/sales/v1/data?amount=%s&format=csv".formatted(number()),
        () -> "/v1/products/sales/v1/data?id=%d".formatted(99 + random.nextInt(4)),
        () -> "/v1/products/takings/v1/data?orderBy=-revenue",
        () -> "/v1/products/takings/v1/data?revenue=%s".formatted(number()));
  }

  private String number() {
    return String.valueOf(random.nextInt(1, 45));
  }

  private String one(String... of) {
    return of[random.nextInt(of.length)];
  }

  @SafeVarargs
  private String one(Supplier<String>... of) {
    return of[random.nextInt(of.length)].get();
  }
}

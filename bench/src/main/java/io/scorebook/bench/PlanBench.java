package io.scorebook.bench;

import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.PlanCache;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.scorebook.semantic.plan.SourceTable;
import io.scorebook.semantic.plan.SourceTable.Column;
import io.scorebook.semantic.plan.SourceTable.Type.Simple;
import io.scorebook.semantic.question.Question;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// How long the planning of a question takes, by the number of metrics in the model: two sums and
/// their ratio by a dimension behind a join and by month, as a question and as SQL, and the SQL
/// once more when its plan is kept.
///
/// ```
/// ./scorebook bench plans
/// ```
final class PlanBench {
  private static final int TIMES = 1_000;

  private static final String HEAD =
      """
      version: 0.2.0.dev0
      name: shop
      datasets:
        - name: sales
          source: shop.sales
          primary_key: [id]
          fields:
            - {name: amount, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
            - {name: day, datatype: Date, expression: {dialects: [{dialect: ANSI_SQL, expression: day}]}}
        - name: shops
          source: shop.shops
          primary_key: [shop_id]
          fields:
            - {name: city, dimension: {}, expression: {dialects: [{dialect: ANSI_SQL, expression: city}]}}
      relationships:
        - {name: at_shop, from: sales, to: shops, from_columns: [shop_id], to_columns: [shop_id]}
      metrics:
      """;

  private PlanBench() {}

  static void run() {
    System.out.println(
        "| metrics | model read, ms | made ready, ms | question, ms | SQL, ms | the same SQL again, µs |");
    System.out.println("|---|---|---|---|---|---|");
    for (int metrics : new int[] {10, 100, 1_000, 5_000}) {
      long start = System.nanoTime();
      SemanticModel model = model(metrics);
      long read = System.nanoTime();
      Planner planner = new Planner(model, tables(), List.of());
      long ready = System.nanoTime();
      var question = Question.of(List.of("m0", "m1", "m2"), List.of("city", "day.month"));
      String sql =
          "SELECT city, AGGREGATE(m0) AS m0, AGGREGATE(m2) AS m2 FROM shop.sales GROUP BY city";
      System.out.printf(
          "| %d | %.0f | %.0f | %.2f | %.1f | %.2f |%n",
          metrics,
          (read - start) / 1e6,
          (ready - read) / 1e6,
          median(() -> planner.plan(question)),
          median(() -> planner.plan(sql)),
          1_000 * again(planner, sql));
    }
  }

  /// Milliseconds of a text that has been planned before; each time it is another string.
  private static double again(Planner planner, String sql) {
    var plans = new PlanCache();
    return median(() -> {
      String text = new String(sql.toCharArray());
      return plans.plan("hash", text, () -> planner.plan(text));
    });
  }

  private static SemanticModel model(int metrics) {
    var text = new StringBuilder(HEAD);
    for (int i = 0; i < metrics; i++) {
      String expression =
          i % 3 < 2 ? "SUM(sales.amount + %d)".formatted(i) : "m%d / m%d".formatted(i - 1, i - 2);
      text.append(
          "  - {name: m%d, expression: {dialects: [{dialect: ANSI_SQL, expression: %s}]}}%n"
              .formatted(i, expression));
    }
    var findings = new Findings();
    return OssieReader.parse("model.yaml", text.toString(), findings)
        .filter(_ -> !findings.hasErrors())
        .orElseThrow(() -> new IllegalArgumentException("Invalid model: " + findings.toList()));
  }

  private static List<SourceTable> tables() {
    return List.of(
        new SourceTable(
            "shop",
            "sales",
            List.of(
                new Column("id", Simple.LONG, true),
                new Column("shop_id", Simple.LONG, false),
                new Column("amount", Simple.LONG, false),
                new Column("day", Simple.DATE, false))),
        new SourceTable(
            "shop",
            "shops",
            List.of(
                new Column("shop_id", Simple.LONG, true),
                new Column("city", Simple.STRING, false))));
  }

  /// Milliseconds, of the second half of the times.
  private static double median(Supplier<Planning> planning) {
    long[] times = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      if (planning.get() instanceof Planning.Rejected(var issues)) {
        throw new IllegalStateException("Cannot plan: " + issues);
      }
      times[i] = System.nanoTime() - start;
    }
    long[] warm = Arrays.copyOfRange(times, TIMES / 2, TIMES);
    Arrays.sort(warm);
    return warm[warm.length / 2] / 1e6;
  }
}

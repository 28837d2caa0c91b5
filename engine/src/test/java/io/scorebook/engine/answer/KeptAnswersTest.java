package io.scorebook.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.Shop;
import io.scorebook.engine.publish.PublishedDomains;
import io.scorebook.engine.reference.ReferenceEngine;
import io.scorebook.semantic.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was answered is not computed again, and never given where it does not belong.
final class KeptAnswersTest {
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(1));
  private static final String TAKINGS =
      "SELECT city, AGGREGATE(takings) AS takings FROM shop.sales GROUP BY city ORDER BY city";

  @TempDir Path temp;
  private final Counting engine = new Counting();
  private Warehouse warehouse;
  private PublishedDomains domains;
  private Answers answers;

  /// Counts how often a plan that gives the metric is run: proofs of keys are run, too.
  private static final class Counting implements Engine {
    private final Engine behind = new ReferenceEngine();
    private final AtomicInteger runs = new AtomicInteger();

    @Override
    public String name() {
      return behind.name();
    }

    @Override
    public Rows run(Plan plan, PinnedTables tables, Limits limits) {
      if (plan.columns().stream().anyMatch(column -> column.name().equals("takings"))) {
        runs.incrementAndGet();
      }
      return behind.run(plan, tables, limits);
    }

    @Override
    public void close() {
      behind.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    warehouse = Warehouse.open(WarehouseSettings.embedded(temp.resolve("home")));
    domains = PublishedDomains.open(warehouse);
    var findings = new Findings();
    domains.publish(Shop.write(temp.resolve("shop")), findings);
    assertThat(findings.toList()).isEmpty();
    answers = new Answers(warehouse, domains, List.of(engine), 1 << 20, Standing.UNKNOWN);
    load("shops", "shop_id,city\n1,Bern\n2,Chur\n");
    load("sales", "id,shop_id,amount\n1,1,10\n2,2,5\n3,1,7\n");
  }

  @AfterEach
  void close() {
    answers.close();
    warehouse.close();
  }

  private void load(String table, String csv) throws IOException {
    Path file = Files.writeString(temp.resolve(table + csv.hashCode() + ".csv"), csv);
    var contract = domains.find("shop").orElseThrow().contracts().find(table).orElseThrow();
    new Loader(warehouse).load(contract, List.of(file), LoadOptions.DEFAULT);
  }

  private List<String> ask(Answers answers, String sql) {
    return switch (answers.answer(sql, LIMITS)) {
      case Outcome.Refused(var issues) -> throw new AssertionError(issues);
      case Outcome.Answered(Answer answer) -> {
        try (answer) {
          var rows = new ArrayList<String>();
          while (answer.rows().next()) {
            var row = new ArrayList<String>();
            for (int i = 0; i < answer.columns().size(); i++) {
              row.add(String.valueOf(answer.rows().value(i)));
            }
            rows.add(String.join("|", row));
          }
          yield rows;
        }
      }
    };
  }

  @Test
  void anAnswerIsComputedOnceForItsSnapshots() throws IOException {
    assertThat(ask(answers, TAKINGS)).containsExactly("Bern|17", "Chur|5");
    assertThat(ask(answers, TAKINGS)).containsExactly("Bern|17", "Chur|5");
    assertThat(engine.runs).hasValue(1);
    load("sales", "id,shop_id,amount\n4,2,1\n");
    assertThat(ask(answers, TAKINGS)).containsExactly("Bern|17", "Chur|6");
    assertThat(ask(answers, TAKINGS)).containsExactly("Bern|17", "Chur|6");
    assertThat(engine.runs).hasValue(2);
  }

  /// Some thousand rows, of which pages are read, are kept where a LIMIT cuts them and else are
  /// not; the room for them is told, and none where they are not kept.
  @Test
  void longAnswersAreKeptWhereTheyAreCut() throws IOException {
    var csv = new StringBuilder("id,shop_id,amount\n");
    for (int i = 10; i < 4000; i++) {
      csv.append(i).append(",1,1\n");
    }
    load("sales", csv.toString());
    try (var large = new Answers(warehouse, domains, List.of(engine), 1 << 23, Standing.UNKNOWN)) {
      String cut = "SELECT city, 1 AS takings FROM shop.sales ORDER BY city DESC LIMIT 3500";
      assertThat(room(large, cut)).isBetween(3500L, 20_000L);
      assertThat(room(large, cut)).isBetween(3500L, 20_000L);
      assertThat(engine.runs).hasValue(1);
      assertThat(ask(large, cut)).hasSize(3500).startsWith("Chur|1", "Bern|1");
      assertThat(engine.runs).hasValue(1);
      String whole = cut.replace(" LIMIT 3500", "");
      assertThat(room(large, whole)).isZero();
      assertThat(room(large, whole)).isZero();
      assertThat(engine.runs).hasValue(3);
    }
    try (var none = new Answers(warehouse, domains, List.of(engine), 0, Standing.UNKNOWN)) {
      assertThat(room(none, "SELECT city FROM shop.sales ORDER BY city LIMIT 10")).isZero();
    }
  }

  /// Those that were read the longest ago go, so that there are never more than fit.
  @Test
  void theOldestLongAnswersGo() {
    var kept = new LongAnswers<String>(100);
    List<Object[]> rows = List.<Object[]>of(new Object[] {1});
    kept.keep("a", rows, 40);
    kept.keep("b", rows, 40);
    assertThat(kept.find("a")).isSameAs(rows);
    kept.keep("c", rows, 40);
    assertThat(kept.find("b")).isNull();
    assertThat(kept.find("a")).isNotNull();
    kept.keep("a", rows, 60);
    assertThat(kept.find("c")).isNotNull();
    kept.keep("d", rows, 200);
    assertThat(List.of("a", "b", "c", "d")).allMatch(key -> kept.find(key) == null);
  }

  private static long room(Answers answers, String sql) {
    return switch (answers.answer(sql, LIMITS)) {
      case Outcome.Refused(var issues) -> throw new AssertionError(issues);
      case Outcome.Answered(Answer answer) -> {
        try (answer) {
          boolean more = true;
          while (more) {
            more = answer.rows().next();
          }
          yield answer.rows().room();
        }
      }
    };
  }

  @Test
  void anAnswerOfOneDomainIsNotGivenForAnother() throws IOException {
    assertThat(ask(answers, TAKINGS)).containsExactly("Bern|17", "Chur|5");
    Path model = temp.resolve("shop/model.yaml");
    Files.writeString(
        model, Files.readString(model).replace("SUM(sales.amount)", "COUNT(sales.amount)"));
    Path product = temp.resolve("shop/products/takings_by_city.yaml");
    Files.writeString(
        product, Files.readString(product).replace("version: 1.0.0", "version: 2.0.0"));
    var findings = new Findings();
    domains.publish(temp.resolve("shop"), findings);
    assertThat(findings.toList()).isEmpty();
    assertThat(ask(answers, TAKINGS)).containsExactly("Bern|2", "Chur|1");
    assertThat(engine.runs).hasValue(2);
  }

  @Test
  void whatIsNotReadToItsEndIsNotKept() {
    if (answers.answer(TAKINGS, LIMITS) instanceof Outcome.Answered(Answer answer)) {
      assertThat(answer.rows().next()).isTrue();
      answer.close();
    }
    assertThat(ask(answers, TAKINGS)).containsExactly("Bern|17", "Chur|5");
    assertThat(engine.runs).hasValue(2);
  }

  @Test
  void theMomentIsAskedForEachTime() {
    String sql = "SELECT CURRENT_TIMESTAMP AS moment, takings FROM (%s) AS t".formatted(TAKINGS);
    List<String> first = ask(answers, sql);
    assertThat(ask(answers, sql)).hasSize(2).doesNotContainAnyElementsOf(first);
    assertThat(engine.runs).hasValue(2);
  }

  @Test
  void noneAreKeptWhereNoMemoryIsGiven() {
    var without = new Answers(warehouse, domains, List.of(engine), 0, Standing.UNKNOWN);
    assertThat(ask(without, TAKINGS)).containsExactly("Bern|17", "Chur|5");
    assertThat(ask(without, TAKINGS)).containsExactly("Bern|17", "Chur|5");
    assertThat(engine.runs).hasValue(2);
  }

  @Test
  void largeAnswersAreNotKept() throws IOException {
    var csv = new StringBuilder("shop_id,city\n");
    for (int i = 10; i < 3000; i++) {
      csv.append(i).append(",City of a rather long name, and of a number: ").append(i).append('\n');
    }
    load("shops", csv.toString().replaceAll("(?m)^(\\d+),(.+)$", "$1,\"$2\""));
    String all = "SELECT city, AGGREGATE(takings) AS takings FROM shop.sales GROUP BY city";
    String every =
        "SELECT s.city, t.takings FROM shop.shops AS s LEFT JOIN (%s) AS t ON t.city = s.city"
            .formatted(all);
    assertThat(ask(answers, every)).hasSize(2992);
    assertThat(ask(answers, every)).hasSize(2992);
    assertThat(engine.runs).hasValue(2);
  }
}

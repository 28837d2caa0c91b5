package io.scorebook.engine.agreement.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Filter.Op;
import io.scorebook.semantic.question.Question;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What must hold between answers, whatever they are, on random models and rows.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetamorphicTest {
  private static final int WORLDS = 3;
  private static final long SEED = Long.getLong("scorebook.seed", 1) + 500_000;
  private static final int PIECES = 15;

  private @Nullable Run run;
  private final List<Workbench> benches = new ArrayList<>();

  @BeforeAll
  void write(@TempDir Path folder) {
    run = new Run(SEED, folder);
    for (int i = 0; i < WORLDS; i++) {
      benches.add(Workbench.written(WorldMaker.make(SEED + i), run.lake()));
    }
  }

  @AfterAll
  void close() {
    run().close();
  }

  private Run run() {
    if (run == null) {
      throw new IllegalStateException();
    }
    return run;
  }

  private List<List<@Nullable Object>> ask(Workbench bench, Question question) {
    return bench.rows(question, run().duckdb());
  }

  /// The metrics whose values add up: sums and counts of rows, each once.
  private static List<Measure> additive(World world) {
    return world.measures().stream()
        .filter(m ->
            m.meaning() instanceof Measure.Plain(Formula.Aggregate a)
                && !a.distinct()
                && (a.isCount() || a.function().equals("SUM")))
        .toList();
  }

  private static BigDecimal sum(List<List<@Nullable Object>> rows) {
    BigDecimal sum = BigDecimal.ZERO;
    for (List<@Nullable Object> row : rows) {
      sum = sum.add(row.getLast() instanceof BigDecimal value ? value : BigDecimal.ZERO);
    }
    return sum;
  }

  @Test
  void totalsAreTheSumOfTheirParts() {
    for (Workbench bench : benches) {
      for (Measure measure : additive(bench.world())) {
        BigDecimal total = sum(ask(bench, Question.of(List.of(measure.name()), List.of())));
        for (String dimension : List.of("day.month", "season", "shop_of_sale.region")) {
          World.Source fact = bench.brute().reach().facts(measure).iterator().next();
          String plain = dimension.replace(".month", "");
          if (bench.brute().reach().named(fact, plain).size() == 1) {
            Question parts = Question.of(List.of(measure.name()), List.of(dimension));
            assertThat(sum(ask(bench, parts))).as(bench.told(parts)).isEqualByComparingTo(total);
          }
        }
      }
    }
  }

  @Test
  void aFilterAndItsOppositeAndTheUnknownAreTheWhole() {
    for (Workbench bench : benches) {
      for (Measure measure : additive(bench.world())) {
        Question all = Question.of(List.of(measure.name()), List.of());
        BigDecimal parts = BigDecimal.ZERO;
        var is = new Filter.Comparison("season", Op.LESS_OR_EQUAL, List.of(2022L));
        for (Filter filter :
            List.of(
                is, new Filter.Not(is), new Filter.Comparison("season", Op.IS_NULL, List.of()))) {
          parts = parts.add(sum(ask(bench, all.withFilters(List.of(filter)))));
        }
        assertThat(parts).as(bench.told(all)).isEqualByComparingTo(sum(ask(bench, all)));
      }
    }
  }

  @Test
  void filtersTogetherAreTheSameAsOneOfThemBoth() {
    pieces((bench, question) -> {
      if (question.filters().size() < 2) {
        return;
      }
      Question inOne = question.withFilters(List.of(new Filter.And(question.filters())));
      boolean mixed =
          question.filters().stream().anyMatch(bench.brute()::isOnMetrics)
              && !question.filters().stream().allMatch(bench.brute()::isOnMetrics);
      if (!mixed) {
        assertSame(bench, question, ask(bench, question), ask(bench, inOne));
      }
    });
  }

  @Test
  void theOrderOfDimensionsChangesNoRow() {
    pieces((bench, question) -> {
      int keys = question.dimensions().size();
      if (keys < 2 || question.groupingSets().isPresent()) {
        return;
      }
      var plain = unordered(question, question.dimensions());
      var turned = unordered(question, question.dimensions().reversed());
      List<List<@Nullable Object>> back =
          ask(bench, turned).stream()
              .map(row -> {
                var ordered = new ArrayList<@Nullable Object>(row);
                IntStream.range(0, keys).forEach(i -> ordered.set(i, row.get(keys - 1 - i)));
                return (List<@Nullable Object>) ordered;
              })
              .sorted((a, b) -> compare(a, b, keys))
              .toList();
      assertSame(bench, question, ask(bench, plain), back);
    });
  }

  private static int compare(List<@Nullable Object> a, List<@Nullable Object> b, int keys) {
    return IntStream.range(0, keys)
        .map(i -> Values.ORDER.compare(a.get(i), b.get(i)))
        .filter(order -> order != 0)
        .findFirst()
        .orElse(0);
  }

  private static Question unordered(Question q, List<String> dimensions) {
    return new Question(
        q.metrics(),
        dimensions,
        q.filters(),
        Optional.empty(),
        q.evidence(),
        List.of(),
        OptionalLong.empty(),
        0);
  }

  @Test
  void aRowThatNothingLeadsToChangesNothing() {
    for (Workbench bench : benches) {
      World world = bench.world();
      for (World.Source source : world.sources()) {
        if (source.name().equals("shops") || source.name().equals("regions")) {
          var rows = new ArrayList<>(source.table().rows());
          List<@Nullable Object> lone = Arrays.asList(new Object[source.table().columns().size()]);
          lone.set(0, 77);
          if (!source.uniqueKeys().isEmpty()) {
            lone.set(1, "lonely");
          }
          rows.add(lone);
          world = world.withTable(source.name(), source.table().withRows(rows).renamed("more_"));
        }
      }
      Workbench more = Workbench.writtenWhereNew(world, bench.world(), run().lake());
      var maker = new QuestionMaker(bench.world(), bench.brute(), SEED);
      for (int i = 0; i < PIECES; i++) {
        Question question = maker.makeLegal();
        assertSame(bench, question, ask(bench, question), ask(more, question));
      }
    }
  }

  private interface Check {
    void check(Workbench bench, Question question);
  }

  private void pieces(Check check) {
    for (Workbench bench : benches) {
      var maker = new QuestionMaker(bench.world(), bench.brute(), SEED);
      for (int i = 0; i < PIECES; i++) {
        check.check(bench, maker.makeLegal());
      }
    }
  }

  private static void assertSame(
      Workbench bench,
      Question question,
      List<List<@Nullable Object>> expected,
      List<List<@Nullable Object>> actual) {
    assertThat(Workbench.same(expected, actual))
        .as(
            "seed %d: %s%n%s%nand%n%s",
            SEED, bench.told(question), Workbench.written(expected), Workbench.written(actual))
        .isTrue();
  }
}

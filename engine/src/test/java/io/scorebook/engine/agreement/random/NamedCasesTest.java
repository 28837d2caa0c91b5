package io.scorebook.engine.agreement.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.engine.agreement.random.Formula.Aggregate;
import io.scorebook.engine.agreement.random.Formula.Condition;
import io.scorebook.engine.agreement.random.Formula.Named;
import io.scorebook.engine.agreement.random.Formula.Operand;
import io.scorebook.engine.agreement.random.Table.Column;
import io.scorebook.engine.agreement.random.World.Field;
import io.scorebook.engine.agreement.random.World.Link;
import io.scorebook.engine.agreement.random.World.Source;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Cases that random questions found, by name: answers worked out by hand over a few rows.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamedCasesTest {
  private static final String SALES = "sales";

  private @Nullable Run run;
  private @Nullable Workbench bench;

  @BeforeAll
  void write(@TempDir Path folder) {
    run = new Run(0, folder);
    bench = Workbench.written(world(), run.lake());
  }

  @AfterAll
  void close() {
    if (run != null) {
      run.close();
    }
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static LocalDate day(String month) {
    return LocalDate.parse("2022-" + month + "-10");
  }

  private static Field field(String name, boolean isDimension) {
    return new Field(name, name, isDimension);
  }

  private static World world() {
    var sales =
        new Table(
            "sales_0",
            List.of(
                new Column("sale_id", Table.Type.INTEGER, true),
                new Column("shop_id", Table.Type.INTEGER, false),
                new Column("value", Table.Type.STRING, false),
                new Column("who", Table.Type.STRING, false),
                new Column("day", Table.Type.DATE, false),
                new Column("n", Table.Type.INTEGER, false)),
            List.of(
                row(1, 1, "x", "ann", day("01"), 5),
                row(2, 1, "x", "ann", day("02"), 6),
                row(3, 98, "y", "bob", null, 7),
                row(4, 98, "y", "bob", null, 8),
                row(5, 98, "y", "bob", day("01"), 9),
                row(6, 99, "y", "cid", day("01"), 1)));
    var visits =
        new Table(
            "visits_0",
            List.of(
                new Column("visit_id", Table.Type.INTEGER, true),
                new Column("day", Table.Type.DATE, false)),
            List.of(row(1, day("03")), row(2, day("01"))));
    var shops =
        new Table(
            "shops_0",
            List.of(
                new Column("shop_id", Table.Type.INTEGER, true),
                new Column("shop", Table.Type.STRING, false)),
            List.of(row(1, "north")));
    return new World(
        List.of(
            new Source(
                SALES,
                sales,
                Optional.empty(),
                List.of("sale_id"),
                List.of(),
                List.of(
                    field("sale_id", false),
                    new Field("shop_key", "shop_id", false),
                    field("value", true),
                    field("who", true),
                    field("day", true),
                    field("n", false))),
            new Source(
                "visits",
                visits,
                Optional.empty(),
                List.of("visit_id"),
                List.of(),
                List.of(field("visit_id", false), field("day", true))),
            new Source(
                "shops",
                shops,
                Optional.empty(),
                List.of("shop_id"),
                List.of("shop"),
                List.of(field("shop_id", false), field("shop", true)))),
        List.of(
            new Link(
                "shop_of_sale",
                SALES,
                "shops",
                List.of("shop_id"),
                List.of("shop_id"),
                Optional.empty())),
        Set.of("day"),
        Map.of(),
        List.of(
            measure("sold", new Measure.Plain(sum())),
            measure(
                "visits",
                new Measure.Plain(
                    new Aggregate(
                        "COUNT", false, Operand.of("visits", "visit_id"), Optional.empty()))),
            measure(
                "sold_two_months_before", new Measure.Prior(new Named("sold"), "day", "month", 2)),
            measure("sold_in_all", new Measure.Fixed(new Named("sold"), true, List.of())),
            measure(
                "sold_to_date", new Measure.Cumulative(new Named("sold"), "day", Optional.empty())),
            measure(
                "last_sale",
                new Measure.Rolling(
                    new Named("sold"),
                    "day",
                    new Measure.Span(true, 1),
                    SALES,
                    List.of("shop_key"),
                    List.of("day"),
                    Optional.empty())),
            measure(
                "last_visits",
                new Measure.SemiAdditive(new Named("visits"), "day", true, "visits", List.of())),
            measure("visits_of_day", new Measure.Fixed(new Named("visits"), true, List.of("day"))),
            measure("run", streak("who")),
            measure("run_of_value", streak("value")),
            measure(
                "best",
                new Measure.Window(sum(), true, 2, SALES, List.of("value"), List.of("day")))));
  }

  private static Measure measure(String name, Measure.Meaning meaning) {
    return new Measure(name, meaning, Optional.empty());
  }

  private static Aggregate sum() {
    return new Aggregate("SUM", false, Operand.of(SALES, "n"), Optional.empty());
  }

  private static Measure.Streak streak(String entity) {
    return new Measure.Streak(
        new Condition.Compared(Operand.of(SALES, "n"), ">", new BigDecimal("4")),
        "longest",
        1,
        SALES,
        List.of(entity),
        List.of("day"),
        "skip");
  }

  private List<String> ask(Question question) {
    if (run == null || bench == null) {
      throw new IllegalStateException();
    }
    return Workbench.written(bench.rows(question, run.duckdb()))
        .lines()
        .map(String::strip)
        .toList();
  }

  @Test
  void anEarlierPeriodIsShownAlsoWhereOnlyAnotherDatasetHasRows() {
    assertThat(ask(Question.of(List.of("sold_two_months_before", "visits"), List.of("day.month"))))
        .containsExactly(
            "2022-01-01 | null | 1",
            "2022-02-01 | null | 0",
            "2022-03-01 | 15 | 1",
            "null | null | 0");
  }

  @Test
  void aTotalIsShownAlsoWhereOnlyAnotherDatasetHasRows() {
    assertThat(ask(Question.of(List.of("sold_in_all", "visits"), List.of("day.month"))))
        .containsExactly(
            "2022-01-01 | 36 | 1", "2022-02-01 | 36 | 0", "2022-03-01 | 36 | 1", "null | 36 | 0");
  }

  // The three rows of bob are one run; that with a day is the first.
  @Test
  void aRunEndsWithItsLastRowAlsoWhereThatHasNoTime() {
    assertThat(ask(Question.of(List.of("run"), List.of()).withEvidence(List.of("run"))))
        .containsExactly("3 | 2022-01-10 | null | bob");
  }

  @Test
  void evidenceNamesTheEntityOfARunWithoutTimes() {
    assertThat(
            ask(
                Question.of(List.of("run"), List.of("day.year"))
                    .withEvidence(List.of("run"))
                    .withFilters(
                        List.of(new Filter.Comparison("day", Filter.Op.IS_NULL, List.of())))))
        .containsExactly("null | 2 | null | null | bob");
  }

  @Test
  void aColumnOfTheEntityMayBeNamedAsWhatIsComputed() {
    assertThat(ask(Question.of(List.of("run_of_value", "best"), List.of("value"))))
        .containsExactly("x | 2 | 11", "y | 2 | 15");
    assertThat(ask(Question.of(List.of("run"), List.of("who")).withEvidence(List.of("run"))))
        .containsExactly(
            "ann | 2 | 2022-01-10 | 2022-02-10",
            "bob | 3 | 2022-01-10 | null",
            "cid | 0 | null | null");
  }

  @Test
  void aTotalOfNoRowsIsOneRow() {
    Filter none = new Filter.Comparison("value", Filter.Op.EQUAL, List.of("none"));
    assertThat(ask(Question.of(List.of("sold_to_date"), List.of()).withFilters(List.of(none))))
        .containsExactly("null");
    assertThat(
            ask(
                Question.of(List.of("run"), List.of())
                    .withEvidence(List.of("run"))
                    .withFilters(List.of(none))))
        .containsExactly("null | null | null | null");
  }

  @Test
  void countsOfNoRowsAreNoughtWhateverTheRows() {
    assertThat(
            ask(Question.of(List.of("sold", "last_visits", "visits_of_day"), List.of("day.month"))))
        .containsExactly(
            "2022-01-01 | 15 | 1 | 1",
            "2022-02-01 | 6 | 0 | 0",
            "2022-03-01 | null | 1 | 1",
            "null | 15 | 0 | 0");
  }

  @Test
  void aDimensionMayBeNamedAsAGrainIs() {
    assertThat(ask(Question.of(List.of("sold"), List.of("sales.day"))))
        .containsExactly("2022-01-10 | 15", "2022-02-10 | 6", "null | 15");
  }

  // By a field of another name than its column, which leads to the shop. Shops 98 and 99 are not
  // there: both have no name, and are not one shop.
  @Test
  void entitiesWithoutANameAreNotTakenForOne() {
    assertThat(ask(Question.of(List.of("last_sale"), List.of("shop"))))
        .containsExactly("north | 6", "null | null");
  }
}

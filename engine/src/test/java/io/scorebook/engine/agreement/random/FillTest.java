package io.scorebook.engine.agreement.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.engine.agreement.random.Formula.Aggregate;
import io.scorebook.engine.agreement.random.Formula.Named;
import io.scorebook.engine.agreement.random.Formula.Operand;
import io.scorebook.engine.agreement.random.Table.Column;
import io.scorebook.engine.agreement.random.World.Field;
import io.scorebook.engine.agreement.random.World.Source;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Periods without rows, and incomplete ones, worked out by hand over a few rows; on both engines.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FillTest {
  private static final String SALES = "sales";
  private static final String MONTH = "day.month";

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

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }

  private static Field field(String name, boolean isDimension) {
    return new Field(name, name, isDimension);
  }

  /// Terms 2021 and 2022 begin in October: nobody sold from June to September 2022.
  private static World world() {
    var sales =
        new Table(
            "sales_0",
            List.of(
                new Column("sale_id", Table.Type.INTEGER, true),
                new Column("who", Table.Type.STRING, false),
                new Column("day", Table.Type.DATE, false),
                new Column("term", Table.Type.INTEGER, false),
                new Column("n", Table.Type.INTEGER, false)),
            List.of(
                row(1, "ann", day("2022-01-10"), 2021, 5),
                row(2, "ann", day("2022-01-31"), 2021, 6),
                row(3, "ann", day("2022-04-20"), 2021, 7),
                row(4, "bob", day("2022-02-10"), 2021, 1),
                row(5, "bob", day("2022-05-10"), 2021, 2),
                row(6, "ann", day("2022-10-10"), 2022, 4),
                row(7, "bob", null, null, 100),
                row(8, "ann", day("2024-10-10"), 2024, 8)));
    var visits =
        new Table(
            "visits_0",
            List.of(
                new Column("visit_id", Table.Type.INTEGER, true),
                new Column("day", Table.Type.DATE, false)),
            List.of(row(1, day("2022-03-05")), row(2, day("2022-05-31"))));
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
                    field("who", true),
                    field("day", true),
                    field("term", true),
                    field("n", false))),
            new Source(
                "visits",
                visits,
                Optional.empty(),
                List.of("visit_id"),
                List.of(),
                List.of(field("visit_id", false), field("day", true)))),
        List.of(),
        Set.of("day"),
        Map.of("term", "day"),
        List.of(
            measure("sold", new Measure.Plain(sum())),
            measure(
                "sales",
                new Measure.Plain(
                    new Aggregate("COUNT", false, Operand.of(SALES, "n"), Optional.empty()))),
            measure(
                "visits",
                new Measure.Plain(
                    new Aggregate(
                        "COUNT", false, Operand.of("visits", "visit_id"), Optional.empty()))),
            measure(
                "visits_in_all",
                new Measure.Cumulative(new Named("visits"), "day", Optional.empty())),
            measure("in_all", new Measure.Cumulative(new Named("sold"), "day", Optional.empty())),
            measure(
                "sales_of_term",
                new Measure.Cumulative(new Named("sales"), "day", Optional.of("term"))),
            measure(
                "of_quarter",
                new Measure.Cumulative(new Named("sold"), "day", Optional.of("quarter"))),
            measure("sixty", rolling(new Measure.Span(false, 60))),
            measure("last_two", rolling(new Measure.Span(true, 2))),
            measure("month_before", new Measure.Prior(new Named("sales"), "day", "month", 1)),
            measure("in_all_before", new Measure.Prior(new Named("in_all"), "day", "month", 1)),
            measure("term_before", new Measure.Prior(new Named("sold"), "day", "term", 1)),
            measure(
                "stock",
                new Measure.SemiAdditive(new Named("sold"), "day", true, SALES, List.of())),
            measure("all_sold", new Measure.Fixed(new Named("sold"), false, List.of("who"))),
            measure("place", new Measure.Rank(new Named("sales"), SALES, List.of("who"), true))));
  }

  private static Measure.Rolling rolling(Measure.Span span) {
    return new Measure.Rolling(
        new Named("sold"), "day", span, SALES, List.of("who"), List.of("day"), Optional.of("sum"));
  }

  private static Measure measure(String name, Measure.Meaning meaning) {
    return new Measure(name, meaning, Optional.empty());
  }

  private static Aggregate sum() {
    return new Aggregate("SUM", false, Operand.of(SALES, "n"), Optional.empty());
  }

  private List<String> ask(Question question) {
    if (run == null || bench == null) {
      throw new IllegalStateException();
    }
    List<String> answer = written(bench.rows(question, run.duckdb()));
    assertThat(written(bench.rows(question, run.reference()))).isEqualTo(answer);
    return answer;
  }

  private static List<String> written(List<List<@Nullable Object>> rows) {
    return Workbench.written(rows).lines().map(String::strip).toList();
  }

  private static Question ask(String metrics, String... dimensions) {
    return Question.of(List.of(metrics.split(", ")), List.of(dimensions));
  }

  private static Filter.Comparison filter(String field, Filter.Op op, Object value) {
    return new Filter.Comparison(field, op, List.of(value));
  }

  private static Question in2022(Question question) {
    return question.withFilters(
        Stream.concat(
                question.filters().stream(),
                Stream.of(
                    filter("day", Filter.Op.GREATER_OR_EQUAL, "2022-01-01"),
                    filter("day", Filter.Op.LESS, "2023-01-01")))
            .toList());
  }

  @Test
  void everyPeriodBetweenIsThere() {
    assertThat(ask(in2022(ask("sold, sales", MONTH)).withFill(List.of(MONTH))))
        .containsExactly(
            "2022-01-01 | 11 | 2",
            "2022-02-01 | 1 | 1",
            "2022-03-01 | null | 0",
            "2022-04-01 | 7 | 1",
            "2022-05-01 | 2 | 1",
            "2022-06-01 | null | 0",
            "2022-07-01 | null | 0",
            "2022-08-01 | null | 0",
            "2022-09-01 | null | 0",
            "2022-10-01 | 4 | 1",
            "2022-11-01 | null | 0",
            "2022-12-01 | null | 0");
  }

  @Test
  void withoutBoundsFromTheFirstRowToTheLast() {
    assertThat(ask(ask("sales", "day.year").withFill(List.of("day.year"))))
        .containsExactly("2022-01-01 | 6", "2023-01-01 | 0", "2024-01-01 | 1", "null | 1");
    assertThat(ask(ask("sales", "term").withFill(List.of("term"))))
        .containsExactly("2021 | 5", "2022 | 1", "2023 | 0", "2024 | 1", "null | 1");
  }

  @Test
  void everyGroupHasThemAll() {
    assertThat(
            ask(
                ask("sold, all_sold, place", "who", "day.quarter")
                    .withFilters(List.of(filter("term", Filter.Op.EQUAL, 2021L)))
                    .withFill(List.of("day.quarter"))))
        .containsExactly(
            "ann | 2022-01-01 | 11 | 12 | 1",
            "ann | 2022-04-01 | 7 | 9 | 1",
            "bob | 2022-01-01 | 1 | 12 | 2",
            "bob | 2022-04-01 | 2 | 9 | 1");
  }

  @Test
  void whatLooksBackGoesOn() {
    assertThat(
            ask(
                in2022(ask("in_all, of_quarter, sales_of_term, stock", MONTH))
                    .withFill(List.of(MONTH))))
        .containsExactly(
            "2022-01-01 | 11 | 11 | 2 | 6",
            "2022-02-01 | 12 | 12 | 3 | 1",
            "2022-03-01 | 12 | 12 | 3 | 1",
            "2022-04-01 | 19 | 7 | 4 | 7",
            "2022-05-01 | 21 | 9 | 5 | 2",
            "2022-06-01 | 21 | 9 | 5 | 2",
            "2022-07-01 | 21 | null | 5 | 2",
            "2022-08-01 | 21 | null | 5 | 2",
            "2022-09-01 | 21 | null | 5 | 2",
            "2022-10-01 | 25 | 4 | 1 | 4",
            "2022-11-01 | 25 | 4 | 1 | 4",
            "2022-12-01 | 25 | 4 | 1 | 4");
  }

  // Of 60 days up to the last of the month; bob has no two sales before May.
  @Test
  void rollingOnesSeeWhatTheLastDayWouldSee() {
    assertThat(
            ask(
                in2022(ask("sixty, last_two", MONTH))
                    .withFilters(
                        List.of(
                            filter("day", Filter.Op.GREATER_OR_EQUAL, "2022-02-01"),
                            filter("day", Filter.Op.LESS, "2022-09-01")))
                    .withFill(List.of(MONTH))))
        .containsExactly(
            "2022-02-01 | 1 | null",
            "2022-03-01 | 7 | 11",
            "2022-04-01 | 7 | 13",
            "2022-05-01 | 2 | 3",
            "2022-06-01 | 2 | 16",
            "2022-07-01 | null | 16",
            "2022-08-01 | null | 16");
  }

  @Test
  void anEarlierPeriodIsThatWhichIsShown() {
    assertThat(
            ask(
                ask("sales, month_before, in_all_before", MONTH)
                    .withFilters(
                        List.of(
                            filter("day", Filter.Op.GREATER_OR_EQUAL, "2022-03-01"),
                            filter("day", Filter.Op.LESS_OR_EQUAL, "2022-06-30")))
                    .withFill(List.of(MONTH))))
        .containsExactly(
            "2022-03-01 | 0 | 1 | 12",
            "2022-04-01 | 1 | 0 | 12",
            "2022-05-01 | 1 | 1 | 19",
            "2022-06-01 | 0 | 1 | 21");
  }

  @Test
  void calendarsAreFilledByTheirNumbers() {
    assertThat(
            ask(
                ask("sold, in_all, sales_of_term, last_two, stock", "term")
                    .withFill(List.of("term"))))
        .containsExactly(
            "2021 | 21 | 21 | 5 | 16 | 2",
            "2022 | 4 | 25 | 1 | 11 | 4",
            "2023 | null | 25 | 0 | 14 | 4",
            "2024 | 8 | 33 | 1 | 12 | 8",
            "null | 100 | null | null | null | null");
  }

  // Beside a calendar a period is filled where the calendar's rows reach.
  @Test
  void besideACalendarItsOwnPeriodsAreFilled() {
    assertThat(
            ask(
                ask("sales, sales_of_term", "term", MONTH)
                    .withFilters(List.of(filter("term", Filter.Op.LESS, 2024L)))
                    .withFill(List.of(MONTH))))
        .containsExactly(
            "2021 | 2022-01-01 | 2 | 2",
            "2021 | 2022-02-01 | 1 | 3",
            "2021 | 2022-03-01 | 0 | 3",
            "2021 | 2022-04-01 | 1 | 4",
            "2021 | 2022-05-01 | 1 | 5",
            "2022 | 2022-10-01 | 1 | 1");
  }

  @Test
  void severalFactsFillOneAnother() {
    assertThat(
            ask(
                ask("sales, visits", MONTH)
                    .withFilters(List.of(filter("day", Filter.Op.LESS, "2022-06-01")))
                    .withFill(List.of(MONTH))))
        .containsExactly(
            "2022-01-01 | 2 | 0",
            "2022-02-01 | 1 | 0",
            "2022-03-01 | 0 | 1",
            "2022-04-01 | 1 | 0",
            "2022-05-01 | 1 | 1");
  }

  // Visits know of no terms.
  @Test
  void aCalendarThatADatasetDoesNotSeeIsNoneOfIt() {
    assertThat(ask(ask("visits_in_all", MONTH)))
        .containsExactly("2022-03-01 | 1", "2022-05-01 | 2");
    assertThat(ask(ask("visits_in_all", MONTH).withFill(List.of(MONTH))))
        .containsExactly("2022-03-01 | 1", "2022-04-01 | 1", "2022-05-01 | 2");
  }

  @Test
  void setsWithoutTheKeyStayAsTheyAre() {
    assertThat(
            ask(
                ask("sales", "who", MONTH)
                    .withFilters(List.of(filter("day", Filter.Op.LESS, "2022-04-01")))
                    .withGroupingSets(List.of(List.of("who", MONTH), List.of("who"), List.of()))
                    .withFill(List.of(MONTH))))
        .containsExactly(
            "ann | 2022-01-01 | 0 | 2",
            "ann | 2022-02-01 | 0 | 0",
            "ann | 2022-03-01 | 0 | 0",
            "ann | null | 1 | 2",
            "bob | 2022-01-01 | 0 | 0",
            "bob | 2022-02-01 | 0 | 1",
            "bob | 2022-03-01 | 0 | 0",
            "bob | null | 1 | 1",
            "null | null | 3 | 3");
  }

  @Test
  void aFilterOnAMetricChoosesAmongTheFilled() {
    assertThat(
            ask(
                ask("sales", MONTH)
                    .withFilters(
                        List.of(
                            filter("day", Filter.Op.LESS, "2022-06-01"),
                            filter("sales", Filter.Op.EQUAL, 0L)))
                    .withFill(List.of(MONTH))))
        .containsExactly("2022-03-01 | 0");
  }

  // The data reach to the 10th of October 2024, and to May 2022 where there are visits in it too.
  @Test
  void aPeriodIsPartialThatIsNotOver() {
    assertThat(ask(ask("sales", "day.year").withPartial()))
        .containsExactly("2022-01-01 | 6 | false", "2024-01-01 | 1 | true", "null | 1 | null");
    assertThat(ask(ask("sales", "term").withPartial()))
        .containsExactly(
            "2021 | 5 | false", "2022 | 1 | false", "2024 | 1 | true", "null | 1 | null");
    assertThat(
            ask(
                ask("sales, visits", MONTH)
                    .withFilters(List.of(filter("day", Filter.Op.LESS, "2022-11-01")))
                    .withPartial()))
        .containsExactly(
            "2022-01-01 | 2 | 0 | false",
            "2022-02-01 | 1 | 0 | false",
            "2022-03-01 | 0 | 1 | false",
            "2022-04-01 | 1 | 0 | false",
            "2022-05-01 | 1 | 1 | false",
            "2022-10-01 | 1 | 0 | true");
  }

  @Test
  void aPeriodIsPartialThatAFilterCuts() {
    assertThat(
            ask(
                ask("sales", MONTH)
                    .withFilters(
                        List.of(
                            filter("day", Filter.Op.GREATER, "2022-01-01"),
                            filter("day", Filter.Op.LESS_OR_EQUAL, "2022-04-30")))
                    .withPartial()))
        .containsExactly(
            "2022-01-01 | 2 | true", "2022-02-01 | 1 | false", "2022-04-01 | 1 | false");
    assertThat(
            ask(
                ask("sales", "day.year")
                    .withFilters(List.of(filter("term", Filter.Op.EQUAL, 2021L)))
                    .withPartial()))
        .containsExactly("2022-01-01 | 5 | true");
    assertThat(
            ask(
                ask("sales", "term")
                    .withFilters(List.of(filter("day", Filter.Op.LESS, "2022-05-10")))
                    .withPartial()))
        .containsExactly("2021 | 4 | true");
    // Several rows that are left out make one row incomplete, not several.
    assertThat(
            ask(
                ask("sales", "term")
                    .withFilters(List.of(filter("day", Filter.Op.LESS, "2022-02-01")))
                    .withPartial()))
        .containsExactly("2021 | 2 | true");
    assertThat(
            ask(
                ask("sales", "who", MONTH)
                    .withFilters(
                        List.of(
                            new Filter.Comparison(
                                MONTH, Filter.Op.IN, List.of("2022-01-01", "2022-02-01")),
                            filter("who", Filter.Op.EQUAL, "ann")))
                    .withGroupingSets(List.of(List.of("who", MONTH), List.of("who")))
                    .withPartial()))
        .containsExactly("ann | 2022-01-01 | 0 | 2 | false", "ann | null | 1 | 2 | null");
  }

  @Test
  void whatIsFilledMayBePartial() {
    assertThat(
            ask(
                ask("sales", MONTH)
                    .withFilters(
                        List.of(
                            filter("day", Filter.Op.GREATER_OR_EQUAL, "2024-09-15"),
                            filter("day", Filter.Op.LESS, "2024-12-01")))
                    .withFill(List.of(MONTH))
                    .withPartial()))
        .containsExactly("2024-09-01 | 0 | true", "2024-10-01 | 1 | true", "2024-11-01 | 0 | true");
  }
}

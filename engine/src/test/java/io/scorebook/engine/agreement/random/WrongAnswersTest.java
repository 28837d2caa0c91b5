package io.scorebook.engine.agreement.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.engine.agreement.random.Workbench.Verdict;
import io.scorebook.engine.agreement.random.World.Link;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Wrong numbers that semantic layers are known to give without a word, each worked out by hand
/// over the rows of [KindsWorld] and asked of both engines; what another test asserts is named.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongAnswersTest {
  private static final String MONTH = "day.month";

  private @Nullable Run run;
  private @Nullable Workbench bench;

  @BeforeAll
  void write(@TempDir Path folder) {
    run = new Run(0, folder);
    bench = Workbench.written(KindsWorld.world(), run.lake());
  }

  @AfterAll
  void close() {
    if (run != null) {
      run.close();
    }
  }

  private Run run() {
    if (run == null) {
      throw new IllegalStateException();
    }
    return run;
  }

  private Workbench bench() {
    if (bench == null) {
      throw new IllegalStateException();
    }
    return bench;
  }

  private List<String> ask(Question question) {
    List<String> answer = written(bench().rows(question, run().duckdb()));
    assertThat(written(bench().rows(question, run().reference()))).isEqualTo(answer);
    return answer;
  }

  private static List<String> written(List<List<@Nullable Object>> rows) {
    return Workbench.written(rows).lines().map(String::strip).toList();
  }

  private static Question ask(String metrics, String... dimensions) {
    return Question.of(List.of(metrics.split(", ")), List.of(dimensions));
  }

  private static Filter filter(String field, Filter.Op op, Object value) {
    return new Filter.Comparison(field, op, List.of(value));
  }

  private static Filter from(String day) {
    return filter("day", Filter.Op.GREATER_OR_EQUAL, day);
  }

  private static Filter before(String day) {
    return filter("day", Filter.Op.LESS, day);
  }

  @Test
  @DisplayName("a streak is parted as the question groups")
  void streaks() {
    assertThat(ask(ask("m_streak_longest", "channel")))
        .containsExactly("shop | 1", "web | 3", "null | 1");
    assertThat(ask(ask("m_streak_longest"))).containsExactly("2");
  }

  @Test
  @DisplayName("a filter on time does not cut what looks back; of a month the last day is meant")
  void lookBack() {
    assertThat(
            ask(
                ask("m_rolling_days, m_cumulative_restart", MONTH)
                    .withFilters(List.of(from("2022-02-28")))))
        .containsExactly(
            "2022-02-01 | 8 | 13",
            "2022-05-01 | 5 | 18",
            "2022-08-01 | 9 | 9",
            "2022-09-01 | 14 | 14",
            "2023-09-01 | 4 | 4");
  }

  @Test
  @DisplayName("an earlier period is found under a filter that leaves it out")
  void priorPeriod() {
    assertThat(
            ask(
                ask("m_prior_grain", MONTH)
                    .withFilters(List.of(from("2022-02-01"), before("2022-03-01")))))
        .containsExactly("2022-02-01 | 2");
    assertThat(
            ask(
                ask("m_prior_calendar", "term")
                    .withFilters(List.of(filter("term", Filter.Op.EQUAL, 2023L)))))
        .containsExactly("2023 | 18");
  }

  @Test
  @DisplayName("what a share is of stays whole under a filter, a filter on a metric and a limit")
  void shares() {
    assertThat(
            ask(
                ask("m_sum, m_fixed_keepOnly", "who", "channel")
                    .withFilters(
                        List.of(
                            filter("who", Filter.Op.EQUAL, "ann"),
                            filter("m_sum", Filter.Op.GREATER, 10L)))
                    .withLimit(1)))
        .containsExactly("ann | web | 12 | 23");
  }

  @Test
  @DisplayName("cumulative ratios and distinct counts are no sums of monthly ones")
  void cumulativeRatios() {
    assertThat(ask(ask("m_cumulative", MONTH).withFilters(List.of(before("2022-06-01")))))
        .containsExactly("2022-01-01 | 1.0", "2022-02-01 | 0.5", "2022-05-01 | 0.6");
  }

  @Test
  @DisplayName("a ratio of whole numbers is no whole number on any engine")
  void ratios() {
    assertThat(
            ask(
                ask("m_ratio", "channel")
                    .withFilters(List.of(filter("channel", Filter.Op.EQUAL, "shop")))))
        .containsExactly("shop | 0.75");
  }

  @Test
  @DisplayName("two facts neither multiply each other nor lose each other's groups")
  void chasm() {
    assertThat(ask(ask("m_sum, visits", "who")))
        .containsExactly(
            "ann | 18 | 1", "bob | 17 | 0", "cid | null | 0", "dan | null | 1", "null | 7 | 1");
    assertThat(
            judge(
                ask("m_sum, visits", "who")
                    .withFilters(List.of(filter("channel", Filter.Op.EQUAL, "web")))))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("NOT_GROUPABLE"));
  }

  @Test
  @DisplayName("the difference of two facts is there where one has no rows")
  void differences() {
    assertThat(ask(ask("visits_less_sales", "who")))
        .containsExactly("ann | -4", "bob | -4", "cid | 0", "dan | 1", "null | 0");
  }

  @Test
  @DisplayName("a median is not rolled up from others")
  void medians() {
    assertThat(
            ask(
                ask("m_median", "channel")
                    .withGroupingSets(List.of(List.of("channel"), List.of()))))
        .containsExactly("shop | 0 | 3.5", "web | 0 | 4.0", "null | 0 | 5.0", "null | 1 | 4.5");
  }

  @Test
  @DisplayName("a question may have several conversions")
  void conversions() {
    assertThat(ask(ask("m_conversion_rate, m_conversion_count"))).containsExactly("0.1 | 1");
  }

  @Test
  @DisplayName("two ways to a dimension are refused, none is picked")
  void twoWays() {
    World world = KindsWorld.world();
    var ambiguous =
        new World(
            world.sources(),
            world.links().stream()
                .map(l ->
                    new Link(
                        l.name(),
                        l.from(),
                        l.to(),
                        l.fromColumns(),
                        l.toColumns(),
                        Optional.empty()))
                .toList(),
            world.conformed(),
            world.calendars(),
            world.measures());
    assertThat(new Workbench(ambiguous, run().lake()).judge(ask("m_sum", "item"), run().duckdb()))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("AMBIGUOUS_PATH"));
  }

  private Verdict judge(Question question) {
    return bench().judge(question, run().duckdb());
  }

  @Test
  @DisplayName("sub-totals of grouping sets over AGGREGATE are totals")
  void subTotals() {
    assertThat(
            written(
                bench()
                    .rows(
                        "SELECT channel, GROUPING(channel) AS g, AGGREGATE(m_sum) AS v, AGGREGATE(m_ratio) AS r FROM random.sales GROUP BY ROLLUP(channel) ORDER BY 2, 1 NULLS LAST",
                        run().duckdb())))
        .containsExactly(
            "shop | 0 | 14 | 0.75",
            "web | 0 | 23 | 0.6",
            "null | 0 | 5 | 1.0",
            "null | 1 | 42 | 0.4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRUNCATE TABLE random.sales",
        "DROP TABLE random.sales",
        "COPY random.sales TO '/tmp/sales.csv'",
        "ATTACH '/tmp/other.db'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT AGGREGATE(m_sum) FROM random.sales; DROP TABLE random.sales",
        "SELEC channel FROM random.sales",
      })
  @DisplayName("statements, files and errors of syntax are refused")
  void statements(String sql) {
    assertThat(bench().judge(sql, ask("m_sum"), run().duckdb()))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  @DisplayName("a filter on a metric chooses groups, not rows")
  void metricFilters() {
    assertThat(
            ask(ask("m_sum", "who").withFilters(List.of(filter("m_sum", Filter.Op.GREATER, 15L)))))
        .containsExactly("ann | 18", "bob | 17");
  }

  @Test
  @DisplayName("a semi-additive metric has all its groups, and of each month the last")
  void semiAdditive() {
    assertThat(ask(ask("m_semi_additive", MONTH)))
        .containsExactly(
            "2022-01-01 | 3",
            "2022-02-01 | 5",
            "2022-05-01 | 5",
            "2022-08-01 | 9",
            "2022-09-01 | 5",
            "2023-09-01 | 4",
            "null | null");
  }

  @Test
  @DisplayName(
      "rows without a time keep their group where others are cumulative; empty months go on")
  void cumulativeGaps() {
    assertThat(
            ask(
                ask("m_sum, m_cumulative_restart", MONTH)
                    .withFilters(
                        List.of(
                            new Filter.Or(
                                List.of(
                                    before("2022-04-01"),
                                    new Filter.Comparison("day", Filter.Op.IS_NULL, List.of())))))))
        .containsExactly("2022-01-01 | 8 | 8", "2022-02-01 | 5 | 13", "null | 6 | null");
    assertThat(
            ask(
                ask("m_sum, m_cumulative_restart", MONTH)
                    .withFilters(List.of(from("2022-02-01"), before("2022-05-01")))
                    .withFill(List.of(MONTH))))
        .containsExactly("2022-02-01 | 5 | 13", "2022-03-01 | null | 13", "2022-04-01 | null | 13");
  }

  @Test
  @DisplayName("what is filtered by is a value, never SQL")
  void injections() {
    assertThat(
            ask(
                ask("m_count", "channel")
                    .withFilters(List.of(filter("channel", Filter.Op.EQUAL, "x' OR '1'='1")))))
        .isEmpty();
    assertThat(
            judge(
                ask("m_count")
                    .withFilters(
                        List.of(filter("channel = 'x') OR (1=1", Filter.Op.EQUAL, "web")))))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("UNKNOWN_DIMENSION"));
  }

  @Test
  @DisplayName("a date is a date")
  void dates() {
    assertThat(bench().rows(ask("m_count", "day"), run().duckdb()).getFirst().getFirst())
        .isEqualTo(LocalDate.parse("2022-01-10"));
  }

  /// What other tests assert.
  @ParameterizedTest
  @CsvSource({
    "the order of the dimensions changes no row, MetamorphicTest, theOrderOfDimensionsChangesNoRow",
    "a filter cuts all facts or is refused, QuestionPlanTest, aDimensionThatOnlyOneOfTwoFactsHasIsRefusedAlsoInAFilter",
    "7 days are 7 and 30 days no month, AgreementTest, onASmallLeague",
    "what is loaded next is seen, AnswersTest, seesWhatIsLoadedNextAndKeepsWhatItBeganWith",
    "a doubled key is refused, AnswersTest, refusesToJoinOnAKeyThatIsThereTwice",
    "integers keep their digits in JSON, AnswerFormsTest, jsonKeepsAllDigits",
    "decimals stay decimals, FunctionsTest, meansTheSameOnEveryEngine",
    "a policy that would cut is refused where it is not applied, DomainPoliciesTest, refusesRowFilters",
    "an error after the first rows is no whole answer, StreamingTest, aFailureInMidStreamIsNotAnAnswer",
    "an error over JDBC is an error, JdbcDoorTest, refusalsHaveTheirMessageAndSqlState",
    "an error of syntax has its place, SqlPlanTest, aSyntaxErrorHasItsPlace",
  })
  void isAssertedElsewhere(String what, String test, String method) throws IOException {
    Path root = Path.of(System.getProperty("scorebook.root", "..")).toAbsolutePath().normalize();
    for (String module : List.of("engine", "semantic-model", "gateway")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
        Optional<Path> file =
            files.filter(path -> path.endsWith(Path.of(test + ".java"))).findFirst();
        if (file.isPresent()) {
          assertThat(Files.readString(file.get())).as(what).contains(" " + method + "(");
          return;
        }
      }
    }
    throw new AssertionError("Cannot find the test " + test);
  }
}

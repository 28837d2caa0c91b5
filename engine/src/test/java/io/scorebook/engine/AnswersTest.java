package io.scorebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.domains.SampleDomain;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Answers;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Explaining;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnswersTest {
  private static final Question TAKINGS = Question.of(List.of("takings"), List.of("city"));
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(1));

  @TempDir Path temp;
  private Platform platform;

  @BeforeEach
  void open() throws IOException {
    platform = open(EngineSettings.defaults());
    var findings = new Findings();
    platform.domains().publish(Shop.write(temp.resolve("shop")), findings);
    assertThat(findings.toList()).isEmpty();
  }

  private Platform open(EngineSettings settings) {
    return Platform.open(WarehouseSettings.embedded(temp.resolve("home")), settings);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private void load(String table, String csv) throws IOException {
    Path file = Files.writeString(temp.resolve(table + csv.hashCode() + ".csv"), csv);
    Contract contract =
        platform.domains().find("shop").orElseThrow().contracts().find(table).orElseThrow();
    assertThat(new Loader(platform.warehouse()).load(contract, List.of(file), LoadOptions.DEFAULT))
        .isInstanceOf(LoadReport.class);
  }

  private void loadBoth() throws IOException {
    load("shops", "shop_id,city\n1,Bern\n2,Chur\n3,Bern\n");
    load("sales", "id,shop_id,amount\n1,1,10\n2,2,5\n3,3,7\n4,2,\n");
  }

  private static List<String> read(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(var issues) -> throw new AssertionError(issues);
      case Outcome.Answered(Answer answer) -> {
        try (answer) {
          var result = new ArrayList<String>();
          while (answer.rows().next()) {
            var row = new ArrayList<String>();
            for (int i = 0; i < answer.columns().size(); i++) {
              row.add(String.valueOf(answer.rows().value(i)));
            }
            result.add(String.join(" | ", row));
          }
          yield result;
        }
      }
    };
  }

  private static List<Issue> refused(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(var issues) -> issues;
      case Outcome.Answered(Answer answer) -> {
        answer.close();
        throw new AssertionError("answered");
      }
    };
  }

  private Outcome ask() {
    return platform.answers().answer(Optional.empty(), TAKINGS, LIMITS);
  }

  private Explaining.Explained explained() {
    return switch (platform.answers().explain(Optional.empty(), TAKINGS, LIMITS)) {
      case Explaining.Explained explained -> explained;
      case Explaining.Refused(var issues) -> throw new AssertionError(issues);
    };
  }

  @Test
  void trinoIsWrittenAndNotAsked() {
    Answers trino = platform.answers().by("trino");
    String sql = "SELECT COUNT(*) AS n FROM shop.sales";
    assertThat(trino.explain(sql, LIMITS))
        .isInstanceOfSatisfying(
            Explaining.Explained.class,
            explained ->
                assertThat(explained.sent()).contains("FROM \"shop\".\"").contains("count(*)"));
    assertThat(trino.answer(sql, LIMITS))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.issues().getFirst().message())
                    .startsWith("Cannot answer on Trino: its SQL is written, but not sent"));
  }

  @Test
  void explainsWhatItWouldDo() throws IOException {
    loadBoth();
    Explaining.Explained explained = explained();
    assertThat(explained.explanation().parts().getFirst().reaches().getFirst().path())
        .isEqualTo("at_shop > shops.city");
    assertThat(explained.keys())
        .singleElement()
        .satisfies(check -> {
          assertThat(check.key().dataset()).isEqualTo("shops");
          assertThat(check.holds()).isTrue();
          assertThat(check.snapshots()).containsOnlyKeys("shop.shops");
        });
    assertThat(explained.provenance().snapshots()).containsOnlyKeys("shop.sales", "shop.shops");
    assertThat(explained.sent()).startsWith("WITH ").contains("FROM shop.sales)");
    String sql = "SELECT city, AGGREGATE(takings) AS takings FROM shop.sales GROUP BY city";
    assertThat(platform.answers().explain("explain " + sql, LIMITS))
        .isEqualTo(platform.answers().explain(sql, LIMITS))
        .isInstanceOf(Explaining.Explained.class);
    assertThat(platform.answers().explain("EXPLAIN SELECT wnis FROM shop.sales", LIMITS))
        .isInstanceOf(Explaining.Refused.class);
  }

  @Test
  void answersInEveryWayAlike() throws IOException {
    loadBoth();
    List<String> expected = List.of("Bern | 17", "Chur | 5");
    assertThat(read(ask())).isEqualTo(expected);
    assertThat(read(platform.answers().answer(Optional.of("shop"), TAKINGS, LIMITS)))
        .isEqualTo(expected);
    assertThat(read(platform.answers().by("reference").answer(Optional.empty(), TAKINGS, LIMITS)))
        .isEqualTo(expected);
    var table = platform.answers().domains().getFirst().productTables().getFirst();
    assertThat(read(platform.answers().answer(table, LIMITS))).isEqualTo(expected);
    assertThat(
            read(
                platform
                    .answers()
                    .answer(
                        "SELECT city, takings FROM takings_by_city_v1.takings ORDER BY city",
                        LIMITS)))
        .isEqualTo(expected);
  }

  @Test
  void answersFromTablesThatWereNeverLoaded() {
    assertThat(read(ask())).isEmpty();
    assertThat(
            read(
                platform
                    .answers()
                    .answer(Optional.empty(), Question.of(List.of("takings"), List.of()), LIMITS)))
        .containsExactly("null");
  }

  @Test
  void saysWhatMadeTheAnswer() throws IOException {
    loadBoth();
    try (Answer answer = ((Outcome.Answered) ask()).answer()) {
      var provenance = answer.provenance();
      assertThat(provenance.engine()).isEqualTo("duckdb");
      assertThat(provenance.model().name()).isEqualTo("shop");
      assertThat(provenance.model().hash()).startsWith("sha256:");
      assertThat(provenance.snapshots()).containsOnlyKeys("shop.sales", "shop.shops");
      assertThat(provenance.snapshots().get("shop.sales")).isEqualTo(snapshot("sales"));
    }
  }

  private long snapshot(String table) {
    return platform
        .warehouse()
        .loadTable(new TableName("shop", table))
        .currentSnapshot()
        .snapshotId();
  }

  @Test
  void seesWhatIsLoadedNextAndKeepsWhatItBeganWith() throws IOException {
    loadBoth();
    Outcome before = ask();
    load("sales", "id,shop_id,amount\n5,2,100\n");
    assertThat(read(ask())).containsExactly("Bern | 17", "Chur | 105");
    assertThat(read(before)).containsExactly("Bern | 17", "Chur | 5");
  }

  @Test
  void refusesToJoinOnAKeyThatIsThereTwice() throws IOException {
    loadBoth();
    assertThat(read(ask())).hasSize(2);
    appendAgain("shops");
    for (String engine : platform.answers().engines()) {
      List<Issue> issues =
          refused(platform.answers().by(engine).answer(Optional.empty(), TAKINGS, LIMITS));
      assertThat(issues)
          .singleElement()
          .satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(Issue.Code.DUPLICATE_KEY);
            assertThat(issue.message()).contains("shops", "shop_id", "more than one row");
          });
    }
    assertThat(explained().keys())
        .singleElement()
        .satisfies(check -> {
          assertThat(check.holds()).isFalse();
          assertThat(check.issues().getFirst().code()).isEqualTo(Issue.Code.DUPLICATE_KEY);
        });
  }

  /// The same rows twice, behind the back of the loader.
  private void appendAgain(String name) throws IOException {
    Table table = platform.warehouse().loadTable(new TableName("shop", name));
    var append = table.newAppend();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        DataFile file = task.file();
        String copy = file.location().replace(".parquet", "-again.parquet");
        try (var in = table.io().newInputFile(file.location()).newStream();
            var out = table.io().newOutputFile(copy).create()) {
          in.transferTo(out);
        }
        append.appendFile(
            org.apache.iceberg.DataFiles.builder(table.spec()).copy(file).withPath(copy).build());
      }
    }
    append.commit();
  }

  private static Question everyDay(String from, String to) {
    return Question.of(List.of("games"), List.of("date"))
        .withFilters(
            List.of(
                new Filter.Comparison(
                    "date", Filter.Op.GREATER_OR_EQUAL, List.of(LocalDate.parse(from))),
                new Filter.Comparison("date", Filter.Op.LESS, List.of(LocalDate.parse(to)))))
        .withFill(List.of("date"));
  }

  @Test
  void fillsNoMorePeriodsThanItShows() throws IOException {
    Path sample = temp.resolve("sample");
    SampleDomain.copyTo(sample);
    platform.domains().publish(sample, new Findings());
    Optional<String> model = Optional.of("basketball");
    for (String engine : List.of("duckdb", "reference")) {
      Answers answers = platform.answers().by(engine);
      assertThat(read(answers.answer(model, everyDay("2019-12-01", "2020-01-01"), LIMITS)))
          .hasSize(31)
          .contains("2019-12-31 | 0");
      assertThat(refused(answers.answer(model, everyDay("1600-01-01", "2020-01-01"), LIMITS)))
          .singleElement()
          .satisfies(issue ->
              assertThat(issue.message())
                  .startsWith("Cannot fill 'date': that would make more than 1,000,000 rows"));
    }
  }

  @Test
  void refusesWhatItCannotFind() {
    assertThat(refused(platform.answers().answer(Optional.of("shp"), TAKINGS, LIMITS)))
        .singleElement()
        .satisfies(issue -> {
          assertThat(issue.message())
              .isEqualTo("Cannot find the model 'shp'; did you mean 'shop'?");
          assertThat(issue.suggestions()).containsExactly("shop");
        });
    assertThat(
            refused(
                platform
                    .answers()
                    .answer(
                        Optional.empty(),
                        Question.of(List.of("takngs", "profit"), List.of("city")),
                        LIMITS)))
        .hasSize(2);
    assertThat(refused(platform.answers().answer("select * from nowhere.x", LIMITS))).isNotEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> platform.answers().by("duckdbb"))
        .withMessageContaining("did you mean 'duckdb'?");
  }

  @Test
  void refusesAFunctionThatItsEngineLacks() throws IOException {
    loadBoth();
    assertThat(refused(platform.answers().answer("SELECT initcap(city) FROM shop.shops", LIMITS)))
        .singleElement()
        .satisfies(issue -> {
          assertThat(issue.code()).isEqualTo(Issue.Code.UNSUPPORTED_SQL);
          assertThat(issue.message()).containsIgnoringCase("initcap");
        });
  }

  @Test
  void endsWhenTimeIsOverOrTheQuestionIsCancelled() throws IOException {
    loadBoth();
    var cancelled = Limits.of(Duration.ofMinutes(1));
    cancelled.cancellation().cancel();
    EngineException e =
        catchThrowableOfType(
            EngineException.class,
            () -> platform.answers().answer(Optional.empty(), TAKINGS, cancelled));
    assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
    e =
        catchThrowableOfType(
            EngineException.class,
            () ->
                read(
                    platform
                        .answers()
                        .answer(Optional.empty(), TAKINGS, Limits.of(Duration.ZERO))));
    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(read(ask())).hasSize(2);
  }

  /// A sum of sums takes all digits that a decimal has: there is no type for it and a fraction
  /// together, and it must not be the fraction that goes.
  @Test
  void keepsTheFractionBesideASumOfAllDigits() throws IOException {
    loadBoth();
    String sum =
        "(SELECT SUM(takings) AS s FROM (SELECT city, AGGREGATE(takings) AS takings"
            + " FROM shop.sales GROUP BY city) AS t) AS sum";
    for (String engine : platform.answers().engines()) {
      Answers answers = platform.answers().by(engine);
      assertThat(
              read(
                  answers.answer(
                      "SELECT s >= 22.5, s < 22.5, s = 22.4, s IN (21.5, 22.5), s BETWEEN 21.5 AND 22.5 FROM "
                          + sum,
                      LIMITS)))
          .as(engine)
          .containsExactly("false | true | false | false | true");
      assertThat(
              read(
                  answers.answer(
                      "SELECT CASE WHEN s > 30 THEN s ELSE 0.25 END, COALESCE(NULLIF(s, 22), 0.5), GREATEST(s, 22.5) FROM "
                          + sum,
                      LIMITS)))
          .as(engine)
          .containsExactly("0.25 | 0.5 | 22.5");
      assertThat(
              read(answers.answer("SELECT LAG(s, 1, 0.5) OVER (ORDER BY s) FROM " + sum, LIMITS)))
          .as(engine)
          .containsExactly("0.5");
      assertThat(
              read(
                  answers.answer(
                      "SELECT s FROM %s UNION ALL SELECT 0.75 FROM %s ORDER BY 1"
                          .formatted(sum, sum),
                      LIMITS)))
          .as(engine)
          .containsExactly("0.75", "22.00");
    }
  }

  @Test
  void saysThatTheCacheIsFull() throws IOException {
    loadBoth();
    platform.close();
    var small = EngineSettings.defaults();
    platform =
        open(new EngineSettings(small.memoryBytes(), 1, small.spillBytes(), 100, 0, "duckdb"));
    EngineException e = catchThrowableOfType(EngineException.class, this::ask);
    assertThat(e.kind()).isEqualTo(Kind.CACHE_FULL);
  }

  @Test
  void findsEverythingAgainAfterARestart() throws IOException {
    loadBoth();
    platform.close();
    platform = open(EngineSettings.defaults().withEngine("reference"));
    assertThat(platform.answers().engines()).containsExactly("reference", "duckdb");
    assertThat(read(ask())).containsExactly("Bern | 17", "Chur | 5");
  }
}

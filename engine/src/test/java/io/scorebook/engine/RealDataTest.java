package io.scorebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.load.SourceFolder;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.documents.Findings;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.question.Filter;
import io.scorebook.semantic.question.Question;
import io.scorebook.semantic.question.Question.Order;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sample's questions on ten real seasons, whose answers were worked out elsewhere.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealDataTest {
  private static final Path ROOT =
      Path.of(System.getProperty("scorebook.root", "..")).toAbsolutePath();
  private static final Limits LIMITS = Limits.of(Duration.ofMinutes(3));

  private Platform platform;

  @BeforeAll
  void load(@TempDir Path home) {
    Path data = ROOT.resolve("../shared/data/nba").normalize();
    assumeTrue(Files.isDirectory(data), "the real data is not on this machine");
    platform = Platform.open(WarehouseSettings.embedded(home), EngineSettings.defaults());
    var findings = new Findings();
    Optional<Domain> domain =
        platform.domains().publish(ROOT.resolve("domains/basketball"), findings);
    assertThat(findings.toList()).isEmpty();
    var loader = new Loader(platform.warehouse());
    for (Contract contract : domain.orElseThrow().contracts().inLoadOrder()) {
      assertThat(loader.load(contract, SourceFolder.find(contract, data), LoadOptions.DEFAULT))
          .isInstanceOf(LoadReport.class);
    }
  }

  @AfterAll
  void close() {
    if (platform != null) {
      platform.close();
    }
  }

  private List<String> ask(String engine, Question question) {
    return read(platform.answers().by(engine).answer(Optional.empty(), question, LIMITS));
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

  private static Question top(List<String> metrics, List<String> dimensions, long limit) {
    return Question.of(metrics, dimensions)
        .withOrderBy(List.of(new Order(metrics.getFirst(), true)))
        .withLimit(limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "reference"})
  void answersAreTheKnownOnes(String engine) {
    assertThat(ask(engine, top(List.of("points"), List.of("player", "team"), 1)))
        .containsExactly("Giannis Antetokounmpo | MIL | 18816");
    assertThat(ask(engine, top(List.of("points"), List.of("player", "season"), 1)))
        .containsExactly("James Harden | 2018 | 2818");
    assertThat(ask(engine, top(List.of("wins"), List.of("team"), 3)))
        .containsExactly("BOS | 517", "GSW | 500", "MIL | 484");
    assertThat(ask(engine, top(List.of("most_wins_in_90_games"), List.of("team"), 4)))
        .containsExactly("GSW | 79", "SAS | 74", "MIL | 73", "OKC | 73");
    assertThat(
            ask(
                engine,
                Question.of(List.of("longest_streak_over_10"), List.of("player"))
                    .withFilters(
                        List.of(
                            new Filter.Comparison(
                                "player", Filter.Op.EQUAL, List.of("LeBron James"))))
                    .withEvidence(List.of("longest_streak_over_10"))))
        .containsExactly("LeBron James | 189 | 2015-10-27 | 2018-01-06");
  }

  @Test
  void answersSqlAndTheTablesOfProducts() {
    String sql =
        "SELECT team, AGGREGATE(wins) AS wins FROM basketball.team_games GROUP BY team"
            + " ORDER BY wins DESC LIMIT 2";
    assertThat(read(platform.answers().answer(sql, LIMITS)))
        .containsExactly("BOS | 517", "GSW | 500");
    Domain domain = platform.answers().domains().getFirst();
    for (var table : domain.productTables()) {
      assertThat(read(platform.answers().answer(table, LIMITS))).isNotEmpty();
    }
  }
}

package io.scorebook.engine.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scorebook.catalog.load.LoadReport;
import io.scorebook.domains.Hazards;
import io.scorebook.domains.SampleLeague;
import io.scorebook.domains.StandardQuestion;
import io.scorebook.domains.expected.ExpectedAnswer;
import io.scorebook.domains.expected.Fixture;
import io.scorebook.domains.expected.IndependentAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Right or refused: each question gives what hand-written SQL gives that knows neither model nor
/// planner, from either engine, on a fixture worked out by hand, on generated leagues with all
/// their hazards, and on real seasons where they are at hand.
class AgreementTest {
  private static final String DUCKDB = "duckdb";
  private static final String REFERENCE = "reference";

  private static Stream<DynamicTest> compare(
      LoadedLeague league, String engine, List<ExpectedAnswer> questions) {
    return questions.stream().map(expected -> test(league, engine, expected));
  }

  private static DynamicTest test(LoadedLeague league, String engine, ExpectedAnswer expected) {
    return DynamicTest.dynamicTest(
        engine + ": " + expected.name(),
        () ->
            assertThat(league.rows(engine, expected.question()))
                .as("%s%n%s", expected.question(), expected.sql())
                .isEqualTo(league.handWritten().rows(expected.sql())));
  }

  /// The first grouping of each block: every metric and clause once.
  private static List<ExpectedAnswer> oneOfEachBlock() {
    Set<String> blocks = new HashSet<>();
    return IndependentAnswers.all().stream()
        .filter(expected -> blocks.add(expected.name().replaceFirst(" by [^ ]+(, [^ ]+)*$", "")))
        .toList();
  }

  /// Small enough that a person can follow every row.
  @TestFactory
  Stream<DynamicTest> onTheFixture(@TempDir Path folder) throws IOException, SQLException {
    Path files = folder.resolve("files");
    Fixture.copyTo(files);
    LoadedLeague league = new LoadedLeague(folder.resolve("home"), files);
    List<Fixture.WorkedAnswer> worked = Fixture.workedAnswers();
    return Stream.of(
            compare(league, DUCKDB, IndependentAnswers.all()),
            compare(league, REFERENCE, IndependentAnswers.all()),
            worked.stream().map(answer -> test(league, DUCKDB, answer)),
            worked.stream().map(answer -> test(league, REFERENCE, answer)))
        .flatMap(tests -> tests)
        .onClose(league::close);
  }

  private static DynamicTest test(LoadedLeague league, String engine, Fixture.WorkedAnswer worked) {
    return DynamicTest.dynamicTest(
        engine + ": " + worked.question(),
        () ->
            assertThat(league.rows(engine, worked.question()))
                .isEqualTo(
                    worked.rows().stream()
                        .map(row -> row.stream().map(Texts::written).toList())
                        .toList()));
  }

  /// Two seasons of six teams with every hazard.
  @TestFactory
  Stream<DynamicTest> onASmallLeague(@TempDir Path folder) throws IOException, SQLException {
    Path files = folder.resolve("files");
    SampleLeague.small().write(files);
    LoadedLeague league = new LoadedLeague(folder.resolve("home"), files);
    return Stream.concat(
            compare(league, DUCKDB, IndependentAnswers.all()),
            compare(league, REFERENCE, oneOfEachBlock()))
        .onClose(league::close);
  }

  /// Ten seasons of thirty teams: as the demonstration has them.
  @TestFactory
  Stream<DynamicTest> onTheStandardLeague(@TempDir Path folder) throws IOException, SQLException {
    Path files = folder.resolve("files");
    Hazards planted = SampleLeague.standard().write(files);
    LoadedLeague league = new LoadedLeague(folder.resolve("home"), files);
    return Stream.of(
            Stream.of(
                DynamicTest.dynamicTest(
                    "what the loads report is what was planted",
                    () -> reportsWhatWasPlanted(league, planted))),
            compare(league, DUCKDB, IndependentAnswers.all()),
            StandardQuestion.all().stream().map(question -> saysTheSameInSql(league, question)))
        .flatMap(tests -> tests)
        .onClose(league::close);
  }

  private static void reportsWhatWasPlanted(LoadedLeague league, Hazards planted) {
    LoadReport games = league.report("games");
    assertThat(games.read()).isEqualTo(planted.gameRows());
    assertThat(games.duplicates()).isEqualTo(planted.gamesRepeated());
    assertThat(games.rejected()).isEqualTo(planted.gamesConflicting());
    assertThat(games.loaded()).isEqualTo(planted.gamesPlayed() + planted.gamesNotPlayed());
    LoadReport details = league.report("game_details");
    assertThat(details.read()).isEqualTo(planted.detailRows());
    assertThat(details.duplicates()).isEqualTo(planted.detailsRepeated());
    assertThat(details.rejected()).isEqualTo(planted.detailsConflicting());
    assertThat(details.loaded())
        .isEqualTo(planted.appearances() + planted.didNotPlay() + planted.pointsUnknown());
    LoadReport players = league.report("players");
    assertThat(players.loaded()).isEqualTo(planted.players());
    assertThat(players.renamed()).hasSize(planted.namesShared());
  }

  /// SQL has no evidence: the columns before it are the same.
  private static DynamicTest saysTheSameInSql(LoadedLeague league, StandardQuestion question) {
    return DynamicTest.dynamicTest(
        "in SQL: " + question.title(),
        () -> {
          List<List<String>> inSql = league.sql(question.sql());
          assertThat(inSql).isNotEmpty();
          int columns = inSql.getFirst().size();
          assertThat(league.rows(DUCKDB, question.question()))
              .extracting(row -> row.subList(0, columns))
              .isEqualTo(inSql);
        });
  }

  /// Ten real seasons, where they are at hand.
  @TestFactory
  Stream<DynamicTest> onRealSeasons(@TempDir Path folder) throws IOException, SQLException {
    Path files = realSeasons();
    assumeTrue(Files.exists(files), "there are no real seasons beside the project");
    LoadedLeague league = new LoadedLeague(folder.resolve("home"), files);
    return compare(league, DUCKDB, IndependentAnswers.all()).onClose(league::close);
  }

  private static Path realSeasons() {
    Path at = Path.of(System.getProperty("scorebook.root", "")).toAbsolutePath();
    while (!Files.exists(at.resolve("scorebook"))) {
      at = Objects.requireNonNull(at.getParent());
    }
    return at.resolve("../shared/data/nba").normalize();
  }
}

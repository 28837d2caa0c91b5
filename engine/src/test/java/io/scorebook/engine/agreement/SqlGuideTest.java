package io.scorebook.engine.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.domains.SampleLeague;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.semantic.plan.Issue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/sql.md` shows is answered, and what it says is refused is refused so.
class SqlGuideTest {
  private static final Pattern BLOCK =
      Pattern.compile("^```sql\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern REFUSED =
      Pattern.compile("^\\| `([^`]+)` \\| (Cannot .*) \\|$", Pattern.MULTILINE);

  @TestFactory
  Stream<DynamicTest> isRight(@TempDir Path folder) throws IOException, SQLException {
    Path files = folder.resolve("files");
    SampleLeague.small().write(files);
    LoadedLeague league = new LoadedLeague(folder.resolve("home"), files);
    String guide = Files.readString(project().resolve("docs/sql.md"));
    List<String> statements =
        BLOCK
            .matcher(guide)
            .results()
            .flatMap(block -> Stream.of(block.group(1).split(";\n")))
            .filter(statement -> !statement.isBlank())
            .toList();
    List<MatchResult> refusals = REFUSED.matcher(guide).results().toList();
    assertThat(statements).hasSizeGreaterThan(10);
    assertThat(refusals).hasSizeGreaterThan(5);
    return Stream.concat(
            statements.stream()
                .map(sql -> DynamicTest.dynamicTest(sql, () -> isAnswered(league, sql))),
            refusals.stream()
                .map(row ->
                    DynamicTest.dynamicTest(
                        row.group(1), () -> isRefused(league, row.group(1), row.group(2)))))
        .onClose(league::close);
  }

  private static void isAnswered(LoadedLeague league, String sql) {
    switch (league.outcome("duckdb", sql)) {
      case Outcome.Answered(Answer answer) -> assertThat(LoadedLeague.rows(answer)).isNotEmpty();
      case Outcome.Refused(var issues) -> throw new AssertionError(issues);
    }
  }

  private static void isRefused(LoadedLeague league, String sql, String message) {
    switch (league.outcome("duckdb", sql)) {
      case Outcome.Answered(Answer answer) -> throw new AssertionError(LoadedLeague.rows(answer));
      case Outcome.Refused(var issues) ->
          assertThat(issues).extracting(Issue::message).containsExactly(message);
    }
  }

  private static Path project() {
    Path at = Path.of(System.getProperty("scorebook.root", "")).toAbsolutePath();
    while (!Files.exists(at.resolve("scorebook"))) {
      at = Objects.requireNonNull(at.getParent());
    }
    return at;
  }
}

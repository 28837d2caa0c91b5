package io.scorebook.engine.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.documents.Findings;
import io.scorebook.domains.SampleDomain;
import io.scorebook.domains.expected.IndependentAnswers;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Limits;
import io.scorebook.engine.answer.PinnedTables;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.trino.TrinoEngine;
import io.scorebook.semantic.plan.Plan;
import io.scorebook.semantic.plan.Planner;
import io.scorebook.semantic.plan.Planning;
import io.trino.sql.parser.SqlParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every question of the tests, and all SQL that tools send, is written as SQL that Trino's own
/// parser reads.
class TrinoTextTest {
  private final TrinoEngine trino = new TrinoEngine();

  @Test
  void isTrinosSql(@TempDir Path folder) throws IOException {
    Planner planner = planner(folder);
    Stream<Planning> questions =
        IndependentAnswers.all().stream()
            .map(answer -> planner.plan(Questions.read(answer.question())));
    Stream<Planning> statements =
        ToolSql.all().stream()
            .filter(sql -> sql.expected() != ToolSql.Expected.REFUSED)
            .map(sql -> planner.plan(sql.sql()));
    long read =
        Stream.concat(questions, statements)
            .map(TrinoTextTest::plan)
            .map(trino::text)
            .map(text -> new SqlParser().createStatement(text))
            .count();
    assertThat(read).isGreaterThan(100);
  }

  @Test
  void answersNothing(@TempDir Path folder) throws IOException {
    Plan plan = plan(planner(folder).plan("SELECT team, wins FROM team_games GROUP BY team"));
    assertThatThrownBy(
            () -> trino.run(plan, new PinnedTables(List.of()), Limits.of(Duration.ofMinutes(1))))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("Cannot answer on Trino");
  }

  private static Planner planner(Path folder) throws IOException {
    SampleDomain.copyTo(folder);
    return Domain.read(folder, new Findings()).orElseThrow().planner();
  }

  private static Plan plan(Planning planning) {
    return switch (planning) {
      case Planning.Planned(Plan plan) -> plan;
      case Planning.Rejected(var issues) -> throw new AssertionError(issues);
    };
  }
}

package io.scorebook.engine.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.domains.SampleLeague;
import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.semantic.plan.Issue;
import io.scorebook.semantic.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// SQL of the shapes that BI tools send is answered as hand-written SQL over the raw files is, on
/// either engine, or refused with what to write; expressions as PostgreSQL computes them.
class ToolsTest {
  private static final Comparator<List<String>> BY_VALUES = Comparator.comparing(List::toString);

  @TestFactory
  Stream<DynamicTest> onASmallLeague(@TempDir Path folder) throws IOException, SQLException {
    Path files = folder.resolve("files");
    SampleLeague.small().write(files);
    LoadedLeague league = new LoadedLeague(folder.resolve("home"), files);
    List<PostgresAnswer> answers = PostgresAnswer.all();
    return Stream.of("duckdb", "reference")
        .flatMap(engine ->
            Stream.concat(
                ToolSql.all().stream()
                    .map(sql ->
                        DynamicTest.dynamicTest(
                            "%s: %s: %s".formatted(engine, sql.tool(), sql.name()),
                            () -> check(league, engine, sql))),
                answers.stream()
                    .map(answer ->
                        DynamicTest.dynamicTest(
                            "%s: PostgreSQL: %s".formatted(engine, answer.expression()),
                            () -> answer.check(league, engine)))))
        .onClose(league::close);
  }

  private static void check(LoadedLeague league, String engine, ToolSql sql) throws SQLException {
    switch (league.outcome(engine, sql.sql())) {
      case Outcome.Refused(List<Issue> issues) -> {
        assertThat(sql.expected())
            .as("%s%n%s", sql.sql(), issues)
            .isEqualTo(ToolSql.Expected.REFUSED);
        assertThat(issues).extracting(Issue::message).containsExactly(sql.text());
      }
      case Outcome.Answered(Answer answer) -> {
        List<String> names = answer.columns().stream().map(Plan.OutputColumn::name).toList();
        boolean readNothing = answer.provenance().snapshots().isEmpty();
        List<List<String>> rows = LoadedLeague.rows(answer);
        switch (sql.expected()) {
          case REFUSED -> throw new AssertionError(sql.sql() + " is answered: " + rows);
          case ROWS ->
              assertThat(sorted(rows))
                  .as(sql.sql())
                  .isEqualTo(sorted(league.handWritten().rows(sql.text())))
                  .isNotEmpty();
          case ROWS_IN_ORDER ->
              assertThat(rows)
                  .as(sql.sql())
                  .isEqualTo(league.handWritten().rows(sql.text()))
                  .isNotEmpty();
          case AS_MANY_ROWS -> assertThat(rows).hasSize(Integer.parseInt(sql.text()));
          case NO_ROWS, NO_ROWS_OF -> {
            assertThat(rows).isEmpty();
            assertThat(readNothing).isTrue();
            if (sql.expected() == ToolSql.Expected.NO_ROWS_OF) {
              assertThat(String.join(", ", names)).isEqualTo(sql.text());
            }
          }
        }
      }
    }
  }

  private static List<List<String>> sorted(List<List<String>> rows) {
    var sorted = new ArrayList<>(rows);
    sorted.sort(BY_VALUES);
    return sorted;
  }
}

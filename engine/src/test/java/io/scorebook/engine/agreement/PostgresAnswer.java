package io.scorebook.engine.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.engine.answer.Answer;
import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.Outcome;
import io.scorebook.semantic.plan.Issue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// An expression as tools write it for PostgreSQL, and what comes of it; read from
/// `tools/postgres.txt`, which says how it is written.
record PostgresAnswer(String expression, String expected) {
  private static final String FAILS = "FAILS";
  private static final String REFUSED = "REFUSED ";

  static List<PostgresAnswer> all() throws IOException {
    try (InputStream in = PostgresAnswer.class.getResourceAsStream("tools/postgres.txt")) {
      if (in == null) {
        throw new UncheckedIOException(new IOException("Cannot find tools/postgres.txt"));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(PostgresAnswer::read)
          .toList();
    }
  }

  private static PostgresAnswer read(String line) {
    int arrow = line.lastIndexOf(" => ");
    String expected = line.substring(arrow + 4);
    return new PostgresAnswer(line.substring(0, arrow), expected.split(" ; PostgreSQL: ", 2)[0]);
  }

  void check(LoadedLeague league, String engine) {
    String sql = "SELECT " + expression;
    if (expected.equals(FAILS)) {
      assertThatThrownBy(() -> told(league.outcome(engine, sql)))
          .as(sql)
          .isInstanceOfSatisfying(
              EngineException.class,
              failure -> assertThat(failure.kind()).isEqualTo(EngineException.Kind.DATA));
    } else if (expected.startsWith(REFUSED)) {
      assertThat(told(league.outcome(engine, sql)))
          .as(sql)
          .startsWith(REFUSED)
          .contains(expected.substring(REFUSED.length()));
    } else {
      assertThat(told(league.outcome(engine, sql))).as(sql).isEqualTo(expected);
    }
  }

  private static String told(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(List<Issue> issues) -> REFUSED + issues.getFirst().message();
      case Outcome.Answered(Answer answer) -> LoadedLeague.rows(answer).getFirst().getFirst();
    };
  }
}

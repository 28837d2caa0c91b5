package io.scorebook.engine.policy;

import static io.scorebook.engine.policy.Firm.caller;
import static io.scorebook.engine.policy.Firm.person;
import static io.scorebook.engine.policy.Firm.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who makes a group is told apart by a key: each has one row then, and rows are counted.
final class GroupKeyTest {
  private static final Caller READER = caller("readers", Map.of());
  private static final Question BY_TITLE = Question.of(List.of("pay_sum"), List.of("title"));

  @TempDir Path temp;

  private Firm firm(String of) throws IOException {
    return Firm.open(
            temp,
            of,
            Firm.OPEN
                + """
                metrics:
                  pay_sum: {minimumGroupSize: 2, of: people.%s}
                """
                    .formatted(of))
        .rows("people", person(1, "Ann", 1, 10L, 1, "x"), person(2, "Bob", 1, 20L, 1, "y"))
        .rows("people", person(3, "Cy", 2, 30L, 1, "z"))
        .rows("units", unit(1, "Mill", "north"), unit(2, "Yard", "south"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "reference"})
  void rowsOfAKeyAreCountedAndWhatElseIsToldApart(String engine) throws IOException {
    try (Firm byKey = firm("person_id");
        Firm byName = firm("name")) {
      for (Firm firm : List.of(byKey, byName)) {
        assertThat(Firm.rowsOf(firm.ask(READER, engine, BY_TITLE))).isEqualTo("Mill|30\nYard|null");
      }
      String sql = "SELECT title, pay_sum FROM payroll_v1.pay";
      assertThat(byKey.explain(READER, engine, sql)).doesNotContainIgnoringCase("distinct");
      assertThat(byName.explain(READER, engine, sql)).containsIgnoringCase("distinct");
      assertThat(byKey.ask(READER, engine, BY_TITLE)).contains("people (person_id) is unique");
      assertThat(byName.ask(READER, engine, BY_TITLE)).doesNotContain("people (person_id)");
    }
  }

  /// A person there twice would be a group of two.
  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "reference"})
  void aKeyThatIsThereTwiceIsRefused(String engine) throws IOException {
    try (Firm firm = firm("person_id")) {
      firm.rows("people", person(3, "Cy", 2, 30L, 1, "z"));
      assertThat(firm.ask(READER, engine, BY_TITLE))
          .startsWith("refused: ")
          .contains("Cannot rely on the primary key of 'people'");
      assertThat(firm.sql(READER, engine, "SELECT title, pay_sum FROM payroll_v1.pay"))
          .startsWith("refused: ");
    }
  }

  @Test
  void othersAreStillToldApart() throws IOException {
    try (Firm firm = firm("name")) {
      firm.rows("people", person(4, "Cy", 2, 30L, 1, "z"));
      assertThat(Firm.rowsOf(firm.ask(READER, "duckdb", BY_TITLE))).isEqualTo("Mill|30\nYard|null");
    }
  }
}

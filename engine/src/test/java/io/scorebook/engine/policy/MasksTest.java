package io.scorebook.engine.policy;

import static io.scorebook.engine.policy.Firm.caller;
import static io.scorebook.engine.policy.Firm.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.MaskKey;
import io.scorebook.semantic.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands in the place of values, the same on both engines.
final class MasksTest {
  private static final String POLICIES =
      Firm.OPEN
          + """
          tables:
            people:
              columns:
                person_id: {mask: hash}
                unit_id: {mask: hash}
                name: {mask: partial, first: 1, last: 2, except: [leads]}
                pay: {mask: bucket, size: 10, except: [leads]}
                bonus: {mask: constant, value: "7", except: [leads]}
                hired: {mask: bucket, size: month}
                note: {mask: null, except: [leads]}
                rate: {mask: bucket, size: 0.5}
            units:
              columns:
                unit_id: {mask: hash}
          metrics:
            pay_sum: {minimumGroupSize: 2, of: people.person_id, except: [leads]}
          """;

  private static final Caller READER = caller("readers", Map.of());
  private static final Caller LEAD = caller("leads", Map.of());

  @TempDir static Path temp;
  private static Firm firm;

  @BeforeAll
  static void open() throws IOException {
    firm = Firm.open(temp, "home", POLICIES);
    LocalDate day = LocalDate.of(2020, 2, 29);
    firm.rows(
        "people",
        Arrays.asList(1L, "Adalbert", 1L, 17L, 1, day, "x", 1.7),
        Arrays.asList(2L, "Bob", 1L, -1L, 2, null, "y", -0.1),
        Arrays.asList(3L, null, 2L, null, null, day, null, null),
        Arrays.asList(4L, "Łukasz", 2L, Long.MIN_VALUE, 3, day, "z", 0.5),
        Arrays.asList(5L, "Cy", 1L, 20L, 3, day, "z", 0.5));
    firm.rows("units", unit(1, "Mill", "north"), unit(2, "Yard", "south"));
  }

  @AfterAll
  static void close() {
    firm.close();
  }

  private static String rows(Caller caller, String engine, String sql) {
    return Firm.rowsOf(firm.sql(caller, engine, sql));
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "reference"})
  void masks(String engine) {
    assertThat(rows(READER, engine, "SELECT name FROM people ORDER BY bonus, name"))
        .isEqualTo("***\n***\nA***rt\nŁ***sz\nnull");
    assertThat(rows(READER, engine, "SELECT pay FROM people ORDER BY pay"))
        .isEqualTo("-10\n10\n20\nnull\nnull");
    assertThat(rows(READER, engine, "SELECT DISTINCT bonus FROM people")).isEqualTo("7");
    assertThat(rows(READER, engine, "SELECT DISTINCT hired FROM people ORDER BY hired"))
        .isEqualTo("2020-02-01\nnull");
    assertThat(rows(READER, engine, "SELECT DISTINCT note FROM people")).isEqualTo("null");
    assertThat(rows(LEAD, engine, "SELECT name FROM people WHERE pay > 0 ORDER BY name"))
        .isEqualTo("Adalbert\nCy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "reference"})
  void pseudonymsAreThoseOfTheKeyAndJoin(String engine) {
    MaskKey key = MaskKey.of(temp.resolve("home"));
    assertThat(rows(READER, engine, "SELECT person_id FROM people").lines())
        .containsExactlyInAnyOrder(
            "" + key.of(1), "" + key.of(2), "" + key.of(3), "" + key.of(4), "" + key.of(5));
    assertThat(
            Firm.rowsOf(firm.ask(READER, engine, Question.of(List.of("heads"), List.of("title")))))
        .isEqualTo("Mill|3\nYard|2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "reference"})
  void smallGroupsAreNotTold(String engine) {
    String told =
        firm.ask(READER, engine, Question.of(List.of("pay_sum", "pay_each"), List.of("title")));
    // Of the yard two are paid: one has no pay, and one has none that a mask could show.
    assertThat(Firm.rowsOf(told)).startsWith("Mill|20|").endsWith("Yard|null|null");
    assertThat(told).contains("pay_sum: groups of a few are not told");
    assertThat(rows(READER, engine, "SELECT title, pay_sum FROM payroll_v1.pay ORDER BY title"))
        .isEqualTo("Mill|20\nYard|null");
    assertThat(firm.sql(READER, engine, "SELECT name, pay_sum FROM people")).startsWith("refused");
    assertThat(rows(LEAD, engine, "SELECT title, pay_sum FROM payroll_v1.pay WHERE title = 'Mill'"))
        .isEqualTo("Mill|36");
  }

  @Test
  void theSecretIsInNoText() throws IOException {
    String sql = "SELECT person_id, name FROM people";
    String secret = Files.readString(temp.resolve("home/mask.key"));
    assertThat(firm.explain(READER, "duckdb", sql))
        .contains("firm.people as policies show it")
        .doesNotContain(secret, "getvariable", "sha256(");
    assertThat(firm.sql(READER, "duckdb", "SELECT getvariable('scorebook_mask_inner') AS k"))
        .startsWith("refused");
    assertThat(firm.sql(READER, "duckdb", "SELECT PSEUDONYM(name) AS k FROM people"))
        .startsWith("refused");
    assertThat(MaskKey.of(temp.resolve("home")).toString()).isEqualTo("MaskKey");
  }

  @Test
  void makesAKeyThatOnlyItsOwnerReads(@TempDir Path home) throws IOException {
    MaskKey made = MaskKey.of(home);
    assertThat(MaskKey.of(home).of("x")).isEqualTo(made.of("x")).hasSize(64);
    assertThat(MaskKey.random().of("x")).isNotEqualTo(made.of("x"));
    assertThat(Files.getPosixFilePermissions(home.resolve("mask.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(home)) {
      assertThat(files).hasSize(1);
    }
  }
}

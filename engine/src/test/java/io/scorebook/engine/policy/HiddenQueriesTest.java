package io.scorebook.engine.policy;

import static io.scorebook.engine.policy.Firm.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A dataset that is a query goes with a hidden column that its rows depend on, in whatever way;
/// one whose values alone come from it loses these.
final class HiddenQueriesTest {
  private static final String POLICIES =
      Firm.OPEN + "tables: {people: {columns: {pay: {deny: true}}}}\n";

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows   | SELECT person_id, name AS w FROM firm.people p WHERE EXISTS (SELECT 1 FROM firm.units u WHERE u.unit_id = p.pay)",
        "rows   | SELECT person_id, name AS w FROM firm.people p WHERE p.bonus > (SELECT MIN(u.unit_id) FROM firm.units u WHERE u.unit_id <> p.pay)",
        "rows   | SELECT person_id, name AS w FROM firm.people WHERE pay IN (SELECT unit_id FROM firm.units)",
        "rows   | SELECT person_id, name AS w FROM firm.people WHERE person_id < ALL (SELECT pay FROM firm.people)",
        "rows   | SELECT person_id, name AS w FROM (SELECT person_id, name FROM firm.people ORDER BY pay DESC LIMIT 1) x",
        "rows   | SELECT person_id, w FROM (SELECT person_id, name AS w, ROW_NUMBER() OVER (ORDER BY pay) AS r FROM firm.people) x WHERE r = 1",
        "rows   | SELECT 1 AS person_id, w FROM (SELECT DISTINCT name AS w, pay FROM firm.people) x",
        "rows   | SELECT MAX(person_id) AS person_id, MAX(name) AS w FROM firm.people GROUP BY pay",
        "rows   | SELECT p.person_id, p.name AS w FROM firm.people p JOIN firm.people q ON p.pay = q.pay",
        "rows   | SELECT person_id, name AS w FROM firm.people WHERE pay > 75 UNION ALL SELECT person_id, name FROM firm.people WHERE bonus < 1",
        "rows   | SELECT person_id, name AS w FROM firm.people UNION SELECT pay, name FROM firm.people",
        "rows   | SELECT person_id, name AS w FROM firm.people INTERSECT SELECT pay, name FROM firm.people",
        "rows   | SELECT person_id, name AS w FROM firm.people EXCEPT SELECT pay, name FROM firm.people",
        "values | SELECT person_id, (SELECT MAX(u.title) FROM firm.units u WHERE u.unit_id = p.pay) AS w FROM firm.people p",
        "values | SELECT person_id, COUNT(*) OVER (PARTITION BY pay) AS w FROM firm.people",
        "values | SELECT person_id, COALESCE(name, CAST(pay AS VARCHAR)) AS w FROM firm.people",
        "values | SELECT MAX(person_id) AS person_id, MAX(name) FILTER (WHERE pay > 75) AS w FROM firm.people",
        "none   | SELECT person_id, name AS w FROM firm.people p WHERE EXISTS (SELECT 1 FROM firm.units u WHERE u.unit_id = p.unit_id)",
        "none   | SELECT person_id, name AS w FROM (SELECT person_id, name, pay FROM firm.people) x"
      })
  void goWithTheHiddenColumnThatTheyDependOn(String lost, String source) throws IOException {
    Path folder = Firm.write(temp.resolve("firm"), POLICIES);
    Files.writeString(
        folder.resolve("model.yaml"),
        Firm.MODEL
            .lines()
            .filter(line -> !line.contains("{name: cost,"))
            .map(line ->
                line.replace("SELECT unit_id, pay + 1 AS cost, name FROM firm.people", source)
                    .replaceFirst("(\\{name: who, .*expression: )name", "$1w"))
            .collect(Collectors.joining("\n")));
    var findings = new Findings();
    Domain whole = Domain.read(folder, findings).orElseThrow(() -> new AssertionError(findings));
    var seen = whole.seenBy(caller("readers", Map.of())).model().findDataset("costs");
    switch (lost) {
      case "rows" -> assertThat(seen).isEmpty();
      case "values" -> assertThat(seen.orElseThrow().fields()).isEmpty();
      default -> assertThat(seen.orElseThrow().fields()).hasSize(1);
    }
  }
}

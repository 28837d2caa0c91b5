package io.scorebook.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules that could not be kept, or would make answers wrong, and what an attacker would write.
final class PolicyCheckTest {
  @TempDir Path temp;

  private List<String> check(String rules) throws IOException {
    var findings = new Findings();
    Domain.read(Firm.write(temp, Firm.OPEN + rules), findings);
    return findings.toList().stream()
        .filter(finding -> finding.location().toString().startsWith("policies.yaml"))
        .map(Finding::toString)
        .toList();
  }

  private List<String> where(String condition) throws IOException {
    return check(
        "tables: {people: {rows: [{who: [readers], where: \"%s\"}]}}\n"
            .formatted(condition.replace("\"", "\\\"")));
  }

  private List<String> column(String rule) throws IOException {
    return check("tables: {people: {columns: {%s}}}\n".formatted(rule));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pay > 5; DROP TABLE x | Encountered \";\"",
        "pay IN (SELECT pay FROM people) | has a query in it",
        "EXISTS (SELECT 1 FROM people) | cannot stand in it",
        "1 / pay > 0 | compares no column",
        "pay + 1 > 0 | compares no column",
        "CAST(note AS INTEGER) = 1 | compares no column",
        "UPPER(note) = 'X' | compares no column",
        "pay = bonus | compares two columns",
        "note LIKE caller.region | cannot stand in it",
        "1 = 1 | compares no column",
        "note = 5 | must be a text",
        "pay = 'x' | must be a number",
        "hired = 'yesterday' | must be a date",
        "pya = 5 | there is no column 'pya'; there is 'bonus'",
        "people.pay = 5 | cannot stand in it",
        "unit_id = caller.unti | Cannot find the attribute 'caller.unti'",
        "pay IS NOT TRUE | cannot stand in it",
        "TRUE OR pay = 1 | cannot stand in it",
        "'' | ''",
      })
  void refusesConditionsThatCouldFailOrMeanMore(String condition, String why) throws IOException {
    assertThat(where(condition))
        .as(condition)
        .hasSize(1)
        .first()
        .asString()
        .matches("policies.yaml:6: error: (Cannot|Invalid) .*")
        .contains(why);
  }

  @Test
  void takesConditionsThatCannotFail() throws IOException {
    assertThat(
            where(
                "(unit_id = caller.unit OR pay BETWEEN -5 AND 10.5) AND NOT note IN ('a', 'it''s')"
                    + " AND hired >= DATE '2020-01-01' AND name <> caller.region"
                    + " AND 3 < bonus AND name IS NOT NULL"))
        .isEmpty();
    assertThat(where("TRUE")).isEmpty();
  }

  @Test
  void refusesEndlessConditions() throws IOException {
    assertThat(where("(".repeat(4000) + "pay = 1" + ")".repeat(4000)))
        .singleElement()
        .asString()
        .contains("error: Cannot use the condition: ");
    assertThat(where("NOT ".repeat(2000) + "pay = 1"))
        .singleElement()
        .asString()
        .contains("nested too deep");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pya: {deny: true} | Cannot find the column 'pya' of 'people'; there is 'bonus'",
        "pay: {} | Cannot find one of 'deny' and 'mask' of 'pay'",
        "pay: {deny: false} | Invalid 'deny': must be true",
        "pay: {deny: true, mask: hash} | Cannot find one of 'deny' and 'mask'",
        "pay: {mask: hsah} | Cannot find the mask 'hsah'; did you mean 'hash'?",
        "pay: {mask: bucket, first: 1, size: 1} | Cannot use 'first' with 'bucket'",
        "pay: {mask: bucket, size: 0} | Invalid 'size'",
        "pay: {mask: bucket, size: 0.5} | buckets of a whole size",
        "pay: {mask: bucket, size: month} | only a date or a timestamp",
        "pay: {mask: partial, first: 1} | only a text has a part",
        "bonus: {mask: hash} | there are pseudonyms of texts and longs",
        "hired: {mask: bucket, size: 5} | only a number",
        "pay: {mask: constant, value: much} | 'much' is no value of its type",
        "name: {mask: partial} | must keep between 1 and 100",
        "pay: {deny: true, except: [raeders]} | Cannot find the group 'raeders' in 'groups'; did you mean 'readers'?",
        "pay: {deny: true, except: ['*']} | Cannot except everyone",
        "pay: {deny: true, expect: [readers]} | Cannot use the key 'expect'; did you mean 'except'?",
        "person_id: {mask: null} | it is in the primary key; use hash",
        "unit_id: {mask: bucket, size: 2} | joins by it; use hash",
        "unit_id: {mask: hash} | the other side is not masked for the same callers",
      })
  void refusesMasksThatDoNotFit(String rule, String why) throws IOException {
    assertThat(column(rule)).as(rule).isNotEmpty().first().asString().contains(why);
  }

  @Test
  void takesPseudonymsOfBothSidesOfAJoin() throws IOException {
    String rules =
        """
        tables:
          people: {columns: {unit_id: {mask: hash, except: [leads]}, person_id: {mask: hash}}}
          units: {columns: {unit_id: {mask: hash, except: [leads]}}}
        """;
    assertThat(check(rules)).isEmpty();
    assertThat(check(rules.replaceFirst("except: \\[leads\\]", "except: [clerks]")))
        .isNotEmpty()
        .first()
        .asString()
        .contains("the same 'except'");
  }

  @Test
  void refusesGroupSizesThatCannotBeCounted() throws IOException {
    assertThat(
            check(
                """
                metrics:
                  pay_smu: {minimumGroupSize: 5, of: people.person_id}
                  pay_each: {minimumGroupSize: 1, of: people.person_id}
                """))
        .anyMatch(line -> line.contains("must be 2 or more"));
    assertThat(check("metrics: {pay_smu: {minimumGroupSize: 5, of: people.person_id}}\n"))
        .singleElement()
        .asString()
        .contains("Cannot find the metric 'pay_smu'; did you mean 'pay_sum'?");
    assertThat(check("metrics: {pay_sum: {minimumGroupSize: 5, of: people.nobody}}\n"))
        .singleElement()
        .asString()
        .contains("there is no field 'people.nobody'");
    assertThat(check("metrics: {longest_run: {minimumGroupSize: 5, of: people.person_id}}\n"))
        .singleElement()
        .asString()
        .contains("put the group size on the metric that it is made of");
  }

  @Test
  void refusesWhatIsNotSaidWhole() throws IOException {
    assertThat(check("tables: {people: {rows: }}\n")).isNotEmpty();
    assertThat(check("tables: {peolpe: {rows: []}}\n"))
        .singleElement()
        .asString()
        .contains("Cannot find the table 'peolpe'; did you mean 'people'?");
    assertThat(check("tables: {people: {}}\n")).isNotEmpty();
    assertThat(check("tables:\n")).isNotEmpty();
    assertThat(check("tables: {people: {rows: [{who: [readers]}]}}\n")).isNotEmpty();
    assertThat(check("tables: {people: {rows: [{who: [readers], where: 'TRUE', only: 'TRUE'}]}}\n"))
        .isNotEmpty();
    assertThat(check("tables: {people: {rows: [{who: [readers], purpose: [x], where: 'TRUE'}]}}\n"))
        .singleElement()
        .asString()
        .contains("Cannot find the purpose 'x' in 'purposes'");
    assertThat(check("tabels: {}\n")).singleElement().asString().contains("did you mean 'tables'?");
    assertThat(check("tables: {'../../etc/passwd': {rows: []}, 'http://x': {rows: []}}\n"))
        .hasSize(2);
  }

  @Test
  void refusesYamlThatGrows() throws IOException {
    var bomb = new StringBuilder("x0: &a0 [a, a, a, a, a, a, a, a, a, a]\n");
    for (int i = 1; i < 20; i++) {
      bomb.append("x%d: &a%d [".formatted(i, i))
          .append(("*a%d, ".formatted(i - 1)).repeat(9))
          .append("*a%d]\n".formatted(i - 1));
    }
    assertThat(check(bomb.toString())).isNotEmpty();
  }
}

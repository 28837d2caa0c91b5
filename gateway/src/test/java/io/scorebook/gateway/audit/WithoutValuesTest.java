package io.scorebook.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.wire.QuestionForm;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithoutValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT a FROM s.t WHERE b = 'x' | SELECT a FROM s.t WHERE b = ?",
        "SELECT a1, 17, -2.5e-3 FROM t2 | SELECT a1, ?, -? FROM t2",
        "WHERE d > DATE '2020-01-31' | WHERE d > DATE ?",
        "WHERE b = 'it''s' AND c = 'y' | WHERE b = ? AND c = ?",
        "WHERE \"b c\" = 'a\"b' | WHERE \"b c\" = ?",
        "WHERE b = 'never ends AND c = 1 | WHERE b = ?",
        "WHERE b /* secret 'x' */ = 1 -- and more | WHERE b = ?",
        "WHERE b = X'CAFE' AND c = 0xFF | WHERE b = X? AND c = ?",
        "WHERE b = U&'d\\0061t' LIMIT 10 | WHERE b = U&? LIMIT ?",
        "WHERE b = \"never ends | WHERE b = ?",
        "WHERE b = $$it's secret$$ AND c = $1 | WHERE b = ? AND c = $1",
        "WHERE b = $a$my $$ secret$a$ AND c = 1 | WHERE b = ? AND c = ?",
        "WHERE b = $$never ends | WHERE b = ?",
        "WHERE b = E'it\\'s secret''s' AND c = e'\\\\' AND d | WHERE b = E? AND c = e? AND d",
        "SELECT .5, 1.e3x FROM t | SELECT ?, ? FROM t"
      })
  void sqlKeepsItsWords(String sql, String kept) {
    assertThat(WithoutValues.sql(sql)).isEqualTo(kept);
  }

  @Test
  void namesThatNobodyKnowsMayBeValues() {
    assertThat(
            WithoutValues.withoutNames(
                "SELECT \"team\" FROM t WHERE name = \"Alice\"\"s\"", "team"::equals))
        .isEqualTo("SELECT \"team\" FROM t WHERE name = ?");
  }

  @Test
  void filtersKeepTheirFieldsAndOps() {
    String question =
        """
        {"metrics": ["wins"], "dimensions": ["team"], "limit": 3, "filters": [
          {"field": "player", "op": "=", "value": "Secret Name"},
          {"or": [{"field": "season", "op": "in", "value": [2018, 2019]},
                  {"not": {"field": "wins", "op": ">", "value": 4711}}]}]}
        """;
    Ask ask = QuestionForm.read(question.getBytes(StandardCharsets.UTF_8));
    assertThat(WithoutValues.text(ask))
        .contains("wins", "team", "player", "season", "\"op\"")
        .doesNotContain("Secret", "2018", "4711");
    assertThat(WithoutValues.text(new Ask.Sql("x".repeat(9000), Optional.empty())))
        .hasSizeLessThan(5000);
  }
}

package io.scorebook.semantic.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.sql.parser.SqlParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalFormTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum( s.A )              | SUM(s.a)",
        "(a + b) + c             | c + (b + a)",
        "x = 1 AND (y = 2 AND z) | z AND 2 = y AND 1 = x",
        "a * b / c               | (b * a) / c",
        "a <> b                  | b <> a",
      })
  void isTheSameForWhatIsWrittenDifferently(String one, String other) throws SqlParseException {
    assertThat(form(one)).isEqualTo(form(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a - b                            | b - a",
        "a / b                            | b / a",
        "a < b                            | b < a",
        "a AND b OR c                     | a AND (b OR c)",
        "COUNT(s.a)                       | COUNT(DISTINCT s.a)",
        "name = 'BOS'                     | name = 'bos'",
        "SUM(s.a) FILTER (WHERE s.b)      | SUM(s.a)",
        "CASE WHEN a THEN 1 ELSE 0 END    | CASE WHEN a THEN 0 ELSE 1 END",
        "CAST(a AS DOUBLE)                | CAST(a AS DECIMAL(10, 2))",
        "a + b                            | a * b",
      })
  void tellsApartWhatMeansSomethingElse(String one, String other) throws SqlParseException {
    assertThat(form(one)).isNotEqualTo(form(other));
  }

  @Test
  void quotedWordsAreNoNames() throws SqlParseException {
    assertThat(form("a = 'b'")).isNotEqualTo(form("a = b"));
  }

  private static String form(String text) throws SqlParseException {
    return NormalForm.of(Sql.parseExpression(text));
  }
}

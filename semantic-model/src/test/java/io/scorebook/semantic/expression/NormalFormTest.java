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
        "a > b                   | b < a",
        "NOT a > b               | a <= b",
        "NOT (a = 1 OR b IS NULL) | a <> 1 AND b IS NOT NULL",
        "NOT NOT a               | a",
        "x AND y AND x           | y AND x",
        "a BETWEEN 1 AND 2       | 2 >= a AND a >= 1",
        "a NOT BETWEEN 1 AND 2   | a < 1 OR a > 2",
        "a IN ('x', 'y')         | a = 'y' OR a = 'x'",
        "a IN ('x')              | ('x' = a)",
        "a NOT IN ('x', 'y')     | NOT a IN ('y', 'x')",
        "a * 2 * 3               | 6 * a",
        "60 * 60 * 24            | 86400",
        "a + -1                  | - 1 + a",
        "SUM(s.a) FILTER (WHERE s.b = 1)             | SUM(CASE WHEN s.b = 1 THEN s.a END)",
        "COUNT(DISTINCT s.a) FILTER (WHERE s.b)      | COUNT(DISTINCT CASE WHEN s.b THEN s.a ELSE NULL END)",
        "SUM(CASE WHEN s.b THEN s.a END) FILTER (WHERE s.c) | SUM(s.a) FILTER (WHERE s.c AND s.b)",
        "MEDIAN(s.a) FILTER (WHERE s.b)              | MEDIAN(CASE WHEN s.b THEN s.a END)",
        "CASE a WHEN 1 THEN 2 END                    | CASE WHEN a = 1 THEN 2 ELSE NULL END",
        "MAX(DISTINCT s.a)                           | MAX(s.a)",
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
        "SUM(CASE WHEN s.b THEN s.a ELSE 0 END) | SUM(s.a) FILTER (WHERE s.b)",
        "SUM(CASE WHEN s.b THEN 1 WHEN s.c THEN 2 END) | SUM(1) FILTER (WHERE s.b)",
        "NOT (a AND b)                    | NOT a AND NOT b",
        "NOT a                            | a",
        "a NOT IN (1, 2)                  | a <> 1 OR a <> 2",
        "a IN (1, 2)                      | a IN (1, 3)",
        "a BETWEEN 1 AND 2                | a > 1 AND a <= 2",
        "1.0 * 2.0                        | 1.0 * 2.00",
        "a - 1                            | 1 - a",
        "2 + 3                            | 2 * 3",
        "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY s.a) | PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY s.a)",
        "a IS NULL                        | a IS NOT NULL",
        "SUM(a) OVER (PARTITION BY b ORDER BY c) | SUM(a) OVER (PARTITION BY b ORDER BY d)",
        "SUM(a) OVER (PARTITION BY b ORDER BY c) | SUM(a) OVER (PARTITION BY b ORDER BY c DESC)",
        "SUM(a) OVER (PARTITION BY b ORDER BY c) | SUM(a) OVER (PARTITION BY b ORDER BY c ROWS 2 PRECEDING)",
        "COALESCE(a, b)                   | COALESCE(b, a)",
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

package io.scorebook.semantic.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.sql.parser.SqlParserPos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people and tools write becomes what the parser reads, and places can be told in either.
class SpellingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT date, t.Date FROM t | SELECT "date", t."Date" FROM t
          SELECT a FROM t LIMIT '10' OFFSET '5' | SELECT a FROM t LIMIT 10 OFFSET 5
          SELECT a FROM t LIMIT ('10'::int4) OFFSET ('5'::int8) | SELECT a FROM t LIMIT 10 OFFSET 5
          SELECT a FROM t LIMIT (10) OFFSET 5::bigint | SELECT a FROM t LIMIT 10 OFFSET CAST(5 AS bigint)
          SELECT a FROM t LIMIT '10'::int OFFSET (NULL) | SELECT a FROM t LIMIT 10 OFFSET 0
          SELECT a FROM t LIMIT NULL OFFSET NULL | SELECT a FROM t LIMIT ALL OFFSET 0
          (SELECT a FROM t LIMIT CAST(NULL AS BIGINT)) OFFSET CAST(NULL AS double precision) | (SELECT a FROM t LIMIT ALL) OFFSET 0
          SELECT a FROM t LIMIT 'ten' OFFSET '-1' | SELECT a FROM t LIMIT 'ten' OFFSET '-1'
          SELECT t.limit NULL | SELECT t.limit NULL
          SELECT date -- date | SELECT "date" -- date
          SELECT [a b], t.[date] AS [A-1] FROM [s].[t] x | SELECT "a b", t."date" AS "A-1" FROM "s"."t" x
          SELECT ARRAY[a], '[b]', a[1] | SELECT ARRAY[a], '[b]', a[1]
          SELECT CAST(date AS date) AS date | SELECT CAST("date" AS date) AS "date"
          SELECT date::date, max(date) | SELECT CAST("date" AS date), max("date")
          a + b.c::text - d | a + CAST(b.c AS text) - d
          x >= '2020-01-01'::date AND y | x >= CAST('2020-01-01' AS date) AND y
          sum(a.b)::numeric(20, 4) / 2 | CAST(sum(a.b) AS numeric(20, 4)) / 2
          a IN (1)::text | a IN CAST((1) AS text)
          (a + b)::double precision * 2 | CAST((a + b) AS double precision) * 2
          x::text::date | CAST(CAST(x AS text) AS date)
          CASE WHEN a THEN CASE WHEN b THEN 1 END END::text | CAST(CASE WHEN a THEN CASE WHEN b THEN 1 END END AS text)
          sum(a) FILTER (WHERE b) OVER (ORDER BY c)::int | CAST(sum(a) FILTER (WHERE b) OVER (ORDER BY c) AS int)
          date '2020-01-01'::timestamp without time zone | CAST(date '2020-01-01' AS timestamp without time zone)
          "A b"::varchar(3), -5::int | CAST("A b" AS varchar(3)), -CAST(5 AS int)
          WHERE date = date '2020-01-01' | WHERE "date" = date '2020-01-01'
          SELECT CAST(x AS timestamp with time zone) | SELECT CAST(x AS timestamp with time zone)
          SELECT MEASURE(wins), measure | SELECT "MEASURE"(wins), measure
          d - INTERVAL '30 days' | d - INTERVAL '30' DAY
          d - interval '-1 Month' | d - interval '-1' MONTH
          d - INTERVAL '365' DAY | d - INTERVAL '365' DAY(3)
          d - INTERVAL '365' DAY(4) | d - INTERVAL '365' DAY(4)
          d - INTERVAL '400 day' | d - INTERVAL '400' DAY(3)
          SELECT TOP 5 a FROM t ORDER BY a | SELECT  a FROM t ORDER BY a LIMIT 5
          SELECT DISTINCT TOP (5) a FROM t; | SELECT DISTINCT  a FROM t LIMIT 5
          SELECT b FROM (SELECT TOP 2 a FROM t) x | SELECT b FROM (SELECT  a FROM t LIMIT 2) x
          SELECT `te am`, 'a`b' FROM `t` | SELECT "te am", 'a`b' FROM "t"
          """)
  void isRespelled(String written, String read) {
    assertThat(Spelling.of(written).text().strip()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'date', \"date\", 'MEASURE(x)' /* date */",
        "SELECT TOP 5 a FROM t UNION SELECT b FROM t",
        "SELECT TOP 5 a FROM t LIMIT 3",
        "SELECT TOP 5 PERCENT a FROM t",
        "SELECT top FROM t",
        "SELECT DATE('2020-01-01')",
        "SELECT 'an open quote",
        "SELECT /* an open comment",
        ""
      })
  void staysAsItIs(String written) {
    assertThat(Spelling.of(written).text()).isEqualTo(written);
  }

  @Test
  void placesAreThoseOfTheTextAsItWasWritten() {
    var spelling = Spelling.of("SELECT TOP 3 date,\r\n date, x\nFROM t");
    assertThat(spelling.text()).isEqualTo("SELECT  \"date\",\r\n \"date\", x\nFROM t LIMIT 3");
    assertThat(original(spelling, 2, 10)).isEqualTo("2:8"); // x
    assertThat(original(spelling, 3, 6)).isEqualTo("3:6"); // t
    assertThat(original(spelling, 1, 9)).isEqualTo("1:14"); // date
    assertThat(original(spelling, 3, 9)).isEqualTo("3:7"); // what was put behind
  }

  private static String original(Spelling spelling, int line, int column) {
    SqlParserPos place = spelling.original(new SqlParserPos(line, column));
    return place.getLineNum() + ":" + place.getColumnNum();
  }
}

package io.scorebook.gateway.doors;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;

/// The questions that are asked at every door. Beside each stands what plain DuckDB is asked for
/// the same rows.
final class Questions {
  private Questions() {}

  /// Asked by both callers: what they are told differs by policy, and is expected of their own
  /// rows.
  static final List<Asked> OF_BOTH =
      List.of(
          // Metrics by dimensions.
          Asked.of(
              "SELECT city, AGGREGATE(total) AS total, happened FROM stage.events GROUP BY city",
              "string decimal(38,2) integer",
              "SELECT city, SUM(amount), COUNT(event_id) FROM events GROUP BY city"),
          Asked.of(
              "SELECT AGGREGATE(total) AS total, AGGREGATE(largest) AS largest FROM events",
              "decimal(38,2) decimal(12,2)",
              "SELECT SUM(amount), MAX(amount) FROM events"),
          Asked.of("SELECT COUNT(*) AS n FROM events", "integer", "SELECT COUNT(*) FROM events"),
          // Products, of both versions.
          Asked.of(
              "SELECT * FROM totals_v1.totals",
              "string integer decimal(38,2)",
              "SELECT city, COUNT(event_id), SUM(amount) FROM events GROUP BY city"),
          Asked.of(
              "SELECT city, total FROM totals_v2.totals WHERE total > 0",
              "string decimal(38,2)",
              "SELECT city, SUM(amount) FROM events GROUP BY city HAVING SUM(amount) > 0"),
          // Values of every type, and the NULLs of each.
          Asked.of(
              "SELECT event_id, city, day, taken, seen, amount, ratio, flag, note"
                  + " FROM events ORDER BY event_id",
              "integer string date timestamp instant decimal(12,2) double boolean string",
              "SELECT event_id, city, day, taken, seen, amount, ratio, flag, note FROM events"
                  + " ORDER BY event_id"));

  /// Asked by who sees all.
  static final List<Asked> OF_ONE =
      List.of(
          // Filters.
          Asked.of(
              "SELECT city, happened FROM events WHERE day >= DATE '2024-01-01' AND flag"
                  + " AND city <> 'Chur' GROUP BY city",
              "string integer",
              "SELECT city, COUNT(event_id) FROM events WHERE day >= DATE '2024-01-01' AND flag"
                  + " AND city <> 'Chur' GROUP BY city"),
          Asked.of(
              "SELECT event_id FROM events WHERE city LIKE '%\"%' AND amount BETWEEN -500 AND 500",
              "integer",
              "SELECT event_id FROM events WHERE city LIKE '%\"%' AND amount BETWEEN -500 AND 500"),
          Asked.of(
              "SELECT city, AGGREGATE(total) AS t FROM events GROUP BY city"
                  + " HAVING AGGREGATE(happened) > 31",
              "string decimal(38,2)",
              "SELECT city, SUM(amount) FROM events GROUP BY city HAVING COUNT(event_id) > 31"),
          // Top N.
          Asked.of(
              "SELECT day, AGGREGATE(total) AS t FROM events WHERE day IS NOT NULL GROUP BY day"
                  + " ORDER BY t DESC, day LIMIT 5",
              "date decimal(38,2)",
              "SELECT day, SUM(amount) AS t FROM events WHERE day IS NOT NULL GROUP BY day"
                  + " ORDER BY t DESC, day LIMIT 5"),
          Asked.of(
              "SELECT TOP 3 event_id FROM events ORDER BY event_id DESC",
              "integer",
              "SELECT event_id FROM events ORDER BY event_id DESC LIMIT 3"),
          Asked.of(
              "SELECT event_id FROM events ORDER BY event_id LIMIT 4 OFFSET 7",
              "integer",
              "SELECT event_id FROM events ORDER BY event_id LIMIT 4 OFFSET 7"),
          // DISTINCT.
          Asked.of(
              "SELECT DISTINCT city, flag FROM events",
              "string boolean",
              "SELECT DISTINCT city, flag FROM events"),
          Asked.of(
              "SELECT COUNT(DISTINCT city) AS n, COUNT(DISTINCT day) AS d FROM events",
              "integer integer",
              "SELECT COUNT(DISTINCT city), COUNT(DISTINCT day) FROM events"),
          // Metrics in subqueries.
          Asked.of(
              "WITH c AS (SELECT city, AGGREGATE(total) AS t FROM events GROUP BY city)"
                  + " SELECT MAX(t) AS best, COUNT(*) AS n FROM c",
              "decimal(38,2) integer",
              "SELECT MAX(t), COUNT(*) FROM (SELECT SUM(amount) AS t FROM events GROUP BY city)"),
          Asked.of(
              "SELECT \"X\".\"city\" AS \"the city\", SUM(\"X\".\"total\") AS \"sum:total:ok\""
                  + " FROM (SELECT * FROM \"stage\".\"events\") \"X\" GROUP BY 1",
              "string decimal(38,2)",
              "SELECT city, SUM(amount) FROM events GROUP BY city"),
          Asked.of(
              "SELECT COUNT(*) FROM (SELECT * FROM events) x",
              "integer",
              "SELECT COUNT(*) FROM events"),
          // Parts and cuts of dates.
          Asked.of(
              "SELECT DATE_TRUNC('month', day) AS m, EXTRACT(YEAR FROM day) AS y, happened"
                  + " FROM events GROUP BY DATE_TRUNC('month', day), EXTRACT(YEAR FROM day)",
              "date integer integer",
              "SELECT DATE_TRUNC('month', day)::DATE, EXTRACT(YEAR FROM day), COUNT(event_id)"
                  + " FROM events GROUP BY ALL"),
          Asked.of(
              "SELECT DATE_TRUNC('hour', taken) AS h, COUNT(*) AS n FROM events_v1.events GROUP BY 1",
              "timestamp integer",
              "SELECT DATE_TRUNC('hour', taken), COUNT(*) FROM events GROUP BY 1"),
          Asked.of(
              "SELECT event_id, day + INTERVAL '1' DAY AS d FROM events_v1.events"
                  + " WHERE event_id < 20",
              "integer date",
              "SELECT event_id, (day + INTERVAL 1 DAY)::DATE FROM events WHERE event_id < 20"),
          // Casts.
          Asked.of(
              "SELECT event_id::text AS t, CAST(amount AS DOUBLE) AS d,"
                  + " CAST(amount AS DECIMAL(20, 4)) AS e, CAST('2024-02-29' AS DATE) AS f"
                  + " FROM events_v1.events WHERE event_id <= 20",
              "string double decimal(20,4) date",
              "SELECT event_id::VARCHAR, amount::DOUBLE, amount::DECIMAL(20, 4), DATE '2024-02-29'"
                  + " FROM events WHERE event_id <= 20"),
          // NULLs.
          Asked.of(
              "SELECT COALESCE(city, '-') AS c, COUNT(note) AS n, COUNT(amount) AS m"
                  + " FROM events_v1.events GROUP BY 1",
              "string integer integer",
              "SELECT COALESCE(city, '-'), COUNT(note), COUNT(amount) FROM events GROUP BY 1"),
          Asked.of(
              "SELECT NULL AS nothing, CAST(NULL AS DOUBLE) AS d, CAST(NULL AS DATE) AS e",
              "string double date",
              "SELECT NULL, NULL::DOUBLE, NULL::DATE"),
          Asked.of(
              "SELECT 1 AS one, 'it''s' AS t, 2.5 AS d, TRUE AS b",
              "integer string decimal(2,1) boolean",
              "SELECT 1, 'it''s', 2.5, TRUE"),
          // Large whole numbers.
          Asked.of(
              "SELECT SUM(CAST(9223372036854775807 AS DECIMAL)) AS s FROM events_v1.events",
              "decimal(38,10)",
              "SELECT SUM(9223372036854775807::DECIMAL(38, 10)) FROM events"),
          // Empty answers.
          Asked.of(
              "SELECT event_id, city, amount FROM events_v1.events WHERE 1 = 0",
              "integer string decimal(12,2)",
              "SELECT event_id, city, amount FROM events WHERE 1 = 0"),
          Asked.of(
              "SELECT AGGREGATE(total) AS t, AGGREGATE(happened) AS n FROM events WHERE city = 'x'",
              "decimal(38,2) integer",
              "SELECT SUM(amount), COUNT(event_id) FROM events WHERE city = 'x'"),
          Asked.of(
              "SELECT * FROM totals_v2.totals LIMIT 0",
              "string decimal(38,2)",
              "SELECT city, amount FROM events LIMIT 0"),
          // Windows and groupings.
          Asked.of(
              "SELECT city, AGGREGATE(total) AS t, RANK() OVER (ORDER BY AGGREGATE(total) DESC) AS r"
                  + " FROM events WHERE city IS NOT NULL GROUP BY city",
              "string decimal(38,2) integer",
              "SELECT city, SUM(amount), RANK() OVER (ORDER BY SUM(amount) DESC) FROM events"
                  + " WHERE city IS NOT NULL GROUP BY city"),
          Asked.of(
              "SELECT flag, AGGREGATE(happened) AS n, GROUPING(flag) AS g FROM events"
                  + " GROUP BY ROLLUP(flag)",
              "boolean integer integer",
              "SELECT flag, COUNT(event_id), GROUPING(flag) FROM events GROUP BY ROLLUP(flag)"));

  /// With `?`.
  static final List<Asked> WITH_VALUES =
      List.of(
          new Asked(
              "SELECT city, happened FROM events WHERE city = ? AND flag = ? GROUP BY city -- why?",
              List.of("Genève", true),
              "string integer",
              "SELECT city, COUNT(event_id) FROM events WHERE city = 'Genève' AND flag"
                  + " GROUP BY city"),
          new Asked(
              "SELECT event_id FROM events_v1.events ORDER BY event_id LIMIT ? OFFSET ?",
              List.of(2, 1),
              "integer",
              "SELECT event_id FROM events ORDER BY event_id LIMIT 2 OFFSET 1"),
          new Asked(
              "SELECT event_id FROM events_v1.events WHERE city = ? OR note = ?",
              List.of("Au, \"d'Or\"", "' OR 1 = 1 --"),
              "integer",
              "SELECT event_id FROM events WHERE city = 'Au, \"d''Or\"'"),
          new Asked(
              "SELECT event_id FROM events_v1.events WHERE event_id - ? > 0 AND amount < ?",
              List.of(-5L, new BigDecimal("-1000.25")),
              "integer",
              "SELECT event_id FROM events WHERE event_id + 5 > 0 AND amount < -1000.25"),
          new Asked(
              "SELECT event_id FROM events_v1.events WHERE day = CAST(? AS DATE)"
                  + " AND taken < CAST(? AS TIMESTAMP)",
              List.of(LocalDate.of(2024, 1, 5), LocalDateTime.of(2024, 1, 6, 23, 59, 59)),
              "integer",
              "SELECT event_id FROM events WHERE day = DATE '2024-01-05'"
                  + " AND taken < TIMESTAMP '2024-01-06 23:59:59'"),
          new Asked(
              "SELECT COUNT(*) AS n FROM events_v1.events WHERE ratio > ? OR city = ?",
              Arrays.asList(150.5, null),
              "integer",
              "SELECT COUNT(*) FROM events WHERE ratio > 150.5"));

  /// A time finer than a millisecond.
  static final Asked FINE =
      Asked.of(
          "SELECT fine FROM events_v1.events WHERE event_id = 1",
          "timestamp",
          "SELECT fine FROM events WHERE event_id = 1");
}

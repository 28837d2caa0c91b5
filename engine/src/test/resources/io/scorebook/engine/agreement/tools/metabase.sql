--- the rows of a table
SELECT "basketball"."player_games"."player" AS "player", "basketball"."player_games"."date" AS "date", "basketball"."player_games"."points" AS "points"
FROM "basketball"."player_games"
WHERE "basketball"."player_games"."points" >= 30
LIMIT 2000
--- rows
select player, date, points from player_games where points >= 30

--- summarize by a bin
SELECT FLOOR(("basketball"."player_games"."season" / 10.0)) * 10 AS "season", SUM("basketball"."player_games"."points") AS "sum"
FROM "basketball"."player_games"
GROUP BY FLOOR(("basketball"."player_games"."season" / 10.0)) * 10
ORDER BY FLOOR(("basketball"."player_games"."season" / 10.0)) * 10 ASC
--- rows
select floor(season / 10.0) * 10, sum(points) from player_games group by 1

--- a question on a question
SELECT "source"."season" AS "season", MAX("source"."sum") AS "max"
FROM (
  SELECT "basketball"."player_games"."player" AS "player", "basketball"."player_games"."season" AS "season", SUM("basketball"."player_games"."points") AS "sum"
  FROM "basketball"."player_games"
  GROUP BY "basketball"."player_games"."player", "basketball"."player_games"."season"
) AS "source"
GROUP BY "source"."season" ORDER BY "source"."season" ASC
--- rows in order
select season, max(s) from (select player, season, sum(points) as s from player_games group by all) group by season order by season

--- a pivot's grouping marker
SELECT "source"."team" AS "team", "source"."pivot-grouping" AS "pivot-grouping", SUM("source"."wins") AS "sum"
FROM (SELECT "basketball"."team_games"."wins" AS "wins", "basketball"."team_games"."team" AS "team", ABS(0) AS "pivot-grouping" FROM "basketball"."team_games") AS "source"
GROUP BY "source"."team", "source"."pivot-grouping"
ORDER BY "source"."team" ASC, "source"."pivot-grouping" ASC
--- rows in order
select team, 0, count(*) filter (where won) from team_games group by team order by team

--- the custom expression SumIf
SELECT "t"."team" AS "team", SUM(CASE WHEN "t"."season" = 2022 THEN "t"."points_allowed" ELSE 0.0 END) AS "in 2022"
FROM "basketball"."team_games" AS "t" GROUP BY "t"."team"
--- rows
select team, sum(case when season = 2022 then allowed else 0 end) from team_games group by team

--- the values of a filter
SELECT DISTINCT "basketball"."team_games"."team" AS "team" FROM "basketball"."team_games" ORDER BY "basketball"."team_games"."team" ASC LIMIT 1000
--- rows in order
select distinct team from team_games order by team

--- what a fingerprint samples
SELECT "source"."team" AS "team", "source"."wins" AS "wins" FROM (SELECT * FROM "basketball"."team_games" LIMIT 10000) AS "source" LIMIT 10000
--- rows
select team, case when won then 1 else 0 end from team_games

--- weeks of the year
SELECT CEIL((CAST(extract(doy from CAST(DATE_TRUNC('week', "basketball"."team_games"."date") AS timestamp)) AS integer) / 7.0)) AS "date", SUM("basketball"."team_games"."wins") AS "sum"
FROM "basketball"."team_games"
GROUP BY CEIL((CAST(extract(doy from CAST(DATE_TRUNC('week', "basketball"."team_games"."date") AS timestamp)) AS integer) / 7.0))
ORDER BY CEIL((CAST(extract(doy from CAST(DATE_TRUNC('week', "basketball"."team_games"."date") AS timestamp)) AS integer) / 7.0)) ASC
--- rows in order
select ceil(dayofyear(date_trunc('week', date)) / 7.0), count(*) filter (where won) from team_games group by 1 order by 1

--- the days up to now
SELECT COUNT(*) AS "count" FROM "basketball"."team_games"
WHERE "basketball"."team_games"."date" >= CAST((CAST(NOW() AS timestamp) + (INTERVAL '-36500 day')) AS date)
  AND "basketball"."team_games"."date" < CAST((CAST(NOW() AS timestamp) + (INTERVAL '1 day')) AS date)
--- rows
select count(*) from team_games

--- what a fingerprint reads of a text
SELECT "source"."substring131715" AS "substring131715"
FROM (SELECT SUBSTRING("basketball"."team_games"."team" FROM 1 FOR 1234) AS "substring131715" FROM "basketball"."team_games") AS "source"
LIMIT 10000
--- rows
select team from team_games

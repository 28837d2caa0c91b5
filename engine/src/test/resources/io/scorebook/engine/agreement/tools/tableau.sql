--- a bar for each team, the measure dropped on the shelf as a sum
SELECT "team_games"."team" AS "team", SUM("team_games"."wins") AS "sum:wins:ok"
FROM "basketball"."team_games" "team_games"
GROUP BY 1
--- rows
select team, count(*) filter (where won) from team_games group by team

--- a total; the tool wants no row where there is no data
SELECT SUM("team_games"."points_allowed") AS "sum:points_allowed:ok"
FROM "basketball"."team_games" "team_games"
HAVING (COUNT(1) > 0)
--- rows
select sum(allowed) from team_games having count(*) > 0

--- custom SQL, wrapped
SELECT "Custom SQL Query"."season" AS "season", SUM("Custom SQL Query"."points") AS "sum:points:ok"
FROM (
  SELECT * FROM basketball.player_games
) "Custom SQL Query"
GROUP BY 1
--- rows
select season, sum(points) from player_games group by season

--- custom SQL, a ratio averaged by the tool's default
SELECT AVG("Custom SQL Query"."win_pct") AS "avg:win_pct:ok"
FROM (SELECT * FROM basketball.team_games) "Custom SQL Query"
--- refused
Cannot use AVG on the metric 'win_pct'; write AGGREGATE(win_pct)

--- a ratio summed by the tool's default
SELECT "team_games"."team" AS "team", SUM("team_games"."win_pct") AS "sum:win_pct:ok"
FROM "basketball"."team_games" "team_games" GROUP BY 1
--- refused
Cannot use SUM on the metric 'win_pct', which does not add up; write AGGREGATE(win_pct)

--- the same as a pass-through expression
SELECT "team_games"."team" AS "team", AGGREGATE("team_games"."win_pct") AS "usr:win:ok"
FROM "basketball"."team_games" "team_games" GROUP BY 1
--- rows
select team, count(*) filter (where won) / count(*) from team_games group by team

--- columns of custom SQL
SELECT * FROM (SELECT team, season, AGGREGATE(wins) AS wins FROM basketball.team_games GROUP BY team, season) "Custom SQL Query" LIMIT 0
--- no rows of
team, season, wins

--- another probe of columns
SELECT "Custom SQL Query".* FROM (SELECT * FROM basketball.player_games) "Custom SQL Query" WHERE (1 = 0)
--- no rows

--- years and months of a date
SELECT EXTRACT(YEAR FROM "t"."date") AS "yr:date:ok", EXTRACT(MONTH FROM "t"."date") AS "mn:date:ok",
  SUM("t"."wins") AS "sum:wins:ok"
FROM "basketball"."team_games" "t"
WHERE (("t"."date" >= (DATE '2022-11-01')) AND ("t"."date" <= (DATE '2023-02-28')))
GROUP BY 1, 2
--- rows
select year(date), month(date), count(*) filter (where won) from team_games
where date >= date '2022-11-01' and date <= date '2023-02-28' group by all

--- the domain of a filter, in its order
SELECT "team_games"."team" AS "team" FROM "basketball"."team_games" "team_games" GROUP BY 1 ORDER BY 1 ASC NULLS FIRST
--- rows in order
select distinct team from team_games order by team

--- the ends of a date filter
SELECT MIN("t"."date") AS "TEMP(low)", MAX("t"."date") AS "TEMP(high)", COUNT(1) AS "TEMP(count)" FROM "basketball"."team_games" "t"
--- rows
select min(date), max(date), count(*) from team_games

--- a group of members, computed
SELECT CASE WHEN ("t"."home_away" IN ('home')) THEN 'at home' ELSE 'elsewhere' END AS "Where", SUM("t"."points_allowed") AS "sum:allowed:ok"
FROM "basketball"."team_games" "t" GROUP BY 1
--- rows
select case when home_away = 'home' then 'at home' else 'elsewhere' end, sum(allowed) from team_games group by 1

--- a conditional sum
SELECT "t"."season" AS "season", SUM(CASE WHEN ("t"."home_away" = 'home') THEN "t"."wins" ELSE 0 END) AS "home", SUM(CASE WHEN ("t"."home_away" = 'none') THEN "t"."points_allowed" ELSE 0 END) AS "none"
FROM "basketball"."team_games" "t" GROUP BY 1
--- rows
select season, count(*) filter (where won and home_away = 'home'), 0 from team_games group by season

--- the first three teams by their wins, as a filter
SELECT "t"."season" AS "season", SUM("t"."wins") AS "sum:wins:ok"
FROM "basketball"."team_games" "t"
INNER JOIN (
  SELECT "t"."team" AS "team", SUM("t"."wins") AS "$__alias__0"
  FROM "basketball"."team_games" "t" GROUP BY 1 ORDER BY 2 DESC NULLS LAST, 1 ASC LIMIT 3
) "t0" ON ("t"."team" = "t0"."team")
GROUP BY 1
--- rows
select season, count(*) filter (where won) from team_games
where team in (select team from team_games group by team order by count(*) filter (where won) desc, team limit 3)
group by season

--- a level of detail fixed on another key, joined back
SELECT "t0"."team" AS "team", "t0"."w" AS "wins", "t1"."w" AS "of season"
FROM (SELECT "t"."team" AS "team", "t"."season" AS "season", SUM("t"."wins") AS "w" FROM "basketball"."team_games" "t" GROUP BY 1, 2) "t0"
INNER JOIN (SELECT "t"."season" AS "season", SUM("t"."wins") AS "w" FROM "basketball"."team_games" "t" GROUP BY 1) "t1"
ON ("t0"."season" = "t1"."season")
--- rows
select team, w, sum(w) over (partition by season) from (
  select team, season, count(*) filter (where won) as w from team_games group by all)

--- a calculated field with RAWSQLAGG_REAL
SELECT "team_games"."team" AS "team", (AGGREGATE(win_pct)) AS "usr:Calculation_1:ok"
FROM "basketball"."team_games" "team_games" WHERE "team_games"."season" = 2022 GROUP BY 1
--- rows
select team, count(*) filter (where won) / count(*) from team_games where season = 2022 group by team

--- months of a date, as a time
SELECT DATE_TRUNC( 'MONTH', CAST("t"."date" AS TIMESTAMP) ) AS "tmn:date:ok", SUM("t"."wins") AS "sum:wins:ok"
FROM "basketball"."team_games" "t"
GROUP BY 1
--- rows
select strftime(date_trunc('month', date), '%Y-%m-%dT%H:%M'), count(*) filter (where won) from team_games group by 1

--- weeks from Sunday
SELECT CAST((DATE_TRUNC( 'DAY', CAST("t"."date" AS DATE) ) + (-EXTRACT(DOW FROM "t"."date") * INTERVAL '1 DAY')) AS DATE) AS "twk:date:ok", SUM("t"."wins") AS "sum:wins:ok"
FROM "basketball"."team_games" "t"
GROUP BY 1
--- rows
select cast(date - cast(dayofweek(date) as integer) as date), count(*) filter (where won) from team_games group by 1

--- parts of a date as numbers: the year, the day of the week, the week of the year
SELECT CAST(TRUNC(EXTRACT(YEAR FROM "t"."date")) AS INTEGER) AS "yr:date:ok", (1 + CAST(EXTRACT(DOW FROM "t"."date") AS INTEGER)) AS "wd:date:ok",
  CAST(FLOOR((7 + EXTRACT(DOY FROM "t"."date") - 1 + EXTRACT(DOW FROM DATE_TRUNC('YEAR', "t"."date"))) / 7) AS INTEGER) AS "wk:date:ok", SUM("t"."wins") AS "sum:wins:ok"
FROM "basketball"."team_games" "t"
GROUP BY 1, 2, 3
--- rows
select year(date), dayofweek(date) + 1, (7 + dayofyear(date) - 1 + dayofweek(date_trunc('year', date))) // 7, count(*) filter (where won)
from team_games group by 1, 2, 3

--- filters by a part of a name
SELECT "t"."team" AS "team", SUM("t"."points") AS "sum:points:ok"
FROM "basketball"."player_games" "t"
WHERE ((STRPOS(CAST(LOWER(CAST(CAST("t"."team" AS TEXT) AS TEXT)) AS TEXT),CAST('b' AS TEXT)) > 0)
  AND (SUBSTR(LTRIM(CAST("t"."team" AS TEXT), ' '), 1, LENGTH(CAST('A' AS TEXT))) = CAST('A' AS TEXT))
  AND (SUBSTR(RTRIM(CAST("t"."team" AS TEXT), ' '), (CASE WHEN (LENGTH(RTRIM(CAST("t"."team" AS TEXT), ' ')) - LENGTH(CAST('Y' AS TEXT))) < 0 THEN 1 ELSE LENGTH(RTRIM(CAST("t"."team" AS TEXT), ' ')) - LENGTH(CAST('Y' AS TEXT)) + 1 END), LENGTH(CAST('Y' AS TEXT))) = CAST('Y' AS TEXT)))
GROUP BY 1
--- rows
select team, sum(points) from player_games where team like 'A%' and team like '%Y' and lower(team) like '%b%' group by team

--- a sum up to a day, beside the whole
SELECT SUM("t"."points") AS "TEMP(a)", SUM((CASE WHEN ("t"."date" < (TIMESTAMP '2022-12-01 00:00:00.000')) THEN "t"."points" ELSE NULL END)) AS "TEMP(b)"
FROM "basketball"."player_games" "t"
HAVING (COUNT(1) > 0)
--- rows
select sum(points), sum(points) filter (where date < date '2022-12-01') from player_games

--- a calculated truth as a dimension
SELECT ("t"."date" >= DATE_TRUNC('MONTH', CAST(CAST('2022-12-15' AS DATE) AS TIMESTAMP))) AS "Calculation_1", SUM("t"."wins") AS "sum:wins:ok"
FROM "basketball"."team_games" "t"
GROUP BY 1
--- rows
select date >= date '2022-12-01', count(*) filter (where won) from team_games group by 1

--- members of a set, and the others
SELECT (CASE WHEN ("t"."team" IN ('ABY', 'nobody')) THEN 1 ELSE 0 END) AS "io:Set:nk", SUM("t"."wins") AS "sum:wins:ok"
FROM "basketball"."team_games" "t"
GROUP BY 1
--- rows
select case when team = 'ABY' then 1 else 0 end, count(*) filter (where won) from team_games group by 1

--- a filter of groups joined back, by a key that may be NULL
SELECT "t"."k" AS "k", SUM("t"."points") AS "sum:points:ok"
FROM (SELECT NULLIF(team, 'ABY') AS k, points FROM basketball.player_games) "t"
INNER JOIN (
  SELECT NULLIF(team, 'ABY') AS "k", COUNT(1) AS "$__alias__0" FROM "basketball"."player_games" GROUP BY 1
) "t0" ON ("t"."k" IS NOT DISTINCT FROM "t0"."k")
GROUP BY 1
--- rows
select nullif(team, 'ABY'), sum(points) from player_games group by 1

--- the same by keys that are equal, which NULL is not
SELECT "t"."k" AS "k", SUM("t"."points") AS "sum:points:ok"
FROM (SELECT NULLIF(team, 'ABY') AS k, points FROM basketball.player_games) "t"
INNER JOIN (
  SELECT NULLIF(team, 'ABY') AS "k", COUNT(1) AS "$__alias__0" FROM "basketball"."player_games" GROUP BY 1
) "t0" ON ("t"."k" = "t0"."k")
GROUP BY 1
--- rows
select team, sum(points) from player_games where team <> 'ABY' group by 1

--- days of a set, and the others
SELECT (CASE WHEN ("t"."date" IN ((DATE '2022-12-25'), (DATE '2022-12-26'))) THEN 1 ELSE 0 END) AS "io:Set:nk", SUM("t"."wins") AS "sum:wins:ok"
FROM "basketball"."team_games" "t"
GROUP BY 1
--- rows
select case when date in ('2022-12-25', '2022-12-26') then 1 else 0 end, count(*) filter (where won) from team_games group by 1

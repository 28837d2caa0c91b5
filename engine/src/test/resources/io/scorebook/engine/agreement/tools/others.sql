--- DBeaver: the data of a table, by its own limit
SELECT t.* FROM basketball.team_games t LIMIT 2
--- as many rows
2

--- DBeaver: the same with a filter of the grid
SELECT t.team, t.date FROM basketball.team_games t WHERE team = 'ABY' AND home_away='home' ORDER BY t.date DESC
--- rows in order
select team, date from team_games where team = 'ABY' and home_away = 'home' order by date desc

--- DBeaver: how many rows a query has
SELECT COUNT(*) FROM (SELECT * FROM basketball.player_games) dbvrcnt
--- rows
select count(*) from player_games

--- a pool's question whether the connection is alive
SELECT 1
--- rows
select 1

--- Excel's query window
SELECT team_games.team, team_games.season, SUM(team_games.wins) AS `Sum Of wins`
FROM basketball.team_games team_games
WHERE (team_games.season>=2022)
GROUP BY team_games.team, team_games.season
ORDER BY team_games.team, team_games.season
--- rows in order
select team, season, count(*) filter (where won) from team_games where season >= 2022 group by all order by team, season

--- Looker Studio: a data source's table
SELECT t0.team, SUM(t0.points) AS t0_qt_abc FROM (SELECT * FROM basketball.player_games) AS t0 WHERE (t0.season >= 2022 AND t0.season <= 2023) GROUP BY t0.team ORDER BY t0_qt_abc DESC LIMIT 5001
--- rows
select team, sum(points) from player_games where season between 2022 and 2023 group by team

--- Grafana: a series
SELECT date AS "time", AGGREGATE(points) AS "points" FROM basketball.player_games
WHERE date BETWEEN '2022-11-01' AND '2022-11-30' GROUP BY 1 ORDER BY 1
--- rows in order
select date, sum(points) from player_games where date between '2022-11-01' and '2022-11-30' group by 1 order by 1

--- by hand: the season of one maximum
SELECT team, wins FROM team_games WHERE season = (SELECT MAX(season) FROM team_games) GROUP BY team
--- rows
select team, count(*) filter (where won) from team_games where season = (select max(season) from team_games) group by team

--- by hand: teams chosen by a product's rows
SELECT team, AGGREGATE(win_pct) FROM team_games WHERE team NOT IN (SELECT team FROM standings_v1.standings WHERE wins > 45) GROUP BY team
--- rows
with s as (select team, season, count(*) filter (where won) as w from team_games group by all)
select team, count(*) filter (where won) / count(*) from team_games
where team not in (select team from s where w > 45) group by team

--- by hand: two products side by side on what they share
SELECT s.team, s.season, s.wins, p.points
FROM standings_v1.standings s
LEFT JOIN (SELECT team, season, SUM(points) AS points FROM player_seasons_v1.player_seasons GROUP BY team, season) p
  ON s.team = p.team AND s.season = p.season
--- rows
select team, season, w, points
from (select team, season, count(*) filter (where won) as w from team_games group by all)
left join (select team, season, sum(points) as points from player_games group by all) using (team, season)

--- by hand: two datasets joined row by row would count rows twice
SELECT t.team, SUM(p.points) FROM team_games t JOIN player_games p ON t.team = p.team AND t.date = p.date GROUP BY t.team
--- refused
Cannot use the metric 'points' of a dataset behind a join; aggregate each dataset in a subquery with GROUP BY, then join

--- by hand: a filter on one metric
SELECT season, AGGREGATE(longest_win_streak) FILTER (WHERE home_away = 'home') AS at_home, AGGREGATE(wins) FILTER (WHERE home_away = 'home') AS w, AGGREGATE(wins) AS wins
FROM team_games GROUP BY ROLLUP(season)
--- rows
with runs as (
  select *, row_number() over (partition by team, season order by date, game_id)
      - row_number() over (partition by team, season, won order by date, game_id) as island,
    row_number() over (partition by team order by date, game_id)
      - row_number() over (partition by team, won order by date, game_id) as island_all
  from team_games where home_away = 'home'),
longest as (
  select season, max(n) as n from (select season, team, count(*) as n from runs where won group by season, team, island) group by season
  union all
  select null, max(n) from (select team, count(*) as n from runs where won group by team, island_all))
select g.season, n, h, w from (
  select season, count(*) filter (where won and home_away = 'home') as h, count(*) filter (where won) as w
  from team_games group by rollup (season)) g
join longest on longest.season is not distinct from g.season

--- by hand: ranks, and the best of them
SELECT team, season, wins, RANK() OVER (PARTITION BY season ORDER BY AGGREGATE(wins) DESC) AS place
FROM team_games GROUP BY team, season QUALIFY place <= 2
--- rows
select team, season, w, rank() over (partition by season order by w desc) as place
from (select team, season, count(*) filter (where won) as w from team_games group by all) qualify place <= 2

--- by hand: a share of the whole
SELECT team, AGGREGATE(wins) / SUM(AGGREGATE(wins)) OVER () AS share FROM team_games GROUP BY team
--- rows
select team, w / sum(w) over () from (select team, count(*) filter (where won) as w from team_games group by team)

--- by hand: steps with names
WITH by_season AS (SELECT team, season, AGGREGATE(wins) AS w FROM team_games GROUP BY team, season),
best AS (SELECT season, MAX(w) AS w FROM by_season GROUP BY season)
SELECT b.season, b.w, s.team FROM best b JOIN by_season s ON s.season = b.season AND s.w = b.w
--- rows
with s as (select team, season, count(*) filter (where won) as w from team_games group by all)
select season, w, team from s qualify w = max(w) over (partition by season)

--- by hand: PostgreSQL's casts bind closest
SELECT team, COUNT(*)::int4 AS n, AGGREGATE(wins)::float8 / 2 AS half FROM team_games WHERE date >= '2023-01-01'::date GROUP BY team HAVING AGGREGATE(wins) > 1::bigint
--- rows
select team, count(*), count(*) filter (where won) / 2 from team_games where date >= date '2023-01-01' group by team having count(*) filter (where won) > 1

--- by hand: a page
SELECT team, wins FROM team_games GROUP BY team ORDER BY wins DESC, team OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY
--- rows in order
select team, count(*) filter (where won) as w from team_games group by team order by w desc, team limit 2 offset 1

--- by hand: days back from a day
SELECT COUNT(*) FROM team_games WHERE date > DATE '2024-01-01' - INTERVAL '365 days' AND date <= DATE '2024-01-01'
--- rows
select count(*) from team_games where date > date '2023-01-01' and date <= date '2024-01-01'

--- by hand: a metric taken for a row's column in WHERE
SELECT player, AGGREGATE(points) FROM player_games WHERE points > 30 GROUP BY player
--- refused
Cannot choose the rows of groups by the metric 'points'; write the condition in HAVING, on AGGREGATE(points)

--- by hand: HAVING is where groups are chosen
SELECT player, points FROM player_games GROUP BY player HAVING points > 1000
--- rows
select player, sum(points) from player_games group by player having sum(points) > 1000

--- by hand: the rows with the most points
SELECT player, date, points FROM player_games ORDER BY points DESC NULLS LAST, player, date LIMIT 3
--- rows in order
select player, date, points from player_games order by points desc, player, date limit 3

--- by hand: arithmetic over rows that were chosen is one's own
SELECT SUM(x.points), COUNT(*) FROM (SELECT player, date, points FROM player_games ORDER BY points DESC, player, date LIMIT 5) x
--- rows
select sum(points), count(*) from (select points from player_games order by points desc, player, date limit 5)

--- by hand: a subquery that refers to the one around it
SELECT t.team FROM team_games t WHERE EXISTS (SELECT 1 FROM player_games p WHERE p.team = t.team) GROUP BY t.team
--- refused
Cannot use a subquery that refers to the query around it; write a join, or IN (SELECT ...)

--- by hand: places of groups by a metric
SELECT team, NTILE(3) OVER (ORDER BY AGGREGATE(wins) DESC, team) AS third, PERCENT_RANK() OVER (ORDER BY AGGREGATE(wins)) AS place, CUME_DIST() OVER (ORDER BY AGGREGATE(wins)) AS part
FROM team_games GROUP BY team
--- rows
select team, ntile(3) over (order by w desc, team), percent_rank() over (order by w), cume_dist() over (order by w) from (select team, count(*) filter (where won) as w from team_games group by team)

--- by hand: the values of other groups
SELECT team, season, FIRST_VALUE(AGGREGATE(wins)) OVER (PARTITION BY team ORDER BY season), NTH_VALUE(AGGREGATE(wins), 2) OVER (PARTITION BY team ORDER BY season ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), LAST_VALUE(AGGREGATE(wins)) OVER (PARTITION BY team ORDER BY season ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING), LEAD(AGGREGATE(wins), 1, -1) OVER (PARTITION BY team ORDER BY season)
FROM team_games GROUP BY team, season
--- rows
select team, season, first_value(w) over (partition by team order by season), nth_value(w, 2) over (partition by team order by season rows between unbounded preceding and unbounded following), last_value(w) over (partition by team order by season rows between current row and 1 following), lead(w, 1, -1) over (partition by team order by season) from (select team, season, count(*) filter (where won) as w from team_games group by team, season)

--- by hand: a running total and a moving average of a metric
SELECT team, season, SUM(AGGREGATE(wins)) OVER (PARTITION BY team ORDER BY season), AVG(AGGREGATE(wins)) OVER (PARTITION BY team ORDER BY season ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), DENSE_RANK() OVER (PARTITION BY season ORDER BY AGGREGATE(win_pct) DESC)
FROM team_games GROUP BY team, season
--- rows
select team, season, sum(w) over (partition by team order by season), avg(w) over (partition by team order by season rows between 1 preceding and current row), dense_rank() over (partition by season order by p desc) from (select team, season, count(*) filter (where won) as w, count(*) filter (where won) / count(*) as p from team_games group by team, season)

--- Grafana: a panel, with dates out of its variables
SELECT DATE_TRUNC('month', date) AS time, AGGREGATE(win_pct) AS win_pct FROM basketball.team_games
WHERE date BETWEEN '2022-11-01' AND '2023-02-01' GROUP BY 1 ORDER BY 1
--- rows in order
select cast(date_trunc('month', date) as date), count(*) filter (where won) / count(*) from team_games
where date between date '2022-11-01' and date '2023-02-01' group by 1 order by 1

--- Grafana: its macro $__timeGroup
SELECT floor(extract(epoch from date)/86400)*86400 AS "time", AGGREGATE(wins) AS w FROM basketball.team_games GROUP BY 1 ORDER BY 1
--- rows in order
select epoch(date), count(*) filter (where won) from team_games group by 1 order by 1

--- the days of a week as PostgreSQL counts them, and as ODBC does
SELECT EXTRACT(DOW FROM date) AS d, date_part('dow', date), EXTRACT(DAYOFWEEK FROM date), {fn DAYOFWEEK(date)}, AGGREGATE(wins) AS w FROM basketball.team_games GROUP BY 1, 2, 3, 4 ORDER BY 1
--- rows in order
select dayofweek(date) as d, d, d + 1, d + 1, count(*) filter (where won) from team_games group by 1 order by 1

--- Looker Studio: days, between two times
SELECT CAST(DATE_TRUNC('SECOND', "date") AS DATE) AS "qt_1", COUNT(1) AS "__record_count"
FROM basketball.team_games
WHERE DATE_TRUNC('SECOND', "date") BETWEEN CAST('2022-11-01 00:00:00.000000' AS TIMESTAMP) AND CAST('2022-11-30 23:59:59.999000' AS TIMESTAMP)
GROUP BY "qt_1"
--- rows
select date, count(*) from team_games where date between '2022-11-01' and '2022-11-30' group by date

--- Looker Studio: months and days as one number, and parts of a time
SELECT CAST(TO_CHAR(DATE_TRUNC('SECOND', "date"), 'MMDD') AS BIGINT) AS "qt_1", EXTRACT(MONTH FROM DATE_TRUNC('SECOND', "date"))::integer AS "qt_2", SUM("wins") AS "qt_3"
FROM basketball.team_games GROUP BY "qt_1", "qt_2"
--- rows
select month(date) * 100 + day(date), month(date), count(*) filter (where won) from team_games group by 1, 2

--- Looker Studio: its regular expressions
SELECT COUNT(1) AS "__record_count" FROM basketball.team_games WHERE ("team" ~ 'A')
--- refused
Cannot parse the query: Cannot use the operator that is written here; write REGEXP_LIKE(text, 'pattern')

--- ThoughtSpot: how many groups there are
WITH "qt_0" AS (
  SELECT "ta_1"."team" "ca_1" FROM basketball.team_games "ta_1"
  WHERE (NOT(LOWER("ta_1"."home_away") IN ('home', 'nowhere')) OR NOT("ta_1"."home_away" IS NOT NULL))
  GROUP BY "ca_1"
  HAVING CAST(COUNT(1) AS FLOAT8) > 1.0
)
SELECT count(DISTINCT "ta_2"."ca_1") "ca_2" FROM "qt_0" "ta_2"
--- rows
select count(*) from (select team from team_games where home_away <> 'home' group by team having count(*) > 1)

--- ThoughtSpot: months of a quarter
SELECT (((EXTRACT(MONTH FROM "ta_1"."date") - 1) % 3) + 1) "ca_1", CASE WHEN sum("ta_1"."wins") IS NOT NULL THEN sum("ta_1"."wins") ELSE 0 END "ca_2"
FROM basketball.team_games "ta_1" GROUP BY "ca_1" ORDER BY "ca_1" ASC, "ca_2" ASC
--- rows in order
select (month(date) - 1) % 3 + 1, count(*) filter (where won) from team_games group by 1 order by 1

--- psycopg: a list as a parameter
SELECT team, SUM(wins) AS wins FROM basketball.team_games WHERE team = ANY ('{ABY,nobody}') AND season <> ALL (ARRAY[2021, 1999]) GROUP BY team
--- rows
select team, count(*) filter (where won) from team_games where team = 'ABY' and season <> 2021 group by team

--- another PostgreSQL, by postgres_fdw
SELECT team, wins FROM standings_v1.standings WHERE ((team = ANY ('{ABY,"ASH"}'::text[]))) AND ((season >= 2021)) ORDER BY team ASC NULLS LAST, season ASC NULLS LAST
--- rows in order
select team, count(*) filter (where won) from team_games where team in ('ABY', 'ASH') and season >= 2021 group by team, season order by team, season

--- by hand: a column by the name of another, ordered by an expression of what is read
SELECT team, -wins AS wins FROM standings_v1.standings WHERE season = 2022 ORDER BY -wins, team LIMIT 3
--- rows in order
select team, -count(*) filter (where won) as w from team_games where season = 2022 group by team order by w, team limit 3

--- by hand: names that change places
SELECT team, wins AS losses, losses AS wins FROM standings_v1.standings WHERE season = 2022 ORDER BY wins - losses, team
--- rows in order
select team, w, l from (select team, count(*) filter (where won) as w, count(*) filter (where not won) as l from team_games where season = 2022 group by team) order by w - l, team

--- by hand: the frame of a window that has a name
SELECT team, season, SUM(wins) OVER (w ROWS 1 PRECEDING) FROM standings_v1.standings WINDOW w AS (PARTITION BY team ORDER BY season)
--- refused
Cannot parse the query: Cannot add a frame to the window 'w'; write the whole window: OVER (PARTITION BY ... ORDER BY ... ROWS ...)

--- by hand: the first of each group
SELECT DISTINCT ON (team) team, season, wins FROM standings_v1.standings ORDER BY team, wins DESC
--- refused
Cannot parse the query: DISTINCT ON is not read; write QUALIFY ROW_NUMBER() OVER (PARTITION BY ... ORDER BY ...) = 1

--- by hand: a sum of what may be missing
SELECT SUM(COALESCE(points, 0)) FROM player_games
--- refused
Cannot use SUM of an expression over the metric 'points'; write the arithmetic around AGGREGATE(points), and conditions as AGGREGATE(points) FILTER (WHERE ...)

--- by hand: more than a part of the average, which is computed in the condition
SELECT team, wins FROM standings_v1.standings
WHERE season = 2022 AND wins > (SELECT AVG(wins) / 1.5 FROM standings_v1.standings)
  AND team IN (SELECT team FROM team_games WHERE date >= '2022-11-01 00:00:00' AND (home_away = 'home')::text = 'true')
--- rows
with s as (select team, season, count(*) filter (where won) as w from team_games group by all)
select team, w from s where season = 2022 and w > (select avg(w) / 1.5 from s)
  and team in (select team from team_games where date >= '2022-11-01' and home_away = 'home')

--- by hand: an order by a list
SELECT team FROM standings_v1.standings ORDER BY team IN ('ABY', 'ASH') DESC, team
--- refused
Cannot use IN or a subquery at this place; select it in a subquery, and group or order around it

--- by hand: rows beside one total that nobody looks at
SELECT s.team, COUNT(*) FROM standings_v1.standings s CROSS JOIN (SELECT SUM(wins) AS w FROM standings_v1.standings) total GROUP BY s.team
--- rows
select team, count(distinct season) from team_games group by team

--- by hand: how many totals there are
SELECT COUNT(*) FROM (SELECT SUM(wins) AS w FROM standings_v1.standings UNION ALL SELECT MAX(wins) FROM standings_v1.standings) totals
--- rows
select 2

--- a tool that counts and sums what one question gives, which has a filter of its own
SELECT COUNT(*), SUM(w) FROM (
  SELECT AGGREGATE(wins) AS w, AGGREGATE(wins) FILTER (WHERE home_away = 'home') AS home FROM basketball.team_games WHERE season = 2022
) "Custom SQL Query"
--- rows
select 1, count(*) filter (where won) from team_games where season = 2022

--- by hand: a key twice among subtotals
SELECT season, SUM(wins) FROM standings_v1.standings GROUP BY ROLLUP(season, season)
--- refused
Cannot use a key twice in ROLLUP; write it once

--- by hand: a key twice among subtotals, in letters of another size
SELECT team, SUM(wins) FROM standings_v1.standings GROUP BY ROLLUP(team, TEAM)
--- refused
Cannot use a key twice in ROLLUP; write it once

--- by hand: a key twice among subtotals, with its table
SELECT team, SUM(wins) FROM standings_v1.standings GROUP BY CUBE(team, standings.team)
--- refused
Cannot use a key twice in CUBE; write it once

--- by hand: a key twice among subtotals, in brackets
SELECT team, SUM(wins) FROM standings_v1.standings GROUP BY ROLLUP((team, season), (team))
--- refused
Cannot use a key twice in ROLLUP; write it once

--- by hand: a key twice among subtotals, by another name
SELECT team AS t, SUM(wins) FROM standings_v1.standings GROUP BY ROLLUP(t, team)
--- refused
Cannot use a key twice in ROLLUP; write it once

--- by hand: a key twice among subtotals, inside of grouping sets
SELECT team, SUM(wins) FROM standings_v1.standings GROUP BY GROUPING SETS (ROLLUP(team, team), (season))
--- refused
Cannot use a key twice in ROLLUP; write it once

--- a table chart over a virtual data set
SELECT team AS team, sum(wins) AS "SUM(wins)"
FROM (SELECT * FROM basketball.team_games WHERE season >= 2022) AS virtual_table
WHERE home_away IN ('home')
GROUP BY team
ORDER BY "SUM(wins)" DESC, team
LIMIT 1000
--- rows in order
select team, count(*) filter (where won) as w from team_games where home_away = 'home' and season >= 2022
group by team order by w desc, team

--- samples
SELECT * FROM basketball.team_games LIMIT 1
--- as many rows
1

--- the metric's own expression, written by hand in the chart
SELECT season AS season, AGGREGATE(win_pct) AS "Win rate", COUNT(*) AS count
FROM basketball.team_games
WHERE date >= TIMESTAMP '2022-11-01 00:00:00.000000' AND date < TIMESTAMP '2023-05-01 00:00:00.000000'
GROUP BY season ORDER BY "Win rate" DESC LIMIT 50000;
--- rows
select season, count(*) filter (where won) / count(*), count(*) from team_games
where date >= date '2022-11-01' and date < date '2023-05-01' group by season

--- the series of a chart, limited by a subquery
SELECT season, team, MEASURE(points) AS points
FROM basketball.player_games
JOIN (
  SELECT team AS team__, SUM(points) AS mme_inner__ FROM basketball.player_games
  GROUP BY team ORDER BY mme_inner__ DESC, team__ LIMIT 2
) AS series_limit ON team = team__
GROUP BY season, team
--- rows
select season, team, sum(points) from player_games
where team in (select team from player_games group by team order by sum(points) desc, team limit 2)
group by season, team

--- row count of a result
SELECT COUNT(*) AS rowcount FROM (SELECT team, season, wins FROM basketball.team_games GROUP BY team, season LIMIT 100) AS rowcount_qry
--- rows
select count(*) from (select distinct team, season from team_games)

--- subtotals of a pivot table, all at once
SELECT team, season, AGGREGATE(win_pct) AS p, GROUPING(team, season) AS g
FROM basketball.team_games GROUP BY GROUPING SETS ((team, season), (team), (season), ())
--- rows
select team, season, count(*) filter (where won) / count(*), grouping(team, season)
from team_games group by cube (team, season)

--- a line by month, between two dates, as version 6 writes it
SELECT
  DATE_TRUNC('MONTH', date) AS date,
  SUM(wins) AS "SUM(wins)",
  AGGREGATE(win_pct) AS win_pct
FROM basketball.team_games
WHERE
  date >= TO_DATE('2022-10-01', 'YYYY-MM-DD')
  AND date < TO_DATE('2023-05-01', 'YYYY-MM-DD')
GROUP BY
  DATE_TRUNC('MONTH', date)
LIMIT 10000
--- rows
select cast(date_trunc('month', date) as date), count(*) filter (where won), count(*) filter (where won) / count(*)
from team_games where date >= date '2022-10-01' and date < date '2023-05-01' group by 1

--- the same of a time, to the microsecond
SELECT DATE_TRUNC('DAY', date) AS date, COUNT(*) AS count
FROM basketball.team_games
WHERE date >= TO_TIMESTAMP('2022-10-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US')
  AND date < TO_TIMESTAMP('2023-05-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US')
GROUP BY DATE_TRUNC('DAY', date) ORDER BY count DESC LIMIT 10000
--- rows
select date, count(*) from team_games where date >= date '2022-10-01' and date < date '2023-05-01' group by 1

--- a time that is finer than texts are read
SELECT COUNT(*) AS count FROM basketball.team_games
WHERE date >= TO_TIMESTAMP('2022-10-01 00:00:00.000001', 'YYYY-MM-DD HH24:MI:SS.US')
--- refused
Cannot parse the query: Cannot use TO_TIMESTAMP with a format: engines read formats differently; write TO_TIMESTAMP(s) of an ISO 8601 text

--- a rate that was dragged onto the chart, for which it writes AVG
SELECT team AS team, AVG(win_pct) AS "AVG(win_pct)" FROM basketball.team_games GROUP BY team LIMIT 5
--- refused
Cannot use AVG on the metric 'win_pct'; write AGGREGATE(win_pct)

--- a metric under the name of its column, ordered by its own expression
SELECT team AS team, SUM(wins) AS wins
FROM basketball.team_games
GROUP BY team
ORDER BY SUM(wins) DESC, team
LIMIT 3
--- rows in order
select team, count(*) filter (where won) as w from team_games group by team order by w desc, team limit 3

--- a time range, as texts
SELECT DATE_TRUNC('DAY', date) AS __timestamp, SUM(wins) AS "SUM(wins)"
FROM basketball.team_games
WHERE date >= '2022-11-01 00:00:00.000000' AND date < '2022-12-01T00:00:00'
GROUP BY DATE_TRUNC('DAY', date)
--- rows
select date, count(*) filter (where won) from team_games where date >= '2022-11-01' and date < '2022-12-01' group by date

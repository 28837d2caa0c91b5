--- the navigator's preview
select "$Table"."team" as "team", "$Table"."season" as "season", "$Table"."wins" as "wins", "$Table"."date" as "date"
from "basketball"."team_games" "$Table"
order by "$Table"."date", "$Table"."team"
limit 4
--- rows in order
select team, season, case when won then 1 else 0 end, date from team_games order by date, team limit 4

--- a visual: grouped, summed with a cast, limited
select "rows"."team" as "team", sum(cast("rows"."wins" as decimal)) as "a0"
from (select "team", "wins" from "basketball"."team_games") "rows"
group by "team"
limit 1000001
--- rows
select team, cast(count(*) filter (where won) as decimal(38, 10)) from team_games group by team

--- a filtered visual with a measure filter
select "_"."team" as "c0", "_"."a0" as "a0"
from (
  select "rows"."team" as "team", sum("rows"."wins") as "a0"
  from (select "_"."team", "_"."season", "_"."wins" from "basketball"."team_games" "_" where "_"."season" = 2022) "rows"
  group by "team"
) "_"
where not "_"."a0" is null and "_"."a0" > 30
order by "_"."a0" desc, "_"."team" limit 101
--- rows in order
select team, w from (select team, count(*) filter (where won) as w from team_games where season = 2022 group by team)
where w > 30 order by w desc, team

--- how many rows there are
select count(*) as "C1" from "basketball"."player_games" "$Table"
--- rows
select count(*) from player_games

--- SQL Server's spelling
SELECT TOP 3 "t"."team", "t"."wins" FROM "basketball"."team_games" "t" GROUP BY "t"."team" ORDER BY "t"."wins" DESC, "t"."team"
--- rows in order
select team, count(*) filter (where won) as w from team_games group by team order by w desc, team limit 3

--- no row at all
SELECT TOP 0 * FROM "basketball"."team_games"
--- no rows

--- a distinct count of a metric's column
select count(distinct("rows"."points")) as "a0" from "basketball"."player_games" "rows"
--- refused
Cannot use COUNT(DISTINCT ...) on the metric 'points'; write AGGREGATE(points)

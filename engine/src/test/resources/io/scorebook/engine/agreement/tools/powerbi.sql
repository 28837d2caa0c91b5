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

--- a text that contains
select "rows"."team" as "team", sum("rows"."wins") as "a0"
from (
  select "_"."wins", "_"."team" from "basketball"."team_games" "_"
  where strpos((case when "_"."team" is not null then "_"."team" else '' end), 'AB') > 0
) "rows"
group by "team"
limit 1000001
--- rows
select team, count(*) filter (where won) from team_games where team like '%AB%' group by team

--- several measures, of groups that have any
select "_"."team", "_"."a0", "_"."a1"
from (
  select "rows"."team" as "team", sum(cast("rows"."wins" as decimal)) as "a0", sum(cast("rows"."points_allowed" as decimal)) as "a1"
  from (select "_"."team", "_"."wins", "_"."points_allowed" from "basketball"."team_games" "_" where "_"."home_away" = 'home') "rows"
  group by "team"
) "_"
where (not "_"."a0" is null or not "_"."a1" is null)
limit 1000001
--- rows
select team, cast(count(*) filter (where won) as decimal(38, 10)), cast(sum(allowed) as decimal(38, 10)) from team_games where home_away = 'home' group by team

--- the list of a slicer, with columns that put NULLs first
select "_"."date" as "c2"
from (
  select "date", "_"."t0_0" as "t0_0", "_"."t1_0" as "t1_0"
  from (
    select "_"."date" as "date", "_"."o0" as "o0",
      case when "_"."o0" is not null then "_"."o0" else timestamp '1899-12-28 00:00:00' end as "t0_0",
      case when "_"."o0" is null then 0 else 1 end as "t1_0"
    from (
      select "rows"."date" as "date", "rows"."o0" as "o0"
      from (select "date" as "date", "date" as "o0" from "basketball"."team_games" "$Table") "rows"
      group by "date", "o0"
    ) "_"
  ) "_"
) "_"
order by "_"."t0_0", "_"."t1_0"
limit 501
--- rows in order
select distinct date from team_games order by date limit 501

--- years and months as one text
select "_"."ym" as "c11", "_"."a0" as "a0"
from (
  select "rows"."ym" as "ym", sum(cast("rows"."wins" as decimal)) as "a0"
  from (
    select "_"."wins" as "wins",
      (case when left(cast(extract(year from "_"."date") as varchar), 4000) is not null then left(cast(extract(year from "_"."date") as varchar), 4000) else '' end)
      || ('-' || (case when left(cast(extract(month from "_"."date") as varchar), 4000) is not null then left(cast(extract(month from "_"."date") as varchar), 4000) else '' end)) as "ym"
    from (select "wins", "date" from "basketball"."team_games" "$Table") "_"
    where "_"."date" < timestamp '2023-02-01 00:00:00' and "_"."date" >= timestamp '2022-11-01 00:00:00'
  ) "rows"
  group by "ym"
) "_"
where not "_"."a0" is null
order by "_"."a0" desc, "_"."ym"
limit 1001
--- rows in order
select year(date) || '-' || month(date) as ym, cast(count(*) filter (where won) as decimal(38, 10)) as a from team_games
where date >= '2022-11-01' and date < '2023-02-01' group by 1 order by 2 desc, 1

--- the ends of a slider, and how many there are
select count(distinct("rows"."season")) + max(case when "rows"."season" is null then 1 else 0 end) as "a0", min("rows"."date") as "a1", max("rows"."date") as "a2"
from (select "season", "date" from "basketball"."team_games" "$Table") "rows"
--- rows
select count(distinct season), min(date), max(date) from team_games

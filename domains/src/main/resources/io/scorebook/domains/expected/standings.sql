--- standings
--- question {"metrics": ["standing_wins"]}
--- by ()
--- by season
--- by team, season
--- by date
--- by date.quarter
--- by team, date.month
--- by season, team, date.week
with chosen as (select ${keys} * from standings),
latest as (
  select * from chosen
  qualify row_number() over (partition by ${k} team_id order by date desc) = 1
)
select ${k} sum(wins) from latest
group by all
order by all nulls last;

--- standings in a span of days
--- question {"metrics": ["standing_wins"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-05"}, {"field": "team", "op": "in", "value": ["RED", "BLU", "GRN", "ABY", "ASH", "BOS", "GSW"]}]}
--- by ()
--- by date.month
--- by team, date.year
with chosen as (
  select ${keys} * from standings
  where date >= date '2022-11-04' and date < date '2023-11-05'
    and team in ('RED', 'BLU', 'GRN', 'ABY', 'ASH', 'BOS', 'GSW')
),
latest as (
  select * from chosen
  qualify row_number() over (partition by ${k} team_id order by date desc) = 1
)
select ${k} sum(wins) from latest
group by all
order by all nulls last;

--- standings of one season, best first
--- question {"metrics": ["standing_wins"], "filters": [{"field": "season", "op": "=", "value": 2023}, {"field": "standing_wins", "op": ">", "value": 1}], "orderBy": [{"field": "standing_wins", "direction": "desc"}], "limit": 9}
--- by team
--- by date.month
with chosen as (select ${keys} * from standings where season = 2023),
latest as (
  select * from chosen
  qualify row_number() over (partition by ${k} team_id order by date desc) = 1
)
select ${k} sum(wins) as total from latest
group by all
having total > 1
order by total desc ${, k}
limit 9;

--- standings without days
--- question {"metrics": ["standing_wins"], "filters": [{"field": "season", "op": "=", "value": 1901}]}
--- by ()
select null;

--- standings of last days in grouping sets
--- question {"metrics": ["standing_wins"], "dimensions": ["team", "season"], "groupingSets": [["team", "season"], ["season"], ["team"], []]}
with latest as (
  select 0 as g, team, season, wins from standings
  qualify row_number() over (partition by team_id, season order by date desc) = 1
  union all
  select 1, team, null, wins from standings
  qualify row_number() over (partition by team_id order by date desc) = 1
)
select case when g in (0, 1) then team end, case when g in (0, 2) then season end, g, wins
from (
  select g, team, season, sum(wins) as wins from latest group by all
  union all
  select 2, null, season, sum(wins) from latest where latest.g = 0 group by all
  union all
  select 3, null, null, sum(wins) from latest where latest.g = 1
)
order by 1 nulls last, 2 nulls last, g;

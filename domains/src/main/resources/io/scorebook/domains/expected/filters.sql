--- a span of days
--- question {"metrics": ["games", "wins", "team_points", "longest_win_streak", "current_win_streak"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-05"}, {"field": "date", "op": "<", "value": "2023-11-06"}]}
--- by ()
--- by team
--- by opponent
--- by home_away, season
with chosen as (
  select ${keys} * from team_games where date >= date '2022-11-05' and date < date '2023-11-06'
),
numbered as (
  select *,
    row_number() over (partition by ${k} team_id order by date, game_id) as n,
    row_number() over (partition by ${k} team_id, won order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} team_id, won, count(*) as length, max(n) as last_n, sum(points) as points
  from numbered
  group by ${k} team_id, won, n - m
),
latest as (
  select *, max(last_n) over (partition by ${k} team_id) as rows_in_all from runs
)
select
  ${k}
  coalesce(sum(length), 0), coalesce(sum(length) filter (won), 0), sum(points),
  max(case when won then length else 0 end),
  max(case when won and last_n = rows_in_all then length else 0 end)
from latest
group by all
order by all nulls last;

--- months of a span of days
--- question {"metrics": ["points", "appearances", "wins"], "filters": [{"field": "date.month", "op": ">", "value": "2022-11-01"}, {"field": "date.year", "op": "<=", "value": "2024-01-01"}]}
--- by date.month
--- by team
with of_teams as (
  select ${keys} count(*) filter (won) as wins from team_games
  where date_trunc('month', date) > date '2022-11-01' and date_trunc('year', date) <= date '2024-01-01'
  group by all
),
of_players as (
  select ${keys} sum(points) as points, count(*) as appearances from player_games
  where date_trunc('month', date) > date '2022-11-01' and date_trunc('year', date) <= date '2024-01-01'
  group by all
)
select ${either} points, coalesce(appearances, 0), coalesce(wins, 0)
from of_teams full join of_players on ${match}
order by all nulls last;

--- streaks against some opponents
--- question {"metrics": ["longest_streak_over_10", "points"], "filters": [{"field": "opponent", "op": "notIn", "value": ["RED", "ABY", "BOS", "GSW"]}, {"field": "home_away", "op": "isNotNull"}]}
--- by player
--- by team
--- by ()
with chosen as (
  select ${keys} * from player_games
  where opponent not in ('RED', 'ABY', 'BOS', 'GSW') and home_away is not null
),
numbered as (
  select *,
    row_number() over (partition by ${k} player_id order by date, game_id) as n,
    row_number() over (partition by ${k} player_id, points > 10 order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} player_id, case when points > 10 then count(*) else 0 end as length,
    sum(points) as points
  from numbered group by ${k} player_id, points > 10, n - m
)
select ${k} max(length), sum(points)
from runs
group by all
order by all nulls last;

--- rows without a place
--- question {"metrics": ["appearances", "points", "games_won"], "filters": [{"field": "home_away", "op": "isNull"}]}
--- by player
--- by home_away
select ${keys} count(*), sum(points), count(distinct case when won then game_id end)
from player_games
where home_away is null
group by all
order by all nulls last;

--- groups chosen by a metric that is not shown
--- question {"metrics": ["points"], "filters": [{"field": "wins", "op": ">=", "value": 2}]}
--- by team
--- by season
--- by team, season
with of_teams as (select ${keys} count(*) filter (won) as wins from team_games group by all),
of_players as (select ${keys} sum(points) as points from player_games group by all)
select ${either} points
from of_teams full join of_players on ${match}
where wins >= 2
order by all nulls last;

--- groups chosen by their longest streak
--- question {"metrics": ["wins"], "filters": [{"field": "longest_win_streak", "op": ">=", "value": 3}], "orderBy": [{"field": "wins", "direction": "asc"}, {"field": "team", "direction": "desc"}]}
--- by team, season
with chosen as (select ${keys} * from team_games),
numbered as (
  select *,
    row_number() over (partition by ${k} team_id order by date, game_id) as n,
    row_number() over (partition by ${k} team_id, won order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} won, count(*) as length from numbered group by ${k} team_id, won, n - m
)
select ${k} sum(case when won then length else 0 end) as wins
from runs
group by all
having max(case when won then length else 0 end) >= 3
order by wins, k1 desc nulls last, k2 nulls last;

--- nothing where the limit is nothing
--- question {"metrics": ["wins"], "limit": 0}
--- by team
select null where false;

--- win streaks
--- question {"metrics": ["longest_win_streak", "current_win_streak"]}
--- by ()
--- by team
--- by opponent
--- by season
--- by home_away
--- by team, season
--- by team, home_away
--- by team, opponent
--- by date.month
--- by team, date.month
with chosen as (select ${keys} * from team_games),
numbered as (
  select *,
    row_number() over (partition by ${k} team_id order by date, game_id) as n,
    row_number() over (partition by ${k} team_id, won order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} team_id, won, count(*) as length, max(n) as last_n
  from numbered
  group by ${k} team_id, won, n - m
),
latest as (
  select *, max(last_n) over (partition by ${k} team_id) as rows_in_all from runs
)
select
  ${k}
  max(case when won then length else 0 end),
  max(case when won and last_n = rows_in_all then length else 0 end)
from latest
group by all
order by all nulls last;

--- win streaks of a season
--- question {"metrics": ["longest_win_streak", "current_win_streak"], "filters": [{"field": "season", "op": "=", "value": 2023}]}
--- by ()
--- by team
--- by home_away
with chosen as (select ${keys} * from team_games where season = 2023),
numbered as (
  select *,
    row_number() over (partition by ${k} team_id order by date, game_id) as n,
    row_number() over (partition by ${k} team_id, won order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} team_id, won, count(*) as length, max(n) as last_n
  from numbered
  group by ${k} team_id, won, n - m
),
latest as (
  select *, max(last_n) over (partition by ${k} team_id) as rows_in_all from runs
)
select
  ${k}
  max(case when won then length else 0 end),
  max(case when won and last_n = rows_in_all then length else 0 end)
from latest
group by all
order by all nulls last;

--- scoring streaks
--- question {"metrics": ["longest_streak_over_10", "longest_streak_over_20"]}
--- by ()
--- by player
--- by player_id
--- by season
--- by team
--- by player, season
--- by player, team
--- by player, team, season
--- by home_away
--- by opponent
--- by player, opponent
--- by date.month
with chosen as (select ${keys} * from player_games),
numbered as (
  select *,
    row_number() over (partition by ${k} player_id order by date, game_id) as n,
    row_number() over (partition by ${k} player_id, points > 10 order by date, game_id) as m10,
    row_number() over (partition by ${k} player_id, points > 20 order by date, game_id) as m20
  from chosen
),
over_10 as (
  select ${k} player_id, case when points > 10 then count(*) else 0 end as length
  from numbered group by ${k} player_id, points > 10, n - m10
),
over_20 as (
  select ${k} player_id, case when points > 20 then count(*) else 0 end as length
  from numbered group by ${k} player_id, points > 20, n - m20
)
select ${k} max(ten), max(twenty)
from (
  select ${k} length as ten, null as twenty from over_10
  union all
  select ${k} null, length from over_20
)
group by all
order by all nulls last;

--- no rows, no streak
--- question {"metrics": ["longest_streak_over_10", "longest_win_streak", "most_wins_in_90_games"], "filters": [{"field": "season", "op": "<", "value": 1950}]}
--- by ()
select null, null, null;

--- streaks in grouping sets
--- question {"metrics": ["longest_win_streak"], "dimensions": ["team", "season"], "groupingSets": [["team", "season"], ["season"], []]}
with runs as (
  select 0 as g, team as k1, season as k2, won, count(*) as length
  from (
    select *, row_number() over (partition by team_id, season order by date, game_id)
      - row_number() over (partition by team_id, season, won order by date, game_id) as island
    from team_games
  ) group by team_id, team, season, won, island
  union all
  select 2, null, season, won, count(*)
  from (
    select *, row_number() over (partition by team_id, season order by date, game_id)
      - row_number() over (partition by team_id, season, won order by date, game_id) as island
    from team_games
  ) group by team_id, season, won, island
  union all
  select 3, null, null, won, count(*)
  from (
    select *, row_number() over (partition by team_id order by date, game_id)
      - row_number() over (partition by team_id, won order by date, game_id) as island
    from team_games
  ) group by team_id, won, island
)
select k1, k2, g, max(case when won then length else 0 end)
from runs
group by k1, k2, g
order by k1 nulls last, k2 nulls last, g;

--- runs of five wins and the worst ninety games
--- question {"metrics": ["win_streaks_of_5", "worst_90_games"]}
--- by ()
--- by team
--- by home_away
--- by opponent
--- by team, season
--- by date.month
with chosen as (select ${keys} * from team_games),
numbered as (
  select *,
    row_number() over (partition by ${k} team_id order by date, game_id) as n,
    row_number() over (partition by ${k} team_id, won order by date, game_id) as m,
    count(*) over w as games,
    count(*) filter (won) over w as wins
  from chosen
  window w as (
    partition by ${k} team_id order by date, game_id rows between 89 preceding and current row)
),
runs as (
  select ${k} won and count(*) >= 5 as long, min(case when games = 90 then wins end) as worst
  from numbered
  group by ${k} team_id, won, n - m
)
select ${k} count(*) filter (long), min(worst)
from runs
group by all
order by all nulls last;

--- runs of five wins among chosen games
--- question {"metrics": ["wins", "win_streaks_of_5"], "filters": [{"field": "season", "op": ">=", "value": 2023}, {"field": "home_away", "op": "=", "value": "home"}]}
--- by ()
--- by season
--- by team, date.quarter
with chosen as (select ${keys} * from team_games where season >= 2023 and home_away = 'home'),
numbered as (
  select *,
    row_number() over (partition by ${k} team_id order by date, game_id) as n,
    row_number() over (partition by ${k} team_id, won order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} won, count(*) as length from numbered group by ${k} team_id, won, n - m
)
select ${k} coalesce(sum(length) filter (won), 0), count(*) filter (won and length >= 5)
from runs
group by all
order by all nulls last;

--- teams of many runs
--- question {"metrics": ["win_streaks_of_5"], "filters": [{"field": "win_streaks_of_5", "op": ">", "value": 0}, {"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2024-11-20"}], "orderBy": [{"field": "win_streaks_of_5", "direction": "desc"}], "limit": 10}
--- by team
with chosen as (
  select ${keys} * from team_games where date >= date '2022-11-04' and date < date '2024-11-20'
),
numbered as (
  select *,
    row_number() over (partition by ${k} team_id order by date, game_id) as n,
    row_number() over (partition by ${k} team_id, won order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} won, count(*) as length from numbered group by ${k} team_id, won, n - m
)
select ${k} count(*) filter (won and length >= 5) as number
from runs
group by all
having number > 0
order by number desc ${, k}
limit 10;

--- the worst ninety games at home
--- question {"metrics": ["worst_90_games"], "filters": [{"field": "home_away", "op": "=", "value": "home"}, {"field": "season", "op": ">=", "value": 2022}]}
--- by team
with chosen as (select ${keys} * from team_games where home_away = 'home' and season >= 2022),
windows as (
  select *, count(*) over w as games, count(*) filter (won) over w as wins
  from chosen
  window w as (
    partition by ${k} team_id order by date, game_id rows between 89 preceding and current row)
)
select ${k} min(case when games = 90 then wins end)
from windows
group by all
order by all nulls last;

--- droughts
--- question {"metrics": ["longest_drought_under_10"]}
--- by ()
--- by team
--- by player
--- by player_id, home_away
--- by date.month
with chosen as (select ${keys} * from player_games),
numbered as (
  select *,
    row_number() over (partition by ${k} player_id order by date, game_id) as n,
    row_number() over (partition by ${k} player_id, points < 10 order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} case when points < 10 then count(*) else 0 end as length
  from numbered group by ${k} player_id, points < 10, n - m
)
select ${k} max(length)
from runs
group by all
order by all nulls last;

--- droughts in a span of days
--- question {"metrics": ["longest_drought_under_10", "players_used"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-05"}], "orderBy": [{"field": "longest_drought_under_10", "direction": "desc"}], "limit": 20}
--- by player
--- by team, season
with chosen as (
  select ${keys} * from player_games where date >= date '2022-11-04' and date < date '2023-11-05'
),
numbered as (
  select *,
    row_number() over (partition by ${k} player_id order by date, game_id) as n,
    row_number() over (partition by ${k} player_id, points < 10 order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} player_id, case when points < 10 then count(*) else 0 end as length
  from numbered group by ${k} player_id, points < 10, n - m
)
select ${k} max(length) as longest, count(distinct player_id)
from runs
group by all
order by longest desc ${, k}
limit 20;

--- the worst of all, shown
--- question {"metrics": ["worst_90_games"], "evidence": ["worst_90_games"]}
--- by ()
--- by season
with chosen as (select ${keys} * from team_games),
windows as (
  select ${k} team_id, team,
    case when count(*) over w = 90 then count(*) filter (won) over w end as wins,
    case when count(*) over w = 90 then first_value(date) over w end as first_date,
    case when count(*) over w = 90 then date end as last_date
  from chosen
  window w as (
    partition by ${k} team_id order by date, game_id rows between 89 preceding and current row)
)
select ${k} wins, first_date, last_date, case when wins is not null then team end
from windows
qualify row_number() over (
  partition by ${k} 1 order by wins nulls last, team_id, last_date) = 1
order by all nulls last;

--- runs in grouping sets
--- question {"metrics": ["win_streaks_of_5", "worst_90_games"], "dimensions": ["team", "season"], "groupingSets": [["team", "season"], ["team"], []]}
with rows as (
  select 0 as g, team_id, team as k1, season as k2, won, date, game_id from team_games
  union all select 1, team_id, team, null, won, date, game_id from team_games
  union all select 3, team_id, null, null, won, date, game_id from team_games
),
numbered as (
  select *,
    row_number() over (partition by g, k2, team_id order by date, game_id) as n,
    row_number() over (partition by g, k2, team_id, won order by date, game_id) as m,
    count(*) over w as games,
    count(*) filter (won) over w as wins
  from rows
  window w as (
    partition by g, k2, team_id order by date, game_id rows between 89 preceding and current row)
),
runs as (
  select g, k1, k2, won and count(*) >= 5 as long, min(case when games = 90 then wins end) as worst
  from numbered
  group by g, k1, k2, team_id, won, n - m
)
select k1, k2, g, count(*) filter (long), min(worst)
from runs
group by k1, k2, g
order by k1 nulls last, k2 nulls last, g;

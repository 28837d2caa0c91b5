--- evidence of the longest win streak of a team
--- question {"metrics": ["longest_win_streak"], "dimensions": ["team"], "evidence": ["longest_win_streak"]}
with numbered as (
  select *,
    row_number() over (partition by team_id order by date, game_id) as n,
    row_number() over (partition by team_id, won order by date, game_id) as m
  from team_games
),
runs as (
  select team, team_id, case when won then count(*) else 0 end as length,
    case when won then min(date) end as first_date, case when won then max(date) end as last_date
  from numbered group by team, team_id, won, n - m
)
select team, length, first_date, last_date
from runs
qualify row_number() over (partition by team order by length desc, team_id, first_date) = 1
order by team nulls last;

--- evidence of the longest win streak of all
--- question {"metrics": ["longest_win_streak"], "evidence": ["longest_win_streak"]}
--- by ()
--- by season
--- by home_away
with chosen as (select ${keys} * from team_games),
numbered as (
  select *,
    row_number() over (partition by ${k} team_id order by date, game_id) as n,
    row_number() over (partition by ${k} team_id, won order by date, game_id) as m
  from chosen
),
runs as (
  select ${k} team_id, case when won then count(*) else 0 end as length,
    case when won then min(date) end as first_date, case when won then max(date) end as last_date
  from numbered group by ${k} team_id, won, n - m
)
select ${k} length, first_date, last_date, team_id
from runs
qualify row_number() over (partition by ${k} 1 order by length desc, team_id, first_date) = 1
order by all nulls last;

--- evidence of the longest run of games over 10 points
--- question {"metrics": ["longest_streak_over_10"], "dimensions": ["player_id"], "evidence": ["longest_streak_over_10"]}
with numbered as (
  select *,
    row_number() over (partition by player_id order by date, game_id) as n,
    row_number() over (partition by player_id, points > 10 order by date, game_id) as m
  from player_games
),
runs as (
  select player_id, case when points > 10 then count(*) else 0 end as length,
    case when points > 10 then min(date) end as first_date,
    case when points > 10 then max(date) end as last_date
  from numbered group by player_id, points > 10, n - m
)
select player_id, length, first_date, last_date
from runs
qualify row_number() over (partition by player_id order by length desc, first_date) = 1
order by player_id;

--- evidence of the best ninety games
--- question {"metrics": ["most_wins_in_90_games"], "evidence": ["most_wins_in_90_games"]}
--- by ()
--- by home_away
--- by season
with chosen as (select ${keys} * from team_games),
windows as (
  select ${k} team_id,
    case when count(*) over w = 90 then count(*) filter (won) over w end as wins,
    case when count(*) over w = 90 then first_value(date) over w end as first_date,
    case when count(*) over w = 90 then date end as last_date
  from chosen
  window w as (
    partition by ${k} team_id order by date, game_id rows between 89 preceding and current row)
)
select ${k} wins, first_date, last_date, case when wins is not null then team_id end
from windows
qualify row_number() over (
  partition by ${k} 1 order by wins desc nulls last, team_id, last_date) = 1
order by all nulls last;

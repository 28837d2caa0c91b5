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
  select ${k} team_id, team, case when won then count(*) else 0 end as length,
    case when won then min(date) end as first_date, case when won then max(date) end as last_date
  from numbered group by ${k} team_id, team, won, n - m
)
select ${k} length, first_date, last_date, case when length > 0 then team end
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
  partition by ${k} 1 order by wins desc nulls last, team_id, last_date) = 1
order by all nulls last;

--- evidence of two metrics under a filter
--- question {"metrics": ["longest_streak_over_10", "points", "longest_streak_over_20"], "dimensions": ["team"], "filters": [{"field": "season", "op": "=", "value": 2023}], "evidence": ["longest_streak_over_20", "longest_streak_over_10"]}
with chosen as (select * from player_games where season = 2023),
numbered as (
  select *,
    row_number() over (partition by team, player_id order by date, game_id) as n,
    row_number() over (partition by team, player_id, points > 10 order by date, game_id) as m10,
    row_number() over (partition by team, player_id, points > 20 order by date, game_id) as m20
  from chosen
),
over_10 as (
  select team, player_id, player, case when points > 10 then count(*) else 0 end as length,
    case when points > 10 then min(date) end as first_date,
    case when points > 10 then max(date) end as last_date
  from numbered group by team, player_id, player, points > 10, n - m10
  qualify row_number() over (partition by team order by length desc, player_id, first_date) = 1
),
over_20 as (
  select team, player_id, player, case when points > 20 then count(*) else 0 end as length,
    case when points > 20 then min(date) end as first_date,
    case when points > 20 then max(date) end as last_date
  from numbered group by team, player_id, player, points > 20, n - m20
  qualify row_number() over (partition by team order by length desc, player_id, first_date) = 1
)
select a.team, a.length, (select sum(points) from chosen where chosen.team = a.team), b.length,
  b.first_date, b.last_date, case when b.length > 0 then b.player end,
  a.first_date, a.last_date, case when a.length > 0 then a.player end
from over_10 as a join over_20 as b using (team)
order by a.team;

--- evidence of a current win streak
--- question {"metrics": ["current_win_streak"], "dimensions": ["team"], "evidence": ["current_win_streak"]}
with numbered as (
  select *,
    row_number() over (partition by team_id order by date, game_id) as n,
    row_number() over (partition by team_id, won order by date, game_id) as m
  from team_games
),
runs as (
  select team, won, count(*) as length, max(n) as last_n, min(date) as first_date,
    max(date) as last_date
  from numbered group by team, team_id, won, n - m
)
select team, case when won then length else 0 end, case when won then first_date end,
  case when won then last_date end
from runs
qualify row_number() over (partition by team order by last_n desc) = 1
order by team;

--- evidence in grouping sets
--- question {"metrics": ["longest_win_streak"], "dimensions": ["home_away", "season"], "groupingSets": [["home_away"], ["season"]], "evidence": ["longest_win_streak"]}
with numbered as (
  select *,
    row_number() over (partition by team_id, home_away order by date, game_id)
      - row_number() over (partition by team_id, home_away, won order by date, game_id) as place,
    row_number() over (partition by team_id, season order by date, game_id)
      - row_number() over (partition by team_id, season, won order by date, game_id) as year
  from team_games
),
runs as (
  select home_away, null as season, 1 as g, team_id, team,
    case when won then count(*) else 0 end as length,
    case when won then min(date) end as first_date, case when won then max(date) end as last_date
  from numbered group by home_away, team_id, team, won, place
  union all
  select null, season, 2, team_id, team, case when won then count(*) else 0 end,
    case when won then min(date) end, case when won then max(date) end
  from numbered group by season, team_id, team, won, year
)
select home_away, season, g, length, first_date, last_date, case when length > 0 then team end
from runs
qualify row_number() over (
  partition by home_away, season, g order by length desc, team_id, first_date) = 1
order by home_away nulls last, season nulls last, g;

--- best ninety games
--- question {"metrics": ["most_wins_in_90_games"]}
--- by ()
--- by team
--- by home_away
--- by season
--- by team, home_away
--- by team, opponent
with chosen as (select ${keys} * from team_games),
windows as (
  select *,
    count(*) over w as games,
    count(*) filter (won) over w as wins
  from chosen
  window w as (
    partition by ${k} team_id order by date, game_id rows between 89 preceding and current row)
)
select ${k} max(case when games = 90 then wins end)
from windows
group by all
order by all nulls last;

--- best ninety games since 2023
--- question {"metrics": ["most_wins_in_90_games", "wins"], "filters": [{"field": "season", "op": ">=", "value": 2023}]}
--- by ()
--- by team
with chosen as (select ${keys} * from team_games where season >= 2023),
windows as (
  select *,
    count(*) over w as games,
    count(*) filter (won) over w as wins
  from chosen
  window w as (
    partition by ${k} team_id order by date, game_id rows between 89 preceding and current row)
)
select ${k} max(case when games = 90 then wins end), count(*) filter (won)
from windows
group by all
order by all nulls last;

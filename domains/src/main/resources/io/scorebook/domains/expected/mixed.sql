--- two facts on the dimensions they share
--- question {"metrics": ["wins", "points", "team_points", "games_won", "appearances"]}
--- by ()
--- by team
--- by season
--- by team, season
--- by opponent
--- by home_away
--- by season, date.month
with of_teams as (
  select ${keys} count(*) filter (won) as wins, sum(points) as team_points
  from team_games group by all
),
of_players as (
  select ${keys} sum(points) as points, count(distinct case when won then game_id end) as games_won,
    count(*) as appearances
  from player_games group by all
)
select ${either} coalesce(wins, 0), points, team_points, coalesce(games_won, 0), coalesce(appearances, 0)
from of_teams full join of_players on ${match}
order by all nulls last;

--- share of a team's points that its players account for
--- question {"metrics": ["points", "longest_win_streak", "wins"], "filters": [{"field": "season", "op": "=", "value": 2023}]}
--- by team
with of_players as (
  select team, sum(points) as points from player_games where season = 2023 group by team
),
marked as (
  select team, won, row_number() over (partition by team_id order by date, game_id)
    - row_number() over (partition by team_id, won order by date, game_id) as island
  from team_games where season = 2023
),
runs as (select team, won, count(*) as length from marked group by team, won, island),
of_teams as (
  select team, coalesce(max(length) filter (won), 0) as longest,
    coalesce(sum(length) filter (won), 0) as wins
  from runs group by team
)
select coalesce(a.team, b.team), points, longest, coalesce(wins, 0)
from of_players a full join of_teams b on a.team is not distinct from b.team
order by all nulls last;

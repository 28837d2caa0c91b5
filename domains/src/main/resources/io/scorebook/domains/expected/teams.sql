--- team metrics
--- question {"metrics": ["games", "wins", "losses", "home_wins", "away_wins", "win_pct", "team_points", "points_allowed", "point_differential"]}
--- by ()
--- by team
--- by opponent
--- by season
--- by home_away
--- by team, season
--- by season, team, home_away
--- by team, opponent
--- by date
--- by date.day
--- by date.week
--- by date.month
--- by date.quarter
--- by date.year
--- by team, date.month
select
  ${keys}
  count(*),
  count(case when won then 1 end),
  count(case when not won then 1 end),
  count(case when won and home_away = 'home' then 1 end),
  count(case when won and home_away = 'away' then 1 end),
  case when count(*) > 0 then count(case when won then 1 end)::double / count(*) end,
  sum(points),
  sum(allowed),
  sum(points) - sum(allowed)
from team_games
group by all
order by all nulls last;

--- league without games
--- question {"metrics": ["games", "wins", "win_pct", "team_points", "point_differential"], "filters": [{"field": "season", "op": "=", "value": 1901}]}
--- by ()
--- by team
select ${keys} count(*), 0, null, null, null
from team_games
where season = 1901
group by all;

--- one team by season
--- question {"metrics": ["wins", "losses", "team_points"], "filters": [{"field": "home_away", "op": "!=", "value": "away"}, {"field": "season", "op": ">=", "value": 2023}]}
--- by team
--- by season, opponent
select ${keys} count(*) filter (won), count(*) filter (not won), sum(points)
from team_games
where home_away = 'home' and season >= 2023
group by all
order by all nulls last;

--- winners only
--- question {"metrics": ["wins", "games"], "filters": [{"field": "win_pct", "op": ">", "value": 0.5}, {"field": "games", "op": ">=", "value": 3}]}
--- by team
--- by team, season
--- by opponent, home_away
select * from (
  select ${keys} count(*) filter (won) as wins, count(*) as games from team_games group by all
)
where wins * 2 > games and games >= 3
order by all nulls last;

--- best differential first
--- question {"metrics": ["point_differential"], "orderBy": [{"field": "point_differential", "direction": "desc"}], "limit": 5}
--- by team
--- by team, season
select ${keys} sum(points - allowed) as difference
from team_games
group by all
order by difference desc ${, k}
limit 5;

--- standings in grouping sets
--- question {"metrics": ["games", "wins", "win_pct"], "dimensions": ["team", "season"], "groupingSets": [["team", "season"], ["team"], ["season"], []]}
select team, season, grouping(team, season) as g,
  count(*), count(*) filter (won), count(*) filter (won)::double / nullif(count(*), 0)
from team_games
group by grouping sets ((team, season), (team), (season), ())
order by team nulls last, season nulls last, g;

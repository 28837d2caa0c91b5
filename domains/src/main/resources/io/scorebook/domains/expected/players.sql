--- player metrics
--- question {"metrics": ["appearances", "points", "rebounds", "assists", "points_per_game", "games_won"]}
--- by ()
--- by player
--- by player_id
--- by player, player_id
--- by player, season
--- by player, team
--- by player, team, season
--- by team
--- by team, season
--- by season
--- by home_away
--- by opponent
--- by team, opponent
--- by player, home_away
--- by date.month
--- by date.week
--- by season, date.quarter
select
  ${keys}
  count(*),
  sum(points),
  sum(rebounds),
  sum(assists),
  sum(points)::double / nullif(count(*), 0),
  count(distinct case when won then game_id end)
from player_games
group by all
order by all nulls last;

--- scorers of many points
--- question {"metrics": ["points", "appearances"], "filters": [{"field": "season", "op": ">=", "value": 2023}, {"field": "points", "op": ">", "value": 100}], "orderBy": [{"field": "points", "direction": "desc"}, {"field": "player"}], "limit": 10}
--- by player
--- by player, season
select * from (
  select ${keys} sum(points) as total, count(*) from player_games where season >= 2023 group by all
)
where total > 100
order by total desc ${, k}
limit 10;

--- either of two conditions
--- question {"metrics": ["points", "games_won"], "filters": [{"or": [{"field": "home_away", "op": "=", "value": "home"}, {"and": [{"field": "season", "op": "in", "value": [2023, 2024]}, {"not": {"field": "player", "op": "startsWith", "value": "J"}}]}]}]}
--- by team
--- by player
select ${keys} sum(points), count(distinct case when won then game_id end)
from player_games
where home_away = 'home' or (season in (2023, 2024) and not starts_with(player, 'J'))
group by all
order by all nulls last;

--- names with a letter that is not ASCII
--- question {"metrics": ["points", "rebounds"], "filters": [{"field": "player", "op": "contains", "value": "ić"}]}
--- by player
--- by ()
select ${keys} sum(points), sum(rebounds)
from player_games
where contains(player, 'ić')
group by all
order by all nulls last;

--- games won in grouping sets
--- question {"metrics": ["games_won", "points", "points_per_game"], "dimensions": ["player", "team", "season"], "groupingSets": [["player", "season"], ["team", "season"], ["season"], []]}
select player, team, season, grouping(player, team, season) as g,
  count(distinct case when won then game_id end), sum(points),
  sum(points)::double / nullif(count(*), 0)
from player_games
group by grouping sets ((player, season), (team, season), (season), ())
order by player nulls last, team nulls last, season nulls last, g;

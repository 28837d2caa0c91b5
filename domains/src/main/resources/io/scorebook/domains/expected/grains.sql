--- shares of the points of a team and season
--- question {"metrics": ["points", "team_season_points", "points_share"]}
--- by ()
--- by season
--- by player
--- by date.month
--- by player, season
--- by season, team, player_id
--- by opponent, season
with shown as (select ${keys} sum(points) as points from player_games group by all),
looked as (select team, season, sum(points) as points from player_games group by all)
select ${k} any_value(shown.points), sum(looked.points),
  any_value(shown.points)::double / nullif(sum(looked.points), 0)
from shown left join looked on ${kept}
group by all
order by all nulls last;

--- shares under filters outside of the grain
--- question {"metrics": ["points_share", "team_season_points"], "filters": [{"field": "home_away", "op": "=", "value": "home"}, {"field": "player", "op": "contains", "value": "an"}, {"field": "date", "op": ">=", "value": "2022-11-04"}]}
--- by ()
--- by team
--- by player, season
--- by date.year
with shown as (
  select ${keys} sum(points) as points from player_games
  where home_away = 'home' and contains(player, 'an') and date >= date '2022-11-04'
  group by all
),
looked as (select team, season, sum(points) as points from player_games group by all)
select ${k} any_value(shown.points)::double / nullif(sum(looked.points), 0),
  sum(looked.points)
from shown left join looked on ${kept}
group by all
order by all nulls last;

--- shares under filters inside of the grain and outside
--- question {"metrics": ["points_share", "team_season_points", "points"], "filters": [{"field": "season", "op": "in", "value": [2022, 2023]}, {"field": "team", "op": "in", "value": ["RED", "BLU", "ABY", "BOS", "GSW"]}, {"field": "home_away", "op": "=", "value": "away"}]}
--- by ()
--- by player
--- by team, player
--- by season, date.month
with shown as (
  select ${keys} sum(points) as points from player_games
  where season in (2022, 2023) and team in ('RED', 'BLU', 'ABY', 'BOS', 'GSW')
    and home_away = 'away'
  group by all
),
looked as (
  select team, season, sum(points) as points from player_games
  where season in (2022, 2023) and team in ('RED', 'BLU', 'ABY', 'BOS', 'GSW')
  group by all
)
select ${k} any_value(shown.points)::double / nullif(sum(looked.points), 0), sum(looked.points),
  any_value(shown.points)
from shown left join looked on ${kept}
group by all
order by all nulls last;

--- largest shares
--- question {"metrics": ["points_share"], "filters": [{"field": "points_share", "op": ">=", "value": 0.1}], "orderBy": [{"field": "points_share", "direction": "desc"}], "limit": 12}
--- by player, team
with shown as (select ${keys} sum(points) as points from player_games group by all),
looked as (select team, season, sum(points) as points from player_games group by all)
select ${k} any_value(shown.points)::double / nullif(sum(looked.points), 0) as share
from shown left join looked on ${kept}
group by all
having share >= 0.1
order by share desc ${, k}
limit 12;

--- shares in grouping sets
--- question {"metrics": ["points_share", "team_season_points"], "dimensions": ["player", "team", "season"], "groupingSets": [["player", "team", "season"], ["player", "season"], ["team"], ["player"], []]}
with shown as (
  select player, team, season, grouping(player, team, season) as g, sum(points) as points
  from player_games
  group by grouping sets ((player, team, season), (player, season), (team), (player), ())
),
looked as (select team, season, sum(points) as points from player_games group by all)
select shown.player, shown.team, shown.season, g,
  any_value(shown.points)::double / sum(looked.points), sum(looked.points)
from shown join looked
  on (g in (2, 3, 7) or shown.team is not distinct from looked.team)
  and (g in (3, 5, 7) or shown.season is not distinct from looked.season)
group by all
order by shown.player nulls last, shown.team nulls last, shown.season nulls last, g;

--- places by points
--- question {"metrics": ["points", "points_rank"]}
--- by player
--- by player, player_id
--- by team, player
--- by season, player_id, team
--- by date.month, player_id, player
with shown as (select ${keys} sum(points) as points from player_games group by all)
select ${k} points, rank() over (partition by ${others} 1 order by points desc)
from shown
order by all nulls last;

--- places in a span of days at home
--- question {"metrics": ["points_rank", "points"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-05"}, {"field": "home_away", "op": "=", "value": "home"}]}
--- by player, team
--- by player_id, season
with shown as (
  select ${keys} sum(points) as points from player_games
  where date >= date '2022-11-04' and date < date '2023-11-05' and home_away = 'home'
  group by all
)
select ${k} rank() over (partition by ${others} 1 order by points desc), points
from shown
order by all nulls last;

--- the first three
--- question {"metrics": ["points_rank", "points"], "filters": [{"field": "points_rank", "op": "<=", "value": 3}, {"field": "season", "op": ">=", "value": 2023}], "orderBy": [{"field": "points_rank"}, {"field": "points", "direction": "desc"}], "limit": 25}
--- by player
--- by team, player, season
with shown as (
  select ${keys} sum(points) as points from player_games where season >= 2023 group by all
)
select ${k} rank() over (partition by ${others} 1 order by points desc) as place, points
from shown
qualify place <= 3
order by place, points desc ${, k}
limit 25;

--- places stay where groups are left out
--- question {"metrics": ["points_rank"], "filters": [{"field": "appearances", "op": "<=", "value": 3}], "limit": 40}
--- by player, season
with shown as (
  select ${keys} sum(points) as points, count(*) as appearances from player_games group by all
),
placed as (
  select *, rank() over (partition by ${others} 1 order by points desc) as place from shown
)
select ${k} place from placed where appearances <= 3
order by all nulls last
limit 40;

--- places in grouping sets
--- question {"metrics": ["points_rank", "points"], "dimensions": ["player", "season", "team"], "groupingSets": [["player", "season"], ["player"], ["season", "team"], ["player", "team"], []]}
with shown as (
  select player, season, team, grouping(player, season, team) as g, sum(points) as points
  from player_games
  group by grouping sets ((player, season), (player), (season, team), (player, team), ())
)
select player, season, team, g,
  case when g in (1, 3, 2)
    then rank() over (partition by g, season, team order by points desc) end,
  points
from shown
order by player nulls last, season nulls last, team nulls last, g;

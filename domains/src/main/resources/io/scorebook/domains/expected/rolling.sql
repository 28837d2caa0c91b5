--- wins among the last ten
--- question {"metrics": ["wins_last_10"]}
--- by team
--- by team, season
--- by date.month, team
--- by team, home_away
with chosen as (select ${keys} * from team_games),
shown as (select ${k} max(row(date, game_id)) as until from chosen group by all),
looked as (select * from team_games),
reached as (
  select ${k} looked.won,
    row_number() over (partition by ${k} 1 order by looked.date desc, looked.game_id desc) as back
  from shown join looked on ${untimed} and row(looked.date, looked.game_id) <= until
)
select ${k} case when count(*) = 10 then count(*) filter (won) end
from reached
where back <= 10
group by all
order by all nulls last;

--- last ten in a span of days
--- question {"metrics": ["games", "wins_last_10"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-05"}]}
--- by team, date.month
--- by opponent, team
with chosen as (
  select ${keys} * from team_games where date >= date '2022-11-04' and date < date '2023-11-05'
),
shown as (
  select ${k} count(*) as games, max(row(date, game_id)) as until from chosen group by all
),
looked as (select * from team_games),
reached as (
  select ${k} games, looked.won,
    row_number() over (partition by ${k} 1 order by looked.date desc, looked.game_id desc) as back
  from shown join looked on ${untimed} and row(looked.date, looked.game_id) <= until
)
select ${k} any_value(games), case when count(*) = 10 then count(*) filter (won) end
from reached
where back <= 10
group by all
order by all nulls last;

--- last ten at home since 2023
--- question {"metrics": ["wins_last_10", "wins"], "filters": [{"field": "season", "op": ">=", "value": 2023}, {"field": "home_away", "op": "=", "value": "home"}, {"field": "wins_last_10", "op": "isNotNull"}], "orderBy": [{"field": "wins_last_10", "direction": "desc"}], "limit": 30}
--- by team, season
with chosen as (select ${keys} * from team_games where season >= 2023 and home_away = 'home'),
shown as (
  select ${k} count(*) filter (won) as wins, max(row(date, game_id)) as until
  from chosen group by all
),
looked as (select * from team_games where home_away = 'home'),
reached as (
  select ${k} wins, looked.won,
    row_number() over (partition by ${k} 1 order by looked.date desc, looked.game_id desc) as back
  from shown join looked on ${untimed} and row(looked.date, looked.game_id) <= until
)
select ${k} count(*) filter (won) as last_10, any_value(wins)
from reached
where back <= 10
group by all
having count(*) = 10
order by last_10 desc ${, k}
limit 30;

--- last ten in grouping sets
--- question {"metrics": ["wins_last_10"], "dimensions": ["team", "season"], "groupingSets": [["team", "season"], ["team"]]}
with placed as (
  select *, count(*) over w as games, count(*) filter (won) over w as wins
  from team_games
  window w as (
    partition by team_id order by date, game_id rows between 9 preceding and current row)
)
select team, season, grouping(team, season) as g,
  max(row(date, game_id, case when games = 10 then wins end))[3] as last_10
from placed
group by grouping sets ((team, season), (team))
order by team nulls last, season nulls last, g;

--- points of thirty days
--- question {"metrics": ["points_30d", "points"]}
--- by player
--- by player, season
--- by player, date.month
--- by player_id, home_away, date.quarter
with chosen as (select ${keys} * from player_games),
shown as (
  select ${k} sum(points) as points, max(date) as until from chosen group by all
),
looked as (select * from player_games)
select ${k} sum(looked.points), any_value(shown.points)
from shown left join looked
  on ${untimed} and looked.date > until - 30 and looked.date <= until
group by all
order by all nulls last;

--- points of thirty days in a span of days
--- question {"metrics": ["points_30d", "appearances"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-05"}, {"field": "home_away", "op": "!=", "value": "away"}]}
--- by player, date.month
--- by player_id, opponent
with chosen as (
  select ${keys} * from player_games
  where date >= date '2022-11-04' and date < date '2023-11-05' and home_away = 'home'
),
shown as (select ${k} count(*) as appearances, max(date) as until from chosen group by all),
looked as (select * from player_games where home_away = 'home')
select ${k} sum(looked.points), any_value(appearances)
from shown left join looked
  on ${untimed} and looked.date > until - 30 and looked.date <= until
group by all
order by all nulls last;

--- hottest for thirty days
--- question {"metrics": ["points_30d"], "filters": [{"field": "points_30d", "op": ">", "value": 40}, {"field": "season", "op": "=", "value": 2023}], "orderBy": [{"field": "points_30d", "direction": "desc"}], "limit": 5}
--- by player, date.week
with chosen as (select ${keys} * from player_games where season = 2023),
shown as (select ${k} max(date) as until from chosen group by all),
looked as (select * from player_games)
select ${k} sum(looked.points) as total
from shown left join looked
  on ${untimed} and looked.date > until - 30 and looked.date <= until
group by all
having total > 40
order by total desc ${, k}
limit 5;

--- wins of the season before
--- question {"metrics": ["wins_prior_season", "wins", "wins_change"]}
--- by season
--- by team, season
--- by season, home_away
--- by team, opponent, season
with shown as (
  select ${keys} season as year, count(*) filter (won) as wins from team_games group by all
),
looked as (select * from team_games)
select ${k} case when count(looked.game_id) > 0 then count(*) filter (looked.won) end,
  any_value(wins),
  case when count(looked.game_id) > 0 then any_value(wins) - count(*) filter (looked.won) end
from shown left join looked on ${untimed} and looked.season = year - 1
group by all
order by all nulls last;

--- seasons chosen, the ones before looked at
--- question {"metrics": ["wins_change", "wins_prior_season"], "filters": [{"field": "season", "op": "in", "value": [2023, 2025]}]}
--- by team, season
--- by home_away, season
with shown as (
  select ${keys} season as year, count(*) filter (won) as wins from team_games
  where season in (2023, 2025) group by all
),
looked as (select * from team_games)
select ${k}
  case when count(looked.game_id) > 0 then any_value(wins) - count(*) filter (looked.won) end,
  case when count(looked.game_id) > 0 then count(*) filter (looked.won) end
from shown left join looked on ${untimed} and looked.season = year - 1
group by all
order by all nulls last;

--- one season of some teams at home beside the one before
--- question {"metrics": ["wins_prior_season", "wins", "wins_change"], "filters": [{"field": "season", "op": "=", "value": 2023}, {"field": "home_away", "op": "=", "value": "home"}, {"field": "team", "op": "in", "value": ["RED", "BLU", "ABY", "CAL", "BOS", "GSW"]}]}
--- by team, season
--- by opponent, season
with shown as (
  select ${keys} season as year, count(*) filter (won) as wins from team_games
  where season = 2023 and home_away = 'home'
    and team in ('RED', 'BLU', 'ABY', 'CAL', 'BOS', 'GSW')
  group by all
),
looked as (
  select * from team_games
  where home_away = 'home' and team in ('RED', 'BLU', 'ABY', 'CAL', 'BOS', 'GSW')
)
select ${k} case when count(looked.game_id) > 0 then count(*) filter (looked.won) end,
  any_value(wins),
  case when count(looked.game_id) > 0 then any_value(wins) - count(*) filter (looked.won) end
from shown left join looked on ${untimed} and looked.season = year - 1
group by all
order by all nulls last;

--- whole seasons stand before a span of days
--- question {"metrics": ["wins", "wins_prior_season"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-05"}]}
--- by team, season
with shown as (
  select ${keys} season as year, count(*) filter (won) as wins from team_games
  where date >= date '2022-11-04' and date < date '2023-11-05'
  group by all
),
looked as (select * from team_games)
select ${k} any_value(wins),
  case when count(looked.game_id) > 0 then count(*) filter (looked.won) end
from shown left join looked on ${untimed} and looked.season = year - 1
group by all
order by all nulls last;

--- most improved
--- question {"metrics": ["wins"], "filters": [{"field": "wins_change", "op": ">", "value": 0}], "orderBy": [{"field": "wins_change", "direction": "desc"}, {"field": "wins"}], "limit": 9}
--- by team, season
with shown as (
  select ${keys} season as year, count(*) filter (won) as wins from team_games group by all
),
looked as (select * from team_games),
changes as (
  select ${k} any_value(wins) as wins,
    case when count(looked.game_id) > 0 then any_value(wins) - count(*) filter (looked.won) end
      as change
  from shown left join looked on ${untimed} and looked.season = year - 1
  group by all
)
select ${k} wins from changes where change > 0
order by change desc, wins ${, k}
limit 9;

--- wins to date
--- question {"metrics": ["wins", "wins_to_date"]}
--- by ()
--- by opponent
--- by team, season
--- by date
--- by team, date.month
--- by season, date.quarter
--- by team, home_away, date.month
with chosen as (select ${keys} * from team_games),
shown as (
  select ${k} count(*) filter (won) as wins, max(date) as until, max_by(season, date) as year
  from chosen group by all
),
looked as (select * from team_games)
select ${k} any_value(wins), count(*) filter (looked.won)
from shown left join looked on ${untimed} and looked.season = year and looked.date <= until
group by all
order by all nulls last;

--- wins to date in a span of days
--- question {"metrics": ["wins_to_date", "wins", "games"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-05"}]}
--- by ()
--- by team
--- by date.month
--- by season, opponent
with chosen as (
  select ${keys} * from team_games where date >= date '2022-11-04' and date < date '2023-11-05'
),
shown as (
  select ${k} count(*) filter (won) as wins, count(*) as games, max(date) as until,
    max_by(season, date) as year
  from chosen group by all
),
looked as (select * from team_games)
select ${k} count(*) filter (looked.won), any_value(wins), any_value(games)
from shown left join looked on ${untimed} and looked.season = year and looked.date <= until
group by all
order by all nulls last;

--- wins to date of some teams away in some seasons
--- question {"metrics": ["wins_to_date"], "filters": [{"field": "season", "op": "in", "value": [2022, 2024]}, {"field": "home_away", "op": "=", "value": "away"}, {"field": "team", "op": "notIn", "value": ["GRN", "ASH", "LAL"]}]}
--- by ()
--- by date.quarter, team
--- by opponent, season
with chosen as (
  select ${keys} * from team_games
  where season in (2022, 2024) and home_away = 'away' and team not in ('GRN', 'ASH', 'LAL')
),
shown as (select ${k} max(date) as until, max_by(season, date) as year from chosen group by all),
looked as (
  select * from team_games where home_away = 'away' and team not in ('GRN', 'ASH', 'LAL')
)
select ${k} count(*) filter (looked.won)
from shown left join looked on ${untimed} and looked.season = year and looked.date <= until
group by all
order by all nulls last;

--- months of a year, their seasons looked at
--- question {"metrics": ["wins_to_date", "wins"], "filters": [{"field": "date.year", "op": "=", "value": "2023-01-01"}, {"field": "wins_to_date", "op": ">", "value": 1}], "orderBy": [{"field": "wins_to_date", "direction": "desc"}], "limit": 20}
--- by team, date.month
with chosen as (select ${keys} * from team_games where year(date) = 2023),
shown as (
  select ${k} count(*) filter (won) as wins, max(date) as until, max_by(season, date) as year
  from chosen group by all
),
looked as (select * from team_games)
select ${k} count(*) filter (looked.won) as to_date, any_value(wins)
from shown left join looked on ${untimed} and looked.season = year and looked.date <= until
group by all
having to_date > 1
order by to_date desc ${, k}
limit 20;

--- wins to date in grouping sets
--- question {"metrics": ["wins_to_date", "wins"], "dimensions": ["team", "date.month"], "groupingSets": [["team", "date.month"], ["date.month"], ["team"], []]}
with rows as (select *, cast(date_trunc('month', date) as date) as month from team_games),
shown as (
  select team, month, grouping(team, month) as g, count(*) filter (won) as wins,
    max(date) as until, max_by(season, date) as year
  from rows group by grouping sets ((team, month), (month), (team), ())
)
select team, month, g,
  (
    select count(*) from team_games as l
    where l.won and l.season = year and l.date <= until
      and (g >= 2 or l.team is not distinct from shown.team)
  ),
  wins
from shown
order by team nulls last, month nulls last, g;

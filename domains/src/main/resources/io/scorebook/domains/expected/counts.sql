--- players used and how often they score
--- question {"metrics": ["players_used", "over_10_pct", "appearances_over_10"]}
--- by ()
--- by player
--- by team, season
--- by opponent, date.year
--- by player, team, season
select ${keys} count(distinct player_id),
  count(case when points > 10 then 1 end)::double / count(*),
  count(case when points > 10 then 1 end)
from player_games
group by all
order by all nulls last;

--- players used in a span of days
--- question {"metrics": ["over_10_pct", "players_used"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-05"}, {"field": "home_away", "op": "=", "value": "away"}]}
--- by season, date.quarter
select ${keys} count(case when points > 10 then 1 end)::double / count(*), count(distinct player_id)
from player_games
where date >= date '2022-11-04' and date < date '2023-11-05' and home_away = 'away'
group by all
order by all nulls last;

--- nobody played
--- question {"metrics": ["players_used", "over_10_pct", "appearances_over_10"], "filters": [{"field": "season", "op": "=", "value": 1901}]}
--- by ()
select 0, null, 0;

--- large rosters
--- question {"metrics": ["over_10_pct"], "filters": [{"field": "players_used", "op": ">=", "value": 2}, {"field": "season", "op": "in", "value": [2022, 2024]}], "orderBy": [{"field": "over_10_pct", "direction": "desc"}], "limit": 7}
--- by team, season
select ${keys} count(case when points > 10 then 1 end)::double / count(*) as share
from player_games
where season in (2022, 2024)
group by all
having count(distinct player_id) >= 2
order by share desc ${, k}
limit 7;

--- players used in grouping sets
--- question {"metrics": ["players_used", "over_10_pct"], "dimensions": ["team", "season", "home_away"], "groupingSets": [["team", "season"], ["home_away"], ["season"], []]}
select team, season, home_away, grouping(team, season, home_away) as g,
  count(distinct player_id), count(case when points > 10 then 1 end)::double / count(*)
from player_games
group by grouping sets ((team, season), (home_away), (season), ())
order by team nulls last, season nulls last, home_away nulls last, g;

--- medians of points
--- question {"metrics": ["median_points", "appearances"]}
--- by ()
--- by player
--- by team, season
--- by home_away, date.quarter
select ${keys} quantile_cont(points, 0.5), count(*)
from player_games
group by all
order by all nulls last;

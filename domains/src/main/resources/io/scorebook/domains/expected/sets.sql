--- a missing key is not a total
--- question {"metrics": ["appearances", "points"], "dimensions": ["home_away", "season"], "groupingSets": [["home_away", "season"], ["home_away"], ["season"], []]}
select home_away, season, grouping(home_away, season) as g, count(*), sum(points)
from player_games
group by grouping sets ((home_away, season), (home_away), (season), ())
order by home_away nulls last, season nulls last, g;

--- sets over nothing
--- question {"metrics": ["games", "team_points", "longest_win_streak"], "dimensions": ["team", "season"], "filters": [{"field": "season", "op": "=", "value": 1901}], "groupingSets": [["team"], ["season"], []]}
select null, null, 3, 0, null, null;

--- two facts in sets
--- question {"metrics": ["wins", "points", "longest_win_streak"], "dimensions": ["season", "team"], "groupingSets": [["season"], ["team"], []]}
with of_teams as (
  select season, team, grouping(season, team) as g, count(*) filter (won) as wins
  from team_games group by grouping sets ((season), (team), ())
),
of_players as (
  select season, team, grouping(season, team) as g, sum(points) as points
  from player_games group by grouping sets ((season), (team), ())
),
by_season as (
  select season, null as team, 1 as g, max(case when won then length else 0 end) as longest
  from (
    select season, won, count(*) as length from (
      select *, row_number() over (partition by team_id, season order by date, game_id)
        - row_number() over (partition by team_id, season, won order by date, game_id) as island
      from team_games
    ) group by season, team_id, won, island
  ) group by season
),
of_all as (
  select team, max(case when won then length else 0 end) as longest
  from (
    select team, won, count(*) as length from (
      select *, row_number() over (partition by team_id order by date, game_id)
        - row_number() over (partition by team_id, won order by date, game_id) as island
      from team_games
    ) group by team, team_id, won, island
  ) group by team
),
streaks as (
  select * from by_season
  union all select null, team, 2, longest from of_all
  union all select null, null, 3, max(longest) from of_all
),
keys as (
  select season, team, g from of_teams
  union select season, team, g from of_players
  union select season, team, g from streaks
)
select keys.season, keys.team, keys.g, coalesce(wins, 0), points, longest
from keys
left join of_teams as t on keys.g = t.g and keys.season is not distinct from t.season
  and keys.team is not distinct from t.team
left join of_players as p on keys.g = p.g and keys.season is not distinct from p.season
  and keys.team is not distinct from p.team
left join streaks as s on keys.g = s.g and keys.season is not distinct from s.season
  and keys.team is not distinct from s.team
order by keys.season nulls last, keys.team nulls last, keys.g;

--- months and their total
--- question {"metrics": ["games", "win_pct"], "dimensions": ["date.month", "home_away"], "groupingSets": [["date.month", "home_away"], ["date.month"]]}
select month, home_away, grouping(month, home_away) as g, count(*),
  count(*) filter (won)::double / nullif(count(*), 0)
from (select *, cast(date_trunc('month', date) as date) as month from team_games)
group by grouping sets ((month, home_away), (month))
order by month nulls last, home_away nulls last, g;

--- wins after losses
--- question {"metrics": ["bounce_back_pct"]}
--- by ()
--- by home_away
--- by opponent
--- by team, season
--- by date
--- by team, date.month
with chosen as (
  select ${keys} *,
    lead(won) over (partition by team_id, season order by date, game_id) as next_won
  from team_games
)
select ${k} count(*) filter (not won and next_won)::double
  / nullif(count(*) filter (not won and next_won is not null), 0)
from chosen
group by all
order by all nulls last;

--- wins after losses in a span of days
--- question {"metrics": ["bounce_back_pct", "losses"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-05"}]}
--- by ()
--- by date.month
--- by season, home_away
with chosen as (
  select ${keys} *,
    lead(won) over (partition by team_id, season order by date, game_id) as next_won
  from team_games
  where date >= date '2022-11-04' and date < date '2023-11-05'
)
select ${k} count(*) filter (not won and next_won)::double
  / nullif(count(*) filter (not won and next_won is not null), 0),
  count(*) filter (not won)
from chosen
group by all
order by all nulls last;

--- away games alone, the next one away too
--- question {"metrics": ["wins", "bounce_back_pct"], "filters": [{"field": "home_away", "op": "=", "value": "away"}, {"field": "season", "op": ">=", "value": 2023}, {"field": "bounce_back_pct", "op": "isNotNull"}], "orderBy": [{"field": "bounce_back_pct", "direction": "desc"}], "limit": 15}
--- by opponent
--- by team, date.quarter
with chosen as (
  select ${keys} *,
    lead(won) over (partition by team_id, season order by date, game_id) as next_won
  from team_games
  where home_away = 'away' and season >= 2023
),
shares as (
  select ${k} count(*) filter (won) as wins,
    count(*) filter (not won and next_won)::double
      / nullif(count(*) filter (not won and next_won is not null), 0) as share
  from chosen
  group by all
)
select ${k} wins, share from shares
where share is not null
order by share desc ${, k}
limit 15;

--- wins after losses in grouping sets
--- question {"metrics": ["bounce_back_pct", "games"], "dimensions": ["team", "season", "home_away"], "groupingSets": [["team", "season"], ["home_away"], ["team"], []]}
with chosen as (
  select *, lead(won) over (partition by team_id, season order by date, game_id) as next_won
  from team_games
)
select team, season, home_away, grouping(team, season, home_away) as g,
  count(*) filter (not won and next_won)::double
    / nullif(count(*) filter (not won and next_won is not null), 0),
  count(*)
from chosen
group by grouping sets ((team, season), (home_away), (team), ())
order by team nulls last, season nulls last, home_away nulls last, g;

--- many kinds at once
--- question {"metrics": ["wins", "wins_prior_season", "wins_to_date", "standing_wins", "longest_win_streak", "points_share", "bounce_back_pct", "players_used", "win_streaks_of_5"], "filters": [{"field": "season", "op": ">=", "value": 2023}]}
--- by team, season
with marked as (
  select ${keys} *,
    row_number() over (partition by team_id, season order by date, game_id)
      - row_number() over (partition by team_id, season, won order by date, game_id) as island,
    lead(won) over (partition by team_id, season order by date, game_id) as next_won
  from team_games
  where season >= 2023
),
runs as (
  select ${k} won, count(*) as length, count(*) filter (not won and next_won) as back,
    count(*) filter (not won and next_won is not null) as followed
  from marked group by ${k} won, island
),
of_teams as (
  select ${k} coalesce(sum(length) filter (won), 0) as wins,
    coalesce(max(length) filter (won), 0) as longest,
    count(*) filter (won and length >= 5) as long_runs,
    sum(back)::double / nullif(sum(followed), 0) as share
  from runs group by all
),
before as (
  select team, season + 1 as season, count(*) filter (won) as wins from team_games group by all
),
standing as (
  select team, season, max_by(wins, date) as wins from standings where season >= 2023 group by all
),
of_players as (
  select ${keys} sum(points) as points, count(distinct player_id) as players
  from player_games where season >= 2023 group by all
),
named as (select distinct ${keys} team, season from team_games where season >= 2023)
select ${either} of_teams.wins, before.wins, of_teams.wins, standing.wins, longest,
  points::double / nullif(points, 0), share, coalesce(players, 0), long_runs
from of_teams
full join of_players on ${match}
left join named on of_teams.k1 = named.k1 and of_teams.k2 = named.k2
left join before on before.team = named.team and before.season = named.season
left join standing on standing.team = named.team and standing.season = named.season
order by all nulls last;

--- many kinds by month
--- question {"metrics": ["losses", "wins_to_date", "wins_last_10", "worst_90_games", "current_win_streak"], "filters": [{"field": "date", "op": ">=", "value": "2022-11-04"}, {"field": "date", "op": "<", "value": "2023-11-20"}, {"field": "wins_to_date", "op": ">=", "value": 1}]}
--- by team, date.month
with chosen as (
  select ${keys} * from team_games where date >= date '2022-11-04' and date < date '2023-11-20'
),
marked as (
  select *, count(*) over w as games, count(*) filter (won) over w as wins,
    count(*) filter (not won)
      over (partition by ${k} team_id order by date desc, game_id desc) as lost_from_here
  from chosen
  window w as (
    partition by ${k} team_id order by date, game_id rows between 89 preceding and current row)
),
shown as (
  select ${k} count(*) filter (not won) as losses, min(case when games = 90 then wins end) as worst,
    count(*) filter (lost_from_here = 0) as current,
    max(date) as until, max(row(date, game_id)) as until_row, max_by(season, date) as year
  from marked group by all
),
looked as (select * from team_games),
to_date as (
  select ${k} count(*) filter (looked.won) as wins
  from shown left join looked on ${untimed} and looked.season = year and looked.date <= until
  group by all
),
back as (
  select ${k} looked.won,
    row_number() over (partition by ${k} 1 order by looked.date desc, looked.game_id desc) as n
  from shown join looked on ${untimed} and row(looked.date, looked.game_id) <= until_row
),
last_10 as (
  select ${k} case when count(*) = 10 then count(*) filter (won) end as last_10
  from back where n <= 10 group by all
)
select k1, k2, losses, to_date.wins, last_10, worst, current
from shown join to_date using (k1, k2) join last_10 using (k1, k2)
where to_date.wins >= 1
order by all nulls last;

--- many kinds of players
--- question {"metrics": ["points", "points_rank", "points_share", "points_30d", "longest_drought_under_10", "over_10_pct", "games_won"], "filters": [{"field": "season", "op": "=", "value": 2023}, {"field": "points_rank", "op": "<=", "value": 20}], "orderBy": [{"field": "points_rank"}]}
--- by player, team
--- by player, season
with chosen as (select ${keys} * from player_games where season = 2023),
marked as (
  select *,
    row_number() over (partition by ${k} player_id order by date, game_id)
      - row_number() over (partition by ${k} player_id, points < 10 order by date, game_id) as island
  from chosen
),
runs as (
  select ${k} case when points < 10 then count(*) else 0 end as length
  from marked group by ${k} player_id, points < 10, island
),
droughts as (select ${k} max(length) as longest from runs group by all),
shown as (
  select ${k} sum(points) as points, max(date) as until,
    count(*) filter (points > 10)::double / count(*) as over_10,
    count(distinct case when won then game_id end) as games_won
  from chosen group by all
),
placed as (
  select *, rank() over (partition by ${others} 1 order by points desc) as place from shown
),
of_30_days as (
  select ${k} sum(looked.points) as thirty
  from shown join player_games as looked
    on ${untimed} and looked.date > until - 30 and looked.date <= until
  group by all
),
of_team_season as (
  select ${k} sum(looked.points) as team_points
  from shown join (select * from player_games where season = 2023) as looked on ${kept}
  group by all
)
select ${k} points, place, points::double / nullif(team_points, 0), thirty, longest, over_10, games_won
from (
  select * from placed
  natural join of_team_season
  natural join of_30_days
  natural join droughts
)
where place <= 20
order by place ${, k};

--- many kinds in grouping sets
--- question {"metrics": ["wins", "wins_to_date", "standing_wins", "win_streaks_of_5", "team_season_points", "longest_win_streak"], "dimensions": ["season", "team"], "groupingSets": [["season", "team"], ["season"], []]}
with sets as (
  select season, team, 0 as g, date, game_id, won, team_id, season as year from team_games
  union all select season, null, 1, date, game_id, won, team_id, season from team_games
  union all select null, null, 3, date, game_id, won, team_id, season from team_games
),
marked as (
  select *,
    row_number() over (partition by g, season, team_id order by date, game_id)
      - row_number() over (partition by g, season, team_id, won order by date, game_id) as island
  from sets
),
runs as (
  select season, team, g, won, count(*) as length
  from marked group by season, team, g, won, team_id, island
),
of_teams as (
  select season, team, g, coalesce(sum(length) filter (won), 0) as wins,
    count(*) filter (won and length >= 5) as long_runs,
    coalesce(max(length) filter (won), 0) as longest
  from runs group by all
)
select season, team, g, wins,
  case when g < 3 then wins else (
    select count(*) from team_games where won and season = (select max(season) from team_games)
  ) end,
  case g
    when 0 then (
      select max_by(s.wins, s.date) from standings as s
      where s.season = of_teams.season and s.team = of_teams.team)
    when 1 then (
      select count(*) from team_games as t where t.won and t.season = of_teams.season)
    else (
      select sum(wins) from (
        select max_by(s.wins, s.date) as wins from standings as s group by s.team_id))
  end,
  long_runs,
  (
    select sum(points) from player_games as p
    where (g = 3 or p.season = of_teams.season) and (g > 0 or p.team = of_teams.team)
  ),
  longest
from of_teams
order by season nulls last, team nulls last, g;

-- What the questions are asked of, made from the raw CSV files alone: every column as text, every
-- row with its number, so that of rows with one key the first one counts.
create temp table raw_games as
select row_number() over () as line, * from read_csv('${games}', header = true, all_varchar = true);
create temp table raw_details as
select row_number() over () as line, * from read_csv('${details}', header = true, all_varchar = true);
create temp table raw_players as
select row_number() over () as line, * from read_csv('${players}', header = true, all_varchar = true);
create temp table raw_teams as
select row_number() over () as line, * from read_csv('${teams}', header = true, all_varchar = true);

-- '12', '12.0' and '' are 12, 12 and NULL.
create macro whole(text) as cast(cast(nullif(text, '') as decimal(20, 3)) as bigint);

create temp table games as
select
  whole(game_id) as game_id, cast(game_date_est as date) as date, whole(season) as season,
  whole(home_team_id) as home_team_id, whole(visitor_team_id) as visitor_team_id,
  whole(pts_home) as home_points, whole(pts_away) as away_points
from raw_games
qualify row_number() over (partition by whole(game_id) order by line) = 1;

create temp table details as
select
  whole(game_id) as game_id, whole(team_id) as team_id, whole(player_id) as player_id,
  whole(pts) as points, whole(reb) as rebounds, whole(ast) as assists
from raw_details
qualify row_number() over (partition by whole(game_id), whole(player_id) order by line) = 1;

create temp table teams as
select whole(team_id) as team_id, abbreviation as team
from raw_teams
qualify row_number() over (partition by whole(team_id) order by line) = 1;

-- A player has the name under which he is seen first, in the list of players or else in the
-- details; of two players of one name the later one is told apart by his id.
create temp table players as
with seen as (
  select whole(player_id) as player_id, player_name, 1 as file, line from raw_players
  union all
  select whole(player_id), player_name, 2, line from raw_details
),
first_seen as (
  select * from seen
  qualify row_number() over (partition by player_id order by file, line) = 1
)
select
  player_id,
  case row_number() over (partition by player_name order by file, line)
    when 1 then player_name
    else player_name || ' (' || player_id || ')'
  end as player
from first_seen;

-- Two rows for each game that was played.
create temp table team_games as
with sides as (
  select game_id, date, season, 'home' as home_away, home_team_id as team_id,
    visitor_team_id as opponent_id, home_points as points, away_points as allowed
  from games
  union all
  select game_id, date, season, 'away', visitor_team_id, home_team_id, away_points, home_points
  from games
)
select sides.*, points > allowed as won, teams.team, opponents.team as opponent
from sides
left join teams using (team_id)
left join teams as opponents on opponents.team_id = opponent_id
where points is not null and allowed is not null;

-- A row for each player who appeared.
create temp table player_games as
select
  details.*, players.player, teams.team, games.season, games.date,
  team_games.opponent, team_games.home_away, team_games.won
from details
left join players using (player_id)
left join teams using (team_id)
left join games using (game_id)
left join team_games on team_games.game_id = details.game_id and team_games.team_id = details.team_id
where details.points is not null;

-- What each team of a season had won at the end of each day on which any team of the season played.
create temp table standings as
select days.season, days.date, those.team_id, those.team,
  (
    select count(*) from team_games as g
    where g.won and g.season = days.season and g.team_id = those.team_id and g.date <= days.date
  ) as wins
from (select distinct season, date from team_games) as days
join (select distinct season, team_id, team from team_games) as those using (season);

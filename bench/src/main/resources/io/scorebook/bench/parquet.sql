-- The same tables as the hand-written SQL asks, over the files that the gateway reads.
create view games as
select game_id, game_date as date, season, home_team_id, visitor_team_id, home_points, away_points
from read_parquet('${objects}/warehouse/tables/basketball/games/data/**/*.parquet', hive_partitioning = false);
create view details as
select game_id, team_id, player_id, points, rebounds, assists
from read_parquet('${objects}/warehouse/tables/basketball/game_details/data/**/*.parquet', hive_partitioning = false);
create view teams as
select team_id, abbreviation as team
from read_parquet('${objects}/warehouse/tables/basketball/teams/data/**/*.parquet', hive_partitioning = false);
create view players as
select player_id, player_name as player
from read_parquet('${objects}/warehouse/tables/basketball/players/data/**/*.parquet', hive_partitioning = false);

-- Two rows for each game that was played.
create view team_games as
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
create view player_games as
select
  details.*, players.player, teams.team, games.season, games.date,
  team_games.opponent, team_games.home_away, team_games.won
from details
left join players using (player_id)
left join teams using (team_id)
left join games using (game_id)
left join team_games on team_games.game_id = details.game_id and team_games.team_id = details.team_id
where details.points is not null;

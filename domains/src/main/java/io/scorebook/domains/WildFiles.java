package io.scorebook.domains;

import io.scorebook.domains.BoxScore.Line;
import io.scorebook.domains.Schedule.Fixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of games and of players' lines, in the columns and with the flaws of those that are
/// public. What stands twice is written again at the end of its season.
final class WildFiles implements AutoCloseable {
  private static final String GAMES =
      "GAME_DATE_EST,GAME_ID,GAME_STATUS_TEXT,HOME_TEAM_ID,VISITOR_TEAM_ID,SEASON,"
          + "TEAM_ID_home,PTS_home,FG_PCT_home,FT_PCT_home,FG3_PCT_home,AST_home,REB_home,"
          + "TEAM_ID_away,PTS_away,FG_PCT_away,FT_PCT_away,FG3_PCT_away,AST_away,REB_away,"
          + "HOME_TEAM_WINS";
  private static final String DETAILS =
      "GAME_ID,TEAM_ID,TEAM_ABBREVIATION,TEAM_CITY,PLAYER_ID,PLAYER_NAME,NICKNAME,START_POSITION,"
          + "COMMENT,MIN,FGM,FGA,FG_PCT,FG3M,FG3A,FG3_PCT,FTM,FTA,FT_PCT,OREB,DREB,REB,AST,STL,"
          + "BLK,TO,PF,PTS,PLUS_MINUS";
  private static final int STATISTICS = 20;

  private final CsvFile games;
  private final CsvFile details;
  private final Dice dice;
  private final List<String> gamesAgain = new ArrayList<>();
  private final List<String> detailsAgain = new ArrayList<>();
  int gamesPlayed;
  int gamesRepeated;
  int gamesConflicting;
  int gamesNotPlayed;
  int appearances;
  int detailsRepeated;
  int detailsConflicting;
  int didNotPlay;
  int pointsUnknown;

  WildFiles(Path folder, Dice dice) throws IOException {
    this.games = new CsvFile(folder.resolve("games.csv"), GAMES);
    this.details = new CsvFile(folder.resolve("games_details.csv"), DETAILS);
    this.dice = dice;
  }

  int gameRows() {
    return games.rows();
  }

  int detailRows() {
    return details.rows();
  }

  void notPlayed(Fixture fixture, int season, Franchise home, Franchise visitor)
      throws IOException {
    gamesNotPlayed++;
    begin(fixture, "PPD", season, home, visitor);
    games.cell(home.id()).empty(6).cell(visitor.id()).empty(6).cell(0).end();
  }

  void played(Fixture fixture, int season, Franchise home, Franchise visitor, Game.Result result)
      throws IOException {
    gamesPlayed++;
    String row = game(fixture, season, home, visitor, result, 0);
    games.write(row);
    if (dice.chance(0.006)) {
      gamesRepeated++;
      gamesAgain.add(row);
    } else if (dice.chance(0.001)) {
      gamesConflicting++;
      gamesAgain.add(game(fixture, season, home, visitor, result, dice.between(1, 9)));
    }
    for (Line line : result.visitor().lines) {
      line(fixture.id(), visitor, line);
    }
    for (Line line : result.home().lines) {
      line(fixture.id(), home, line);
    }
  }

  void endSeason() throws IOException {
    dice.shuffle(gamesAgain);
    for (String row : gamesAgain) {
      games.write(row);
    }
    gamesAgain.clear();
    for (String row : detailsAgain) {
      details.write(row);
    }
    detailsAgain.clear();
  }

  private void begin(
      Fixture fixture, String status, int season, Franchise home, Franchise visitor) {
    games.cell(fixture.date().toString()).cell(fixture.id()).cell(status);
    games.cell(home.id()).cell(visitor.id()).cell(season);
  }

  private String game(
      Fixture fixture,
      int season,
      Franchise home,
      Franchise visitor,
      Game.Result result,
      int pointsOff) {
    begin(fixture, "Final", season, home, visitor);
    side(home, result.home(), pointsOff);
    side(visitor, result.visitor(), 0);
    return games.cell(result.home().points() > result.visitor().points() ? 1 : 0).take();
  }

  private void side(Franchise team, BoxScore box, int pointsOff) {
    games.cell(team.id()).gappy(box.points() + pointsOff);
    games.share(box.sum(Line::fieldGoals), box.sum(Line::fieldGoalsTried));
    games.share(box.sum(line -> line.freeMade), box.sum(line -> line.free));
    games.share(box.sum(line -> line.threesMade), box.sum(line -> line.threes));
    games.gappy(box.sum(line -> line.assists)).gappy(box.sum(Line::rebounds));
  }

  private void line(long gameId, Franchise team, Line line) throws IOException {
    if (!line.played()) {
      didNotPlay++;
      player(gameId, team, line);
      details.empty(STATISTICS);
      details.end();
      return;
    }
    if (dice.chance(0.0004)) {
      pointsUnknown++;
      player(gameId, team, line);
      details.clock(line.seconds).empty(STATISTICS - 1);
      details.end();
      return;
    }
    appearances++;
    String row = statistics(gameId, team, line, 0);
    details.write(row);
    if (dice.chance(0.0008)) {
      detailsRepeated++;
      detailsAgain.add(row);
    } else if (dice.chance(0.0002)) {
      detailsConflicting++;
      detailsAgain.add(statistics(gameId, team, line, dice.between(1, 5)));
    }
  }

  private void player(long gameId, Franchise team, Line line) {
    String name = line.player.name;
    details.cell(gameId).cell(team.id()).cell(team.abbreviation()).cell(team.city());
    details.cell(line.player.id).cell(name).cell(name.substring(0, name.indexOf(' ')));
    details.cell(line.started ? line.player.role.letter : "").cell(line.comment);
  }

  private String statistics(long gameId, Franchise team, Line line, int pointsOff) {
    player(gameId, team, line);
    details.clock(line.seconds);
    details.gappy(line.fieldGoals()).gappy(line.fieldGoalsTried());
    details.share(line.fieldGoals(), line.fieldGoalsTried());
    details.gappy(line.threesMade).gappy(line.threes).share(line.threesMade, line.threes);
    details.gappy(line.freeMade).gappy(line.free).share(line.freeMade, line.free);
    details.gappy(line.offensive).gappy(line.defensive).gappy(line.rebounds());
    details.gappy(line.assists).gappy(line.steals).gappy(line.blocks).gappy(line.turnovers);
    details.gappy(line.fouls).gappy(line.points() + pointsOff).gappy(line.plusMinus);
    return details.take();
  }

  @Override
  public void close() throws IOException {
    try (details) {
      games.close();
    }
  }
}

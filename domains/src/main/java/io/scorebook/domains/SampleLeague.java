package io.scorebook.domains;

import io.scorebook.domains.Schedule.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An invented league: teams, players with careers, and games, written as `games.csv`,
/// `games_details.csv`, `players.csv` and `teams.csv` in the form in which such data is found in
/// the wild, with its flaws planted and counted.
///
/// The same league gives the same bytes, on every machine. A team's points are the sum of its
/// players' points wherever all of them are known.
///
/// @param seed other seeds give other leagues
/// @param firstSeason the year in which the first season begins
/// @param seasons how many, at least 1
/// @param teams an even number from 2 to 30; each plays 82 games a season
public record SampleLeague(long seed, int firstSeason, int seasons, int teams) {
  private static final String TEAMS =
      "LEAGUE_ID,TEAM_ID,MIN_YEAR,MAX_YEAR,ABBREVIATION,NICKNAME,YEARFOUNDED,CITY,ARENA,"
          + "ARENACAPACITY,OWNER,GENERALMANAGER,HEADCOACH,DLEAGUEAFFILIATION";

  public SampleLeague {
    if (seasons < 1 || seasons > 80 || firstSeason < 2000 || firstSeason + seasons > 2100) {
      throw new IllegalArgumentException(
          "Invalid seasons: %d from %d".formatted(seasons, firstSeason));
    }
    if (teams < 2 || teams > 30 || teams % 2 == 1) {
      throw new IllegalArgumentException("Invalid number of teams: %d".formatted(teams));
    }
  }

  /// Ten seasons of thirty teams: some 250,000 appearances.
  public static SampleLeague standard() {
    return new SampleLeague(1, 2015, 10, 30);
  }

  /// Two seasons of six teams: enough for every hazard and for windows of 90 games.
  public static SampleLeague small() {
    return new SampleLeague(27, 2022, 2, 6);
  }

  /// Writes the four files into a folder, made where it is missing.
  ///
  /// @return what was planted
  /// @throws IOException where the folder cannot be written
  public Hazards write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Dice dice = new Dice(seed);
    List<Franchise> franchises = Franchise.first(teams);
    writeTeams(folder.resolve("teams.csv"), franchises);
    Rosters rosters = new Rosters(teams, dice);
    Careers careers = new Careers();
    Game game = new Game(dice);
    int doubleHeaders = 0;
    try (WildFiles files = new WildFiles(folder, dice)) {
      for (int season = firstSeason; season < firstSeason + seasons; season++) {
        rosters.begin(season);
        List<Fixture> fixtures = Schedule.of(season, teams, dice);
        Set<List<Object>> teamDays = new HashSet<>();
        for (int i = 0; i < fixtures.size(); i++) {
          Fixture fixture = fixtures.get(i);
          Franchise home = franchises.get(fixture.home());
          Franchise visitor = franchises.get(fixture.visitor());
          if (fixture.postponed()) {
            files.notPlayed(fixture, season, home, visitor);
            continue;
          }
          if (tradesAreOpen(i, fixtures.size()) && dice.chance(0.06)) {
            rosters.trade();
          }
          Game.Result result = game.play(rosters.of(fixture.home()), rosters.of(fixture.visitor()));
          files.played(fixture, season, home, visitor, result);
          careers.note(season, home, result.home());
          careers.note(season, visitor, result.visitor());
          doubleHeaders += teamDays.add(List.of(fixture.date(), fixture.home())) ? 0 : 1;
          doubleHeaders += teamDays.add(List.of(fixture.date(), fixture.visitor())) ? 0 : 1;
        }
        files.endSeason();
      }
      Careers.Listed listed = careers.write(folder.resolve("players.csv"), dice);
      return new Hazards(
          files.gameRows(),
          files.gamesPlayed,
          files.gamesRepeated,
          files.gamesConflicting,
          files.gamesNotPlayed,
          doubleHeaders,
          files.detailRows(),
          files.appearances,
          files.detailsRepeated,
          files.detailsConflicting,
          files.didNotPlay,
          files.pointsUnknown,
          careers.players(),
          listed.rows(),
          listed.playersLeftOut(),
          careers.namesShared(),
          careers.midSeasonMoves());
    }
  }

  private static boolean tradesAreOpen(int game, int games) {
    return game > games / 4 && game < games * 2 / 3;
  }

  private void writeTeams(Path file, List<Franchise> franchises) throws IOException {
    try (CsvFile csv = new CsvFile(file, TEAMS)) {
      for (Franchise team : franchises) {
        csv.cell(0).cell(team.id()).cell(team.founded()).cell(firstSeason + seasons - 1L);
        csv.cell(team.abbreviation()).cell(team.nickname()).cell(team.founded()).cell(team.city());
        csv.cell(team.city() + " Hall").cell(14_000 + team.id() % 7 * 1_000);
        csv.cell("Friends of the " + team.nickname() + ", Ltd.").empty(3).end();
      }
    }
  }
}

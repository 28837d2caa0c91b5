package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sample's contracts over files in the wild form of the public data set: invented rows with
/// its hazards.
final class SampleContractsTest {
  private static final Map<String, String> FILES =
      Map.of(
          "teams.csv",
          """
          LEAGUE_ID,TEAM_ID,MIN_YEAR,MAX_YEAR,ABBREVIATION,NICKNAME,YEARFOUNDED,CITY,ARENA,ARENACAPACITY,OWNER,GENERALMANAGER,HEADCOACH,DLEAGUEAFFILIATION
          00,11,1949,2019,OWL,Owls,1949,Northton,Big Barn,18729.0,A. B.,C. D.,E. F.,Little Owls
          00,12,1950,2019,EEL,Eels,1950,Southport,Wet Hall,,A. B.,C. D.,"F., G.",No Affiliate
          """,
          "games.csv",
          """
          GAME_DATE_EST,GAME_ID,GAME_STATUS_TEXT,HOME_TEAM_ID,VISITOR_TEAM_ID,SEASON,TEAM_ID_home,PTS_home,FG_PCT_home,FT_PCT_home,FG3_PCT_home,AST_home,REB_home,TEAM_ID_away,PTS_away,FG_PCT_away,FT_PCT_away,FG3_PCT_away,AST_away,REB_away,HOME_TEAM_WINS
          2019-11-01,101,Final,11.0,12,2019,11,100.0,0.5,0.8,0.3,20.0,40.0,12,90.0,0.4,0.7,0.2,18.0,39.0,1
          2019-11-03,102,Final,12,11,2019,12,80,0.5,0.8,0.3,20,40,11,90,0.4,0.7,0.2,18,39,0
          2019-11-01,101,Final,11,12,2019,11,100,0.5,0.8,0.3,20,40,12,90,0.4,0.7,0.2,18,39,1
          2019-11-03,102,Final,12,11,2019,12,81,0.5,0.8,0.3,20,40,11,90,0.4,0.7,0.2,18,39,0
          2020-03-12,103,PPD,11,12,2019,11,,,,,,,12,,,,,,,0
          """,
          "players.csv",
          """
          PLAYER_NAME,TEAM_ID,PLAYER_ID,SEASON
          Nikola Dončar,11,7,2019
          Nikola Dončar,12,7,2018
          """,
          "games_details.csv",
          """
          GAME_ID,TEAM_ID,TEAM_ABBREVIATION,TEAM_CITY,PLAYER_ID,PLAYER_NAME,NICKNAME,START_POSITION,COMMENT,MIN,FGM,FGA,FG_PCT,FG3M,FG3A,FG3_PCT,FTM,FTA,FT_PCT,OREB,DREB,REB,AST,STL,BLK,TO,PF,PTS,PLUS_MINUS
          101,11,OWL,Northton,7,Nikola Doncar,,G,,31:30,5.0,9.0,0.556,1.0,2.0,0.5,0.0,0.0,,1.0,2.0,3.0,4.0,0.0,0.0,1.0,2.0,11.0,-7.0
          101,11,OWL,Northton,8,Sam Ash,,,DNP - Coach's Decision,,,,,,,,,,,,,,,,,,,,
          101,12,EEL,Southport,9,Sam Ash,,F,,24,1,2,0.5,0,0,,0,0,,0,1,1,0,0,0,0,0,2,7
          101,11,OWL,Northton,7,Nikola Doncar,Nik,,,31:30,5,9,0.556,1,2,0.5,0,0,,1,2,3,4,0,0,1,2,11,-7
          102,11,OWL,Northton,7,Nikola Doncar,,,,30:00,5,9,0.556,1,2,0.5,0,0,,1,2,3,4,0,0,1,2,12,-7
          102,11,OWL,Northton,7,Nikola Doncar,,,,30:00,5,9,0.556,1,2,0.5,0,0,,1,2,3,4,0,0,1,2,13,-7
          """);

  @TempDir Path folder;

  @Test
  void theWildFormLoadsWithItsHazards() throws Exception {
    for (var file : FILES.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")))) {
      var league = new League(folder, warehouse);
      var reports = new LinkedHashMap<String, String>();
      for (Contract contract : SharedData.contracts().inLoadOrder()) {
        LoadReport report =
            Loads.loaded(
                league.loader.load(
                    contract,
                    SourceFolder.find(contract, folder),
                    LoadOptions.DEFAULT.allowing(Allowance.parse("1"))));
        reports.put(
            contract.table().name(),
            "%d read, %d loaded, %d duplicates, %d kept, %d rejected, %d renamed"
                .formatted(
                    report.read(),
                    report.loaded(),
                    report.duplicates(),
                    report.kept(),
                    report.rejected(),
                    report.renamed().size()));
      }
      assertThat(reports)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "teams", "2 read, 2 loaded, 0 duplicates, 0 kept, 0 rejected, 0 renamed",
                  "games", "5 read, 3 loaded, 1 duplicates, 0 kept, 1 rejected, 0 renamed",
                  "players", "8 read, 3 loaded, 1 duplicates, 4 kept, 0 rejected, 1 renamed",
                  "game_details", "6 read, 4 loaded, 1 duplicates, 0 kept, 1 rejected, 0 renamed"));
      assertThat(
              league.rows(
                  SharedData.table("games"),
                  "game_id",
                  "home_team_id",
                  "home_points",
                  "away_points"))
          .containsExactly("101|11|100|90", "102|12|80|90", "103|11|null|null");
      assertThat(league.rows(SharedData.table("players"), "player_id", "player_name"))
          .containsExactly("7|Nikola Dončar", "8|Sam Ash", "9|Sam Ash (9)");
      assertThat(
              league.rows(
                  SharedData.table("game_details"),
                  "game_id",
                  "player_id",
                  "minutes",
                  "points",
                  "turnovers"))
          .containsExactly(
              "101|7|31.5|11|1", "101|8|null|null|null", "101|9|24.0|2|0", "102|7|30.0|12|1");
      assertThat(
              Loads.current(warehouse, SharedData.contracts().find("game_details").orElseThrow())
                  .sortedBy())
          .containsExactly("player_id", "game_id");
    }
  }
}

package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.store.ContentDigest;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.catalog.table.SnapshotFile;
import io.scorebook.catalog.table.TableSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of rows: loaded, dropped, kept out, rejected; and what stays as it was.
final class LoaderTest {
  private static final String HEADER = "MATCH,day,year,club,goals\n";

  @TempDir Path folder;
  private Warehouse warehouse;
  private League league;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")));
    league = new League(folder, warehouse);
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  @Test
  void rowsArriveTypedSortedAndPartitioned() {
    league.withClubs();
    LoadReport report =
        Loads.loaded(
            league.loadMatches(
                """
                match,day,year,club,goals,price,minutes,note,seen,sold_out,crowd
                2,2020-03-02,2020.0,1.0,3,12.5,31:30,"Jokić, ""J""\",2020-03-02T20:00:00+01:00,1,99
                1,2020-03-01 00:00:00,2020,,,,,,,,
                3,2019-12-31,2019,2,0,7,31,x,2019-12-31 20:00:00Z,false,5
                """));
    assertThat(report.loaded()).isEqualTo(3);
    assertThat(report.ignoredColumns()).containsExactly("crowd");
    assertThat(
            league.rows(
                league.matches.table(),
                "match_id",
                "day",
                "year",
                "club",
                "goals",
                "price",
                "minutes",
                "note",
                "seen",
                "sold_out"))
        .containsExactly(
            "1|2020-03-01|2020|null|null|null|null|null|null|null",
            "2|2020-03-02|2020|1|3|12.50|31.5|Jokić, \"J\"|2020-03-02T19:00Z|true",
            "3|2019-12-31|2019|2|0|7.00|31.0|x|2019-12-31T20:00Z|false");
    TableSnapshot snapshot = Loads.current(warehouse, league.matches);
    assertThat(snapshot.sortedBy()).containsExactly("day", "match_id");
    assertThat(snapshot.files())
        .extracting(SnapshotFile::partition, SnapshotFile::records)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("year=2019", 1L),
            org.assertj.core.groups.Tuple.tuple("year=2020", 2L));
    assertThat(snapshot.columns().getFirst().required()).isTrue();
  }

  @Test
  void theSnapshotSaysWhatMadeIt() {
    league.withClubs();
    LoadReport report = Loads.loaded(league.loadMatches(HEADER + "1,2020-01-01,2020,1,1\n"));
    Table table = warehouse.loadTable(league.matches.table());
    Map<String, String> summary = table.currentSnapshot().summary();
    assertThat(report.snapshot()).hasValue(table.currentSnapshot().snapshotId());
    assertThat(summary)
        .containsEntry("scorebook.load-id", report.loadId())
        .containsEntry("scorebook.rows-loaded", "1");
    assertThat(summary.get("scorebook.files"))
        .contains("matches.csv")
        .contains(report.files().getFirst().sha256());
    assertThat(table.refs()).containsOnlyKeys("main");
    assertThat(folder.resolve("home/staging")).isEmptyDirectory();
  }

  /// What every reader of a data file compares: see ADR 0013.
  @Test
  void aDataFileCarriesItsDigestInItsName() throws Exception {
    league.withClubs();
    Loads.loaded(league.loadMatches(HEADER + "1,2020-01-01,2020,1,1\n2,2021-01-01,2021,1,1\n"));
    List<SnapshotFile> files = Loads.current(warehouse, league.matches).files();
    assertThat(files).hasSize(2);
    for (SnapshotFile file : files) {
      Path copy = folder.resolve("copy.parquet");
      try (var in = warehouse.io().newInputFile(file.path()).newStream()) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      assertThat(ContentDigest.inName(file.path())).contains(ContentDigest.of(copy));
    }
  }

  @Test
  void aBadNumberInLine17RefusesTheWholeFile() {
    league.withClubs();
    var csv = new StringBuilder(HEADER);
    for (int line = 2; line <= 20; line++) {
      csv.append("%d,2020-01-01,2020,1,%s\n".formatted(line, line == 17 ? "1O" : "1"));
    }
    LoadRefused refused = Loads.refused(league.loadMatches(csv.toString()));
    assertThat(refused.summary())
        .isEqualTo(
            "Cannot load matches.csv into 'league.matches': 1 of 19 rows are rejected, none is allowed;"
                + " nothing was changed; mend them, or pass --max-rejected 1 to load the others");
    assertThat(refused.reasons())
        .containsExactly(
            folder.resolve("matches.csv") + ":17: 'goals' is '1O', but must be an integer");
    assertThat(warehouse.listTables("league")).containsExactly(league.clubs.table());
  }

  @Test
  void rejectedRowsAreQuarantinedWhereAllowed() {
    league.withClubs();
    LoadReport report =
        Loads.loaded(
            league.loadMatches(
                """
                MATCH,day,year,club,goals,price,crowd
                1,2020-01-01,2020,1,1,1,
                2,2020-13-01,2020,1,100,1,full
                3,2020-01-01,2020,9,12.5,1.005,
                4,,2020,9,1,,
                5,2020-01-01,2020,9,1,,
                6,2020-01-01,2020,1
                """,
                "5"));
    assertThat(report.loaded()).isEqualTo(1);
    assertThat(report.rejected()).isEqualTo(5);
    TableName quarantine = league.matches.table().quarantine();
    assertThat(league.rows(quarantine, "file", "line", "column", "reason", "raw"))
        .containsExactly(
            "matches.csv|3|day|'day' is '2020-13-01', but must be a date as 2015-10-27; 'goals' is 100,"
                + " above the greatest of 99|{\"MATCH\":\"2\",\"day\":\"2020-13-01\",\"year\":\"2020\","
                + "\"club\":\"1\",\"goals\":\"100\",\"price\":\"1\",\"crowd\":\"full\"}",
            "matches.csv|4|goals|'goals' is '12.5', but must be an integer; 'price' is '1.005', but must"
                + " be a number of at most 2 decimals|{\"MATCH\":\"3\",\"day\":\"2020-01-01\",\"year\":"
                + "\"2020\",\"club\":\"9\",\"goals\":\"12.5\",\"price\":\"1.005\",\"crowd\":\"\"}",
            "matches.csv|5|day|'day' is empty, but required|{\"MATCH\":\"4\",\"day\":\"\",\"year\":\"2020\","
                + "\"club\":\"9\",\"goals\":\"1\",\"price\":\"\",\"crowd\":\"\"}",
            "matches.csv|6|club|'club' is 9, which 'clubs' does not have|{\"MATCH\":\"5\",\"day\":"
                + "\"2020-01-01\",\"year\":\"2020\",\"club\":\"9\",\"goals\":\"1\",\"price\":\"\",\"crowd\":\"\"}",
            "matches.csv|7|null|has 4 cells, but the header has 7|{\"MATCH\":\"6\",\"day\":\"2020-01-01\","
                + "\"year\":\"2020\",\"club\":\"1\"}");
  }

  @Test
  void theAllowanceMayBeAShare() {
    league.withClubs();
    String csv = HEADER + "1,2020-01-01,2020,1,1\n2,2020-01-01,2020,1,x\n";
    Loads.refused(league.loadMatches(csv, "49.9%"));
    assertThat(Loads.loaded(league.loadMatches(csv, "50%")).loaded()).isEqualTo(1);
  }

  @Test
  void sameContentIsADuplicateAndOtherContentAConflict() {
    league.withClubs();
    String csv =
        HEADER
            + "1,2020-01-01,2020,1,1\n"
            + "2,2020-01-02,2020,1,\n"
            + "1,2020-01-01,2020.0,1,1.0\n"
            + "2,2020-01-02,2020,2,5\n"
            + "2,2020-01-02,2020,1,\n";
    LoadRefused refused = Loads.refused(league.loadMatches(csv));
    assertThat(refused.reasons())
        .containsExactly(
            "%s:5: the key match_id = 2 is there already with other content: line 3 of %s differs in club, goals"
                .formatted(folder.resolve("matches.csv"), folder.resolve("matches.csv")));
    LoadReport report = Loads.loaded(league.loadMatches(csv, "1"));
    assertThat(report.loaded()).isEqualTo(2);
    assertThat(report.duplicates()).isEqualTo(2);
    assertThat(report.rejected()).isEqualTo(1);
    assertThat(league.rows(league.matches.table(), "match_id", "club", "goals"))
        .containsExactly("1|1|1", "2|1|null");
  }

  @Test
  void aSecondLoadChangesNothingNotEvenTheQuarantine() {
    league.withClubs();
    String csv = HEADER + "1,2020-01-01,2020,1,1\n2,2020-01-02,2020,7,1\n";
    LoadReport first = Loads.loaded(league.loadMatches(csv, "1"));
    LoadReport second = Loads.loaded(league.loadMatches(csv, "1"));
    assertThat(second.loaded()).isZero();
    assertThat(second.duplicates()).isEqualTo(1);
    assertThat(second.rejected()).isEqualTo(1);
    assertThat(second.snapshot()).isEqualTo(first.snapshot());
    assertThat(warehouse.loadTable(league.matches.table()).snapshots()).hasSize(1);
    assertThat(warehouse.loadTable(league.matches.table().quarantine()).snapshots()).hasSize(1);
  }

  @Test
  void aRowThatDiffersFromThePublishedOneIsAConflict() {
    league.withClubs();
    Loads.loaded(league.loadMatches(HEADER + "1,2020-01-01,2020,1,1\n"));
    LoadRefused refused =
        Loads.refused(
            league.loadMatches(HEADER + "1,2020-01-01,2020,1,2\n5,2021-01-01,2021,1,2\n"));
    assertThat(refused.reasons().getFirst())
        .endsWith(
            ":2: the key match_id = 1 is there already with other content:"
                + " the row in the table differs in goals");
    assertThat(league.rows(league.matches.table(), "match_id", "goals")).containsExactly("1|1");
    Loads.loaded(league.loadMatches(HEADER + "5,2021-01-01,2021,1,2\n"));
    assertThat(league.rows(league.matches.table(), "match_id")).containsExactly("1", "5");
  }

  @Test
  void aColumnThatAFileLacksDoesNotConflict() {
    league.withClubs();
    Loads.loaded(
        league.loadMatches("MATCH,day,year,club,goals,note\n1,2020-01-01,2020,1,1,seen\n"));
    LoadReport report = Loads.loaded(league.loadMatches(HEADER + "1,2020-01-01,2020,1,1\n"));
    assertThat(report.duplicates()).isEqualTo(1);
  }

  @Test
  void aNameWrittenOtherwiseLaterIsLeftOutAndCounted() {
    Path first = league.write("first.csv", "ID,name\n1,Ash\n2,Birch\n");
    Path second = league.write("second.csv", "name,ID\nASH,1\nBirch,2\nAsh,1\nCedar,3\n");
    LoadReport report =
        Loads.loaded(league.loader.load(league.clubs, List.of(first, second), LoadOptions.DEFAULT));
    assertThat(report.loaded()).isEqualTo(3);
    assertThat(report.kept()).isEqualTo(1);
    assertThat(report.duplicates()).isEqualTo(2);
    assertThat(report.rejected()).isZero();
    assertThat(league.rows(league.clubs.table(), "name")).containsExactly("Ash", "Birch", "Cedar");
    LoadReport again = Loads.loaded(league.load(league.clubs, second));
    assertThat(again.loaded()).isZero();
    assertThat(again.kept()).isEqualTo(1);
  }

  @Test
  void twoOfOneNameAreNeverMerged() {
    LoadReport first =
        Loads.loaded(
            league.load(
                league.clubs, league.write("clubs.csv", "ID,name\n1,Ash\n2,Ash\n3,Birch\n")));
    assertThat(first.renamed())
        .containsExactly(
            new LoadReport.Renamed("Ash", "Ash (2)", folder.resolve("clubs.csv").toString(), 3));
    assertThat(league.rows(league.clubs.table(), "club_id", "name"))
        .containsExactly("1|Ash", "2|Ash (2)", "3|Birch");
    LoadReport again =
        Loads.loaded(
            league.load(
                league.clubs, league.write("more.csv", "ID,name\n2,Ash\n1,Ash\n4,Birch\n")));
    assertThat(again.duplicates()).isEqualTo(2);
    assertThat(again.loaded()).isEqualTo(1);
    assertThat(league.rows(league.clubs.table(), "club_id", "name"))
        .containsExactly("1|Ash", "2|Ash (2)", "3|Birch", "4|Birch (4)");
  }

  @Test
  void aNameThatCannotBeMadeDistinctIsRejected() {
    LoadRefused refused =
        Loads.refused(
            league.load(
                league.clubs, league.write("clubs.csv", "ID,name\n1,Ash\n3,Ash (2)\n2,Ash\n")));
    assertThat(refused.reasons().getFirst()).endsWith(":4: the name 'Ash (2)' is taken");
  }

  @Test
  void aReferenceNeedsItsTable() {
    LoadRefused refused = Loads.refused(league.loadMatches(HEADER + "1,2020-01-01,2020,1,1\n"));
    assertThat(refused.reasons())
        .containsExactly(
            "Cannot check the reference to 'clubs': there is no such table yet; load it first");
  }

  @Test
  void aTableEvolvesWithItsContractOrTheLoadIsRefused() {
    league.withClubs();
    Loads.loaded(league.loadMatches(HEADER + "1,2020-01-01,2020,1,1\n"));
    var wider =
        league.contract(
            "matches",
            League.MATCHES
                .replace(
                    "\"goals\", \"type\": [\"null\", \"int\"]",
                    "\"goals\", \"type\": [\"null\", \"long\"]")
                .replace(
                    "\"fields\": [\n",
                    "\"fields\": [{\"name\": \"crowd\", \"type\": [\"null\", \"int\"], \"default\": null},\n"));
    Path file =
        league.write(
            "more.csv",
            "match_id,day,year,club,goals,crowd\n1,2020-01-01,2020,1,1,\n2,2020-01-02,2020,1,2,500\n");
    LoadReport report = Loads.loaded(league.load(wider, file));
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(league.rows(wider.table(), "match_id", "goals", "crowd"))
        .containsExactly("1|1|null", "2|2|500");
    // The contract as it was would drop a column and narrow another.
    LoadRefused refused = Loads.refused(league.loadMatches(HEADER + "3,2020-01-01,2020,1,1\n"));
    assertThat(refused.reasons())
        .containsExactly(
            "Cannot change the column 'goals' from long to int",
            "Cannot drop the column 'crowd': those who read it would fail");
  }

  @Test
  void whatAKilledLoadLeftIsRemovedByTheNext() throws Exception {
    Path left = Files.createDirectories(folder.resolve("home/staging/dead"));
    Files.writeString(left.resolve("data.parquet"), "half");
    Files.createFile(folder.resolve("home/staging/dead.lock"));
    league.withClubs();
    assertThat(folder.resolve("home/staging")).isEmptyDirectory();
  }

  @Test
  void anEmptyFileMakesAnEmptyTable() {
    LoadReport report =
        Loads.loaded(league.load(league.clubs, league.write("clubs.csv", "ID,name\n")));
    assertThat(report.read()).isZero();
    assertThat(report.snapshot()).isEmpty();
    assertThat(Loads.current(warehouse, league.clubs).files()).isEmpty();
  }
}

package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.catalog.upkeep.Leftover;
import io.scorebook.catalog.upkeep.Upkeep;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an interrupted load leaves is found and removed, and nothing else is.
final class LeftoversTest {
  private static final String CSV = "MATCH,day,year,club,goals\n%d,2020-01-01,2020,1,1\n";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Warehouse warehouse;

  @SuppressWarnings("NullAway.Init") // set before each test
  private League league;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")));
    league = new League(folder, warehouse).withClubs();
    Loads.loaded(league.loadMatches(CSV.formatted(1)));
    Loads.loaded(league.loadMatches(CSV.formatted(2)));
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private Upkeep upkeep() {
    return new Upkeep(warehouse);
  }

  private Table matches() {
    return warehouse.loadTable(league.matches.table());
  }

  /// Uploads a row as a load does, and stops there.
  private List<WrittenFile> written(String loadId, StagingFolder staging, Database database) {
    database.execute(
        "CREATE TABLE one AS SELECT 9::BIGINT AS match_id, DATE '2020-01-01' AS \"day\","
            + " 2020 AS \"year\", 1::BIGINT AS club, NULL::INTEGER AS goals,"
            + " NULL::DECIMAL(9, 2) AS price, NULL::DOUBLE AS minutes, NULL::VARCHAR AS note,"
            + " NULL::TIMESTAMP AS seen, NULL::BOOLEAN AS sold_out");
    return List.of(
        new ParquetFiles(database, staging.path(), matches().schema())
            .write("SELECT * FROM one", "data-" + loadId, List.of(2020)));
  }

  /// The first half of a load: its rows on a branch.
  private void branch(String loadId) {
    try (var staging = StagingFolder.create(warehouse.home(), loadId);
        var database = Database.open(staging.path())) {
      Table table = matches();
      var upload = new DataFileUpload(table, loadId);
      AppendFiles append = table.newAppend().toBranch("load-" + loadId);
      upload.upload(written(loadId, staging, database)).forEach(append::appendFile);
      append.set("scorebook.load-id", loadId).commit();
    }
  }

  private void upload(String loadId) {
    try (var staging = StagingFolder.create(warehouse.home(), loadId);
        var database = Database.open(staging.path())) {
      new DataFileUpload(matches(), loadId).upload(written(loadId, staging, database));
    }
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  @Test
  void findsNothingWhereNothingIsLeft() {
    assertThat(upkeep().find(Duration.ZERO)).isEmpty();
  }

  @Test
  void removesTheBranchOfALoadThatNeverEndedAndItsFiles() {
    String id = id();
    List<String> before = league.rows(league.matches.table(), "match_id");
    branch(id);
    List<Leftover> found = upkeep().find(Duration.ZERO);
    assertThat(found)
        .singleElement()
        .isInstanceOfSatisfying(
            Leftover.Unpublished.class,
            left -> {
              assertThat(left.branch()).isEqualTo("load-" + id);
              assertThat(left.table()).isEqualTo(league.matches.table());
              assertThat(left.bytes()).isPositive();
            });
    assertThat(matches().refs()).containsKey("load-" + id); // to find changes nothing
    assertThat(upkeep().remove(found)).isEqualTo(found);
    assertThat(matches().refs()).containsOnlyKeys("main");
    assertThat(upkeep().find(Duration.ZERO)).isEmpty();
    assertThat(league.rows(league.matches.table(), "match_id")).isEqualTo(before);
    assertThat(Loads.loaded(league.loadMatches(CSV.formatted(3))).loaded()).isEqualTo(1);
  }

  @Test
  void removesTheSnapshotOfALoadWhoseBranchIsGone() {
    String id = id();
    branch(id);
    matches().manageSnapshots().removeBranch("load-" + id).commit();
    List<Leftover> found = upkeep().find(Duration.ZERO);
    assertThat(found).singleElement().isInstanceOf(Leftover.Unpublished.class);
    upkeep().remove(found);
    assertThat(upkeep().find(Duration.ZERO)).isEmpty();
  }

  @Test
  void keepsSnapshotsThatWereTheTablesAndThoseOfTags() {
    Table table = matches();
    long first = table.history().getFirst().snapshotId();
    table.manageSnapshots().setCurrentSnapshot(first).commit(); // the second load is taken back
    String id = id();
    branch(id);
    table = matches();
    long tagged = table.snapshot("load-" + id).snapshotId();
    table.manageSnapshots().createTag("kept", tagged).removeBranch("load-" + id).commit();
    assertThat(upkeep().find(Duration.ZERO)).isEmpty();
  }

  @Test
  void removesObjectsThatNothingRefersTo() throws IOException {
    String id = id();
    upload(id);
    String lost = matches().location() + "/metadata/" + UUID.randomUUID() + "-m0.avro";
    try (OutputStream out = matches().io().newOutputFile(lost).create()) {
      out.write(new byte[17]);
    }
    List<Leftover> found = upkeep().find(Duration.ZERO);
    assertThat(found)
        .hasSize(2)
        .allSatisfy(left -> assertThat(left).isInstanceOf(Leftover.Orphan.class))
        .anySatisfy(left -> assertThat(left.bytes()).isEqualTo(17));
    assertThat(upkeep().remove(found)).hasSize(2);
    assertThat(upkeep().find(Duration.ZERO)).isEmpty();
    assertThat(league.rows(league.matches.table(), "match_id")).containsExactly("1", "2");
  }

  @Test
  void leavesWhatIsYoung() {
    branch(id());
    upload(id());
    assertThat(upkeep().find(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void leavesALoadUnderwayWhateverItsAge() {
    String id = id();
    try (var staging = StagingFolder.create(warehouse.home(), id);
        var database = Database.open(staging.path())) {
      var upload = new DataFileUpload(matches(), id);
      upload.upload(written(id, staging, database));
      assertThat(upkeep().find(Duration.ZERO)).isEmpty();
    }
    assertThat(upkeep().find(Duration.ZERO)).hasSize(1);
  }

  @Test
  void leavesWhatCameToBeReferredToSinceItWasFound() {
    String id = id();
    try (var staging = StagingFolder.create(warehouse.home(), id);
        var database = Database.open(staging.path())) {
      Table table = matches();
      var files = new DataFileUpload(table, id).upload(written(id, staging, database));
      List<Leftover> found =
          files.stream()
              .<Leftover>map(file ->
                  new Leftover.Orphan(
                      league.matches.table(),
                      file.location(),
                      Instant.EPOCH,
                      file.fileSizeInBytes()))
              .toList();
      AppendFiles append = table.newAppend();
      files.forEach(append::appendFile);
      append.commit();
      assertThat(upkeep().remove(found)).isEmpty();
      assertThat(league.rows(league.matches.table(), "match_id")).containsExactly("1", "2", "9");
    }
  }

  @Test
  void refusesAFolderInWhichAnotherTableLives() {
    TableName name = league.matches.table();
    String location = matches().location();
    warehouse.catalog().dropTable(name.identifier(), false);
    Loads.loaded(league.loadMatches(CSV.formatted(1)));
    assertThatThrownBy(() -> upkeep().find(Duration.ZERO))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("also holds another table")
        .hasMessageContaining(location);
  }

  @Test
  void refusesWhereItCannotReadAllThatATableRefersTo() {
    Table table = matches();
    table.io().deleteFile(table.currentSnapshot().manifestListLocation());
    assertThatThrownBy(() -> upkeep().find(Duration.ZERO))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Cannot look for what is left of the table 'league.matches'");
  }

  @Test
  void removesTheFoldersOfKilledProcesses() throws IOException {
    Path staging = Files.createDirectories(folder.resolve("home/staging/" + id()));
    Files.write(staging.resolve("data.parquet"), new byte[5]);
    Path part = Files.createDirectories(folder.resolve("home/uploads")).resolve("s3fileio-1.tmp");
    Files.write(part, new byte[7]);
    List<Leftover> found = upkeep().find(Duration.ZERO);
    assertThat(found).hasSize(2).allSatisfy(l -> assertThat(l).isInstanceOf(Leftover.Local.class));
    upkeep().remove(found);
    assertThat(staging).doesNotExist();
    assertThat(part).doesNotExist();
    assertThat(upkeep().find(Duration.ZERO)).isEmpty();
  }
}

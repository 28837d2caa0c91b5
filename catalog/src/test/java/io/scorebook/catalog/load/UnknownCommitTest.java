package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import io.scorebook.catalog.upkeep.Upkeep;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The catalog's answer to a commit is lost: whether it happened is looked up, and it is never made
/// a second time.
final class UnknownCommitTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Warehouse warehouse;

  @SuppressWarnings("NullAway.Init") // set before each test
  private League league;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")));
    league = new League(folder, warehouse).withClubs();
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  /// What the catalog does with the commit whose answer is lost.
  private enum Happens {
    COMMITTED,
    LOST,
    LOST_AND_AWAY
  }

  /// A catalog that loses the answer to one commit.
  private static final class Cut implements TableOperations {
    private final TableOperations catalog;
    private final int at;
    private final Happens happens;
    private int commits;
    private boolean away;

    Cut(TableOperations catalog, int at, Happens happens) {
      this.catalog = catalog;
      this.at = at;
      this.happens = happens;
    }

    @Override
    public TableMetadata current() {
      return catalog.current();
    }

    @Override
    public TableMetadata refresh() {
      if (away) {
        throw new CommitStateUnknownException(new IllegalStateException("no connection"));
      }
      return catalog.refresh();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      commits++;
      if (commits != at) {
        catalog.commit(base, metadata);
        return;
      }
      if (happens == Happens.COMMITTED) {
        catalog.commit(base, metadata);
      }
      away = happens == Happens.LOST_AND_AWAY;
      throw new CommitStateUnknownException(new IllegalStateException("connection cut"));
    }

    @Override
    public FileIO io() {
      return catalog.io();
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return catalog.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
      return LocationProviders.locationsFor(current().location(), current().properties());
    }
  }

  private Table clubs() {
    return warehouse.loadTable(league.clubs.table());
  }

  private Cut cut(int at, Happens happens) {
    return new Cut(((BaseTable) clubs()).operations(), at, happens);
  }

  /// Publishes a fourth club on a catalog that loses an answer.
  private long publish(Cut catalog) {
    String id = UUID.randomUUID().toString();
    try (var staging = StagingFolder.create(warehouse.home(), id);
        var database = Database.open(staging.path())) {
      var table = new BaseTable(catalog, "league.clubs");
      WrittenFile file =
          new ParquetFiles(database, staging.path(), table.schema())
              .write("SELECT 4::BIGINT AS club_id, 'Dogwood' AS name", "data", List.of());
      OptionalLong base = Loads.current(warehouse, league.clubs).id();
      return new Publication(league.clubs.table(), table, base, id, Audit.NONE)
          .publish(List.of(file), Map.of("scorebook.load-id", id), Publication.Companion.NONE);
    }
  }

  private List<String> names() {
    return league.rows(league.clubs.table(), "club_id");
  }

  @Test
  void goesOnWhereTheBranchWasWritten() {
    Cut catalog = cut(1, Happens.COMMITTED);
    assertThat(publish(catalog)).isEqualTo(clubs().currentSnapshot().snapshotId());
    assertThat(names()).containsExactly("1", "2", "3", "4");
    assertThat(catalog.commits).isEqualTo(2);
  }

  @Test
  void isDoneWhereTheRowsWerePublished() {
    Cut catalog = cut(2, Happens.COMMITTED);
    assertThat(publish(catalog)).isEqualTo(clubs().currentSnapshot().snapshotId());
    assertThat(names()).containsExactly("1", "2", "3", "4");
    assertThat(clubs().refs()).containsOnlyKeys("main");
    assertThat(catalog.commits).isEqualTo(2); // and not a third
  }

  @Test
  void saysThatItCannotTellAndLeavesAllToTheNextTry() {
    for (int at = 1; at <= 2; at++) {
      for (Happens happens : List.of(Happens.LOST, Happens.LOST_AND_AWAY)) {
        Cut catalog = cut(at, happens);
        StoreException e = catchThrowableOfType(StoreException.class, () -> publish(catalog));
        assertThat(e.kind()).isEqualTo(Kind.STATE_UNKNOWN);
        assertThat(e)
            .hasMessageContaining("Cannot tell whether the catalog took the commit")
            .hasMessageContaining("load the same files again");
        assertThat(catalog.commits).isEqualTo(at); // not tried again, nothing undone
        assertThat(names()).containsExactly("1", "2", "3");
      }
    }
    var upkeep = new Upkeep(warehouse);
    assertThat(upkeep.remove(upkeep.find(Duration.ZERO))).isNotEmpty();
    assertThat(upkeep.find(Duration.ZERO)).isEmpty();
    Path file = league.write("more.csv", "ID,name\n3,Čedr\n4,Dogwood\n");
    assertThat(Loads.loaded(league.load(league.clubs, file)).loaded()).isEqualTo(1);
    assertThat(names()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aLockedDatabaseRefusesInTimeAndTheNextTryWorks() throws Exception {
    String uri = "jdbc:sqlite:%s?journal_mode=WAL&busy_timeout=300".formatted(folder.resolve("db"));
    var settings =
        new WarehouseSettings(
            folder.resolve("locked"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.of(uri));
    try (var other = Warehouse.open(settings)) {
      var own = new League(folder, other).withClubs();
      Path file = own.write("more.csv", "ID,name\n4,Dogwood\n");
      try (var connection = DriverManager.getConnection(uri);
          var statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> own.load(own.clubs, file))
            .isInstanceOf(StoreException.class)
            .extracting(e -> ((StoreException) e).kind())
            .isIn(Kind.CATALOG_LOCKED, Kind.STATE_UNKNOWN);
        statement.execute("ROLLBACK");
      }
      assertThat(own.rows(own.clubs.table(), "club_id")).containsExactly("1", "2", "3");
      assertThat(Loads.loaded(own.load(own.clubs, file)).loaded()).isEqualTo(1);
      assertThat(own.rows(own.clubs.table(), "club_id")).containsExactly("1", "2", "3", "4");
    }
  }
}

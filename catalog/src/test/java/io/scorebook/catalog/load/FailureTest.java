package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The object store fails at each access in turn: either all is published or nothing, and no data
/// file is left that nobody reads.
final class FailureTest {
  private static final String CSV =
      "MATCH,day,year,club,goals\n%d,2020-01-01,2020,1,1\n%d,2021-01-01,2021,1,1\n%d,2021-01-01,2021,8,1\n";
  private static final int MORE_THAN_A_LOAD_NEEDS = 200;

  @TempDir Path folder;

  @Test
  void whateverAccessFailsNothingIsHalfDone() {
    var store = new AtomicReference<FailingStore>();
    try (var warehouse =
        Warehouse.open(
            WarehouseSettings.embedded(folder.resolve("home")),
            io -> {
              store.set(new FailingStore(io));
              return Objects.requireNonNull(store.get());
            })) {
      FailingStore failing = Objects.requireNonNull(store.get());
      var league = new League(folder, warehouse).withClubs();
      Loads.loaded(league.loadMatches(CSV.formatted(1, 2, 3), "1"));
      int failures = 0;
      int failed = 0;
      for (int n = 1; n < MORE_THAN_A_LOAD_NEEDS; n++) {
        OptionalLong before = Loads.current(warehouse, league.matches).id();
        var objects = dataFiles(failing);
        int id = 10 * n;
        failing.failAt(n);
        Optional<StoreException> failure = load(league, CSV.formatted(id, id + 1, id + 2));
        boolean reached = failing.hasFailed();
        failing.work();
        if (failure.isPresent()) {
          failures++;
          failed = id;
          assertThat(failure.get().kind()).as("at access %d", n).isEqualTo(Kind.STORE_FULL);
          Table table = warehouse.loadTable(league.matches.table());
          assertThat(Loads.current(warehouse, league.matches).id())
              .as("at %d", n)
              .isEqualTo(before);
          assertThat(table.refs()).as("at access %d", n).containsOnlyKeys("main");
          assertThat(dataFiles(failing)).as("at access %d", n).isEqualTo(objects);
          assertThat(folder.resolve("home/staging")).isEmptyDirectory();
        }
        if (!reached) {
          break;
        }
      }
      assertThat(failures).isGreaterThan(10);
      // And what failed can be loaded afterwards.
      assertThat(
              Loads.loaded(league.loadMatches(CSV.formatted(failed, failed + 1, failed + 2), "1"))
                  .loaded())
          .isEqualTo(2);
    }
  }

  private static Optional<StoreException> load(League league, String csv) {
    try {
      Loads.loaded(league.loadMatches(csv, "1"));
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(e);
    }
  }

  private static java.util.Set<String> dataFiles(FailingStore store) {
    return store.objects().stream()
        .filter(path -> path.endsWith(".parquet"))
        .collect(java.util.stream.Collectors.toSet());
  }

  @Test
  void aLoadAfterTheStoreIsClosedIsToldAsSuch() {
    var warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")));
    var league = new League(folder, warehouse).withClubs();
    warehouse.close();
    assertThatThrownBy(() -> league.loadMatches(CSV.formatted(1, 2, 3)))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Cannot ");
  }
}

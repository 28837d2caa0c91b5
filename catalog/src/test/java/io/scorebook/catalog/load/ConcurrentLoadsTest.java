package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several loaders over one home, each with a warehouse of its own as other processes have.
final class ConcurrentLoadsTest {
  private static final int LOADERS = 3;

  @TempDir Path folder;

  @Test
  void eachKeyIsPublishedOnceWhoeverIsFaster() throws Exception {
    Path home = folder.resolve("home");
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var league = new League(folder, warehouse).withClubs();
      var barrier = new CyclicBarrier(LOADERS);
      var loads = new ArrayList<Future<LoadReport>>();
      for (int i = 0; i < LOADERS; i++) {
        Path own = Files.createDirectory(folder.resolve("loader" + i));
        var csv = new StringBuilder("MATCH,day,year,club,goals\n");
        for (int row = 0; row < 100; row++) { // half of the rows are also the next loader's
          csv.append("%d,2020-01-01,2020,1,1\n".formatted(50 * i + row));
        }
        loads.add(
            threads.submit(() -> {
              try (var other = Warehouse.open(WarehouseSettings.embedded(home))) {
                var its = new League(own, other);
                barrier.await();
                return Loads.loaded(its.loadMatches(csv.toString()));
              }
            }));
      }
      long loaded = 0;
      long duplicates = 0;
      for (Future<LoadReport> load : loads) {
        loaded += report(load).loaded();
        duplicates += report(load).duplicates();
      }
      assertThat(loaded).isEqualTo(50 * (LOADERS + 1));
      assertThat(duplicates).isEqualTo(50 * (LOADERS - 1));
      List<String> keys = league.rows(league.matches.table(), "match_id");
      assertThat(keys).doesNotHaveDuplicates().hasSize(50 * (LOADERS + 1));
      assertThat(warehouse.loadTable(league.matches.table()).refs()).containsOnlyKeys("main");
    }
  }

  @Test
  void aLoadThatIsOvertakenBetweenItsLastLookAndItsCommitTriesAgain() {
    Path home = folder.resolve("home");
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home));
        var other = Warehouse.open(WarehouseSettings.embedded(home))) {
      var league = new League(folder, warehouse).withClubs();
      var faster = new League(folder, other);
      Loads.loaded(league.loadMatches("MATCH,day,year,club,goals\n1,2020-01-01,2020,1,1\n"));
      var looks = new AtomicInteger();
      Audit overtaken =
          _ -> {
            if (looks.getAndIncrement() == 0) {
              Loads.loaded(
                  faster.loadMatches(
                      "MATCH,day,year,club,goals\n2,2020-01-01,2020,1,1\n3,2020-01-01,2020,1,1\n"));
            }
            return List.of();
          };
      Path file =
          league.write(
              "mine.csv",
              "MATCH,day,year,club,goals\n3,2020-01-01,2020,1,1\n4,2020-01-01,2020,1,1\n");

      LoadReport report =
          Loads.loaded(
              league.loader.load(
                  league.matches, List.of(file), LoadOptions.DEFAULT.audited(overtaken)));

      assertThat(looks).hasValue(2);
      assertThat(report.loaded()).isEqualTo(1);
      assertThat(league.rows(league.matches.table(), "match_id"))
          .containsExactly("1", "2", "3", "4");
      assertThat(warehouse.loadTable(league.matches.table()).refs()).containsOnlyKeys("main");
    }
  }

  private static LoadReport report(Future<LoadReport> load)
      throws InterruptedException, ExecutionException {
    return load.get();
  }
}

package io.scorebook.catalog.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.store.WarehouseSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten real seasons, through the sample's contracts.
final class RealDataTest {
  @TempDir Path home;

  @Test
  void everyRowIsLoadedOnceAndASecondLoadChangesNothing() {
    Path data = SharedData.realData();
    try (var warehouse = Warehouse.open(WarehouseSettings.embedded(home))) {
      var loader = new Loader(warehouse);
      var counts = new LinkedHashMap<String, Long>();
      var snapshots = new LinkedHashMap<String, OptionalLong>();
      for (Contract contract : SharedData.contracts().inLoadOrder()) {
        List<Path> files = SourceFolder.find(contract, data);
        LoadReport report = Loads.loaded(loader.load(contract, files, LoadOptions.DEFAULT));
        counts.put(contract.table().name(), report.loaded());
        snapshots.put(contract.table().name(), Loads.current(warehouse, contract).id());
        assertThat(report.rejected()).isZero();
      }
      assertThat(counts)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("games", 11_891L, "game_details", 252_621L, "teams", 30L, "players", 1_450L));
      for (Contract contract : SharedData.contracts().inLoadOrder()) {
        List<Path> files = SourceFolder.find(contract, data);
        LoadReport again = Loads.loaded(loader.load(contract, files, LoadOptions.DEFAULT));
        assertThat(again.loaded()).isZero();
        assertThat(again.duplicates()).isEqualTo(again.read());
        assertThat(Loads.current(warehouse, contract).id())
            .isEqualTo(snapshots.get(contract.table().name()));
      }
    }
  }
}

package io.scorebook.gateway.containers;

import io.scorebook.catalog.store.WarehouseSettings;
import java.nio.file.Path;

/// The store and the catalog in this process.
class EmbeddedWarehouseTest extends WarehouseContract {
  @Override
  protected WarehouseSettings start(Path home) {
    return WarehouseSettings.embedded(home);
  }
}

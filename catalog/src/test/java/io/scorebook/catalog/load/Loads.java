package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.table.TableSnapshot;

/// What tests ask of a load.
final class Loads {
  private Loads() {}

  static LoadReport loaded(LoadResult result) {
    return switch (result) {
      case LoadReport report -> report;
      case LoadRefused refused -> throw new AssertionError(refused.message());
    };
  }

  static LoadRefused refused(LoadResult result) {
    return switch (result) {
      case LoadReport report -> throw new AssertionError("was loaded: " + report);
      case LoadRefused refused -> refused;
    };
  }

  static TableSnapshot current(Warehouse warehouse, Contract contract) {
    return TableSnapshot.current(contract.table(), warehouse.loadTable(contract.table()));
  }
}

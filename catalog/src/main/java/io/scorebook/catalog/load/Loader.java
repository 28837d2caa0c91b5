package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.Reference;
import io.scorebook.catalog.contract.Evolution;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// Loads files through a contract into its table: all of it in one commit, or nothing.
///
/// Several loads may run at once, in one process or many, into one table too: each is checked
/// against the snapshot it is published on, and is checked again where another was faster.
public final class Loader {
  private static final int ATTEMPTS = 20;

  private final Warehouse warehouse;

  public Loader(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /// Loads the files, in this order, as one.
  ///
  /// @return the report, or why nothing was changed
  /// @throws StoreException where the store or the catalog fails; nothing is published then, unless
  ///   the kind is [Kind#STATE_UNKNOWN]
  public LoadResult load(Contract contract, List<Path> files, LoadOptions options) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("Cannot load no files");
    }
    var sources = new Sources(contract, files, options);
    List<String> problems = new ArrayList<>(sources.problems());
    problems.addAll(problems(contract));
    if (!problems.isEmpty()) {
      return refused(contract, sources, problems);
    }
    String loadId = UUID.randomUUID().toString();
    try (var folder = StagingFolder.create(warehouse.home(), loadId);
        var database = Database.open(folder.path())) {
      var staging = new Staging(database, contract);
      List<String> unreadable = sources.readAll(staging);
      if (!unreadable.isEmpty()) {
        return refused(contract, sources, unreadable);
      }
      var attempt = new Attempt(warehouse, loadId, sources, staging, folder.path(), options);
      return untilNoneIsFaster(attempt::load);
    } catch (UnreadableSource e) {
      return refused(contract, sources, List.of(String.valueOf(e.getMessage())));
    }
  }

  /// What is known before any file is read.
  private List<String> problems(Contract contract) {
    var problems = new ArrayList<String>();
    for (Reference reference : contract.references()) {
      TableName to = new TableName(contract.table().namespace(), reference.to());
      if (!to.equals(contract.table()) && warehouse.findTable(to).isEmpty()) {
        problems.add(
            "Cannot check the reference to '%s': there is no such table yet; load it first"
                .formatted(reference.to()));
      }
    }
    warehouse
        .findTable(contract.table())
        .ifPresent(table -> problems.addAll(Evolution.plan(contract, table).reasonsAgainst()));
    return problems.stream().distinct().toList();
  }

  private static LoadRefused refused(Contract contract, Sources sources, List<String> reasons) {
    return new LoadRefused(
        contract.table(),
        "Cannot load %s into '%s'; nothing was changed"
            .formatted(sources.names(), contract.table()),
        reasons,
        0);
  }

  private static LoadResult untilNoneIsFaster(Supplier<LoadResult> attempt) {
    for (int n = 1; ; n++) {
      try {
        return attempt.get();
      } catch (StoreException e) {
        if (e.kind() != Kind.CONFLICT || n == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}

package io.scorebook.catalog.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.Reference;
import io.scorebook.catalog.contract.Evolution;
import io.scorebook.catalog.contract.TableForm;
import io.scorebook.catalog.load.LoadReport.LoadedFile;
import io.scorebook.catalog.store.StoreException;
import io.scorebook.catalog.store.StoreException.Kind;
import io.scorebook.catalog.store.StoreFailures;
import io.scorebook.catalog.store.TableName;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.catalog.table.TableSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/// Checks and publishes what was read, against the tables as they are at that moment; made again
/// where another load was faster.
final class Attempt {
  private static final int REASONS_SHOWN = 20;

  private final Warehouse warehouse;
  private final String loadId;
  private final Sources sources;
  private final Contract contract;
  private final Staging staging;
  private final Path folder;
  private final PresentRows present;
  private final LoadOptions options;
  private final Instant time = Instant.now();

  Attempt(
      Warehouse warehouse,
      String loadId,
      Sources sources,
      Staging staging,
      Path folder,
      LoadOptions options) {
    this.warehouse = warehouse;
    this.loadId = loadId;
    this.sources = sources;
    this.contract = staging.contract();
    this.staging = staging;
    this.folder = folder;
    this.present = new PresentRows(folder);
    this.options = options;
  }

  /// How many rows took which way.
  private record Tally(long loaded, long duplicates, long kept, long rejected) {}

  LoadResult load() {
    options.progress().step(LoadProgress.Step.CHECK);
    Optional<Table> table = warehouse.findTable(contract.table());
    Optional<TableSnapshot> own =
        table.map(found -> TableSnapshot.current(contract.table(), found));
    Checks.Counts counts = new Checks(staging, present).run(own, referenced());
    long rejected = staging.rejected();
    if (!options.allowed().allows(rejected, staging.read())) {
      return tooMany(rejected);
    }
    List<String> against =
        table.map(found -> Evolution.plan(contract, found).reasonsAgainst()).orElse(List.of());
    if (!against.isEmpty()) {
      return refused("; nothing was changed", against, 0);
    }
    long fresh = staging.read() - rejected - counts.duplicates() - counts.kept();
    var tally = new Tally(fresh, counts.duplicates(), counts.kept(), rejected);
    OptionalLong base = own.map(TableSnapshot::id).orElse(OptionalLong.empty());
    try {
      return report(tally, publish(fit(table), base, tally));
    } catch (Stopped stopped) {
      return refused("; nothing was changed", stopped.problems(), 0);
    }
  }

  private Map<String, TableSnapshot> referenced() {
    var snapshots = new HashMap<String, TableSnapshot>();
    for (Reference reference : contract.references()) {
      TableName name = new TableName(contract.table().namespace(), reference.to());
      warehouse
          .findTable(name)
          .ifPresent(table -> snapshots.put(reference.to(), TableSnapshot.current(name, table)));
    }
    return snapshots;
  }

  private LoadRefused tooMany(long rejected) {
    var reasons = new ArrayList<String>();
    staging.rejections(REASONS_SHOWN).forEach(rejection -> reasons.add(rejection.toString()));
    if (rejected > REASONS_SHOWN) {
      reasons.add("... and more");
    }
    String allowed =
        options.allowed().equals(Allowance.NONE) ? "none is" : options.allowed() + " are";
    return refused(
        (": %d of %d rows are rejected, %s allowed; nothing was changed;"
                + " mend them, or pass --max-rejected %d to load the others")
            .formatted(rejected, staging.read(), allowed, rejected),
        reasons,
        rejected);
  }

  private LoadRefused refused(String why, List<String> reasons, long rejected) {
    return new LoadRefused(
        contract.table(),
        "Cannot load %s into '%s'%s".formatted(sources.names(), contract.table(), why),
        reasons,
        rejected);
  }

  /// The table as the contract wants it: made, or evolved.
  private Table fit(Optional<Table> table) {
    return StoreFailures.attempt(
        "make the table '%s'".formatted(contract.table()),
        () -> {
          if (table.isEmpty()) {
            return create();
          }
          if (Evolution.plan(contract, table.get()) instanceof Evolution.Compatible changes) {
            Evolution.apply(changes, table.get());
          }
          return table.get();
        });
  }

  private Table create() {
    Schema schema = TableForm.schema(contract);
    try {
      return warehouse
          .buildTable(contract.table(), schema)
          .withPartitionSpec(TableForm.partitions(contract, schema))
          .withSortOrder(TableForm.order(contract, schema))
          .withProperties(TableForm.properties())
          .create();
    } catch (AlreadyExistsException e) {
      throw new StoreException(Kind.CONFLICT, "Cannot make the table: another made it", e);
    }
  }

  private OptionalLong publish(Table table, OptionalLong base, Tally tally) {
    Optional<Quarantine> quarantine = quarantine(tally);
    if (tally.loaded == 0) {
      quarantine.ifPresent(Quarantine::writeOrUndo);
      return base;
    }
    options.progress().step(LoadProgress.Step.WRITE);
    List<WrittenFile> written =
        new ParquetFiles(staging.database(), folder, table.schema()).write(contract);
    long rows = written.stream().mapToLong(WrittenFile::rows).sum();
    if (rows != tally.loaded) {
      throw new IllegalStateException(
          "Cannot publish: %d rows were written, %d counted".formatted(rows, tally.loaded));
    }
    options.progress().step(LoadProgress.Step.PUBLISH);
    var publication = new Publication(contract.table(), table, base, loadId, options.audit());
    Publication.Companion companion =
        quarantine.isPresent() ? quarantine.get() : Publication.Companion.NONE;
    return OptionalLong.of(publication.publish(written, summary(tally), companion));
  }

  private Optional<Quarantine> quarantine(Tally tally) {
    if (tally.rejected == 0) {
      return Optional.empty();
    }
    var quarantine = new Quarantine(warehouse, contract, staging.database(), folder, loadId, time);
    quarantine.collectRows(sources::open);
    return Optional.of(quarantine);
  }

  private Map<String, String> summary(Tally tally) {
    ArrayNode files = JsonNodeFactory.instance.arrayNode();
    int kept = Math.min(sources.read().size(), TableLoads.FILES);
    for (LoadedFile file : sources.read().subList(0, kept)) {
      files
          .addObject()
          .put("name", file.name())
          .put("sha256", file.sha256())
          .put("rows", file.rows());
    }
    return Map.of(
        "scorebook.load-id",
        loadId,
        TableLoads.FILES_KEY,
        files.toString(),
        TableLoads.MORE_FILES_KEY,
        String.valueOf(sources.read().size() - kept),
        "scorebook.rows-read",
        String.valueOf(staging.read()),
        "scorebook.rows-loaded",
        String.valueOf(tally.loaded),
        "scorebook.rows-duplicate",
        String.valueOf(tally.duplicates),
        "scorebook.rows-kept",
        String.valueOf(tally.kept),
        "scorebook.rows-rejected",
        String.valueOf(tally.rejected));
  }

  private LoadReport report(Tally tally, OptionalLong snapshot) {
    return new LoadReport(
        contract.table(),
        loadId,
        staging.read(),
        tally.loaded,
        tally.duplicates,
        tally.kept,
        tally.rejected,
        staging.rejections(REASONS_SHOWN),
        staging.renamed(REASONS_SHOWN),
        sources.ignored(),
        snapshot,
        sources.read());
  }
}

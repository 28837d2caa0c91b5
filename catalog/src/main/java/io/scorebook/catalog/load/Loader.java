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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/// Loads files through a contract into its table: all of it in one commit, or nothing.
///
/// Several loads may run at once, in one process or many, into one table too: each is checked
/// against the snapshot it is published on, and is checked again where another was faster.
public final class Loader {
  private static final int ATTEMPTS = 20;
  private static final int REASONS_SHOWN = 20;
  private static final int PROGRESS_EVERY = 50_000;

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
    return new Run(contract, List.copyOf(files), options).load();
  }

  /// One load, from beginning to end.
  private final class Run {
    private final Contract contract;
    private final List<Path> files;
    private final LoadOptions options;
    private final String loadId = UUID.randomUUID().toString();
    private final Instant time = Instant.now();
    private final List<LoadedFile> loaded = new ArrayList<>();
    private final Set<String> ignored = new LinkedHashSet<>();

    Run(Contract contract, List<Path> files, LoadOptions options) {
      this.contract = contract;
      this.files = files;
      this.options = options;
    }

    LoadResult load() {
      List<String> problems = problemsBeforeReading();
      if (!problems.isEmpty()) {
        return refused("nothing was changed", problems, 0);
      }
      try (var folder = StagingFolder.create(warehouse.home(), loadId);
          var database = Database.open(folder.path())) {
        var staging = new Staging(database, contract);
        List<String> unreadable = readAll(staging);
        if (!unreadable.isEmpty()) {
          return refused("nothing was changed", unreadable, 0);
        }
        var present = new PresentRows(folder.path());
        return untilNoneIsFaster(() -> new Attempt(this, staging, folder.path(), present).load());
      } catch (UnreadableSource e) {
        return refused("nothing was changed", List.of(e.getMessage()), 0);
      }
    }

    private List<String> problemsBeforeReading() {
      var problems = new ArrayList<String>();
      for (Path file : files) {
        if (formatOf(file).isEmpty()) {
          problems.add(
              "Cannot tell the format of %s from its name; say --format csv, ndjson, avro or parquet"
                  .formatted(file));
        }
      }
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
          .ifPresent(table -> problems.addAll(reasons(Evolution.plan(contract, table))));
      return problems;
    }

    private static List<String> reasons(Evolution evolution) {
      return switch (evolution) {
        case Evolution.Compatible _ -> List.of();
        case Evolution.Refused(List<String> reasons) -> reasons;
      };
    }

    private List<String> readAll(Staging staging) {
      var unreadable = new ArrayList<String>();
      for (int i = 0; i < files.size(); i++) {
        Path file = files.get(i);
        try (RowReader reader = open(i, RowReader.Mode.VALUES)) {
          long rows = staging.read(i, file.toString(), reader, progress(file));
          options.progress().read(file, rows);
          ignored.addAll(reader.ignored());
          loaded.add(new LoadedFile(Quarantine.fileName(file.toString()), reader.sha256(), rows));
        } catch (UnreadableSource e) {
          unreadable.add(String.valueOf(e.getMessage()));
        }
      }
      return unreadable;
    }

    private Staging.Listener progress(Path file) {
      return rows -> {
        if (rows % PROGRESS_EVERY == 0) {
          options.progress().read(file, rows);
        }
      };
    }

    RowReader open(int file, RowReader.Mode mode) {
      Path path = files.get(file);
      return RowReader.open(path, formatOf(path).orElseThrow(), contract, mode);
    }

    private Optional<SourceFormat> formatOf(Path file) {
      return options.format().or(() -> SourceFormat.of(file));
    }

    private LoadResult untilNoneIsFaster(java.util.function.Supplier<LoadResult> attempt) {
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

    LoadRefused refused(String outcome, List<String> reasons, long rejected) {
      return new LoadRefused(
          contract.table(),
          "Cannot load %s into '%s': %s".formatted(names(), contract.table(), outcome),
          reasons,
          rejected);
    }

    private String names() {
      return String.join(
          ", ", files.stream().map(file -> Quarantine.fileName(file.toString())).toList());
    }
  }

  /// Checks and publishes what was read, against the tables as they are now.
  private final class Attempt {
    private final Run run;
    private final Contract contract;
    private final Staging staging;
    private final Path folder;
    private final PresentRows present;

    Attempt(Run run, Staging staging, Path folder, PresentRows present) {
      this.run = run;
      this.contract = run.contract;
      this.staging = staging;
      this.folder = folder;
      this.present = present;
    }

    LoadResult load() {
      run.options.progress().step(LoadProgress.Step.CHECK);
      Optional<Table> table = warehouse.findTable(contract.table());
      Optional<TableSnapshot> own =
          table.map(found -> TableSnapshot.current(contract.table(), found));
      Checks.Counts counts = new Checks(staging, present).run(own, referenced());
      long rejected = staging.rejected();
      if (!run.options.allowed().allows(rejected, staging.read())) {
        return tooMany(rejected);
      }
      Optional<List<String>> refusal =
          table
              .map(found -> Run.reasons(Evolution.plan(contract, found)))
              .filter(reasons -> !reasons.isEmpty());
      if (refusal.isPresent()) {
        return run.refused("nothing was changed", refusal.get(), 0);
      }
      Table target = fit(table);
      OptionalLong base = own.map(TableSnapshot::id).orElse(OptionalLong.empty());
      long fresh = staging.read() - rejected - counts.duplicates() - counts.kept();
      var companion = quarantine(rejected);
      OptionalLong snapshot = publish(target, base, fresh, counts, rejected, companion);
      return new LoadReport(
          contract.table(),
          run.loadId,
          staging.read(),
          fresh,
          counts.duplicates(),
          counts.kept(),
          rejected,
          staging.rejections(REASONS_SHOWN),
          staging.renamed(REASONS_SHOWN),
          run.ignored,
          snapshot,
          run.loaded);
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
      if (rejected > reasons.size()) {
        reasons.add("... and more");
      }
      return run.refused(
          "%d of %d rows are rejected, %s allowed; nothing was changed; mend them, or pass --max-rejected %d to load the others"
              .formatted(rejected, staging.read(), allowed(), rejected),
          reasons,
          rejected);
    }

    private String allowed() {
      return run.options.allowed().equals(Allowance.NONE)
          ? "none is"
          : run.options.allowed() + " are";
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
      warehouse.createNamespace(contract.table().namespace());
      Schema schema = TableForm.schema(contract);
      try {
        return warehouse
            .catalog()
            .buildTable(contract.table().identifier(), schema)
            .withPartitionSpec(TableForm.partitions(contract, schema))
            .withSortOrder(TableForm.order(contract, schema))
            .withProperties(TableForm.properties())
            .create();
      } catch (AlreadyExistsException e) {
        throw new StoreException(Kind.CONFLICT, "Cannot make the table: another made it", e);
      }
    }

    private Optional<Quarantine> quarantine(long rejected) {
      if (rejected == 0) {
        return Optional.empty();
      }
      var quarantine =
          new Quarantine(warehouse, contract, staging.database(), folder, run.loadId, run.time);
      quarantine.collectRows(file -> run.open(file, RowReader.Mode.WHOLE_ROWS));
      return Optional.of(quarantine);
    }

    private OptionalLong publish(
        Table table,
        OptionalLong base,
        long fresh,
        Checks.Counts counts,
        long rejected,
        Optional<Quarantine> quarantine) {
      if (fresh == 0) {
        quarantine.ifPresent(Quarantine::writeOrUndo);
        return base;
      }
      run.options.progress().step(LoadProgress.Step.WRITE);
      List<WrittenFile> written =
          new ParquetFiles(staging.database(), folder, table.schema()).write(contract);
      long rows = written.stream().mapToLong(WrittenFile::rows).sum();
      if (rows != fresh) {
        throw new IllegalStateException(
            "Cannot publish: %d rows were written, %d counted".formatted(rows, fresh));
      }
      run.options.progress().step(LoadProgress.Step.PUBLISH);
      var summary =
          Map.of(
              "scorebook.load-id", run.loadId,
              "scorebook.files", filesAsJson(),
              "scorebook.rows-read", String.valueOf(staging.read()),
              "scorebook.rows-loaded", String.valueOf(fresh),
              "scorebook.rows-duplicate", String.valueOf(counts.duplicates()),
              "scorebook.rows-kept", String.valueOf(counts.kept()),
              "scorebook.rows-rejected", String.valueOf(rejected));
      return OptionalLong.of(
          new Publication(table, base, run.loadId)
              .publish(written, summary, companion(quarantine)));
    }

    private static Publication.Companion companion(Optional<Quarantine> quarantine) {
      return quarantine
          .map(Publication.Companion.class::cast)
          .orElseGet(() ->
              new Publication.Companion() {
                @Override
                public void write() {}

                @Override
                public void undo() {}
              });
    }

    private String filesAsJson() {
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      for (LoadedFile file : run.loaded) {
        json.addObject()
            .put("name", file.name())
            .put("sha256", file.sha256())
            .put("rows", file.rows());
      }
      return json.toString();
    }
  }
}

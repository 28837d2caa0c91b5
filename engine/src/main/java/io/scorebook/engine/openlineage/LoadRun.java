package io.scorebook.engine.openlineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.utils.UUIDUtils;
import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.LoadRefused;
import io.scorebook.catalog.load.LoadReport;
import io.scorebook.catalog.load.LoadReport.LoadedFile;
import io.scorebook.catalog.load.LoadResult;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.load.TableLoads;
import io.scorebook.catalog.store.Warehouse;
import io.scorebook.engine.datasheet.OpenLineageProduct;
import io.scorebook.engine.datasheet.OpenLineageProduct.Name;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One load, told as it begins and as it ends.
public final class LoadRun {
  /// Files that one event names at most.
  private static final int FILES = 100;

  private final OpenLineage openLineage = new OpenLineage(OpenLineageProduct.PRODUCER);
  private final UUID run = UUIDUtils.generateNewUUID();
  private final Warehouse warehouse;
  private final LineageEmitter emitter;
  private final Contract contract;
  private final List<Path> files;

  private LoadRun(
      Warehouse warehouse, LineageEmitter emitter, Contract contract, List<Path> files) {
    this.warehouse = warehouse;
    this.emitter = emitter;
    this.contract = contract;
    this.files = List.copyOf(files);
  }

  /// Loads as [Loader#load] does, and tells of it: START, then COMPLETE, or FAIL with why.
  public static LoadResult load(
      Warehouse warehouse,
      LineageEmitter emitter,
      Contract contract,
      List<Path> files,
      LoadOptions options) {
    var loader = new Loader(warehouse);
    var run = new LoadRun(warehouse, emitter, contract, files);
    emitter.emit(() -> run.event(EventType.START, Optional.empty(), Optional.empty()));
    try {
      LoadResult result = loader.load(contract, files, options);
      switch (result) {
        case LoadReport report ->
            emitter.emit(
                () -> run.event(EventType.COMPLETE, Optional.of(report), Optional.empty()));
        case LoadRefused refused ->
            emitter.emit(
                () -> run.event(EventType.FAIL, Optional.empty(), Optional.of(refused.message())));
      }
      return result;
    } catch (RuntimeException e) {
      emitter.emit(() ->
          run.event(EventType.FAIL, Optional.empty(), Optional.of(String.valueOf(e.getMessage()))));
      throw e;
    }
  }

  private RunEvent event(EventType type, Optional<LoadReport> report, Optional<String> error) {
    var facets = openLineage.newRunFacetsBuilder();
    error.ifPresent(
        message -> facets.errorMessage(openLineage.newErrorMessageRunFacet(message, "JAVA", null)));
    var job = openLineage.newJobFacetsBuilder();
    job.jobType(openLineage.newJobTypeJobFacet("BATCH", "SCOREBOOK", "LOAD", null));
    return openLineage.newRunEvent(
        ZonedDateTime.now(ZoneOffset.UTC),
        type,
        openLineage.newRun(run, facets.build()),
        openLineage.newJob("scorebook", "load." + contract.table(), job.build()),
        inputs(report),
        List.of(output(report)));
  }

  private List<InputDataset> inputs(Optional<LoadReport> report) {
    var inputs = new ArrayList<InputDataset>();
    for (int i = 0; i < Math.min(files.size(), FILES); i++) {
      var facets = openLineage.newDatasetFacetsBuilder();
      facets.dataSource(openLineage.newDatasourceDatasetFacet("file", URI.create("file:///")));
      var statistics = openLineage.newInputDatasetInputFacetsBuilder();
      int at = i;
      report
          .map(LoadReport::files)
          .filter(read -> read.size() == files.size())
          .map(read -> read.get(at))
          .ifPresent((LoadedFile read) -> {
            facets.version(openLineage.newDatasetVersionDatasetFacet("sha256:" + read.sha256()));
            statistics.inputStatistics(
                openLineage.newInputStatisticsInputDatasetFacet(read.rows(), null, 1L));
          });
      inputs.add(
          openLineage.newInputDataset(
              "file",
              files.get(i).toAbsolutePath().normalize().toString(),
              facets.build(),
              statistics.build()));
    }
    return inputs;
  }

  private OutputDataset output(Optional<LoadReport> report) {
    Optional<TableLoads> table =
        report.isPresent() ? TableLoads.of(warehouse, contract.table()) : Optional.empty();
    Name name =
        table
            .map(at -> Name.ofLocation(at.location()))
            .orElseGet(() ->
                warehouse
                    .findTable(contract.table())
                    .map(found -> Name.ofLocation(found.location()))
                    .orElse(new Name("scorebook", contract.table().toString())));
    var facets = openLineage.newDatasetFacetsBuilder();
    facets.schema(
        openLineage.newSchemaDatasetFacet(
            contract.fields().stream()
                .map(field ->
                    openLineage
                        .newSchemaDatasetFacetFieldsBuilder()
                        .name(field.name())
                        .type(field.type().sqlName())
                        .description(field.doc().orElse(null))
                        .build())
                .toList()));
    contract
        .doc()
        .ifPresent(doc ->
            facets.documentation(openLineage.newDocumentationDatasetFacet(doc, "text/plain")));
    if (!name.name().equals(contract.table().toString())) {
      facets.dataSource(
          openLineage.newDatasourceDatasetFacet(name.namespace(), URI.create(name.namespace())));
      facets.symlinks(
          openLineage.newSymlinksDatasetFacet(
              List.of(
                  openLineage.newSymlinksDatasetFacetIdentifiers(
                      name.namespace(), contract.table().toString(), "TABLE"))));
    }
    var output = openLineage.newOutputDatasetOutputFacetsBuilder();
    report.ifPresent(done -> {
      if (done.snapshot().isPresent()) {
        facets.version(
            openLineage.newDatasetVersionDatasetFacet(Long.toString(done.snapshot().getAsLong())));
      }
      output.outputStatistics(
          openLineage.newOutputStatisticsOutputDatasetFacet(done.loaded(), null, null));
    });
    return openLineage.newOutputDataset(
        name.namespace(), name.name(), facets.build(), output.build());
  }
}

package io.scorebook.semantic.imports;

import io.scorebook.documents.Findings;
import io.scorebook.semantic.imports.FlowModel.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the files of dbt's semantic layer: both those with `semantic_models` and `measures` and
/// the newer ones, in which models say what they are.
public final class MetricFlowImport {
  private MetricFlowImport() {}

  /// @param domain the name of the model that is drafted, and the namespace of its tables
  /// @param findings what is no YAML
  public static Draft read(String domain, List<SourceDocument> sources, Findings findings) {
    var fidelity = new Fidelity();
    var types = new ColumnTypes();
    var files = new FlowFiles(fidelity, findings, types);
    sources.forEach(files::read);
    var models = withTimes(files);
    var datasets = new FlowDatasets(domain, models.values(), fidelity, types);
    var draft = new Drafting(domain, fidelity);
    new FlowMetrics(files, models, datasets, draft, fidelity).translate();
    datasets.addTo(draft);
    String from = sources.isEmpty() ? "nothing" : sources.getFirst().name();
    return draft.finish(types, datasets.primaryKeys(), from);
  }

  /// The models; one that has no default time has that of its first measure that has one.
  private static Map<String, FlowModel> withTimes(FlowFiles files) {
    var models = new LinkedHashMap<String, FlowModel>();
    files.models.forEach((name, model) -> {
      Optional<String> time =
          model
              .aggTime()
              .or(() ->
                  files.measures.values().stream()
                      .filter(measure -> measure.of() == model)
                      .flatMap(measure -> measure.settings().text("agg_time_dimension").stream())
                      .findFirst());
      models.put(
          name,
          new FlowModel(
              model.name(),
              model.table(),
              model.description(),
              time,
              model.primaryEntity(),
              model.entities(),
              model.dimensions(),
              model.at()));
    });
    files.measures.replaceAll((_, measure) ->
        new Measure(
            models.getOrDefault(measure.of().name(), measure.of()),
            measure.name(),
            measure.agg(),
            measure.expression(),
            measure.settings()));
    return models;
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.NormalForm;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.model.SemanticModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// What the things of a model mean, each as a text that is free of the model's own names: of two
/// models, what has the same text gives the same values over the same tables, whatever it is called
/// and however it is written.
///
/// Other texts may still mean the same. They are for comparing, not for reading. Immutable.
public final class Meanings {
  private final CompiledModel model;
  private final Map<String, String> rows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final LeafMeanings leaves;

  /// @throws IllegalArgumentException for a model that has not passed its checks
  public Meanings(SemanticModel model) {
    this.model = new CompiledModel(model, List.of());
    for (Dataset dataset : model.datasets()) {
      rows.put(dataset.name(), Fingerprint.of(source(dataset)));
    }
    this.leaves = new LeafMeanings(this.model, this);
  }

  /// The rows of a dataset: its table, or its query.
  public String rows(Dataset dataset) {
    String text = rows.get(dataset.name());
    if (text == null) {
      throw new IllegalArgumentException("Invalid dataset: " + dataset.name());
    }
    return text;
  }

  private String source(Dataset dataset) {
    return switch (dataset.source()) {
      case Dataset.Source.Table(String namespace, String name) ->
          "table %s.%s".formatted(namespace, name).toLowerCase(Locale.ROOT);
      case Dataset.Source.Query _ -> "query " + NormalForm.of(model.query(dataset).orElseThrow());
    };
  }

  /// A field, over the columns of its dataset.
  public String field(Dataset dataset, Field field) {
    return NormalForm.of(model.expression(dataset, field));
  }

  /// A relationship: which rows it brings together, not what it exposes.
  public String relationship(Relationship relationship) {
    return "%s(%s)>%s(%s)"
        .formatted(
            rows(dataset(relationship.from())),
            columns(relationship.fromColumns()),
            rows(dataset(relationship.to())),
            columns(relationship.toColumns()));
  }

  private static String columns(List<String> columns) {
    return String.join(",", columns).toLowerCase(Locale.ROOT);
  }

  /// The dimensions that questions about a dataset may name, each with what it means; of a name
  /// that several paths lead to all meanings.
  public Map<String, List<String>> dimensions(Dataset dataset) {
    var meanings = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    model
        .graph()
        .dimensions(dataset)
        .forEach((name, paths) -> meanings.put(name, paths.stream().map(this::of).toList()));
    return meanings;
  }

  /// What a dimension's name means in questions about a dataset, with or without a grain or a path;
  /// empty where it means nothing there.
  public Optional<String> dimension(Dataset fact, String name) {
    List<FieldPath> whole = model.candidates(fact, name);
    int dot = name.lastIndexOf('.');
    if (whole.isEmpty() && dot > 0 && Grain.find(name.substring(dot + 1)).isPresent()) {
      return dimension(fact, name.substring(0, dot))
          .map(found -> found + name.substring(dot).toLowerCase(Locale.ROOT));
    }
    return whole.isEmpty()
        ? Optional.empty()
        : Optional.of(whole.stream().map(this::of).sorted().collect(Collectors.joining(" or ")));
  }

  /// The datasets whose rows a metric aggregates.
  ///
  /// @param metric one of this model
  public List<Dataset> facts(Metric metric) {
    return model.part(metric.name()).facts();
  }

  /// A metric with all that it is made of: other metrics, fields, joins, the rows of its datasets.
  ///
  /// @param metric one of this model
  public String metric(Metric metric) {
    return of(model.part(metric.name()));
  }

  /// What the entity is shown by in the evidence of a metric, where that is a name; else empty.
  ///
  /// @param metric one of this model
  public String evidence(Metric metric) {
    return metric instanceof Metric.Sequence sequence && sequence.hasEvidence()
        ? Entities.label(model, facts(metric).getFirst(), sequence).map(this::of).orElse("")
        : "";
  }

  String of(CompiledMetric metric) {
    SqlNode above =
        metric
            .above()
            .accept(
                new SqlShuttle() {
                  @Override
                  public SqlNode visit(SqlIdentifier name) {
                    Leaf leaf = metric.leaves().get(name.toString());
                    return leaf == null
                        ? name
                        : new SqlIdentifier(Fingerprint.of(leaves.of(leaf)), SqlParserPos.ZERO);
                  }
                });
    return Fingerprint.of(above == null ? "" : NormalForm.of(above));
  }

  String of(FieldPath path) {
    return "%s[%s].(%s)"
        .formatted(path(path.path()), rows(path.dataset()), field(path.dataset(), path.field()));
  }

  String path(List<Relationship> path) {
    return path.stream().map(this::relationship).collect(Collectors.joining(">"));
  }

  private Dataset dataset(String name) {
    return model
        .model()
        .findDataset(name)
        .orElseThrow(() -> new IllegalArgumentException("Invalid dataset: " + name));
  }
}

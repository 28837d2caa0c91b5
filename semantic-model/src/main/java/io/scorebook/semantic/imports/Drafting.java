package io.scorebook.semantic.imports;

import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.semantic.check.ModelCheck;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.OssieReader;
import io.scorebook.semantic.model.OssieWriter;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.SourceTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts a model together of which each part knows where it came from, and leaves out what the
/// checks refuse, with their reason.
final class Drafting {
  private final String name;
  private final Fidelity fidelity;
  private final List<Dataset> datasets = new ArrayList<>();
  private final List<Relationship> relationships = new ArrayList<>();
  private final List<Metric> metrics = new ArrayList<>();
  private final Set<String> conformed = new LinkedHashSet<>();

  Drafting(String name, Fidelity fidelity) {
    this.name = name;
    this.fidelity = fidelity;
  }

  void add(Dataset dataset) {
    datasets.add(dataset);
  }

  void add(Relationship relationship) {
    relationships.add(relationship);
  }

  void add(Metric metric) {
    metrics.add(metric);
  }

  void conform(String dimension) {
    conformed.add(dimension);
  }

  List<Dataset> datasets() {
    return datasets;
  }

  boolean hasMetric(String name) {
    return metrics.stream().anyMatch(metric -> metric.name().equalsIgnoreCase(name));
  }

  Draft finish(ColumnTypes types, Map<String, List<String>> primaryKeys, String from) {
    relationships.forEach(relationship -> unify(relationship, types));
    List<Draft.Table> tables = types.tables(primaryKeys);
    List<SourceTable> sources = tables.stream().map(this::source).toList();
    SemanticModel model = model(from);
    while (!model.datasets().isEmpty()) {
      var findings = new Findings();
      ModelCheck.check(model, sources, findings);
      List<Finding> errors = findings.toList().stream().filter(Finding::isError).toList();
      if (errors.isEmpty() || errors.stream().noneMatch(this::leaveOut)) {
        break;
      }
      model = model(from);
    }
    for (Draft.Table table : tables) {
      for (Draft.Column column : table.columns()) {
        if (column.isAssumed()) {
          fidelity.partial(
              "column",
              table.name() + "." + column.name(),
              placeOf(table.name(), from),
              "its type is not given; %s is assumed, mend it in schemas/%s.avsc"
                  .formatted(column.type().word(), table.name()));
        }
      }
    }
    return new Draft(reread(model), tables, fidelity);
  }

  private void unify(Relationship relationship, ColumnTypes types) {
    String from = table(relationship.from());
    String to = table(relationship.to());
    for (int i = 0; i < relationship.fromColumns().size(); i++) {
      types.unify(
          from, relationship.fromColumns().get(i), to, relationship.toColumns().get(i));
    }
  }

  private String table(String dataset) {
    return datasets.stream()
        .filter(found -> found.name().equalsIgnoreCase(dataset))
        .map(found ->
            found.source() instanceof Dataset.Source.Table(var _, String table) ? table : dataset)
        .findFirst()
        .orElse(dataset);
  }

  /// The model as its document says it, with the document's hash.
  private static SemanticModel reread(SemanticModel model) {
    return OssieReader.parse("model.yaml", OssieWriter.write(model), new Findings()).orElse(model);
  }

  private Location placeOf(String table, String from) {
    return datasets.stream()
        .filter(dataset ->
            dataset.source() instanceof Dataset.Source.Table(var _, String source)
                && source.equalsIgnoreCase(table))
        .map(Dataset::location)
        .findFirst()
        .orElse(Location.of(from));
  }

  private SemanticModel model(String from) {
    Location at = Location.of(from);
    return new SemanticModel(
        name,
        "1.0.0",
        "",
        java.util.Optional.of("Imported from " + from),
        datasets,
        relationships,
        metrics,
        conformed,
        Map.of(),
        at,
        at);
  }

  private SourceTable source(Draft.Table table) {
    return new SourceTable(
        name,
        table.name(),
        table.columns().stream()
            .map(column ->
                new SourceTable.Column(
                    column.name(),
                    type(column.type()),
                    contains(table.primaryKey(), column.name())))
            .toList());
  }

  private static boolean contains(Collection<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static SourceTable.Type type(Draft.Type type) {
    return switch (type) {
      case STRING -> SourceTable.Type.Simple.STRING;
      case LONG -> SourceTable.Type.Simple.LONG;
      case DOUBLE -> SourceTable.Type.Simple.DOUBLE;
      case DECIMAL -> new SourceTable.Type.Decimal(18, 4);
      case BOOLEAN -> SourceTable.Type.Simple.BOOLEAN;
      case DATE -> SourceTable.Type.Simple.DATE;
      case TIMESTAMP -> SourceTable.Type.Simple.TIMESTAMP;
    };
  }

  /// Leaves out what a finding is about; false where nothing is at its place.
  private boolean leaveOut(Finding finding) {
    Location at = finding.location();
    boolean found = false;
    for (Metric metric : List.copyOf(metrics)) {
      if (isAt(metric.location(), at)) {
        metrics.remove(metric);
        fidelity.unsupported("metric", metric.name(), metric.location(), finding.message());
        found = true;
      }
    }
    for (Relationship relationship : List.copyOf(relationships)) {
      if (isAt(relationship.location(), at)) {
        relationships.remove(relationship);
        fidelity.unsupported(
            "join", relationship.name(), relationship.location(), finding.message());
        found = true;
      }
    }
    for (int i = 0; i < datasets.size() && !found; i++) {
      Dataset dataset = datasets.get(i);
      List<Field> kept =
          dataset.fields().stream().filter(field -> !isAt(field.location(), at)).toList();
      if (kept.size() < dataset.fields().size()) {
        dataset.fields().stream()
            .filter(field -> !kept.contains(field))
            .forEach(field ->
                fidelity.unsupported("field", field.name(), field.location(), finding.message()));
        datasets.set(i, withFields(dataset, kept));
        found = true;
      } else if (isAt(dataset.location(), at)) {
        fidelity.unsupported("model", dataset.name(), dataset.location(), finding.message());
        datasets.remove(i);
        found = true;
      }
    }
    return found;
  }

  private static boolean isAt(Location one, Location other) {
    return one.file().equals(other.file()) && one.line() == other.line();
  }

  private static Dataset withFields(Dataset dataset, List<Field> fields) {
    return new Dataset(
        dataset.name(),
        dataset.source(),
        dataset.primaryKey(),
        dataset.uniqueKeys(),
        fields,
        dataset.description(),
        dataset.synonyms(),
        dataset.location());
  }
}

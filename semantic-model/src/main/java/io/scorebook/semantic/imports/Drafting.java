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
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
    leaveOutNames();
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

  /// The model as its document says it, with the document's hash.
  private SemanticModel reread(SemanticModel model) {
    var findings = new Findings();
    Optional<SemanticModel> read =
        OssieReader.parse("model.yaml", OssieWriter.write(model), findings);
    findings.toList().stream()
        .filter(Finding::isError)
        .filter(_ -> !model.datasets().isEmpty())
        .forEach(
            finding -> fidelity.unsupported("model", name, finding.location(), finding.message()));
    return read.orElse(model);
  }

  private void unify(Relationship relationship, ColumnTypes types) {
    String from = table(relationship.from());
    String to = table(relationship.to());
    for (int i = 0; i < relationship.fromColumns().size(); i++) {
      types.unify(from, relationship.fromColumns().get(i), to, relationship.toColumns().get(i));
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

  /// Names that cannot be written in SQL without quotes.
  private void leaveOutNames() {
    metrics.removeIf(metric -> isInvalid("metric", metric.name(), metric.location()));
    datasets.removeIf(dataset -> isInvalid("model", dataset.name(), dataset.location()));
    datasets.replaceAll(dataset ->
        withFields(
            dataset,
            dataset.fields().stream()
                .filter(field -> !isInvalid("field", field.name(), field.location()))
                .toList()));
  }

  private boolean isInvalid(String construct, String of, Location at) {
    boolean isInvalid = !of.matches("[A-Za-z_][A-Za-z0-9_]{0,127}");
    if (isInvalid) {
      fidelity.unsupported(
          construct, of, at, "a name here has letters, digits and _, and no digit first");
    }
    return isInvalid;
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
        Optional.of("Imported from " + from),
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

  /// Leaves out what a finding is about: what stands at its place, else on its line, else what
  /// begins last before it. False where there is nothing.
  private boolean leaveOut(Finding finding) {
    Location at = finding.location();
    List<Location> places =
        Stream.of(
                metrics.stream().map(Metric::location),
                relationships.stream().map(Relationship::location),
                datasets.stream().map(Dataset::location),
                datasets.stream().flatMap(d -> d.fields().stream()).map(Field::location))
            .flatMap(place -> place)
            .filter(place -> place.file().equals(at.file()))
            .filter(place ->
                place.line() < at.line()
                    || place.line() == at.line() && place.column() <= at.column())
            .toList();
    return places.stream()
        .max(Comparator.comparing(Location::line).thenComparing(Location::column))
        .map(place -> leaveOut(place, finding.message()))
        .orElse(false);
  }

  private boolean leaveOut(Location at, String reason) {
    boolean found = false;
    for (Metric metric : List.copyOf(metrics)) {
      if (metric.location().equals(at)) {
        metrics.remove(metric);
        fidelity.unsupported("metric", metric.name(), metric.location(), reason);
        found = true;
      }
    }
    for (Relationship relationship : List.copyOf(relationships)) {
      if (relationship.location().equals(at)) {
        relationships.remove(relationship);
        fidelity.unsupported("join", relationship.name(), relationship.location(), reason);
        found = true;
      }
    }
    for (Dataset dataset : List.copyOf(datasets)) {
      List<Field> kept =
          dataset.fields().stream().filter(field -> !field.location().equals(at)).toList();
      if (!found && dataset.location().equals(at)) {
        datasets.remove(dataset);
        fidelity.unsupported("model", dataset.name(), dataset.location(), reason);
        found = true;
      } else if (!found && kept.size() < dataset.fields().size()) {
        dataset.fields().stream()
            .filter(field -> field.location().equals(at))
            .forEach(
                field -> fidelity.unsupported("field", field.name(), field.location(), reason));
        datasets.set(datasets.indexOf(dataset), withFields(dataset, kept));
        found = true;
      }
    }
    return found;
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

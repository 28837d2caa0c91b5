package io.scorebook.semantic.plan;

import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.expression.RowWindows;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.model.SemanticModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.tools.Frameworks;

/// A model with everything parsed that does not depend on a question. Immutable.
final class CompiledModel {
  private final SemanticModel model;
  private final Visibility visibility;
  private final JoinGraph graph;
  private final SchemaPlus sources;
  private final SchemaPlus doubted;
  private final Map<String, CompiledMetric> metrics;
  private final Map<String, SqlNode> queries = new HashMap<>();
  private final Map<String, SqlNode> fields = new HashMap<>();
  private final Map<String, Map<String, SqlNode>> windowed = new HashMap<>();

  /// Of which everything may be named.
  CompiledModel(SemanticModel model, Collection<SourceTable> tables) {
    this(model, tables, Visibility.all(model), Map.of());
  }

  /// @param sizes of the groups that metrics are not told of, by the metrics' names
  CompiledModel(
      SemanticModel model,
      Collection<SourceTable> tables,
      Visibility visibility,
      Map<String, GroupSize> sizes) {
    this.model = model;
    this.visibility = visibility;
    this.graph = new JoinGraph(model, visibility);
    this.sources = Frameworks.createRootSchema(false);
    StoredTable.addAll(sources, tables);
    this.doubted = Frameworks.createRootSchema(false);
    StoredTable.addAll(doubted, tables.stream().map(SourceTable::withoutRequired).toList());
    this.metrics = MetricCompiler.compile(model, graph, new GroupSizes(sizes));
    for (Dataset dataset : model.datasets()) {
      if (dataset.source() instanceof Dataset.Source.Query(String sql, _)) {
        queries.put(dataset.name(), parse("dataset '" + dataset.name() + "'", sql, true));
      }
      for (Field field : dataset.fields()) {
        addField(dataset, field);
      }
    }
  }

  private void addField(Dataset dataset, Field field) {
    String what = "field '" + key(dataset, field) + "'";
    SqlNode expression = parse(what, field.expression(), false);
    if (RowWindows.in(expression)) {
      try {
        expression = RowWindows.total(expression, dataset.primaryKey());
      } catch (SqlParseException e) {
        throw new IllegalArgumentException("Invalid %s: %s".formatted(what, e.getMessage()), e);
      }
      windowed
          .computeIfAbsent(dataset.name(), _ -> new LinkedHashMap<>())
          .put(windowColumn(field), expression);
    }
    fields.put(key(dataset, field), expression);
  }

  private static SqlNode parse(String what, String sql, boolean isQuery) {
    try {
      return isQuery ? Sql.parseStatement(sql) : Sql.parseExpression(sql);
    } catch (SqlParseException e) {
      throw new IllegalArgumentException("Invalid %s: %s".formatted(what, e.getMessage()), e);
    }
  }

  SemanticModel model() {
    return model;
  }

  JoinGraph graph() {
    return graph;
  }

  /// The catalog's tables, for sources only: callers do not see them.
  SchemaPlus sources() {
    return sources;
  }

  /// The same tables, for what looks into them: none of their columns is taken to be never NULL.
  SchemaPlus doubted() {
    return doubted;
  }

  /// The metrics that may be named, with their evidence and targets.
  Collection<CompiledMetric> metrics() {
    return metrics.values().stream().filter(this::isVisible).toList();
  }

  Optional<CompiledMetric> findMetric(String name) {
    return Optional.ofNullable(metrics.get(name.toLowerCase(Locale.ROOT))).filter(this::isVisible);
  }

  private boolean isVisible(CompiledMetric metric) {
    return visibility.hasMetric(metric.stated());
  }

  /// A metric that another is made of: it need not be one that may be named.
  CompiledMetric part(String name) {
    CompiledMetric metric = metrics.get(name.toLowerCase(Locale.ROOT));
    if (metric == null) {
      throw new IllegalArgumentException("Invalid metric: " + name);
    }
    return metric;
  }

  Visibility visibility() {
    return visibility;
  }

  /// @throws Refusal where there is no such metric
  CompiledMetric metric(String name) {
    return findMetric(name)
        .orElseThrow(() ->
            new Refusal(
                Issue.Code.UNKNOWN_METRIC,
                name,
                "Cannot find metric '%s'; %s"
                    .formatted(name, Suggestions.clause(name, metricNames())),
                Suggestions.similar(name, metricNames())));
  }

  List<String> metricNames() {
    return metrics().stream()
        .filter(metric -> metric.role() == Plan.Role.METRIC)
        .map(CompiledMetric::name)
        .toList();
  }

  /// The query of a dataset's source; empty where the source is a table.
  Optional<SqlNode> query(Dataset dataset) {
    return Optional.ofNullable(queries.get(dataset.name()));
  }

  /// The expression of a field, over the columns of its dataset's source.
  SqlNode expression(Dataset dataset, Field field) {
    SqlNode expression = fields.get(key(dataset, field));
    if (expression == null) {
      throw new IllegalArgumentException("Invalid field: " + key(dataset, field));
    }
    return expression;
  }

  /// The fields of a dataset that are computed over windows of all its rows, by [#windowColumn].
  Map<String, SqlNode> windowed(Dataset dataset) {
    return windowed.getOrDefault(dataset.name(), Map.of());
  }

  /// What such a field is called beside the columns of the source.
  static String windowColumn(Field field) {
    return "over " + field.name();
  }

  private static String key(Dataset dataset, Field field) {
    return dataset.name() + "." + field.name();
  }

  /// The field that a dimension's name means for a fact, written `name`, `dataset.name`, or with
  /// the path to it, `relationship.name`; also one that only metrics know.
  ///
  /// @throws Refusal where it is not reached, or by more than one path
  FieldPath dimension(Dataset fact, String name) {
    return only(fact, name, candidates(fact, name));
  }

  /// The same, for a name that a question writes.
  ///
  /// @throws Refusal where it is not reached, or by more than one path
  FieldPath askedDimension(Dataset fact, String name) {
    return only(fact, name, askedCandidates(fact, name));
  }

  private FieldPath only(Dataset fact, String name, List<FieldPath> candidates) {
    if (candidates.size() > 1) {
      throw new Refusal(
          Issue.Code.AMBIGUOUS_PATH,
          name,
          "Cannot choose a join path from '%s' to '%s': %s all reach it; write one of %s"
              .formatted(
                  fact.name(),
                  name,
                  candidates,
                  candidates.stream().map(FieldPath::written).collect(Collectors.joining(", "))),
          candidates.stream().map(FieldPath::written).toList());
    }
    if (candidates.isEmpty()) {
      throw unknownDimension(fact, name, graph.dimensions(fact).keySet());
    }
    return candidates.getFirst();
  }

  /// All that a name in a question may mean for a fact; nothing where a part of it is hidden.
  List<FieldPath> askedCandidates(Dataset fact, String name) {
    List<FieldPath> candidates = candidates(fact, name);
    return candidates.stream().allMatch(visibility::has) ? candidates : List.of();
  }

  /// All that a dimension's name may mean for a fact; just one where it is clear.
  List<FieldPath> candidates(Dataset fact, String name) {
    List<FieldPath> candidates = graph.allDimensions(fact).getOrDefault(name, List.of());
    int dot = name.indexOf('.');
    if (candidates.isEmpty() && dot > 0) {
      candidates = qualified(fact, name.substring(0, dot), name.substring(dot + 1));
    }
    if (candidates.isEmpty() && dot > 0) {
      candidates = along(fact, List.of(), List.of(name.split("\\.", -1)));
    }
    return candidates;
  }

  /// @throws Refusal where no dataset has a dimension of that name, with or without a grain
  void checkDimension(String name) {
    int dot = name.lastIndexOf('.');
    String plain =
        dot > 0 && Grain.find(name.substring(dot + 1)).isPresent() ? name.substring(0, dot) : name;
    boolean known =
        model.datasets().stream()
            .anyMatch(dataset ->
                !askedCandidates(dataset, plain).isEmpty()
                    || !askedCandidates(dataset, name).isEmpty());
    if (!known) {
      List<String> names =
          model.datasets().stream()
              .flatMap(dataset -> graph.dimensions(dataset).keySet().stream())
              .distinct()
              .toList();
      throw unknownDimension(plain, names);
    }
  }

  private List<FieldPath> qualified(Dataset fact, String dataset, String field) {
    var found = new ArrayList<FieldPath>();
    model
        .findDataset(dataset)
        .ifPresent(target ->
            target
                .findField(field)
                .filter(Field::isDimension)
                .ifPresent(f ->
                    graph
                        .paths(fact, target)
                        .forEach(path -> found.add(new FieldPath(path, target, f)))));
    return found;
  }

  /// What is seen at the end of a path of relationships, all but the last of the names.
  private List<FieldPath> along(Dataset from, List<Relationship> path, List<String> names) {
    String name = names.getFirst();
    if (names.size() == 1) {
      return path.isEmpty()
          ? List.of()
          : graph.allDimensions(from).getOrDefault(name, List.of()).stream()
              .map(end -> path.reversed().stream().reduce(end, FieldPath::behind, (a, _) -> a))
              .toList();
    }
    return model.relationships().stream()
        .filter(r -> r.name().equalsIgnoreCase(name) && r.from().equalsIgnoreCase(from.name()))
        .findFirst()
        .flatMap(r ->
            model
                .findDataset(r.to())
                .map(to -> {
                  var longer = new ArrayList<>(path);
                  longer.add(r);
                  return along(to, longer, names.subList(1, names.size()));
                }))
        .orElse(List.of());
  }

  private Refusal unknownDimension(Dataset fact, String name, Collection<String> reached) {
    boolean elsewhere =
        model.datasets().stream()
            .anyMatch(
                dataset -> !graph.dimensions(dataset).getOrDefault(name, List.of()).isEmpty());
    return elsewhere
        ? new Refusal(
            Issue.Code.NOT_GROUPABLE,
            name,
            "Cannot use '%s' for metrics on '%s': no many-to-one path leads there; there is %s"
                .formatted(name, fact.name(), String.join(", ", new TreeSet<>(reached))),
            List.of())
        : unknownDimension(name, reached);
  }

  private static Refusal unknownDimension(String name, Collection<String> known) {
    return new Refusal(
        Issue.Code.UNKNOWN_DIMENSION,
        name,
        "Cannot find dimension '%s'; %s".formatted(name, Suggestions.clause(name, known)),
        Suggestions.similar(name, known));
  }

  /// The field or source column that `dataset.field` means inside an aggregate over `fact`.
  FieldReference reference(Dataset fact, SqlIdentifier identifier) {
    Dataset target =
        model
            .findDataset(identifier.names.getFirst())
            .orElseThrow(() -> new IllegalArgumentException("Invalid reference: " + identifier));
    var paths = graph.paths(fact, target);
    if (paths.size() != 1) {
      throw new IllegalArgumentException("Invalid reference: " + identifier);
    }
    return new FieldReference(paths.getFirst(), target, identifier.names.getLast());
  }
}

package io.scorebook.semantic.check;

import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.SemanticModel;
import io.scorebook.semantic.plan.CountedRows;
import io.scorebook.semantic.plan.SourceTable;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// A model under check, with what several rules want to know of it.
final class Subject {
  private final SemanticModel model;
  private final Reach reach;
  private final Optional<SourceColumns> sources;
  private final Map<Object, Parsed> parsed = new IdentityHashMap<>();
  private final Map<Metric, MetricShape> shapes = new IdentityHashMap<>();

  Subject(SemanticModel model, Optional<Collection<SourceTable>> tables) {
    this.model = model;
    this.reach = new Reach(model);
    this.sources = tables.map(SourceColumns::new);
  }

  SemanticModel model() {
    return model;
  }

  Reach reach() {
    return reach;
  }

  /// The catalog's side; empty where the model is checked by itself.
  Optional<SourceColumns> sources() {
    return sources;
  }

  Parsed parse(Field field) {
    return parsed.computeIfAbsent(
        field, _ -> Parsed.expression(field.expression(), field.expressionAt()));
  }

  Parsed parse(Metric metric) {
    return parsed.computeIfAbsent(
        metric, _ -> Parsed.expression(metric.expression(), metric.expressionAt()));
  }

  /// The query of a dataset's source; absent where the source is a table.
  Parsed parse(Dataset dataset) {
    return parsed.computeIfAbsent(
        dataset,
        _ ->
            switch (dataset.source()) {
              case Dataset.Source.Query query -> Parsed.query(query.sql(), query.location());
              case Dataset.Source.Table _ -> new Parsed.Absent();
            });
  }

  /// What may stand in FROM for the rows of a dataset's source; empty where it does not parse.
  Optional<SqlNode> rows(Dataset dataset) {
    return switch (dataset.source()) {
      case Dataset.Source.Query _ -> parse(dataset).tree();
      case Dataset.Source.Table(String namespace, String name) ->
          Optional.of(new SqlIdentifier(List.of(namespace, name), SqlParserPos.ZERO));
    };
  }

  /// The columns of a dataset's source, where they are known.
  Optional<RelDataType> columns(Dataset dataset) {
    return sources.flatMap(known -> known.row(dataset, parse(dataset)));
  }

  /// Whether the dataset has the column or field; empty where its columns are not known and it has
  /// no such field.
  Optional<Boolean> has(Dataset dataset, String name) {
    if (dataset.findField(name).isPresent()) {
      return Optional.of(true);
    }
    return columns(dataset).map(row -> row.getField(name, false, false) != null);
  }

  /// The names of a dataset's fields and, where they are known, of its source's columns.
  Set<String> names(Dataset dataset) {
    Set<String> names = new LinkedHashSet<>();
    dataset.fields().forEach(field -> names.add(field.name()));
    columns(dataset).ifPresent(row -> names.addAll(row.getFieldNames()));
    return names;
  }

  /// A metric's aggregates and names; empty where it has none to look at.
  Optional<MetricShape> shape(Metric metric) {
    return parse(metric)
        .tree()
        .map(tree -> shapes.computeIfAbsent(metric, _ -> MetricShape.of(tree)));
  }

  /// The dataset that `dataset.field` names.
  Optional<Dataset> datasetOf(String reference) {
    int dot = reference.indexOf('.');
    return dot < 1 ? Optional.empty() : model.findDataset(reference.substring(0, dot));
  }

  /// The datasets whose rows a metric aggregates, its own and those of the metrics that it is made
  /// of.
  Set<Dataset> facts(Metric metric) {
    Set<Dataset> facts = new LinkedHashSet<>();
    collectFacts(metric, facts, new LinkedHashSet<>());
    return facts;
  }

  private void collectFacts(Metric metric, Set<Dataset> facts, Set<Metric> seen) {
    if (!seen.add(metric)) {
      return;
    }
    switch (metric) {
      case Metric.Streak streak -> entityDataset(streak).ifPresent(facts::add);
      case Metric.Window window -> entityDataset(window).ifPresent(facts::add);
      case Metric.Conversion conversion -> entityDataset(conversion).ifPresent(facts::add);
      case Metric.Expression _,
          Metric.Cumulative _,
          Metric.Rolling _,
          Metric.Prior _,
          Metric.SemiAdditive _,
          Metric.Fixed _,
          Metric.Nested _,
          Metric.Rank _ ->
          shape(metric)
              .ifPresent(shape -> {
                facts.addAll(leading(metric, shape));
                shape.names().stream()
                    .flatMap(name -> model.findMetric(name.toString()).stream())
                    .forEach(other -> collectFacts(other, facts, seen));
              });
    }
  }

  /// The facts of the aggregates that stand in one expression, without those that another of them
  /// leads to.
  private List<Dataset> leading(Metric metric, MetricShape shape) {
    List<Dataset> own =
        shape.aggregates().stream()
            .flatMap(aggregate -> factOf(metric, aggregate).stream())
            .distinct()
            .toList();
    return own.stream()
        .filter(fact ->
            own.stream()
                .filter(other -> !other.equals(fact))
                .noneMatch(other -> reach.paths(other, fact).size() == 1))
        .toList();
  }

  /// The dataset whose rows a metric puts in order: that of its first entity field.
  Optional<Dataset> entityDataset(Metric.OfEntity metric) {
    return metric.entity().stream().findFirst().flatMap(this::datasetOf);
  }

  /// The dataset whose rows an aggregate of a metric is over; empty where it is not clear.
  Optional<Dataset> factOf(Metric metric, MetricShape.Aggregate aggregate) {
    if (!aggregate.references().isEmpty()) {
      return factOf(aggregate.references());
    }
    List<Dataset> counted = countedRows(metric);
    return counted.size() == 1 ? Optional.of(counted.getFirst()) : Optional.empty();
  }

  /// The datasets that an aggregate of no field, such as `COUNT(*)`, may count the rows of.
  List<Dataset> countedRows(Metric metric) {
    return CountedRows.candidates(model, metric, (from, to) -> reach.paths(from, to).size() == 1);
  }

  /// The one dataset from which all those of an aggregate are reached by one path each.
  Optional<Dataset> factOf(List<MetricShape.Reference> references) {
    List<Dataset> datasets =
        references.stream()
            .flatMap(reference -> model.findDataset(reference.dataset()).stream())
            .distinct()
            .toList();
    List<Dataset> facts =
        datasets.stream()
            .filter(from -> datasets.stream().allMatch(to -> reach.paths(from, to).size() == 1))
            .toList();
    return facts.size() == 1 ? Optional.of(facts.getFirst()) : Optional.empty();
  }
}

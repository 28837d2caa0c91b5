package io.scorebook.semantic.plan;

import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.claim.Declared;
import io.scorebook.semantic.claim.Subject.OfDataset;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What a model says of its data: keys, relationships, orders, and that no join changes a metric.
final class ModelClaims {
  private final CompiledModel model;
  private final Map<String, Claim> claims = new LinkedHashMap<>();
  private final Map<String, Claim> references = new LinkedHashMap<>();

  ModelClaims(CompiledModel model) {
    this.model = model;
    model.model().datasets().forEach(this::addKeys);
    model.model().relationships().forEach(this::addRelationship);
    model.model().datasets().forEach(this::addOrders);
    model.model().datasets().forEach(this::addJoins);
  }

  List<Claim> all() {
    return List.copyOf(claims.values());
  }

  Claim of(AssumedKey key) {
    Claim claim =
        switch (key.use()) {
          case JOIN ->
              new Claim.Unique(
                  new OfDataset(key.dataset()), key.columns(), primaryKey(dataset(key.dataset())));
          case ORDER -> keyOrder(dataset(key.dataset()));
        };
    return claims.getOrDefault(claim.id(), claim);
  }

  /// That the reference of a relationship holds.
  Claim ofRelationship(String name) {
    return Objects.requireNonNull(references.get(name), name);
  }

  private Dataset dataset(String name) {
    return Plans.dataset(model, name);
  }

  /// Of the same claim the first stands: the nearest declaration.
  private void add(Claim claim) {
    claims.putIfAbsent(claim.id(), claim);
  }

  private static Declared primaryKey(Dataset dataset) {
    return new Declared("the primary key of '%s'".formatted(dataset.name()), dataset.location());
  }

  private void addKeys(Dataset dataset) {
    var of = new OfDataset(dataset.name());
    if (!dataset.primaryKey().isEmpty()) {
      Declared declared = primaryKey(dataset);
      add(new Claim.Unique(of, dataset.primaryKey(), declared));
      add(new Claim.NotNull(of, dataset.primaryKey(), dataset.primaryKey(), declared));
    }
    for (List<String> key : dataset.uniqueKeys()) {
      add(
          new Claim.Unique(
              of,
              key,
              new Declared("a unique key of '%s'".formatted(dataset.name()), dataset.location())));
    }
  }

  private void addRelationship(Relationship relationship) {
    var declared =
        new Declared(
            "the relationship '%s'".formatted(relationship.name()), relationship.location());
    var to = new OfDataset(relationship.to());
    add(new Claim.Unique(to, relationship.toColumns(), declared));
    var refers =
        new Claim.Refers(
            new OfDataset(relationship.from()),
            relationship.fromColumns(),
            to,
            relationship.toColumns(),
            declared);
    add(refers);
    references.put(relationship.name(), refers);
  }

  /// What puts rows of a dataset in order, and the metrics that are computed in that order.
  private void addOrders(Dataset dataset) {
    var metrics = new LinkedHashMap<List<String>, List<CompiledMetric>>();
    for (CompiledMetric metric : stated()) {
      metric
          .computed()
          .flatMap(leaf -> orders(leaf, dataset))
          .distinct()
          .forEach(order -> metrics.computeIfAbsent(order, _ -> new ArrayList<>()).add(metric));
    }
    boolean isOrdered = !metrics.isEmpty() || !model.windowed(dataset).isEmpty();
    if (isOrdered && !dataset.primaryKey().isEmpty()) {
      add(keyOrder(dataset));
    }
    metrics.forEach((order, of) ->
        add(
            new Claim.TotalOrder(
                new OfDataset(dataset.name()),
                order,
                of.stream().map(CompiledMetric::name).toList(),
                declared(of.getFirst()))));
  }

  private static Claim keyOrder(Dataset dataset) {
    return new Claim.TotalOrder(
        new OfDataset(dataset.name()),
        dataset.primaryKey().stream().map(key -> dataset.name() + "." + key).toList(),
        List.of(),
        primaryKey(dataset));
  }

  private Declared declared(CompiledMetric metric) {
    return new Declared(
        "the metric '%s'".formatted(metric.name()),
        model.model().findMetric(metric.name()).orElseThrow().location());
  }

  private Stream<List<String>> orders(Leaf leaf, Dataset dataset) {
    return switch (leaf) {
      case Leaf.Sequence(Dataset fact, var metric, _) ->
          order(fact, dataset, metric.entity(), metric.order());
      case Leaf.Conversion(Dataset fact, var metric, _, _, _) ->
          order(fact, dataset, metric.entity(), metric.order());
      case Leaf.LookBack(Leaf.Aggregate base, TimeFrame frame) when !frame.order().isEmpty() ->
          order(base.fact(), dataset, frame.entity(), frame.order());
      case Leaf.Earlier(Leaf base, _) -> orders(base, dataset);
      case Leaf.Regrained(Leaf base, _) -> orders(base, dataset);
      case Leaf.Nested(CompiledMetric inner, _) ->
          inner.computed().flatMap(base -> orders(base, dataset));
      case Leaf.LookBack _,
          Leaf.Aggregate _,
          Leaf.AdHoc _,
          Leaf.Reached _,
          Leaf.Last _,
          Leaf.Ranked _ ->
          Stream.empty();
    };
  }

  /// As the leaves put it together: the primary key ends the order.
  private static Stream<List<String>> order(
      Dataset fact, Dataset dataset, List<String> entity, List<String> order) {
    if (!fact.name().equals(dataset.name())) {
      return Stream.empty();
    }
    Stream<String> key = fact.primaryKey().stream().map(column -> fact.name() + "." + column);
    return Stream.of(
        Stream.of(entity.stream(), order.stream(), key)
            .flatMap(names -> names)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .toList());
  }

  private void addJoins(Dataset fact) {
    List<CompiledMetric> metrics =
        stated().stream()
            .filter(metric -> metric.facts().stream().anyMatch(of -> of.name().equals(fact.name())))
            .toList();
    if (metrics.isEmpty()) {
      return;
    }
    for (Dataset to : model.model().datasets()) {
      for (List<Relationship> path : model.graph().paths(fact, to)) {
        if (!path.isEmpty()) {
          add(
              new Claim.SameWithJoin(
                  new OfDataset(fact.name()),
                  path.stream().map(Relationship::name).toList(),
                  to.name(),
                  metrics.stream().map(CompiledMetric::name).toList(),
                  new Declared(
                      "the relationship '%s'".formatted(path.getLast().name()),
                      path.getLast().location())));
        }
      }
    }
  }

  /// The metrics as the model states them: without their evidence and targets.
  private List<CompiledMetric> stated() {
    return model.model().metrics().stream().map(metric -> model.part(metric.name())).toList();
  }
}

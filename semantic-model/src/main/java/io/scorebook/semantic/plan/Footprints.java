package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.lineage.Lineage;
import io.scorebook.semantic.lineage.LineageWalk;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.Relationship;
import io.scorebook.semantic.question.Question;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/// Which stored columns each thing of a model comes from, by whatever use: taken from the lineage
/// of plans, so that it knows what plans do and nothing else. Safe to share; each is found once,
/// when it is asked for.
public final class Footprints {
  private final CompiledModel model;
  private final Map<Object, Optional<Set<Stored>>> found = new ConcurrentHashMap<>();

  /// A column of a table of the catalog.
  ///
  /// @param table `namespace.table`
  public record Stored(String table, String column) {}

  private record OfField(String dataset, String field) {}

  Footprints(CompiledModel model) {
    this.model = model;
  }

  /// What makes the rows of a dataset be there; all are empty where it cannot be told.
  public Optional<Set<Stored>> dataset(Dataset dataset) {
    return find(dataset, () -> rows(dataset, List.of()));
  }

  /// What the values of a field come from, and the rows that have them.
  public Optional<Set<Stored>> field(Dataset dataset, Field field) {
    return find(
        new OfField(dataset.name(), field.name()),
        () -> {
          FactRows rows = FactRows.join(model, expressions(), dataset, List.of());
          RexNode value = rows.value(new FieldPath(List.of(), dataset, field));
          return columns(LineageWalk.of(rows.finish(List.of(value), List.of("v")), List.of("v")));
        });
  }

  /// What tells which rows belong together.
  public Optional<Set<Stored>> relationship(Relationship relationship) {
    return find(
        relationship,
        () -> rows(Plans.dataset(model, relationship.from()), List.of(List.of(relationship))));
  }

  /// What a metric comes from, whatever it is grouped by.
  public Optional<Set<Stored>> metric(Metric metric) {
    return find(metric.name(), () -> ofMetric(metric));
  }

  private Set<Stored> ofMetric(Metric metric) {
    CompiledMetric compiled = model.part(metric.name());
    List<String> dimensions =
        new Requirements(model)
            .of(compiled).stream()
                .filter(names -> !names.isEmpty())
                .map(List::getFirst)
                .distinct()
                .toList();
    Question question = Question.of(List.of(metric.name()), dimensions);
    if (metric instanceof Metric.Sequence sequence && sequence.hasEvidence()) {
      question = question.withEvidence(List.of(metric.name()));
    }
    return columns(Plans.of(model, question).lineage());
  }

  /// What a plan comes from.
  public static Set<Stored> of(Plan plan) {
    return columns(plan.lineage());
  }

  /// What the values of a key's columns come from, each by itself.
  public List<Set<Lineage.Edge>> key(Dataset dataset, List<String> columns) {
    Lineage lineage =
        LineageWalk.of(FactRows.keys(model, expressions(), dataset, columns), columns);
    return columns.stream()
        .map(column ->
            lineage.columns().getOrDefault(column, Set.of()).stream()
                .filter(edge -> edge.use().isValue())
                .collect(Collectors.toSet()))
        .toList();
  }

  /// By what the rows of a dataset's own query are joined.
  public Set<Stored> joins(Dataset dataset) {
    FactRows rows = FactRows.join(model, expressions(), dataset, List.of());
    return LineageWalk.of(rows.finish(List.of(rows.literal()), List.of("v")), List.of("v"))
        .rows()
        .stream()
        .filter(edge -> edge.use() == Lineage.Use.JOIN)
        .map(Footprints::stored)
        .collect(Collectors.toSet());
  }

  private Set<Stored> rows(Dataset dataset, List<List<Relationship>> paths) {
    FactRows rows = FactRows.join(model, expressions(), dataset, paths);
    RelNode rel = rows.finish(List.of(rows.literal()), List.of("v"));
    return columns(LineageWalk.of(rel, List.of("v")));
  }

  private Expressions expressions() {
    return AssumedKeys.planning(model);
  }

  private static Set<Stored> columns(Lineage lineage) {
    Set<Stored> stored =
        lineage.columns().values().stream()
            .flatMap(Set::stream)
            .map(Footprints::stored)
            .collect(Collectors.toCollection(HashSet::new));
    lineage.rows().forEach(edge -> stored.add(stored(edge)));
    return stored;
  }

  private static Stored stored(Lineage.Edge edge) {
    return new Stored(SourceTable.untagged(edge.table()), edge.column());
  }

  /// What cannot be planned by itself may come from anything.
  private Optional<Set<Stored>> find(Object what, Supplier<Set<Stored>> look) {
    Optional<Set<Stored>> known = found.get(what);
    if (known == null) {
      try {
        known = Optional.of(Set.copyOf(new LinkedHashSet<>(look.get())));
      } catch (Refusal | IllegalArgumentException _) {
        known = Optional.empty();
      }
      found.put(what, known);
    }
    return known;
  }
}

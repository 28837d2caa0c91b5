package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// The keys of a grouping set that the entity of a sequence determines: its own columns, and what a
/// relationship by just those columns leads to.
final class EntityKeys {
  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;
  private final Dataset fact;
  private final ImmutableBitSet set;
  private final List<String> entity;
  private final ImmutableBitSet determined;

  EntityKeys(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      Dataset fact,
      List<String> entity,
      ImmutableBitSet set) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
    this.fact = fact;
    this.set = set;
    this.entity =
        entity.stream()
            .map(name -> Entities.column(fact, name.substring(name.lastIndexOf('.') + 1)))
            .toList();
    this.determined = ImmutableBitSet.of(set.asList().stream().filter(this::isDetermined).toList());
  }

  boolean isEmpty() {
    return determined.isEmpty();
  }

  /// The other keys of the set.
  ImmutableBitSet others() {
    return set.except(determined);
  }

  private boolean isDetermined(int key) {
    ImmutableBitSet dimensions = RelOptUtil.InputFinder.bits(query.keys().get(key).value());
    return !dimensions.isEmpty()
        && dimensions.asList().stream().map(this::path).allMatch(this::isDetermined);
  }

  private FieldPath path(int dimension) {
    return model.dimension(fact, query.space().get(dimension).name());
  }

  private boolean isDetermined(FieldPath path) {
    Stream<String> needed =
        path.path().isEmpty()
            ? Stream.of(Entities.column(fact, path.field().name()))
            : path.path().getFirst().fromColumns().stream();
    return needed.allMatch(name -> entity.stream().anyMatch(name::equalsIgnoreCase));
  }

  /// From (other keys, entity, ...) to (all keys of the set, entity, ...).
  RelBuilder lookUp(RelBuilder ofEntities) {
    int others = others().cardinality();
    List<String> before = List.copyOf(ofEntities.peek().getRowType().getFieldNames());
    var names = new ArrayList<>(before);
    for (int i = 0; i < entity.size(); i++) {
      names.set(others + i, entity.get(i));
    }
    RelNode root = ofEntities.rename(names).build();
    Set<List<Relationship>> paths = new LinkedHashSet<>();
    for (int key : determined) {
      RelOptUtil.InputFinder.bits(query.keys().get(key).value())
          .forEachInt(dimension -> paths.add(path(dimension).path()));
    }
    FactRows joined = FactRows.joinTo(model, expressions, root, List.copyOf(paths));
    var output = new ArrayList<RexNode>();
    var outputNames = new ArrayList<String>();
    int at = 0;
    for (int key : set) {
      output.add(
          determined.get(key) ? value(joined, query.keys().get(key).value()) : joined.column(at++));
      outputNames.add("k" + key);
    }
    for (int i = others; i < names.size(); i++) {
      output.add(joined.column(i));
      // Not the entity's own names: a column may be called as a value beside it is.
      outputNames.add(before.get(i));
    }
    return expressions.relBuilder().push(joined.finish(output, outputNames));
  }

  private RexNode value(FactRows joined, RexNode key) {
    return key.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            FieldPath path = path(reference.getIndex());
            // A field of the entity is there as it is; only its column may be computed with.
            RexNode found =
                path.path().isEmpty()
                    ? joined.column(others().cardinality() + place(path))
                    : joined.value(path);
            return expressions
                .cluster()
                .getRexBuilder()
                .ensureType(reference.getType(), found, false);
          }
        });
  }

  private int place(FieldPath path) {
    String column = Entities.column(fact, path.field().name());
    return IntStream.range(0, entity.size())
        .filter(i -> entity.get(i).equalsIgnoreCase(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Invalid key of an entity: " + path));
  }
}

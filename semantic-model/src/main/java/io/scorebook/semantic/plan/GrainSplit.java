package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/// Which keys and filters of a question belong to the grain of a fixed metric.
final class GrainSplit {
  private final Expressions expressions;
  private final MetricQuery query;
  private final Metric.Fixed metric;

  /// Places in the query's space of the dimensions that the metric names.
  private final ImmutableBitSet named;

  GrainSplit(
      CompiledModel model,
      Expressions expressions,
      MetricQuery query,
      Dataset fact,
      Metric.Fixed metric) {
    this.expressions = expressions;
    this.query = query;
    this.metric = metric;
    List<FieldPath> paths =
        metric.dimensions().stream().map(name -> model.dimension(fact, name)).toList();
    var places = new ArrayList<Integer>();
    for (int i = 0; i < query.space().size(); i++) {
      if (paths.contains(model.dimension(fact, query.space().get(i).name()))) {
        places.add(i);
      }
    }
    this.named = ImmutableBitSet.of(places);
  }

  ImmutableBitSet keys(ImmutableBitSet set) {
    return ImmutableBitSet.of(
        set.asList().stream()
            .filter(key ->
                isWithin(
                    query.keys().get(key).value(),
                    "the key '%s'".formatted(query.keys().get(key).name())))
            .toList());
  }

  Optional<RexNode> filters() {
    List<RexNode> kept =
        query.before().stream()
            .flatMap(before -> RelOptUtil.conjunctions(before).stream())
            .filter(filter -> isWithin(filter, "a filter"))
            .toList();
    return Optional.ofNullable(
        RexUtil.composeConjunction(expressions.cluster().getRexBuilder(), kept, true));
  }

  private boolean isWithin(RexNode node, String what) {
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(node);
    boolean all = named.contains(used);
    boolean none = !named.intersects(used);
    if (!all && !none) {
      throw new Refusal(
          Issue.Code.NOT_GROUPABLE,
          metric.name(),
          "Cannot tell for '%s' whether %s belongs to its grain: it has dimensions of it and others in it; write them apart"
              .formatted(metric.name(), what),
          List.of());
    }
    return switch (metric.grain()) {
      case KEEP_ONLY -> all;
      case EXCLUDE -> none;
    };
  }
}

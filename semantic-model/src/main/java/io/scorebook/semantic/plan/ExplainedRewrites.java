package io.scorebook.semantic.plan;

import io.scorebook.semantic.explain.Explanation.Rewrite;
import io.scorebook.semantic.explain.Explanation.Rewrite.Kind;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.ImmutableBitSet;

/// What is done to answer a query that its asker did not write.
final class ExplainedRewrites {
  private final CompiledModel model;
  private final MetricQuery query;
  private final List<CompiledMetric> metrics;
  private final Function<ImmutableBitSet, List<String>> names;
  private final Set<Rewrite> rewrites = new LinkedHashSet<>();

  ExplainedRewrites(
      CompiledModel model,
      MetricQuery query,
      List<CompiledMetric> metrics,
      Function<ImmutableBitSet, List<String>> names) {
    this.model = model;
    this.query = query;
    this.metrics = metrics;
    this.names = names;
  }

  List<Rewrite> toList() {
    query.leaves().forEach(this::add);
    metrics.forEach(this::addRank);
    if (query.facts().size() > 1) {
      add(
          Kind.SEVERAL_FACTS,
          "the rows of %s are aggregated each for themselves, and meet by the keys afterwards: no row is multiplied by another's"
              .formatted(
                  query.facts().stream().map(Dataset::name).collect(Collectors.joining(" and "))));
      addEmptySide();
    }
    List<String> ratios =
        metrics.stream()
            .filter(metric -> divides(metric.above()))
            .map(CompiledMetric::name)
            .toList();
    if (!ratios.isEmpty()) {
      add(
          Kind.DIVISION,
          "%s: divided after aggregation; NULL where the divisor is 0"
              .formatted(String.join(", ", ratios)));
    }
    query
        .fill()
        .ifPresent(fill ->
            add(
                Kind.FILLED,
                "%s: every period from the first to the last is shown, also without rows"
                    .formatted(String.join(", ", fill.keys()))));
    return List.copyOf(rewrites);
  }

  private void add(Leaf leaf) {
    switch (leaf) {
      case Leaf.LookBack(_, TimeFrame frame) ->
          add(
              Kind.LOOK_BACK,
              "%s looks back: rows of %s before the shown periods are read too"
                  .formatted(frame.metric(), leaf.fact().name()));
      case Leaf.Earlier(Leaf base, var metric) -> {
        add(
            Kind.LOOK_BACK,
            "%s looks back: each group takes the value of %d %s before"
                .formatted(
                    metric.name(),
                    metric.periods(),
                    metric.periods() == 1 ? metric.unit() : metric.unit() + "s"));
        add(base);
      }
      case Leaf.Regrained(Leaf base, var metric) -> {
        add(
            Kind.FIXED_GRAIN,
            "%s is computed at its own grain (%s), and the value is given to each group within"
                .formatted(metric.name(), grain(leaf.fact(), metric)));
        add(base);
      }
      case Leaf.Nested(CompiledMetric inner, var metric) -> {
        add(
            Kind.FINER_GRAIN,
            "%s is computed for each %s first, then brought back to the groups by %s"
                .formatted(metric.name(), String.join(", ", metric.include()), metric.aggregate()));
        inner.computed().forEach(this::add);
      }
      case Leaf.Reached reached ->
          add(
              Kind.REACHED_ONCE,
              "%s: each row of %s that rows of %s lead to counts once, however many lead there"
                  .formatted(
                      reached.base().function().getName(),
                      reached.dataset().name(),
                      reached.fact().name()));
      case Leaf.Aggregate _,
          Leaf.AdHoc _,
          Leaf.Sequence _,
          Leaf.Conversion _,
          Leaf.Last _,
          Leaf.Ranked _ -> {}
    }
  }

  private String grain(Dataset fact, Metric.Fixed metric) {
    List<FieldPath> named =
        metric.dimensions().stream().map(name -> model.dimension(fact, name)).toList();
    boolean keeps = metric.grain() == Metric.Fixed.Grain.KEEP_ONLY;
    List<Integer> kept =
        java.util.stream.IntStream.range(0, query.keys().size())
            .filter(key ->
                org.apache.calcite.plan.RelOptUtil.InputFinder.bits(query.keys().get(key).value())
                        .asList()
                        .stream()
                        .allMatch(at ->
                            named.contains(model.dimension(fact, query.space().get(at).name())))
                    == keeps)
            .boxed()
            .toList();
    List<String> keys = names.apply(ImmutableBitSet.of(kept));
    return keys.isEmpty() ? "in total" : "by " + String.join(", ", keys);
  }

  private void addRank(CompiledMetric metric) {
    metric.leaves().values().stream()
        .filter(Leaf.Ranked.class::isInstance)
        .forEach(_ ->
            add(
                Kind.RANK,
                "%s ranks all groups that the filters on rows leave, before filters on metrics and the limit"
                    .formatted(metric.name())));
  }

  private void addEmptySide() {
    List<String> counts =
        metrics.stream()
            .filter(metric -> metric.leaves().values().stream().allMatch(Leaf::isCount))
            .filter(metric -> !divides(metric.above()))
            .map(CompiledMetric::name)
            .toList();
    if (!counts.isEmpty()) {
      add(
          Kind.EMPTY_SIDE,
          "a group that has rows on one side only: %s is 0 where its side has none, other metrics are NULL"
              .formatted(String.join(", ", counts)));
    }
  }

  private static boolean divides(SqlNode above) {
    var found = new java.util.concurrent.atomic.AtomicBoolean();
    above.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.DIVIDE
                || call.getOperator()
                    .getName()
                    .toUpperCase(java.util.Locale.ROOT)
                    .contains("DIVI")) {
              found.set(true);
            }
            return super.visit(call);
          }
        });
    return found.get();
  }

  private void add(Kind kind, String what) {
    rewrites.add(new Rewrite(kind, what));
  }
}

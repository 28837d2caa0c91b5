package io.scorebook.semantic.plan;

import io.scorebook.semantic.explain.Explanation;
import io.scorebook.semantic.explain.Explanation.Effect;
import io.scorebook.semantic.explain.Explanation.Part;
import io.scorebook.semantic.explain.Explanation.Reach;
import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.ImmutableBitSet;

/// Tells what a planning asked of the model, from what it left in its cluster.
final class Explainer {
  private final CompiledModel model;
  private final Expressions expressions;
  private final Reaches reaches;

  private Explainer(CompiledModel model, Visibility visible, Expressions expressions) {
    this.model = model;
    this.expressions = expressions;
    this.reaches = new Reaches(model, visible);
  }

  /// @param visible what may be named beside what the plan is made of
  static Explanation explain(CompiledModel model, Visibility visible, Plan plan) {
    var cluster = plan.rel().getCluster();
    List<AskedQueries.OfModel> asked = AskedQueries.of(cluster).toList();
    var models = new LinkedHashSet<>(List.of(model));
    asked.forEach(one -> models.add(one.model()));
    var definitions = new ArrayList<Explanation.Definition>();
    var parts = new LinkedHashSet<Part>();
    for (CompiledModel of : models) {
      var explainer =
          new Explainer(of, visible, Expressions.over(of.sources(), List.of(), cluster));
      List<AskedQueries.Asked> own =
          asked.stream().filter(one -> one.model() == of).map(AskedQueries.OfModel::asked).toList();
      definitions.addAll(Definitions.of(of, metrics(own)));
      own.stream().map(explainer::part).forEach(parts::add);
    }
    return new Explanation(definitions, List.copyOf(parts));
  }

  private static List<CompiledMetric> metrics(List<AskedQueries.Asked> asked) {
    return asked.stream()
        .flatMap(one ->
            one instanceof AskedQueries.Asked.Metrics of ? of.metrics().stream() : Stream.of())
        .distinct()
        .toList();
  }

  private Part part(AskedQueries.Asked asked) {
    return switch (asked) {
      case AskedQueries.Asked.Metrics metrics -> new OfMetrics(metrics).part();
      case AskedQueries.Asked.Rows(Dataset dataset, List<String> dimensions) ->
          new Part(
              List.of(),
              List.of(dataset.name()),
              List.of(),
              List.of(List.of()),
              dimensions.stream().map(name -> reaches.dimension(dataset, name)).toList(),
              List.of(),
              List.of());
    };
  }

  /// One query of metrics.
  private final class OfMetrics {
    private final MetricQuery query;
    private final AskedQueries.Asked.Metrics asked;
    private final ExpressionWords words;

    OfMetrics(AskedQueries.Asked.Metrics asked) {
      this.asked = asked;
      this.query = asked.query();
      this.words =
          new ExpressionWords(
              expressions.cluster().getRexBuilder(), index -> query.space().get(index).name());
    }

    Part part() {
      var names = new ArrayList<>(asked.metrics().stream().map(CompiledMetric::name).toList());
      query.leaves().stream()
          .flatMap(leaf -> leaf instanceof Leaf.AdHoc adHoc ? Stream.of(adHoc) : Stream.of())
          .map(this::name)
          .forEach(names::add);
      return new Part(
          names,
          query.facts().stream().map(Dataset::name).toList(),
          query.keys().stream().map(MetricQuery.Key::name).toList(),
          query.sets().stream().map(this::names).toList(),
          Stream.concat(dimensions(), fields()).distinct().toList(),
          filters(),
          new ExplainedRewrites(model, query, asked.metrics(), this::names).toList());
    }

    private List<String> names(ImmutableBitSet set) {
      return set.asList().stream().map(key -> query.keys().get(key).name()).toList();
    }

    private String name(Leaf.AdHoc leaf) {
      String arguments =
          leaf.arguments().isEmpty()
              ? "*"
              : leaf.arguments().stream().map(words::of).reduce((a, b) -> a + ", " + b).get();
      return "%s(%s%s)%s"
          .formatted(
              leaf.function().getName(),
              leaf.distinct() ? "DISTINCT " : "",
              arguments,
              leaf.filter().map(filter -> " FILTER (WHERE " + words.of(filter) + ")").orElse(""));
    }

    private Stream<Reach> dimensions() {
      return query.space().stream()
          .flatMap(dimension ->
              query.facts().stream().map(fact -> reaches.dimension(fact, dimension.name())));
    }

    /// What aggregates refer to beyond the rows of their own fact.
    private Stream<Reach> fields() {
      return query.leaves().stream().flatMap(this::fields);
    }

    private Stream<Reach> fields(Leaf leaf) {
      return switch (Definitions.base(leaf)) {
        case Leaf.Aggregate base ->
            Stream.concat(base.arguments().stream(), base.filter().stream())
                .flatMap(node -> references(base.fact(), node));
        case Leaf.Reached reached ->
            reached.base().arguments().stream().flatMap(node -> references(reached.fact(), node));
        case Leaf.Conversion conversion ->
            Stream.of(conversion.event(), conversion.then())
                .flatMap(node -> references(conversion.fact(), node));
        case Leaf.Nested nested -> nested.inner().computed().flatMap(this::fields);
        case Leaf.AdHoc _,
            Leaf.Sequence _,
            Leaf.Ranked _,
            Leaf.LookBack _,
            Leaf.Last _,
            Leaf.Earlier _,
            Leaf.Regrained _ ->
            Stream.of();
      };
    }

    private Stream<Reach> references(Dataset fact, SqlNode node) {
      var found = new LinkedHashSet<Reach>();
      node.accept(
          new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlIdentifier identifier) {
              FieldReference reference = model.reference(fact, identifier);
              if (!reference.path().isEmpty()) {
                found.add(reaches.field(fact, reference));
              }
              return null;
            }
          });
      return found.stream();
    }

    private List<Explanation.Filter> filters() {
      var filters = new ArrayList<Explanation.Filter>();
      Map<String, Function<RexNode, Effect>> others = exceptions();
      List<RexNode> conditions = query.before().map(RelOptUtil::conjunctions).orElse(List.of());
      for (RexNode condition : conditions) {
        var exceptions = new LinkedHashMap<String, Effect>();
        others.forEach((metric, effects) -> {
          Effect effect = effects.apply(condition);
          if (effect != Effect.ROWS) {
            exceptions.put(metric, effect);
          }
        });
        filters.add(new Explanation.Filter(words.of(condition), Effect.ROWS, exceptions));
      }
      asked
          .groups()
          .forEach(filter ->
              filters.add(
                  new Explanation.Filter(ExpressionWords.of(filter), Effect.GROUPS, Map.of())));
      return filters;
    }

    /// The effects of conditions on the metrics that do not take them all for a choice of rows.
    private Map<String, Function<RexNode, Effect>> exceptions() {
      var effects = new LinkedHashMap<String, Function<RexNode, Effect>>();
      query.leaves().forEach(leaf -> addEffects(leaf, effects));
      return effects;
    }

    private void addEffects(Leaf leaf, Map<String, Function<RexNode, Effect>> effects) {
      switch (leaf) {
        case Leaf.LookBack(Leaf.Aggregate base, TimeFrame frame) ->
            effects.put(frame.metric(), overTime(base.fact(), frame.metric(), frame.time()));
        case Leaf.Earlier(Leaf base, var metric) -> {
          effects.put(metric.name(), overTime(base.fact(), metric.name(), metric.time()));
          addEffects(base, effects);
        }
        case Leaf.Regrained(Leaf base, var metric) -> {
          Optional<RexNode> kept =
              new GrainSplit(model, expressions, query, base.fact(), metric).filters();
          effects.put(
              metric.name(), condition -> isPartOf(condition, kept) ? Effect.ROWS : Effect.NOTHING);
          addEffects(base, effects);
        }
        case Leaf.Nested nested ->
            nested.inner().computed().forEach(inner -> addEffects(inner, effects));
        case Leaf.Aggregate _,
            Leaf.AdHoc _,
            Leaf.Reached _,
            Leaf.Sequence _,
            Leaf.Conversion _,
            Leaf.Last _,
            Leaf.Ranked _ -> {}
      }
    }

    private Function<RexNode, Effect> overTime(Dataset fact, String metric, String time) {
      Optional<RexNode> shown =
          new TimeSplit(model, expressions, query, fact, metric, time).shown();
      return condition -> isPartOf(condition, shown) ? Effect.PERIODS : Effect.ROWS;
    }

    private static boolean isPartOf(RexNode condition, Optional<RexNode> all) {
      return all.map(RelOptUtil::conjunctions).orElse(List.of()).contains(condition);
    }
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.explain.Explanation.Definition;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// The definitions of metrics, and of all that they are made of.
final class Definitions {
  private final CompiledModel model;
  private final Map<String, Definition> found = new LinkedHashMap<>();

  private Definitions(CompiledModel model) {
    this.model = model;
  }

  static List<Definition> of(CompiledModel model, Collection<CompiledMetric> metrics) {
    var definitions = new Definitions(model);
    metrics.forEach(definitions::add);
    return List.copyOf(definitions.found.values());
  }

  private void add(CompiledMetric metric) {
    String key = metric.name().toLowerCase(Locale.ROOT);
    if (found.containsKey(key)) {
      return;
    }
    Optional<Metric> own = model.model().findMetric(metric.name());
    Definition definition =
        own.map(written -> definition(written, metric)).orElseGet(() -> beside(metric));
    found.put(key, definition);
    definition.madeOf().forEach(name -> add(model.part(name)));
  }

  private Definition definition(Metric written, CompiledMetric metric) {
    MetricWords words = MetricWords.of(written);
    List<String> madeOf = references(written);
    Set<Leaf> theirs =
        madeOf.stream()
            .flatMap(name -> model.part(name).leaves().values().stream())
            .map(Definitions::base)
            .collect(Collectors.toSet());
    return new Definition(
        metric.name(),
        words.kind(),
        words.meaning(),
        oneLine(written.expression()),
        words.extension(),
        written.description(),
        madeOf,
        metric.leaves().values().stream()
            .flatMap(Definitions::plain)
            .filter(leaf -> !theirs.contains(leaf))
            .distinct()
            .map(Definitions::leaf)
            .sorted(java.util.Comparator.comparing(Object::toString))
            .toList());
  }

  /// What a metric has beside it: its target, or its evidence.
  private Definition beside(CompiledMetric metric) {
    Metric owner =
        model.model().metrics().stream()
            .filter(candidate ->
                Stream.concat(
                        TargetMetrics.names(candidate.name()).stream(),
                        Stream.of(Leaf.Facet.values()).map(f -> f.nameOf(candidate.name())))
                    .anyMatch(metric.name()::equalsIgnoreCase))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("Invalid metric: " + metric.name()));
    boolean isEvidence = metric.role() == Plan.Role.EVIDENCE;
    return new Definition(
        metric.name(),
        isEvidence ? "evidence" : "target",
        isEvidence
            ? "where the value of %s is seen: the first row, the last row, or whose they are"
                .formatted(owner.name())
            : "what the model wants of " + owner.name() + ", or whether it is so",
        isEvidence
            ? owner.name()
            : owner
                .head()
                .target()
                .map(target ->
                    "%s %s %s"
                        .formatted(
                            owner.name(),
                            target.direction() == Metric.Target.Direction.AT_LEAST ? ">=" : "<=",
                            target.value().toPlainString()))
                .orElse(owner.name()),
        Map.of(),
        Optional.empty(),
        List.of(owner.name()),
        List.of());
  }

  /// The other metrics that an expression names, in their order.
  private List<String> references(Metric metric) {
    SqlNode parsed;
    try {
      parsed = Sql.parseExpression(metric.expression());
    } catch (SqlParseException e) {
      throw new IllegalArgumentException("Invalid metric: " + metric.name(), e);
    }
    var names = new LinkedHashSet<String>();
    parsed.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier identifier) {
            if (identifier.isSimple()) {
              model
                  .model()
                  .findMetric(identifier.getSimple())
                  .ifPresent(other -> names.add(other.name()));
            }
            return null;
          }
        });
    return List.copyOf(names);
  }

  /// The aggregates at the bottom of a leaf; none where its metric's meaning says it all.
  private static Stream<Leaf> plain(Leaf leaf) {
    return Stream.of(base(leaf))
        .filter(base -> base instanceof Leaf.Aggregate || base instanceof Leaf.Reached);
  }

  /// The leaf of the metric that a leaf is made of.
  static Leaf base(Leaf leaf) {
    return switch (leaf) {
      case Leaf.Aggregate _,
          Leaf.AdHoc _,
          Leaf.Reached _,
          Leaf.Sequence _,
          Leaf.Conversion _,
          Leaf.Nested _,
          Leaf.Ranked _ ->
          leaf;
      case Leaf.LookBack(Leaf.Aggregate of, _) -> of;
      case Leaf.Last(Leaf.Aggregate of, _) -> of;
      case Leaf.Earlier(Leaf of, _) -> base(of);
      case Leaf.Regrained(Leaf of, _) -> base(of);
    };
  }

  private static io.scorebook.semantic.explain.Explanation.Leaf leaf(Leaf leaf) {
    Leaf.Aggregate aggregate =
        leaf instanceof Leaf.Reached reached ? reached.base() : (Leaf.Aggregate) leaf;
    var arguments = new ArrayList<String>();
    aggregate.arguments().forEach(argument -> arguments.add(ExpressionWords.of(argument)));
    return new io.scorebook.semantic.explain.Explanation.Leaf(
        aggregate.fact().name(),
        "%s(%s%s)"
            .formatted(
                aggregate.function().getName(),
                aggregate.distinct() ? "DISTINCT " : "",
                arguments.isEmpty() ? "*" : String.join(", ", arguments)),
        aggregate.filter().map(ExpressionWords::of));
  }

  private static String oneLine(String expression) {
    return expression.strip().replaceAll("\\s+", " ");
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.expression.Sql;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import io.scorebook.semantic.model.SemanticModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Takes the expressions of all metrics of a model apart: aggregates become leaves, names of other
/// metrics their expressions.
final class MetricCompiler {
  private final SemanticModel model;
  private final JoinGraph graph;
  private final GroupSizes sizes;
  private final Map<String, CompiledMetric> compiled = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> leafNames = new HashMap<>();
  private final Map<String, Leaf> interned = new HashMap<>();
  private final Set<String> underway = new HashSet<>();

  private MetricCompiler(SemanticModel model, JoinGraph graph, GroupSizes sizes) {
    this.model = model;
    this.graph = graph;
    this.sizes = sizes;
  }

  /// All metrics by name, with the evidence of sequence metrics beside them.
  static Map<String, CompiledMetric> compile(
      SemanticModel model, JoinGraph graph, GroupSizes sizes) {
    var compiler = new MetricCompiler(model, graph, sizes);
    var inOrder = new LinkedHashMap<String, CompiledMetric>();
    for (Metric metric : model.metrics()) {
      CompiledMetric compiled = compiler.compile(metric);
      inOrder.put(metric.name().toLowerCase(Locale.ROOT), compiled);
      metric
          .head()
          .target()
          .ifPresent(target ->
              TargetMetrics.of(compiled, target)
                  .forEach(beside -> inOrder.put(beside.name().toLowerCase(Locale.ROOT), beside)));
      if (metric instanceof Metric.Sequence sequence && sequence.hasEvidence()) {
        for (Leaf.Facet facet : List.of(Leaf.Facet.START, Leaf.Facet.END, Leaf.Facet.ENTITY)) {
          CompiledMetric evidence = compiler.sequence(sequence, facet);
          inOrder.put(evidence.name().toLowerCase(Locale.ROOT), evidence);
        }
      }
    }
    return inOrder;
  }

  private CompiledMetric compile(Metric metric) {
    CompiledMetric done = compiled.get(metric.name());
    if (done != null) {
      return done;
    }
    if (!underway.add(metric.name().toLowerCase(Locale.ROOT))) {
      throw invalid(metric.name(), "is defined by itself");
    }
    CompiledMetric result =
        switch (metric) {
          case Metric.Expression _ -> expression(metric);
          case Metric.Streak streak -> sequence(streak, Leaf.Facet.VALUE);
          case Metric.Window window -> sequence(window, Leaf.Facet.VALUE);
          case Metric.Cumulative cumulative -> {
            TimeFrame frame = TimeFrame.of(cumulative);
            yield over(metric, leaf -> new Leaf.LookBack(plain(metric, leaf), frame));
          }
          case Metric.Rolling rolling -> {
            TimeFrame frame = TimeFrame.of(rolling);
            yield over(metric, leaf -> new Leaf.LookBack(plain(metric, leaf), frame));
          }
          case Metric.SemiAdditive semi ->
              over(metric, leaf -> new Leaf.Last(plain(metric, leaf), semi));
          case Metric.Prior prior -> over(metric, leaf -> new Leaf.Earlier(leaf, prior));
          case Metric.Fixed fixed -> over(metric, leaf -> new Leaf.Regrained(leaf, fixed));
          case Metric.Nested nested -> whole(new Leaf.Nested(expression(nested), nested), metric);
          case Metric.Rank rank ->
              whole(
                  new Leaf.Ranked(dataset(metric, rank.entity()), expression(rank), rank), metric);
          case Metric.Conversion conversion -> conversion(conversion);
        };
    CompiledMetric told = sizes.applied(result);
    compiled.put(metric.name(), told);
    return told;
  }

  private CompiledMetric sequence(Metric.Sequence metric, Leaf.Facet facet) {
    Dataset fact =
        model
            .findMetric(metric.name())
            .map(found -> dataset(found, metric.entity()))
            .orElseThrow(() -> new IllegalArgumentException("Invalid metric: " + metric.name()));
    String leaf = leafName("sequence", facet.nameOf(metric.name()));
    return new CompiledMetric(
        facet.nameOf(metric.name()),
        leaf,
        new Leaf.Sequence(fact, metric, facet),
        facet == Leaf.Facet.VALUE ? Plan.Role.METRIC : Plan.Role.EVIDENCE,
        metric.name());
  }

  /// The dataset of the first of an entity's fields.
  private Dataset dataset(Metric metric, List<String> entity) {
    String first = entity.getFirst();
    return model
        .findDataset(first.substring(0, Math.max(0, first.lastIndexOf('.'))))
        .orElseThrow(() -> invalid(metric.name(), "has an entity of no dataset"));
  }

  /// The expression of a metric over leaves that are made of its own.
  private CompiledMetric over(Metric metric, UnaryOperator<Leaf> wrap) {
    CompiledMetric inner = expression(metric);
    var leaves = new LinkedHashMap<String, Leaf>();
    var renamed = new HashMap<String, String>();
    inner
        .leaves()
        .forEach((name, leaf) -> {
          if (leaf instanceof Leaf.Ranked) {
            throw invalid(metric.name(), "is over a rank, which is taken last");
          }
          String other = leafName(metric.name(), name);
          renamed.put(name, other);
          leaves.put(other, wrap.apply(leaf));
        });
    SqlNode above =
        inner
            .above()
            .accept(
                new SqlShuttle() {
                  @Override
                  public SqlNode visit(SqlIdentifier identifier) {
                    return new SqlIdentifier(
                        String.valueOf(renamed.get(identifier.getSimple())),
                        identifier.getParserPosition());
                  }
                });
    if (above == null) {
      throw invalid(metric.name(), "aggregates nothing");
    }
    return new CompiledMetric(metric.name(), above, leaves, Plan.Role.METRIC);
  }

  private static Leaf.Aggregate plain(Metric metric, Leaf leaf) {
    if (leaf instanceof Leaf.Aggregate aggregate) {
      return aggregate;
    }
    throw invalid(metric.name(), "must be made of plain aggregates");
  }

  /// A metric that is just one leaf.
  private CompiledMetric whole(Leaf leaf, Metric metric) {
    String name = leafName("whole", metric.name());
    return new CompiledMetric(metric.name(), name, leaf, Plan.Role.METRIC, metric.name());
  }

  private CompiledMetric conversion(Metric.Conversion metric) {
    Dataset fact = dataset(metric, metric.entity());
    SqlNode event = parse(metric, metric.expression());
    SqlNode then = parse(metric, metric.then());
    String events = leafName("events", metric.name());
    String converted = leafName("converted", metric.name());
    var ofConverted = new Leaf.Conversion(fact, metric, event, then, true);
    return switch (metric.result()) {
      case COUNT ->
          new CompiledMetric(
              metric.name(), converted, ofConverted, Plan.Role.METRIC, metric.name());
      case RATE -> {
        var leaves = new LinkedHashMap<String, Leaf>();
        leaves.put(converted, ofConverted);
        leaves.put(events, new Leaf.Conversion(fact, metric, event, then, false));
        yield new CompiledMetric(
            metric.name(),
            Sql.ratio(
                new SqlIdentifier(converted, SqlParserPos.ZERO),
                new SqlIdentifier(events, SqlParserPos.ZERO)),
            leaves,
            Plan.Role.METRIC);
      }
    };
  }

  private static SqlNode parse(Metric metric, String expression) {
    try {
      return Sql.parseExpression(expression);
    } catch (SqlParseException e) {
      throw invalid(metric.name(), "cannot be parsed: " + e.getMessage());
    }
  }

  /// The expression of a metric, taken for one over aggregates and other metrics.
  private CompiledMetric expression(Metric metric) {
    var leaves = new LinkedHashMap<String, Leaf>();
    SqlNode parsed = parse(metric, metric.expression());
    Set<Dataset> facts = facts(metric, parsed);
    SqlNode above =
        parsed.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlCall call) {
                Optional<Leaf.Aggregate> aggregate = aggregate(metric, call);
                if (aggregate.isPresent()) {
                  Leaf leaf = from(facts, aggregate.get());
                  String name =
                      leafName(
                          leaf.getClass().getSimpleName() + leaf.fact().name(),
                          aggregate.get().digest());
                  leaves.put(name, interned.computeIfAbsent(name, _ -> leaf));
                  return new SqlIdentifier(name, call.getParserPosition());
                }
                SqlNode visited = super.visit(call);
                return visited == null ? call : visited;
              }

              @Override
              public SqlNode visit(SqlIdentifier identifier) {
                Metric other =
                    Optional.of(identifier)
                        .filter(SqlIdentifier::isSimple)
                        .flatMap(name -> model.findMetric(name.getSimple()))
                        .orElseThrow(() ->
                            invalid(
                                metric.name(),
                                "has '%s' outside an aggregate, which is no metric"
                                    .formatted(identifier)));
                CompiledMetric inner = compile(other);
                leaves.putAll(inner.leaves());
                return inner.above();
              }
            });
    if (above == null || leaves.isEmpty()) {
      throw invalid(metric.name(), "aggregates nothing");
    }
    return new CompiledMetric(metric.name(), above, leaves, Plan.Role.METRIC);
  }

  /// The datasets whose rows the aggregates that stand in an expression itself aggregate.
  private Set<Dataset> facts(Metric metric, SqlNode expression) {
    var facts = new LinkedHashSet<Dataset>();
    expression.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            Optional<Leaf.Aggregate> aggregate = aggregate(metric, call);
            aggregate.ifPresent(found -> facts.add(found.fact()));
            return aggregate.isPresent() ? null : super.visit(call);
          }
        });
    return facts;
  }

  /// Aggregates that stand in one expression are over the rows of one fact where one of them leads
  /// to the others: `SUM(sales.amount) / SUM(stores.staff)` is by the staff of the stores that made
  /// the sales. Each of the rows that it leads to counts once.
  private Leaf from(Set<Dataset> facts, Leaf.Aggregate aggregate) {
    List<Dataset> leading =
        facts.stream()
            .filter(fact -> !fact.equals(aggregate.fact()))
            .filter(fact -> graph.paths(fact, aggregate.fact()).size() == 1)
            .filter(fact ->
                facts.stream()
                    .allMatch(other -> other.equals(fact) || graph.paths(other, fact).isEmpty()))
            .toList();
    if (leading.size() != 1) {
      return aggregate;
    }
    Dataset fact = leading.getFirst();
    boolean onceAnyway =
        aggregate.distinct()
            || aggregate.function().getKind() == SqlKind.MIN
            || aggregate.function().getKind() == SqlKind.MAX;
    return onceAnyway
        ? new Leaf.Aggregate(
            fact,
            aggregate.function(),
            aggregate.distinct(),
            aggregate.arguments(),
            aggregate.filter())
        : new Leaf.Reached(aggregate, aggregate.fact(), fact);
  }

  private String leafName(String kind, String content) {
    return leafNames.computeIfAbsent(kind + content, _ -> "leaf_" + leafNames.size());
  }

  /// The aggregate that a call is, with its FILTER; empty where it is none.
  private Optional<Leaf.Aggregate> aggregate(Metric metric, SqlCall call) {
    if (call.getKind() == SqlKind.FILTER) {
      SqlNode condition = call.operand(1);
      return call.operand(0) instanceof SqlCall inner
          ? plainAggregate(metric, inner, Optional.of(condition))
          : Optional.empty();
    }
    return plainAggregate(metric, call, Optional.empty());
  }

  private Optional<Leaf.Aggregate> plainAggregate(
      Metric metric, SqlCall call, Optional<SqlNode> filter) {
    SqlAggFunction function = function(call);
    if (function == null) {
      return Optional.empty();
    }
    boolean distinct =
        call.getFunctionQuantifier() != null
            && call.getFunctionQuantifier().getValue() == SqlSelectKeyword.DISTINCT;
    List<SqlNode> arguments =
        call.getOperandList().stream()
            .filter(operand -> !(operand instanceof SqlIdentifier id && id.isStar()))
            .toList();
    Set<Dataset> datasets = new LinkedHashSet<>();
    arguments.forEach(argument -> collectDatasets(metric, argument, datasets));
    filter.ifPresent(condition -> collectDatasets(metric, condition, datasets));
    if (datasets.isEmpty()) {
      datasets.addAll(
          CountedRows.candidates(model, metric, (from, to) -> graph.paths(from, to).size() == 1));
    }
    // COUNT(*) is the COUNT of what no row lacks: so each leaf has a value to look at.
    List<SqlNode> values =
        arguments.isEmpty()
            ? List.of(SqlLiteral.createExactNumeric("1", call.getParserPosition()))
            : arguments;
    return Optional.of(
        new Leaf.Aggregate(fact(metric, datasets), function, distinct, values, filter));
  }

  /// The aggregate function that a parsed call names; null where it names none.
  static @Nullable SqlAggFunction function(SqlCall call) {
    return Aggregates.find(call).orElse(null);
  }

  private void collectDatasets(Metric metric, SqlNode node, Set<Dataset> datasets) {
    node.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier identifier) {
            if (identifier.names.size() != 2) {
              throw invalid(
                  metric.name(),
                  "has '%s' inside an aggregate; write dataset.field".formatted(identifier));
            }
            datasets.add(
                model
                    .findDataset(identifier.names.getFirst())
                    .orElseThrow(() ->
                        invalid(
                            metric.name(),
                            "names the unknown dataset '%s'"
                                .formatted(identifier.names.getFirst()))));
            return null;
          }
        });
  }

  /// The dataset from which all the others are reached.
  private Dataset fact(Metric metric, Set<Dataset> datasets) {
    List<Dataset> facts =
        datasets.stream()
            .filter(candidate ->
                datasets.stream().allMatch(other -> graph.paths(candidate, other).size() == 1))
            .toList();
    if (facts.size() != 1) {
      throw invalid(
          metric.name(), "aggregates over datasets that no one of them reaches by one path");
    }
    return facts.getFirst();
  }

  private static IllegalArgumentException invalid(String metric, String why) {
    return new IllegalArgumentException("Invalid metric '%s': it %s".formatted(metric, why));
  }
}

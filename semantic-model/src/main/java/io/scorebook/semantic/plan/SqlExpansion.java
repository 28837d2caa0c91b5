package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Aggregates;
import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Replaces what a query says about datasets by plans: each Aggregate over a dataset becomes a
/// [MetricQuery], and stays in its place; the rest of the tree stays around it.
///
/// Calcite's own expansion of measures is not used: it ignores outer filters, drops DISTINCT and
/// leaves sub-totals empty.
final class SqlExpansion {
  private final CompiledModel model;
  private final Expressions expressions;

  SqlExpansion(CompiledModel model, Expressions expressions) {
    this.model = model;
    this.expressions = expressions;
  }

  /// @throws Refusal where the query asks for what has no right answer
  RelNode expand(RelNode rel) {
    if (rel instanceof Aggregate aggregate && overDataset(aggregate.getInput())) {
      return expandAggregate(aggregate);
    }
    if (overDataset(rel)) {
      return expandRows(rel);
    }
    List<RelNode> inputs = rel.getInputs().stream().map(this::expand).toList();
    RelNode copy =
        (inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs))
            .accept(values());
    refuseMeasures(copy);
    return copy.accept(subQueries());
  }

  /// Above its aggregate a metric is a value; the parser's wish to make one of it is granted
  /// already.
  private RexShuttle values() {
    return new RexShuttle() {
      @Override
      public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        return visited.getKind() == SqlKind.M2V
                && visited instanceof RexCall conversion
                && !isMeasure(conversion.getOperands().getFirst())
            ? expressions
                .cluster()
                .getRexBuilder()
                .ensureType(call.getType(), conversion.getOperands().getFirst(), true)
            : visited;
      }
    };
  }

  private RexShuttle subQueries() {
    return new RexShuttle() {
      @Override
      public RexNode visitSubQuery(RexSubQuery query) {
        return ((RexSubQuery) super.visitSubQuery(query)).clone(expand(query.rel));
      }
    };
  }

  /// Whether only projections and filters lie between here and a dataset.
  private static boolean overDataset(RelNode rel) {
    return switch (rel) {
      case SemanticScan _ -> true;
      case Project project -> overDataset(project.getInput());
      case Filter filter -> overDataset(filter.getInput());
      default -> false;
    };
  }

  /// A chain of projections and filters, as expressions over the columns of the dataset.
  private record Chain(SemanticScan scan, List<RexNode> fields, List<RexNode> filters) {}

  private Chain chain(RelNode rel) {
    return switch (rel) {
      case SemanticScan scan ->
          new Chain(
              scan,
              List.copyOf(
                  expressions.cluster().getRexBuilder().identityProjects(scan.getRowType())),
              List.of());
      case Filter filter -> {
        Chain below = chain(filter.getInput());
        var filters = new ArrayList<>(below.filters());
        filters.add(over(filter.getCondition(), below.fields()));
        yield new Chain(below.scan(), below.fields(), filters);
      }
      case Project project -> {
        Chain below = chain(project.getInput());
        yield new Chain(
            below.scan(),
            project.getProjects().stream().map(node -> over(node, below.fields())).toList(),
            below.filters());
      }
      default -> throw new IllegalArgumentException("Invalid chain: " + rel);
    };
  }

  private RexNode over(RexNode node, List<RexNode> fields) {
    return node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef reference) {
                return fields.get(reference.getIndex());
              }
            })
        .accept(subQueries());
  }

  /// Rows of a dataset that are not grouped: dimensions only.
  private RelNode expandRows(RelNode rel) {
    Chain chain = chain(rel);
    List<RexNode> all = new ArrayList<>(chain.fields());
    all.addAll(chain.filters());
    all.forEach(node -> refuseMeasure(chain, node));
    if (all.stream().anyMatch(RexOver::containsOver)) {
      // A window sees the rows that its own level sees: keep the levels as they are.
      return keepLevels(rel, chain);
    }
    return project(rel, chain, chain.fields(), chain.filters());
  }

  private RelNode keepLevels(RelNode rel, Chain chain) {
    if (rel instanceof SemanticScan) {
      throw new IllegalArgumentException("Invalid rows: " + rel);
    }
    RelNode input = rel.getInput(0);
    if (input instanceof SemanticScan) {
      List<RexNode> fields =
          expressions.cluster().getRexBuilder().identityProjects(input.getRowType());
      var dimensions = new ArrayList<RexNode>();
      for (RexNode field : fields) {
        dimensions.add(
            isMeasure(field)
                ? expressions
                    .cluster()
                    .getRexBuilder()
                    .makeNullLiteral(
                        expressions
                            .cluster()
                            .getTypeFactory()
                            .createTypeWithNullability(
                                expressions
                                    .cluster()
                                    .getTypeFactory()
                                    .createSqlType(SqlTypeName.BOOLEAN),
                                true))
                : field);
      }
      RelNode rows = project(input, chain, dimensions, List.of());
      return rel.copy(rel.getTraitSet(), List.of(rows));
    }
    return rel.copy(rel.getTraitSet(), List.of(keepLevels(input, chain)));
  }

  private RelNode project(RelNode rel, Chain chain, List<RexNode> fields, List<RexNode> filters) {
    Dataset dataset = chain.scan().dataset();
    var space = new DimensionSpace(model, expressions, List.of(dataset));
    var columns =
        fields.stream()
            .<LeafRows.Column>map(f -> new LeafRows.Column.OfDimensions(inSpace(f, chain, space)))
            .toList();
    Optional<RexNode> before = conjunction(filters, chain, space);
    var query =
        new MetricQuery(
            space.dimensions(),
            List.of(),
            List.of(ImmutableBitSet.of()),
            before,
            List.of(),
            Optional.of(dataset));
    RelBuilder builder =
        new LeafRows(model, expressions, query).push(dataset, ImmutableBitSet.of(), columns);
    return builder.rename(rel.getRowType().getFieldNames()).build();
  }

  private Optional<RexNode> conjunction(List<RexNode> filters, Chain chain, DimensionSpace space) {
    return Optional.ofNullable(
        RexUtil.composeConjunction(
            expressions.cluster().getRexBuilder(),
            filters.stream().map(filter -> inSpace(filter, chain, space)).toList(),
            true));
  }

  /// From columns of the dataset's table to dimensions of the question.
  private static RexNode inSpace(RexNode node, Chain chain, DimensionSpace space) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return space.resolve(
                chain.scan().getRowType().getFieldNames().get(reference.getIndex()));
          }
        });
  }

  private RelNode expandAggregate(Aggregate aggregate) {
    Chain chain = chain(aggregate.getInput());
    chain.filters().forEach(filter -> refuseMeasure(chain, filter));
    Dataset dataset = chain.scan().dataset();
    var metrics = new ArrayList<CompiledMetric>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (call.getAggregation().getKind() == SqlKind.AGG_M2V) {
        metrics.add(metric(chain, call));
      }
    }
    var facts = new LinkedHashSet<Dataset>();
    facts.add(dataset);
    metrics.forEach(metric -> facts.addAll(metric.facts()));
    var space = new DimensionSpace(model, expressions, facts);

    var keys = new ArrayList<MetricQuery.Key>();
    for (int key : aggregate.getGroupSet()) {
      RexNode value = chain.fields().get(key);
      refuseMeasure(chain, value);
      refuseWindow(value);
      keys.add(
          new MetricQuery.Key(
              aggregate.getInput().getRowType().getFieldNames().get(key),
              inSpace(value, chain, space)));
    }
    var leaves = new LinkedHashSet<Leaf>();
    var columns = new ArrayList<Optional<Leaf>>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      Optional<Leaf> leaf = adHoc(chain, dataset, call, space);
      leaf.ifPresent(leaves::add);
      columns.add(leaf);
    }
    metrics.forEach(metric -> metric.computed().forEach(leaves::add));
    Optional<RexNode> before = conjunction(chain.filters(), chain, space);
    var query =
        new MetricQuery(
            space.dimensions(),
            keys,
            aggregate.getGroupSets().stream().map(set -> relative(aggregate, set)).toList(),
            before,
            List.copyOf(leaves),
            leaves.isEmpty() ? Optional.of(dataset) : Optional.empty());
    // The filter may have added dimensions after the keys were resolved: the space is complete
    // here.
    RelBuilder builder = expressions.relBuilder().push(Stitch.plan(model, expressions, query));
    var output = new ArrayList<RexNode>();
    int metricIndex = 0;
    for (int i = 0; i < keys.size(); i++) {
      output.add(builder.field(i));
    }
    for (int i = 0; i < columns.size(); i++) {
      AggregateCall call = aggregate.getAggCallList().get(i);
      output.add(
          switch (call.getAggregation().getKind()) {
            case AGG_M2V ->
                MetricValues.of(model, expressions, builder, query, metrics.get(metricIndex++));
            case GROUPING, GROUPING_ID -> grouping(builder, query, aggregate, call);
            default ->
                builder.field(
                    keys.size() + 1 + query.leaves().indexOf(columns.get(i).orElseThrow()));
          });
    }
    var typed = new ArrayList<RexNode>();
    for (int i = 0; i < output.size(); i++) {
      typed.add(
          expressions
              .cluster()
              .getRexBuilder()
              .ensureType(
                  aggregate.getRowType().getFieldList().get(i).getType(), output.get(i), true));
    }
    return builder.project(typed, aggregate.getRowType().getFieldNames(), true).build();
  }

  private static ImmutableBitSet relative(Aggregate aggregate, ImmutableBitSet set) {
    List<Integer> keys = aggregate.getGroupSet().asList();
    return ImmutableBitSet.of(set.asList().stream().map(keys::indexOf).toList());
  }

  private CompiledMetric metric(Chain chain, AggregateCall call) {
    RexNode argument = chain.fields().get(call.getArgList().getFirst());
    if (!(argument instanceof RexInputRef reference)) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL, "Cannot use AGGREGATE of an expression; name one metric");
    }
    String name = chain.scan().getRowType().getFieldNames().get(reference.getIndex());
    if (call.hasFilter()) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL,
          name,
          "Cannot use FILTER on the metric '%s'; write the condition in WHERE".formatted(name),
          List.of());
    }
    return model.metric(name);
  }

  private Optional<Leaf> adHoc(
      Chain chain, Dataset dataset, AggregateCall call, DimensionSpace space) {
    SqlKind kind = call.getAggregation().getKind();
    if (kind == SqlKind.AGG_M2V || kind == SqlKind.GROUPING || kind == SqlKind.GROUPING_ID) {
      return Optional.empty();
    }
    List<RexNode> arguments = call.getArgList().stream().map(chain.fields()::get).toList();
    arguments.forEach(argument -> {
      refuseMeasure(chain, argument);
      refuseWindow(argument);
    });
    if (!Aggregates.isKnown(call.getAggregation())
        || !call.getCollation().getFieldCollations().isEmpty()) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL,
          "Cannot use %s over the rows of '%s'; there are %s and the metrics"
              .formatted(
                  call.getAggregation().getName(),
                  dataset.name(),
                  String.join(", ", Aggregates.names())));
    }
    return Optional.of(
        new Leaf.AdHoc(
            dataset,
            call.getAggregation(),
            call.isDistinct(),
            arguments.stream().map(argument -> inSpace(argument, chain, space)).toList(),
            call.hasFilter()
                ? Optional.of(inSpace(chain.fields().get(call.filterArg), chain, space))
                : Optional.empty()));
  }

  /// GROUPING(a, b) from the grouping id of the row.
  private RexNode grouping(
      RelBuilder builder, MetricQuery query, Aggregate aggregate, AggregateCall call) {
    List<Integer> keys = aggregate.getGroupSet().asList();
    RexNode value = builder.literal(0L);
    for (ImmutableBitSet set : query.sets()) {
      long bits = 0;
      for (int argument : call.getArgList()) {
        bits = bits * 2 + (set.get(keys.indexOf(argument)) ? 0 : 1);
      }
      value =
          builder.call(
              SqlStdOperatorTable.CASE,
              builder.equals(
                  builder.field(query.keys().size()), builder.literal(query.groupingId(set))),
              builder.literal(bits),
              value);
    }
    return value;
  }

  private static boolean isMeasure(RexNode node) {
    return node.getType().getSqlTypeName() == SqlTypeName.MEASURE;
  }

  private static void refuseWindow(RexNode node) {
    if (RexOver.containsOver(node)) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL, "Cannot aggregate a window function over a dataset's rows");
    }
  }

  /// A metric outside AGGREGATE, in a query that knows which metric it is.
  private static void refuseMeasure(Chain chain, RexNode node) {
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitInputRef(RexInputRef reference) {
            if (isMeasure(reference)) {
              String name = chain.scan().getRowType().getFieldNames().get(reference.getIndex());
              throw new Refusal(
                  Issue.Code.UNSUPPORTED_SQL,
                  name,
                  "Cannot use the metric '%s' like a column; write AGGREGATE(%s) in a query with GROUP BY, and conditions on it in HAVING"
                      .formatted(name, name),
                  List.of("AGGREGATE(" + name + ")"));
            }
            return null;
          }
        });
  }

  /// A metric that a join or an outer query has carried away from its dataset.
  private static void refuseMeasures(RelNode rel) {
    rel.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            if (isMeasure(reference)) {
              throw new Refusal(
                  Issue.Code.UNSUPPORTED_SQL,
                  "Cannot use a metric of a dataset behind a join; aggregate each dataset in a subquery with GROUP BY, then join");
            }
            return reference;
          }
        });
    if (rel instanceof Aggregate aggregate
        && aggregate.getAggCallList().stream()
            .anyMatch(call -> call.getAggregation().getKind() == SqlKind.AGG_M2V)) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL,
          "Cannot use AGGREGATE behind a join; aggregate each dataset in a subquery with GROUP BY, then join");
    }
  }
}

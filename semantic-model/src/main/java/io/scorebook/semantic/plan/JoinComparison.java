package io.scorebook.semantic.plan;

import io.scorebook.semantic.claim.Claim;
import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.tools.RelBuilder;

/// The rows and the plain aggregates of a fact, without a join and with it. Where the number of
/// rows is the same, each row is there once, and with it the value of every metric of any kind; the
/// aggregates are computed all the same, so that nobody has to believe it.
final class JoinComparison {
  private static final Set<SqlKind> PLAIN =
      EnumSet.of(SqlKind.SUM, SqlKind.COUNT, SqlKind.AVG, SqlKind.MIN, SqlKind.MAX);

  private final CompiledModel model;
  private final Dataset fact;
  private final List<Relationship> path;
  private final List<Leaf.Aggregate> leaves;
  private final Expressions expressions;

  JoinComparison(CompiledModel model, Claim.SameWithJoin claim) {
    this.model = model;
    this.fact = Plans.dataset(model, claim.of().toString());
    this.path =
        model.graph().paths(fact, Plans.dataset(model, claim.to())).stream()
            .filter(way -> way.stream().map(Relationship::name).toList().equals(claim.path()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("Invalid path: " + claim.path()));
    this.leaves = leaves(claim.metrics());
    this.expressions = AssumedKeys.proving(model);
  }

  private List<Leaf.Aggregate> leaves(List<String> metrics) {
    Map<String, Leaf.Aggregate> found = new LinkedHashMap<>();
    metrics.stream()
        .flatMap(name -> model.part(name).computed())
        .map(Definitions::base)
        .forEach(leaf -> {
          if (leaf instanceof Leaf.Aggregate plain
              && plain.fact().name().equals(fact.name())
              && PLAIN.contains(plain.function().getKind())) {
            found.putIfAbsent(plain.digest(), plain);
          }
        });
    return List.copyOf(found.values());
  }

  Proof proof() {
    RelBuilder builder = expressions.relBuilder();
    builder.push(side(1, List.of())).push(side(2, path)).union(true);
    builder.sort(builder.field("side"));
    return new Proof.Compared(
        ProofPlans.plan(builder.build()), leaves.stream().map(JoinComparison::words).toList());
  }

  private RelNode side(int number, List<Relationship> joined) {
    Set<List<Relationship>> paths = new LinkedHashSet<>();
    if (!joined.isEmpty()) {
      paths.add(joined);
    }
    for (Leaf.Aggregate leaf : leaves) {
      leaf.arguments().forEach(argument -> collect(argument, paths));
      leaf.filter().ifPresent(filter -> collect(filter, paths));
    }
    FactRows rows = FactRows.join(model, expressions, fact, List.copyOf(paths));
    var values = new ArrayList<RexNode>();
    var names = new ArrayList<String>();
    var places = new ArrayList<int[]>(); // of each leaf: its filter or -1, then its arguments
    for (Leaf.Aggregate leaf : leaves) {
      int[] place = new int[leaf.arguments().size() + 1];
      place[0] = leaf.filter().map(_ -> values.size()).orElse(-1);
      leaf.filter().ifPresent(filter -> values.add(rows.value(fact, isTrue(filter))));
      for (int i = 0; i < leaf.arguments().size(); i++) {
        place[i + 1] = values.size();
        values.add(rows.value(fact, leaf.arguments().get(i)));
      }
      places.add(place);
    }
    if (values.isEmpty()) {
      values.add(expressions.cluster().getRexBuilder().makeLiteral(true));
    }
    for (int i = 0; i < values.size(); i++) {
      names.add("c" + i);
    }
    RelBuilder builder = expressions.relBuilder().push(rows.finish(values, names));
    var calls = new ArrayList<RelBuilder.AggCall>();
    calls.add(builder.countStar("rows"));
    for (int i = 0; i < leaves.size(); i++) {
      calls.add(call(builder, leaves.get(i), places.get(i)).as("v" + i));
    }
    builder.aggregate(builder.groupKey(), calls);
    var output = new ArrayList<RexNode>();
    output.add(builder.alias(builder.literal(number), "side"));
    output.addAll(builder.fields());
    return builder.project(output).build();
  }

  private static RelBuilder.AggCall call(RelBuilder builder, Leaf.Aggregate leaf, int[] place) {
    var arguments = new ArrayList<RexNode>();
    for (int i = 1; i < place.length; i++) {
      arguments.add(builder.field(place[i]));
    }
    RelBuilder.AggCall call =
        builder.aggregateCall(leaf.function(), arguments).distinct(leaf.distinct());
    return place[0] < 0 ? call : call.filter(builder.field(place[0]));
  }

  private void collect(SqlNode expression, Set<List<Relationship>> paths) {
    expression.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier identifier) {
            paths.add(model.reference(fact, identifier).path());
            return null;
          }
        });
  }

  private static SqlNode isTrue(SqlNode condition) {
    return SqlStdOperatorTable.IS_TRUE.createCall(condition.getParserPosition(), condition);
  }

  private static String words(Leaf.Aggregate leaf) {
    return "%s(%s%s)%s"
        .formatted(
            leaf.function().getName(),
            leaf.distinct() ? "DISTINCT " : "",
            leaf.arguments().isEmpty()
                ? "*"
                : leaf.arguments().stream()
                    .map(ExpressionWords::of)
                    .collect(Collectors.joining(", ")),
            leaf.filter().map(filter -> " where " + ExpressionWords.of(filter)).orElse(""));
  }
}

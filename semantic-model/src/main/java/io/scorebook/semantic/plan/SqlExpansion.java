package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.GroupValue;
import io.scorebook.semantic.plan.SqlRows.Place;
import io.scorebook.semantic.plan.SqlRows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/// Replaces what a query says about datasets by plans: an Aggregate over a dataset becomes a
/// [MetricQuery] ([SqlAggregates]), and stays in its place; rows that are not grouped become the
/// dataset's rows ([SqlRows]); the rest of the tree stays around them.
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
  RelNode expand(RelNode root) {
    Rows rows = expand(root, Place.ANSWER);
    return rows.isPreview() ? rows.rel() : shown(rows);
  }

  private static RelNode shown(Rows rows) {
    if (!rows.hidden().isEmpty()) {
      throw rows.hidden().firstEntry().getValue();
    }
    return rows.rel();
  }

  private RelNode subQuery(RelNode rel) {
    return shown(expand(rel, Place.INSIDE));
  }

  private Rows expand(RelNode rel, Place place) {
    if (rel instanceof Aggregate aggregate) {
      Optional<RelNode> chain = SqlSemiJoin.chain(aggregate.getInput());
      if (chain.isPresent()) {
        return new Rows(
            new SqlAggregates(model, expressions, this::subQuery, aggregate, chain.get()).plan());
      }
    }
    if (SqlChain.is(rel)) {
      return new SqlRows(model, expressions, this::subQuery).plan(rel, place);
    }
    return switch (rel) {
      case Project project -> project(project, place);
      case Filter filter -> filter(filter, place);
      case Sort sort -> sort(sort, place);
      case Join join -> join(join);
      case Aggregate aggregate -> aggregate(aggregate);
      default -> other(rel);
    };
  }

  private Rows project(Project project, Place place) {
    Rows input = expand(project.getInput(), place);
    var hidden = new TreeMap<Integer, Refusal>();
    var projects = new ArrayList<RexNode>();
    SqlValues values = values(input.rel().getRowType(), input.hidden());
    SqlValues unseen = values(input.rel().getRowType(), Map.of());
    for (int i = 0; i < project.getProjects().size(); i++) {
      RexNode node = project.getProjects().get(i);
      Optional<Refusal> refusal =
          SqlChain.metric(node).map(reference -> input.hidden().get(reference.getIndex()));
      int column = i;
      refusal.ifPresent(why -> hidden.put(column, why));
      projects.add(node.accept(refusal.isPresent() ? unseen : values));
    }
    return new Rows(
        LogicalProject.create(
            input.rel(),
            project.getHints(),
            projects,
            project.getRowType().getFieldNames(),
            project.getVariablesSet()),
        hidden,
        input.preview());
  }

  private Rows filter(Filter filter, Place place) {
    Rows input = expand(filter.getInput(), place);
    RexNode condition =
        filter.getCondition().accept(values(input.rel().getRowType(), input.hidden()));
    return new Rows(
        LogicalFilter.create(
            input.rel(),
            condition,
            com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet())),
        input.hidden(),
        input.preview());
  }

  private Rows sort(Sort sort, Place place) {
    Rows input = expand(sort.getInput(), place);
    sort.getCollation().getKeys().forEach(key -> look(input, key));
    return new Rows(
        sort.copy(sort.getTraitSet(), List.of(input.rel())), input.hidden(), input.preview());
  }

  private Rows join(Join join) {
    Rows left = expand(join.getLeft(), Place.JOINED);
    Rows right = expand(join.getRight(), Place.JOINED);
    int width = left.rel().getRowType().getFieldCount();
    var all = new TreeMap<>(left.hidden());
    right.hidden().forEach((column, why) -> all.put(column + width, why));
    RelDataType row =
        SqlValidatorUtil.deriveJoinRowType(
            left.rel().getRowType(),
            right.rel().getRowType(),
            JoinRelType.INNER,
            expressions.cluster().getTypeFactory(),
            null,
            List.of());
    RexNode condition = join.getCondition().accept(values(row, all));
    return new Rows(
        LogicalJoin.create(
            left.rel(),
            right.rel(),
            join.getHints(),
            condition,
            join.getVariablesSet(),
            join.getJoinType()),
        all.headMap(join.getRowType().getFieldCount()),
        -1);
  }

  private Rows aggregate(Aggregate aggregate) {
    Rows input = expand(aggregate.getInput(), Place.INSIDE);
    var looked = new ArrayList<>(aggregate.getGroupSet().asList());
    var calls = new ArrayList<AggregateCall>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (call.getAggregation().getKind() == SqlKind.AGG_M2V
          || call.getAggregation() instanceof GroupValue) {
        throw new Refusal(
            Issue.Code.UNSUPPORTED_SQL,
            "Cannot use AGGREGATE of a plain column; it is for the metrics of a dataset, also through a subquery without join, LIMIT and GROUP BY. Write SUM, MIN or MAX");
      }
      looked.addAll(call.getArgList());
      if (call.hasFilter()) {
        looked.add(call.filterArg);
      }
      calls.add(over(call, aggregate, input.rel()));
    }
    looked.forEach(column -> look(input, column));
    return new Rows(
        LogicalAggregate.create(
            input.rel(),
            aggregate.getHints(),
            aggregate.getGroupSet(),
            aggregate.getGroupSets(),
            calls));
  }

  private static void look(Rows input, int column) {
    Refusal refusal = input.hidden().get(column);
    if (refusal != null) {
      throw refusal;
    }
  }

  /// The call with the type that it has on values.
  private static AggregateCall over(AggregateCall call, Aggregate aggregate, RelNode input) {
    return AggregateCall.create(
        call.getParserPosition(),
        call.getAggregation(),
        call.isDistinct(),
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        call.getArgList(),
        call.filterArg,
        call.distinctKeys,
        call.collation,
        aggregate.hasEmptyGroup(),
        input,
        null,
        call.name);
  }

  private Rows other(RelNode rel) {
    Place place = rel instanceof Correlate ? Place.JOINED : Place.INSIDE;
    List<RelNode> inputs =
        rel.getInputs().stream().map(input -> shown(expand(input, place))).toList();
    return new Rows(inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs));
  }

  private SqlValues values(RelDataType input, Map<Integer, Refusal> hidden) {
    return new SqlValues(expressions, input, hidden, this::subQuery);
  }
}

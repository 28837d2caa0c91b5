package io.scorebook.semantic.plan;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexUtil;

/// Sees that a query has no rows, whatever the data: the probes by which tools ask for the columns
/// of a table (`LIMIT 0`, `WHERE 1 = 0`) are answered without reading it.
final class NoRows {
  private NoRows() {}

  static boolean in(RelNode rel) {
    return switch (rel) {
      case Values values -> values.getTuples().isEmpty();
      case Sort sort -> isZero(sort) || in(sort.getInput());
      case Filter filter -> isNever(filter) || in(filter.getInput());
      case Project project -> in(project.getInput());
      case Aggregate aggregate ->
          aggregate.getGroupSets().stream().noneMatch(set -> set.isEmpty())
              && in(aggregate.getInput());
      case Join join when join.getJoinType() == JoinRelType.INNER ->
          in(join.getLeft()) || in(join.getRight());
      case Join join when join.getJoinType() == JoinRelType.LEFT -> in(join.getLeft());
      case Union union -> union.getInputs().stream().allMatch(NoRows::in);
      default -> false;
    };
  }

  private static boolean isZero(Sort sort) {
    return sort.fetch instanceof RexLiteral literal
        && literal.getValueAs(Long.class) instanceof Long count
        && count == 0;
  }

  private static boolean isNever(Filter filter) {
    return RelOptUtil.conjunctions(filter.getCondition()).stream()
        .filter(RexUtil::isConstant)
        .anyMatch(condition -> isNever(filter, condition));
  }

  private static boolean isNever(Filter filter, RexNode condition) {
    return new RexSimplify(
            filter.getCluster().getRexBuilder(), RelOptPredicateList.EMPTY, RexUtil.EXECUTOR)
        .simplifyUnknownAsFalse(condition)
        .isAlwaysFalse();
  }
}

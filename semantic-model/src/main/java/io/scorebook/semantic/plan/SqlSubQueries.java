package io.scorebook.semantic.plan;

import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/// Writes `IN (SELECT ...)`, `EXISTS` and subqueries of one value as joins, which engines run.
final class SqlSubQueries {
  private static final HepProgram TO_JOINS =
      HepProgram.builder()
          .addRuleInstance(CoreRules.FILTER_SUB_QUERY_TO_CORRELATE)
          .addRuleInstance(CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE)
          .addRuleInstance(CoreRules.JOIN_SUB_QUERY_TO_CORRELATE)
          .build();

  private SqlSubQueries() {}

  /// @throws Refusal where a subquery refers to the query around it
  static RelNode join(RelNode rel) {
    var found = new Found();
    found.go(rel);
    if (found.correlated) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL,
          "Cannot use a subquery that refers to the query around it; write a join, or IN (SELECT ...)");
    }
    if (!found.any) {
      return rel;
    }
    var planner = new HepPlanner(TO_JOINS);
    planner.setRoot(rel);
    return planner.findBestExp();
  }

  private static final class Found extends RelVisitor {
    private boolean any;
    private boolean correlated;

    @Override
    public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
      correlated |= node instanceof Correlate;
      node.accept(
          new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
              any = true;
              go(query.rel);
              return super.visitSubQuery(query);
            }

            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
              correlated = true;
              return variable;
            }
          });
      super.visit(node, ordinal, parent);
    }
  }
}

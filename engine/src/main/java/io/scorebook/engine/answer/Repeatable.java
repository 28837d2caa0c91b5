package io.scorebook.engine.answer;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/// Whether a plan gives the same rows each time it runs over the same snapshots: it does unless it
/// asks for the moment, or for chance.
public final class Repeatable extends RexShuttle {
  private boolean repeatable = true;

  private Repeatable() {}

  public static boolean is(RelNode plan) {
    var found = new Repeatable();
    found.look(plan);
    return found.repeatable;
  }

  private void look(RelNode plan) {
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        node.accept(Repeatable.this);
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    repeatable &= call.getOperator().isDeterministic() && !call.getOperator().isDynamicFunction();
    return super.visitCall(call);
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery query) {
    look(query.rel);
    return super.visitSubQuery(query);
  }
}

package io.scorebook.semantic.expression;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/// What some calls stand for, in whatever expression of a tree they are, also in those of a
/// subquery that is an expression itself.
abstract class Meaning extends RexShuttle {
  @Override
  public RexNode visitSubQuery(RexSubQuery query) {
    return ((RexSubQuery) super.visitSubQuery(query)).clone(in(query.rel));
  }

  /// The tree with its expressions as they are meant.
  RelNode in(RelNode rel) {
    return rel.accept(
            new RelShuttleImpl() {
              @Override
              protected RelNode visitChild(RelNode parent, int i, RelNode child) {
                return super.visitChild(parent, i, child).accept(Meaning.this);
              }
            })
        .accept(this);
  }
}

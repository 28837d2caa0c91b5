package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.GroupValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/// Moves the expressions of a query onto an input whose metrics have become values: what had a
/// measure's type has the type of its values, and subqueries are expanded.
final class SqlValues extends RexShuttle {
  private final Expressions expressions;
  private final RelDataType input;
  private final Map<Integer, Refusal> hidden;
  private final UnaryOperator<RelNode> subQueries;

  /// @param input the columns that the expressions refer to now
  /// @param hidden metrics among them that have no value here, and what to say of it
  SqlValues(
      Expressions expressions,
      RelDataType input,
      Map<Integer, Refusal> hidden,
      UnaryOperator<RelNode> subQueries) {
    this.expressions = expressions;
    this.input = input;
    this.hidden = hidden;
    this.subQueries = subQueries;
  }

  @Override
  public RexNode visitInputRef(RexInputRef reference) {
    Refusal refusal = hidden.get(reference.getIndex());
    if (refusal != null) {
      throw refusal;
    }
    return RexInputRef.of(reference.getIndex(), input);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (call.getKind() == SqlKind.M2V) {
      RexNode value = call.getOperands().getFirst().accept(this);
      return expressions.cluster().getRexBuilder().ensureType(call.getType(), value, true);
    }
    RexCall visited = (RexCall) super.visitCall(call);
    return visited.getType().getSqlTypeName() == SqlTypeName.MEASURE
        ? visited.clone(GroupValue.withoutMeasure(visited.getType()), visited.getOperands())
        : visited;
  }

  @Override
  public RexNode visitOver(RexOver over) {
    if (over.getType().getSqlTypeName() == SqlTypeName.MEASURE) {
      throw new Refusal(
          Issue.Code.UNSUPPORTED_SQL,
          "Cannot use %s of a metric over a window; write AGGREGATE(...) in it, in a query with GROUP BY"
              .formatted(over.getOperator().getName()));
    }
    return super.visitOver(over);
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery query) {
    return ((RexSubQuery) super.visitSubQuery(query)).clone(rows(expressions, query, subQueries));
  }

  /// Of EXISTS no column is looked at.
  static RelNode rows(
      Expressions expressions, RexSubQuery query, UnaryOperator<RelNode> subQueries) {
    return subQueries.apply(
        query.getKind() == SqlKind.EXISTS
            ? LogicalProject.create(
                query.rel,
                List.of(),
                List.of(expressions.cluster().getRexBuilder().makeLiteral(true)),
                List.of("exists"),
                Set.of())
            : query.rel);
  }
}

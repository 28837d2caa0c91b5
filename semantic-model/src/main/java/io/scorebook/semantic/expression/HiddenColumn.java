package io.scorebook.semantic.expression;

import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/// Stands in a plan for a column that a policy takes away, so that queries which name it are still
/// understood. It has no value. What depends on it is found by the lineage of the plan, and must
/// not be told; where nothing does, NULL takes its place before an engine sees it.
public final class HiddenColumn {
  private static final SqlFunction OPERATOR =
      new OwnFunction("HIDDEN", ReturnTypes.ARG0_FORCE_NULLABLE, OperandTypes.CHARACTER);

  private HiddenColumn() {}

  /// @param table `namespace.table`
  public static RexNode of(RexBuilder rex, RelDataType type, String table, String column) {
    RelDataType nullable = rex.getTypeFactory().createTypeWithNullability(type, true);
    return rex.makeCall(
        nullable, OPERATOR, java.util.List.of(rex.makeLiteral(table + "\n" + column)));
  }

  /// What it stands for.
  public record Name(String table, String column) {}

  /// The column that an expression stands for, if it is one of these.
  public static Optional<Name> find(RexNode node) {
    if (node instanceof RexCall call
        && call.getOperator() == OPERATOR
        && call.getOperands().getFirst() instanceof RexLiteral literal
        && literal.getValueAs(String.class) instanceof String name) {
      int end = name.indexOf('\n');
      return Optional.of(new Name(name.substring(0, end), name.substring(end + 1)));
    }
    return Optional.empty();
  }

  /// The same tree with NULL in the place of all of them.
  public static RelNode asNull(RelNode plan) {
    var nulls =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            return find(call).isPresent()
                ? plan.getCluster().getRexBuilder().makeNullLiteral(call.getType())
                : super.visitCall(call);
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            RexNode visited = super.visitSubQuery(query);
            return visited instanceof RexSubQuery sub ? sub.clone(asNull(sub.rel)) : visited;
          }
        };
    return plan.accept(
            new RelShuttleImpl() {
              @Override
              protected RelNode visitChild(RelNode parent, int i, RelNode child) {
                return super.visitChild(parent, i, child).accept(nulls);
              }
            })
        .accept(nulls);
  }
}

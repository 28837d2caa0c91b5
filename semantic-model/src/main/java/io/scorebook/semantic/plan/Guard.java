package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.HiddenColumn;
import io.scorebook.semantic.lineage.Lineage;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// The last walk over a plan: refuses what an engine must never see, and lists the tables it reads.
///
/// A measure that is left unexpanded would be taken for a plain column by an engine, and give a
/// wrong number: so a plan that holds one is a bug of this module, not an answer.
final class Guard {
  private static final Set<SqlKind> MEASURES =
      Set.of(SqlKind.M2V, SqlKind.V2M, SqlKind.M2X, SqlKind.AGG_M2V, SqlKind.AGG_M2M);

  private Guard() {}

  /// @return the tables that the plan reads
  /// @throws IllegalArgumentException for a plan that must not run
  static Set<String> check(RelNode plan) {
    var tables = new HashSet<String>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        for (RelDataTypeField field : node.getRowType().getFieldList()) {
          if (field.getType().getSqlTypeName() == SqlTypeName.MEASURE) {
            throw unexpanded(field.getName());
          }
        }
        if (node instanceof SemanticScan scan) {
          throw unexpanded(scan.toString());
        }
        if (node instanceof TableScan scan) {
          if (!(scan instanceof GovernedScan)
              && scan.getTable().unwrap(GovernedTable.class) != null) {
            throw new IllegalArgumentException(
                "Invalid plan: a scan is without its policy: "
                    + scan.getTable().getQualifiedName());
          }
          tables.add(String.join(".", scan.getTable().getQualifiedName()));
        }
        if (node instanceof Aggregate aggregate) {
          aggregate
              .getAggCallList()
              .forEach(call -> {
                if (MEASURES.contains(call.getAggregation().getKind())
                    || call.distinctKeys != null) {
                  throw unexpanded(call.toString());
                }
              });
        }
        node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitCall(RexCall call) {
                if (MEASURES.contains(call.getKind())) {
                  throw unexpanded(call.toString());
                }
                return super.visitCall(call);
              }

              @Override
              public RexNode visitSubQuery(org.apache.calcite.rex.RexSubQuery query) {
                tables.addAll(check(query.rel));
                return query;
              }
            });
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
    return tables;
  }

  /// Nothing that is told may depend on a column that is hidden.
  ///
  /// @return whether the plan still names one, on which nothing depends
  /// @throws IllegalArgumentException for a plan that must not run
  static boolean namesHidden(RelNode plan, Lineage lineage) {
    var hidden = new HashSet<HiddenColumn.Name>();
    collectHidden(plan, hidden);
    boolean told =
        lineage.columns().values().stream()
            .flatMap(Set::stream)
            .anyMatch(edge -> hidden.contains(new HiddenColumn.Name(edge.table(), edge.column())));
    if (told) {
      throw new IllegalArgumentException("Invalid plan: it depends on a column that is hidden");
    }
    return !hidden.isEmpty();
  }

  private static void collectHidden(RelNode plan, Set<HiddenColumn.Name> hidden) {
    var names =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            HiddenColumn.find(call).ifPresent(hidden::add);
            return super.visitCall(call);
          }

          @Override
          public RexNode visitSubQuery(org.apache.calcite.rex.RexSubQuery query) {
            collectHidden(query.rel, hidden);
            return super.visitSubQuery(query);
          }
        };
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        node.accept(names);
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
  }

  private static IllegalArgumentException unexpanded(String what) {
    return new IllegalArgumentException("Invalid plan: a measure is left in it: " + what);
  }
}

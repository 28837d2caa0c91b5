package io.scorebook.semantic.plan;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;

/// A scan of a table of which not all is seen: its rows and columns are what policies show. In the
/// tree of a plan it is a leaf, so that nothing can be moved below the policy or merged with it; an
/// engine runs [#expansion] in its place.
public final class GovernedScan extends TableScan {
  private final RelNode expansion;
  private final RelDataType shown;

  /// @param shown the columns; of a row that is seen a value that is never NULL is there
  GovernedScan(RelOptCluster cluster, RelOptTable table, RelNode expansion, RelDataType shown) {
    super(cluster, cluster.traitSetOf(Convention.NONE), List.of(), table);
    this.expansion = expansion;
    this.shown = shown;
  }

  /// Masks over a filter over the scan itself.
  public RelNode expansion() {
    return expansion;
  }

  @Override
  public RelDataType deriveRowType() {
    return shown;
  }
}

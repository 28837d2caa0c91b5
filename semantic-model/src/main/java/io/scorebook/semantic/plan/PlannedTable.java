package io.scorebook.semantic.plan;

import java.util.function.Function;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/// A product's table: in a query it is the plan of its content.
final class PlannedTable extends AbstractTable implements TranslatableTable {
  private final RelDataType row;
  private final Function<RelOptCluster, RelNode> content;

  /// @param row the columns that the content gives
  PlannedTable(RelDataType row, Function<RelOptCluster, RelNode> content) {
    this.row = row;
    this.content = content;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return types.copyType(row);
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return RelOptUtil.createCastRel(content.apply(context.getCluster()), table.getRowType(), true);
  }
}

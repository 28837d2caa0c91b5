package io.scorebook.semantic.plan;

import io.scorebook.semantic.model.Dataset;
import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/// A dataset as SQL sees it: its dimensions, then its metrics as columns of measure type, which
/// only `AGGREGATE` can turn into values.
final class SemanticTable extends AbstractTable implements TranslatableTable {
  private final Dataset dataset;
  private final List<Column> columns;

  SemanticTable(Dataset dataset, List<Column> columns) {
    this.dataset = dataset;
    this.columns = List.copyOf(columns);
  }

  /// @param type of the values, also for a metric
  record Column(String name, RelDataType type, Plan.Role role) {}

  Dataset dataset() {
    return dataset;
  }

  List<Column> columns() {
    return columns;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    var row = types.builder();
    for (Column column : columns) {
      RelDataType type = types.copyType(column.type());
      row.add(
          column.name(),
          column.role() == Plan.Role.DIMENSION ? type : types.createMeasureType(type));
    }
    return row.build();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return new SemanticScan(context.getCluster(), dataset, table.getRowType());
  }
}

package io.scorebook.semantic.plan;

import java.util.Collection;
import java.util.List;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/// A catalog table in Calcite's terms: its columns; an engine brings the rows.
final class StoredTable extends AbstractTable implements TranslatableTable {
  private final SourceTable table;

  StoredTable(SourceTable table) {
    this.table = table;
  }

  /// Adds each table under its namespace.
  static void addAll(SchemaPlus root, Collection<SourceTable> tables) {
    for (SourceTable table : tables) {
      SchemaPlus namespace = root.subSchemas().get(table.namespace());
      if (namespace == null) {
        namespace = root.add(table.namespace(), new AbstractSchema());
      }
      namespace.add(
          table.name(),
          table
              .sight()
              .<Table>map(sight -> new GovernedTable(table, sight))
              .orElseGet(() -> new StoredTable(table)));
    }
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return rowType(table, types);
  }

  /// All columns as they are stored.
  static RelDataType rowType(SourceTable table, RelDataTypeFactory types) {
    var row = types.builder();
    for (SourceTable.Column column : table.columns()) {
      row.add(
          column.name(), types.createTypeWithNullability(type(types, column), !column.required()));
    }
    return row.build();
  }

  /// A scan, by a name of its own where the table is read at a tag.
  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable of) {
    RelOptTable scanned =
        table.tag().isEmpty()
            ? of
            : RelOptTableImpl.create(
                of.getRelOptSchema(),
                of.getRowType(),
                List.of(table.namespace(), table.scanned()),
                this,
                Expressions.constant(null));
    return LogicalTableScan.create(context.getCluster(), scanned, context.getTableHints());
  }

  private static RelDataType type(RelDataTypeFactory types, SourceTable.Column column) {
    return switch (column.type()) {
      case SourceTable.Type.Decimal(int precision, int scale) ->
          types.createSqlType(SqlTypeName.DECIMAL, precision, scale);
      case SourceTable.Type.Simple simple ->
          switch (simple) {
            case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
            case INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
            case LONG -> types.createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> types.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
            case STRING -> types.createSqlType(SqlTypeName.VARCHAR);
            case BINARY -> types.createSqlType(SqlTypeName.VARBINARY);
            case DATE -> types.createSqlType(SqlTypeName.DATE);
            case TIME -> types.createSqlType(SqlTypeName.TIME, 6);
            case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, 6);
            case TIMESTAMP_TZ -> types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6);
          };
    };
  }
}

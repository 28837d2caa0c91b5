package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.HiddenColumn;
import io.scorebook.semantic.expression.Masks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// A catalog table of which not all is seen. Whatever a plan makes of its name is a [GovernedScan]:
/// there is no way to a scan without the policy.
final class GovernedTable extends AbstractTable implements TranslatableTable {
  private final SourceTable table;
  private final Sight sight;

  /// @throws IllegalArgumentException for conditions or masks that do not fit the table
  GovernedTable(SourceTable table, Sight sight) {
    this.table = table;
    this.sight = sight;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    var row = types.builder();
    for (RelDataTypeField field : StoredTable.rowType(table, types).getFieldList()) {
      row.add(field.getName(), seen(types, field));
    }
    return row.build();
  }

  private RelDataType seen(RelDataTypeFactory types, RelDataTypeField field) {
    return switch (sight.columns().get(field.getName())) {
      case Sight.Shown.Hidden _, Sight.Shown.Nothing _, Sight.Shown.Bucket _ ->
          types.createTypeWithNullability(field.getType(), true);
      case null -> field.getType();
      case Sight.Shown.Pseudonym _,
          Sight.Shown.Partial _,
          Sight.Shown.Period _,
          Sight.Shown.Constant _ ->
          field.getType();
    };
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable found) {
    RelOptCluster cluster = context.getCluster();
    RexBuilder rex = cluster.getRexBuilder();
    RelDataType all = StoredTable.rowType(table, cluster.getTypeFactory());
    RelOptTable named =
        RelOptTableImpl.create(
            found.getRelOptSchema(),
            found.getRowType(),
            List.of(table.namespace(), table.scanned()),
            this,
            Expressions.constant(null));
    RelNode expansion = expansion(cluster, all);
    var shown = cluster.getTypeFactory().builder();
    for (String name : expansion.getRowType().getFieldNames()) {
      shown.add(
          name,
          seen(cluster.getTypeFactory(), Objects.requireNonNull(all.getField(name, true, false))));
    }
    var scan = new GovernedScan(cluster, named, expansion, shown.build());
    if (scan.getRowType().getFieldCount() == all.getFieldCount()) {
      return scan;
    }
    var columns = new ArrayList<RexNode>();
    for (RelDataTypeField field : all.getFieldList()) {
      int at = scan.getRowType().getFieldNames().indexOf(field.getName());
      columns.add(
          at < 0
              ? HiddenColumn.of(rex, field.getType(), table.qualifiedName(), field.getName())
              : rex.makeInputRef(scan, at));
    }
    return LogicalProject.create(scan, List.of(), columns, all.getFieldNames(), java.util.Set.of());
  }

  /// Filter on the values as they are, then mask. A value is within reach only of a row that is
  /// seen: however an engine moves what stands above below the filter, it finds NULL in a row that
  /// is not, and so neither fails for it nor tells of it.
  private RelNode expansion(RelOptCluster cluster, RelDataType all) {
    RexBuilder rex = cluster.getRexBuilder();
    RelDataType read = read(cluster, all);
    RelNode scan =
        LogicalTableScan.create(
            cluster,
            RelOptTableImpl.create(
                null,
                read,
                List.of(table.namespace(), table.scanned()),
                new StoredTable(table),
                Expressions.constant(null)),
            List.of());
    Optional<RexNode> rows = sight.rows().map(of -> condition(rex, read, of));
    RelNode shown = rows.<RelNode>map(of -> LogicalFilter.create(scan, of)).orElse(scan);
    var columns = new ArrayList<RexNode>();
    var names = new ArrayList<String>();
    for (RelDataTypeField field : read.getFieldList()) {
      if (!sight.hides(field.getName())) {
        RexNode stored = rex.makeInputRef(scan, field.getIndex());
        RexNode value = rows.map(of -> withinReach(rex, of, stored)).orElse(stored);
        columns.add(masked(rex, field, value));
        names.add(field.getName());
      }
    }
    return LogicalProject.create(shown, List.of(), columns, names, java.util.Set.of());
  }

  /// The columns that are read: those that are shown, and those that tell which rows are.
  private RelDataType read(RelOptCluster cluster, RelDataType all) {
    ImmutableBitSet conditions =
        sight
            .rows()
            .map(of -> RelOptUtil.InputFinder.bits(condition(cluster.getRexBuilder(), all, of)))
            .orElse(ImmutableBitSet.of());
    var row = cluster.getTypeFactory().builder();
    for (RelDataTypeField field : all.getFieldList()) {
      if (!sight.hides(field.getName()) || conditions.get(field.getIndex())) {
        row.add(field);
      }
    }
    return row.build();
  }

  private static RexNode withinReach(RexBuilder rex, RexNode rows, RexNode stored) {
    RelDataType type = rex.getTypeFactory().createTypeWithNullability(stored.getType(), true);
    return rex.makeCall(
        type, SqlStdOperatorTable.CASE, List.of(rows, stored, rex.makeNullLiteral(type)));
  }

  static RexNode condition(RexBuilder rex, RelDataType row, Sight.Rows rows) {
    List<RexNode> anyOf = rows.anyOf().stream().map(one -> condition(rex, row, one)).toList();
    List<RexNode> allOf = rows.allOf().stream().map(one -> condition(rex, row, one)).toList();
    var all = new ArrayList<>(allOf);
    all.addFirst(RexUtil.composeDisjunction(rex, anyOf));
    return RexUtil.flatten(rex, RexUtil.composeConjunction(rex, all));
  }

  private static RexNode condition(RexBuilder rex, RelDataType row, Sight.Condition condition) {
    return new RowConditions(rex, row, RowConditions.of(condition.attributes()))
        .condition(condition.sql());
  }

  private RexNode masked(RexBuilder rex, RelDataTypeField field, RexNode value) {
    RelDataType type = value.getType();
    return switch (sight.columns().get(field.getName())) {
      case null -> value;
      case Sight.Shown.Hidden _ ->
          throw new IllegalArgumentException("Invalid column: " + field.getName());
      case Sight.Shown.Nothing _ ->
          rex.makeNullLiteral(rex.getTypeFactory().createTypeWithNullability(type, true));
      case Sight.Shown.Pseudonym _ -> Masks.pseudonym(rex, value);
      case Sight.Shown.Partial(int first, int last) -> Masks.partial(rex, value, first, last);
      case Sight.Shown.Bucket(var size) -> Masks.bucket(rex, value, size);
      case Sight.Shown.Period(Grain grain) -> rex.ensureType(type, grain.of(rex, value), true);
      case Sight.Shown.Constant(String text) -> Sights.constant(rex, text, type).orElseThrow();
    };
  }
}

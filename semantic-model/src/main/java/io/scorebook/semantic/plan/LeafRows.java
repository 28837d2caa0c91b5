package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Relationship;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// The filtered rows of a fact with the query's keys first and further columns behind them.
final class LeafRows {
  private final CompiledModel model;
  private final Expressions expressions;
  private final MetricQuery query;

  LeafRows(CompiledModel model, Expressions expressions, MetricQuery query) {
    this.model = model;
    this.expressions = expressions;
    this.query = query;
  }

  /// A column behind the keys: an expression over `dataset.field` names, or one over the query's
  /// dimensions.
  sealed interface Column {
    record OfFields(SqlNode expression) implements Column {}

    record OfDimensions(RexNode expression) implements Column {}

    record OfPath(FieldPath path) implements Column {}
  }

  /// Pushes the rows: first the keys of `keys` in their order, then the columns.
  RelBuilder push(Dataset fact, ImmutableBitSet keys, List<Column> columns) {
    List<FieldPath> space =
        query.space().stream().map(d -> model.dimension(fact, d.name())).toList();
    Set<Integer> used = usedDimensions(keys, columns);
    Set<List<Relationship>> paths = new LinkedHashSet<>();
    used.forEach(index -> paths.add(space.get(index).path()));
    for (Column column : columns) {
      switch (column) {
        case Column.OfFields(SqlNode expression) -> collectPaths(fact, expression, paths);
        case Column.OfPath(FieldPath path) -> paths.add(path.path());
        case Column.OfDimensions _ -> {} // collected with the keys
      }
    }
    FactRows rows = FactRows.join(model, expressions, fact, List.copyOf(paths));

    // Dimensions and columns side by side, then the filter, then keys over the dimensions.
    var values = new ArrayList<RexNode>();
    var names = new ArrayList<String>();
    var positions = new ArrayList<Integer>();
    for (int i = 0; i < space.size(); i++) {
      positions.add(used.contains(i) ? values.size() : -1);
      if (used.contains(i)) {
        MetricQuery.Dimension dimension = query.space().get(i);
        values.add(
            expressions
                .cluster()
                .getRexBuilder()
                .ensureType(dimension.type(), rows.value(space.get(i)), false));
        names.add("d" + i);
      }
    }
    var positionOf = new ArrayList<Integer>();
    for (Column column : columns) {
      positionOf.add(values.size());
      switch (column) {
        case Column.OfFields(SqlNode expression) -> {
          names.add("c" + values.size());
          values.add(rows.value(fact, expression));
        }
        case Column.OfPath(FieldPath path) -> {
          names.add("c" + values.size());
          values.add(rows.value(path));
        }
        case Column.OfDimensions _ -> {} // a value over the dimensions, below
      }
    }
    RelNode base = rows.finish(values, names);
    RelBuilder builder = expressions.relBuilder().push(base);
    Function<RexNode, RexNode> onBase = node -> onBase(node, base, positions);
    query.before().map(onBase).ifPresent(builder::filter);
    var projected = new ArrayList<RexNode>();
    keys.forEachInt(key -> projected.add(onBase.apply(query.keys().get(key).value())));
    for (int i = 0; i < columns.size(); i++) {
      projected.add(
          switch (columns.get(i)) {
            case Column.OfFields _, Column.OfPath _ -> builder.field(positionOf.get(i));
            case Column.OfDimensions(RexNode expression) -> onBase.apply(expression);
          });
    }
    var projectedNames = new ArrayList<String>();
    keys.forEachInt(key -> projectedNames.add("k" + key));
    for (int i = 0; i < columns.size(); i++) {
      projectedNames.add("c" + i);
    }
    return builder.project(projected, projectedNames, true);
  }

  private Set<Integer> usedDimensions(ImmutableBitSet keys, List<Column> columns) {
    var nodes = new ArrayList<RexNode>();
    keys.forEachInt(key -> nodes.add(query.keys().get(key).value()));
    query.before().ifPresent(nodes::add);
    for (Column column : columns) {
      if (column instanceof Column.OfDimensions(RexNode expression)) {
        nodes.add(expression);
      }
    }
    var used = new LinkedHashSet<Integer>();
    nodes.forEach(node ->
        RexUtil.apply(
            new org.apache.calcite.rex.RexVisitorImpl<Void>(true) {
              @Override
              public Void visitInputRef(RexInputRef reference) {
                used.add(reference.getIndex());
                return null;
              }
            },
            List.of(node),
            null));
    return used;
  }

  private void collectPaths(Dataset fact, SqlNode expression, Set<List<Relationship>> paths) {
    expression.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier identifier) {
            paths.add(model.reference(fact, identifier).path());
            return null;
          }
        });
  }

  private static RexNode onBase(RexNode node, RelNode base, List<Integer> positions) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return RexInputRef.of(positions.get(reference.getIndex()), base.getRowType());
          }
        });
  }
}

package io.scorebook.semantic.lineage;

import io.scorebook.semantic.expression.HiddenColumn;
import io.scorebook.semantic.lineage.Lineage.Edge;
import io.scorebook.semantic.lineage.Lineage.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// Follows every column of a plan back to the stored columns it depends on.
///
/// Calcite's own column origins know values only, and none for a COUNT or a window; here a filter,
/// a join, a key or an order that an answer depends on is an edge too.
public final class LineageWalk {
  /// What a subquery sees of the rows around it.
  private final Map<CorrelationId, Traced> around = new HashMap<>();

  private LineageWalk() {}

  /// @param names the names of the tree's columns
  public static Lineage of(RelNode rel, List<String> names) {
    Traced traced = new LineageWalk().trace(rel);
    var columns = new LinkedHashMap<String, Set<Edge>>();
    for (int i = 0; i < names.size(); i++) {
      var edges = new TreeSet<>(traced.columns().get(i));
      edges.addAll(traced.rows());
      columns.put(names.get(i), edges);
    }
    return new Lineage(columns, traced.rows());
  }

  /// @param columns what each column depends on
  /// @param rows what the presence of the rows depends on
  private record Traced(List<Set<Edge>> columns, Set<Edge> rows) {}

  private Traced trace(RelNode rel) {
    return switch (rel) {
      case TableScan scan -> scan(scan);
      case Project project -> {
        Traced input = trace(project.getInput());
        surround(project.getVariablesSet(), input);
        yield new Traced(
            project.getProjects().stream().map(node -> value(node, input)).toList(), input.rows());
      }
      case Filter filter -> {
        Traced input = trace(filter.getInput());
        surround(filter.getVariablesSet(), input);
        yield new Traced(
            input.columns(),
            with(input.rows(), as(Use.FILTER, edges(filter.getCondition(), input))));
      }
      case Join join -> {
        Traced left = trace(join.getLeft());
        Traced right = trace(join.getRight());
        var both =
            new Traced(
                Stream.concat(left.columns().stream(), right.columns().stream()).toList(),
                with(left.rows(), right.rows()));
        surround(join.getVariablesSet(), both);
        Set<Edge> rows = with(both.rows(), as(Use.JOIN, edges(join.getCondition(), both)));
        yield new Traced(
            join.getJoinType().projectsRight() ? both.columns() : left.columns(), rows);
      }
      case Aggregate aggregate -> aggregate(aggregate);
      case Sort sort -> {
        Traced input = trace(sort.getInput());
        Set<Edge> order =
            sort.getCollation().getFieldCollations().stream()
                .flatMap(field -> input.columns().get(field.getFieldIndex()).stream())
                .collect(Collectors.toSet());
        yield new Traced(input.columns(), with(input.rows(), as(Use.ORDER, order)));
      }
      case SetOp set -> set(set);
      case Values values ->
          new Traced(
              values.getRowType().getFieldList().stream().map(_ -> Set.<Edge>of()).toList(),
              Set.of());
      default -> unknown(rel);
    };
  }

  private void surround(Set<CorrelationId> variables, Traced rows) {
    variables.forEach(id -> around.put(id, rows));
  }

  private static Traced scan(TableScan scan) {
    // A table that is read at a tag (`namespace.name@tag`) is the same table.
    String table = String.join(".", scan.getTable().getQualifiedName()).replaceFirst("@.*", "");
    return new Traced(
        scan.getRowType().getFieldNames().stream()
            .map(column -> Set.of(new Edge(table, column, Use.IDENTITY)))
            .toList(),
        Set.of());
  }

  private Traced aggregate(Aggregate aggregate) {
    Traced input = trace(aggregate.getInput());
    var columns = new ArrayList<Set<Edge>>();
    aggregate.getGroupSet().forEachInt(key -> columns.add(input.columns().get(key)));
    Set<Edge> keys = columns.stream().flatMap(Set::stream).collect(Collectors.toSet());
    for (AggregateCall call : aggregate.getAggCallList()) {
      var edges = new LinkedHashSet<Edge>();
      call.getArgList()
          .forEach(argument -> edges.addAll(made(Use.AGGREGATION, input.columns().get(argument))));
      if (call.hasFilter()) {
        edges.addAll(as(Use.FILTER, input.columns().get(call.filterArg)));
      }
      call.getCollation()
          .getFieldCollations()
          .forEach(
              field -> edges.addAll(as(Use.ORDER, input.columns().get(field.getFieldIndex()))));
      columns.add(edges);
    }
    return new Traced(columns, with(input.rows(), as(Use.GROUP, keys)));
  }

  private Traced set(SetOp set) {
    List<Traced> inputs = set.getInputs().stream().map(this::trace).toList();
    var columns = new ArrayList<Set<Edge>>();
    for (int i = 0; i < set.getRowType().getFieldCount(); i++) {
      var edges = new LinkedHashSet<Edge>();
      for (Traced input : inputs) {
        edges.addAll(input.columns().get(i));
      }
      columns.add(edges);
    }
    Set<Edge> rows =
        inputs.stream().flatMap(input -> input.rows().stream()).collect(Collectors.toSet());
    if (!set.all || !(set instanceof Union)) {
      // Rows are compared by all that they have.
      columns.forEach(column -> rows.addAll(as(Use.GROUP, column)));
    }
    return new Traced(columns, rows);
  }

  /// A node that this walk does not know: everything below may be part of everything above.
  private Traced unknown(RelNode rel) {
    var all = new LinkedHashSet<Edge>();
    for (RelNode input : rel.getInputs()) {
      Traced traced = trace(input);
      traced.columns().forEach(all::addAll);
      all.addAll(traced.rows());
    }
    return new Traced(
        rel.getRowType().getFieldList().stream().map(_ -> Set.copyOf(all)).toList(), all);
  }

  /// What a column of a projection depends on.
  private Set<Edge> value(RexNode node, Traced input) {
    if (node instanceof RexCall cast
        && cast.isA(SqlKind.CAST)
        && SqlTypeUtil.equalSansNullability(cast.getType(), cast.getOperands().get(0).getType())) {
      return value(cast.getOperands().get(0), input);
    }
    Set<Edge> edges = edges(node, input);
    return node instanceof RexInputRef ? edges : made(Use.TRANSFORMATION, edges);
  }

  private Set<Edge> edges(RexNode node, Traced input) {
    var edges = new LinkedHashSet<Edge>();
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitInputRef(RexInputRef reference) {
            edges.addAll(input.columns().get(reference.getIndex()));
            return null;
          }

          @Override
          public Void visitCall(RexCall call) {
            HiddenColumn.find(call)
                .ifPresent(
                    hidden -> edges.add(new Edge(hidden.table(), hidden.column(), Use.IDENTITY)));
            return super.visitCall(call);
          }

          @Override
          public Void visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable outer
                && around.containsKey(outer.id)) {
              edges.addAll(around.get(outer.id).columns().get(access.getField().getIndex()));
            }
            return super.visitFieldAccess(access);
          }

          @Override
          public Void visitOver(RexOver over) {
            Use use = ofOneRow(over) ? Use.TRANSFORMATION : Use.AGGREGATION;
            over.getOperands().forEach(operand -> edges.addAll(made(use, edges(operand, input))));
            over.getWindow()
                .partitionKeys
                .forEach(key -> edges.addAll(as(Use.WINDOW, edges(key, input))));
            over.getWindow()
                .orderKeys
                .forEach(key -> edges.addAll(as(Use.WINDOW, edges(key.left, input))));
            return null;
          }

          @Override
          public Void visitSubQuery(RexSubQuery query) {
            super.visitSubQuery(query);
            Traced traced = trace(query.rel);
            traced.columns().forEach(column -> edges.addAll(as(Use.FILTER, column)));
            edges.addAll(traced.rows());
            return null;
          }
        });
    return edges;
  }

  /// Functions of windows whose value is that of one row.
  private static boolean ofOneRow(RexOver over) {
    return switch (over.getAggOperator().getKind()) {
      case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE, ANY_VALUE -> true;
      default -> false;
    };
  }

  /// Values made something of; what was made more of before stays that.
  private static Set<Edge> made(Use use, Set<Edge> edges) {
    return edges.stream()
        .map(edge ->
            edge.use().isValue() && edge.use().compareTo(use) < 0
                ? new Edge(edge.table(), edge.column(), use)
                : edge)
        .collect(Collectors.toSet());
  }

  /// Values put to another use; what had another use before keeps it.
  private static Set<Edge> as(Use use, Set<Edge> edges) {
    return edges.stream()
        .map(edge -> edge.use().isValue() ? new Edge(edge.table(), edge.column(), use) : edge)
        .collect(Collectors.toSet());
  }

  private static Set<Edge> with(Set<Edge> some, Set<Edge> more) {
    var all = new LinkedHashSet<>(some);
    all.addAll(more);
    return all;
  }
}

package io.scorebook.semantic.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/// Projections and filters over a dataset, as expressions over the columns of the dataset. Its
/// metrics are columns of measure type there, and plain names: what they are worth is for
/// [SqlAggregates] and [SqlRows] to say.
///
/// @param fields the columns at the top
/// @param filters from the lowest to the highest
record SqlChain(SemanticScan scan, List<RexNode> fields, List<RexNode> filters) {
  SqlChain {
    fields = List.copyOf(fields);
    filters = List.copyOf(filters);
  }

  /// Whether only projections and filters lie between here and a dataset.
  static boolean is(RelNode rel) {
    return switch (rel) {
      case SemanticScan _ -> true;
      case Project project -> is(project.getInput());
      case Filter filter -> is(filter.getInput());
      default -> false;
    };
  }

  static SqlChain of(RelNode rel) {
    return switch (rel) {
      case SemanticScan scan ->
          new SqlChain(
              scan,
              List.copyOf(scan.getCluster().getRexBuilder().identityProjects(scan.getRowType())),
              List.of());
      case Filter filter -> {
        SqlChain below = of(filter.getInput());
        var filters = new ArrayList<>(below.filters());
        filters.add(below.over(filter.getCondition()));
        yield new SqlChain(below.scan(), below.fields(), filters);
      }
      case Project project -> {
        SqlChain below = of(project.getInput());
        yield new SqlChain(
            below.scan(),
            project.getProjects().stream().map(below::over).toList(),
            below.filters());
      }
      default -> throw new IllegalArgumentException("Invalid chain: " + rel);
    };
  }

  /// An expression over the fields, as one over the dataset's columns.
  private RexNode over(RexNode node) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return fields.get(reference.getIndex());
          }

          @Override
          public RexNode visitCall(RexCall call) {
            RexNode visited = super.visitCall(call);
            return visited.getKind() == SqlKind.M2V
                    && ((RexCall) visited).getOperands().getFirst().getKind() == SqlKind.M2V
                ? ((RexCall) visited).getOperands().getFirst()
                : visited;
          }
        });
  }

  String name(int column) {
    return scan.getRowType().getFieldNames().get(column);
  }

  /// The metric that an expression is, not one that it computes with.
  static Optional<RexInputRef> metric(RexNode node) {
    return switch (node) {
      case RexInputRef reference when isMetric(reference) -> Optional.of(reference);
      case RexCall call when call.getKind() == SqlKind.M2V -> metric(call.getOperands().getFirst());
      default -> Optional.empty();
    };
  }

  static boolean isMetric(RexNode node) {
    return node.getType().getSqlTypeName() == SqlTypeName.MEASURE;
  }

  /// Each reference to a column of the dataset, metrics too.
  static void references(RexNode node, Consumer<RexInputRef> to) {
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitInputRef(RexInputRef reference) {
            to.accept(reference);
            return null;
          }
        });
  }

  /// The first metric that an expression holds.
  Optional<String> metricIn(RexNode node) {
    var names = new ArrayList<String>();
    references(
        node,
        reference -> {
          if (isMetric(reference)) {
            names.add(name(reference.getIndex()));
          }
        });
    return names.stream().findFirst();
  }
}

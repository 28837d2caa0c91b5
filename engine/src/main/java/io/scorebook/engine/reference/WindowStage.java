package io.scorebook.engine.reference;

import io.scorebook.engine.answer.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/// A projection with calls over windows: first what the calls need becomes columns, then each call
/// fills a column, then the projection reads those.
final class WindowStage {
  private final Project project;
  private final RexBuilder rex;
  private final int width;
  private final List<RexNode> needed = new ArrayList<>();
  private final List<RexOver> calls = new ArrayList<>();
  private final Watch watch;

  WindowStage(Project project, Watch watch) {
    this.project = project;
    this.rex = project.getCluster().getRexBuilder();
    this.width = project.getInput().getRowType().getFieldCount();
    this.watch = watch;
    var collector =
        new RexVisitorImpl<Void>(true) {
          @Override
          public @Nullable Void visitOver(RexOver over) {
            if (!calls.contains(over)) {
              calls.add(over);
            }
            return null;
          }
        };
    project.getProjects().forEach(expression -> expression.accept(collector));
  }

  /// The columns that a call reads.
  private record Keys(List<Integer> arguments, List<Integer> partition, List<Integer> order) {}

  List<@Nullable Object[]> rows(List<@Nullable Object[]> input) {
    List<Keys> keys =
        calls.stream()
            .map(call ->
                new Keys(
                    columns(call.getOperands()),
                    columns(call.getWindow().partitionKeys),
                    columns(call.getWindow().orderKeys.stream().map(key -> key.left).toList())))
            .toList();
    List<@Nullable Object[]> rows = widen(input);
    for (int i = 0; i < calls.size(); i++) {
      Keys read = keys.get(i);
      new Windows(calls.get(i), read.arguments(), read.partition(), read.order(), column(i), watch)
          .fill(rows);
    }
    return finish(rows);
  }

  /// The column that a call fills; known once all that is needed is.
  private int column(int call) {
    return width + needed.size() + call;
  }

  private List<Integer> columns(List<RexNode> nodes) {
    var columns = new ArrayList<Integer>();
    for (RexNode node : nodes) {
      if (node instanceof RexInputRef ref) {
        columns.add(ref.getIndex());
      } else {
        int known = needed.indexOf(node);
        if (known < 0) {
          needed.add(node);
          known = needed.size() - 1;
        }
        columns.add(width + known);
      }
    }
    return columns;
  }

  private List<@Nullable Object[]> widen(List<@Nullable Object[]> input) {
    var expressions = new Compiled(List.copyOf(needed), project.getInput().getRowType(), rex);
    var rows = new ArrayList<@Nullable Object[]>(input.size());
    for (@Nullable Object[] row : input) {
      @Nullable Object[] wide = Arrays.copyOf(row, width + needed.size() + calls.size());
      if (!needed.isEmpty()) {
        System.arraycopy(expressions.apply(row), 0, wide, width, needed.size());
      }
      rows.add(wide);
    }
    return rows;
  }

  private List<@Nullable Object[]> finish(List<@Nullable Object[]> rows) {
    RelDataTypeFactory.Builder type = project.getCluster().getTypeFactory().builder();
    type.addAll(project.getInput().getRowType().getFieldList());
    for (int i = 0; i < needed.size(); i++) {
      type.add("needed" + i, needed.get(i).getType());
    }
    for (int i = 0; i < calls.size(); i++) {
      type.add("call" + i, calls.get(i).getType());
    }
    var replace =
        new RexShuttle() {
          @Override
          public RexNode visitOver(RexOver over) {
            return new RexInputRef(column(calls.indexOf(over)), over.getType());
          }
        };
    var expressions =
        new Compiled(
            project.getProjects().stream().map(replace::apply).toList(),
            type.uniquify().build(),
            rex);
    var result = new ArrayList<@Nullable Object[]>(rows.size());
    for (@Nullable Object[] row : rows) {
      result.add(expressions.apply(row));
    }
    return result;
  }
}

package io.scorebook.engine.answer;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;

/// Whether a plan gives for the rows of a table together what it gives for them apart: for a part
/// of the rows, then, a part of the answer, and for none nothing.
public final class Linear {
  private Linear() {}

  /// @param table `namespace.table`; what else is read stays as it is
  public static boolean in(RelNode rel, String table) {
    return switch (rel) {
      case TableScan scan -> reads(scan, table);
      case Project project -> isOfOneRow(project.getProjects()) && in(project.getInput(), table);
      case Filter filter ->
          isOfOneRow(List.of(filter.getCondition())) && in(filter.getInput(), table);
      case Union union ->
          union.all && union.getInputs().stream().allMatch(input -> in(input, table));
      case Sort sort -> sort.fetch == null && sort.offset == null && in(sort.getInput(), table);
      case Join join -> isOfOneRow(List.of(join.getCondition())) && in(join, table);
      default -> false;
    };
  }

  private static boolean in(Join join, String table) {
    boolean left = in(join.getLeft(), table) && !contains(join.getRight(), table);
    boolean right = in(join.getRight(), table) && !contains(join.getLeft(), table);
    JoinRelType type = join.getJoinType();
    return (left && (type == JoinRelType.INNER || type == JoinRelType.LEFT))
        || (right && (type == JoinRelType.INNER || type == JoinRelType.RIGHT));
  }

  private static boolean isOfOneRow(List<RexNode> expressions) {
    return !RexOver.containsOver(expressions, null)
        && RexUtil.SubQueryFinder.find(expressions) == null;
  }

  private static boolean contains(RelNode rel, String table) {
    return rel instanceof TableScan scan
        ? reads(scan, table)
        : rel.getInputs().stream().anyMatch(input -> contains(input, table));
  }

  private static boolean reads(TableScan scan, String table) {
    return String.join(".", scan.getTable().getQualifiedName()).equals(table);
  }
}

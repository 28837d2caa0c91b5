package io.scorebook.engine.sql;

import io.scorebook.semantic.plan.GovernedScan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Which columns of each node somebody above it reads. An engine would find them too, but only
/// after it has read the names and types of all the others: of a small question that is a good part
/// of its time.
final class UsedColumns {
  private final boolean explains;
  private final Map<RelDigest, ImmutableBitSet> used = new HashMap<>();

  /// @param explains whether a table that policies restrict is a leaf
  UsedColumns(RelNode root, boolean explains) {
    this.explains = explains;
    use(root, all(root));
  }

  boolean contains(RelNode rel, int column) {
    return used.getOrDefault(rel.getRelDigest(), ImmutableBitSet.of()).get(column);
  }

  private static ImmutableBitSet all(RelNode rel) {
    return ImmutableBitSet.range(rel.getRowType().getFieldCount());
  }

  /// Equal nodes are written once, for all who read one of them.
  private void use(RelNode rel, ImmutableBitSet columns) {
    ImmutableBitSet known = used.get(rel.getRelDigest());
    ImmutableBitSet now = known == null ? columns : known.union(columns);
    if (now.equals(known)) {
      return;
    }
    used.put(rel.getRelDigest(), now);
    switch (rel) {
      case GovernedScan governed -> {
        if (!explains) {
          use(governed.expansion(), now);
        }
      }
      case TableScan _, Values _ -> {}
      case Project project -> {
        List<RexNode> projects = now.asList().stream().map(project.getProjects()::get).toList();
        use(project.getInput(), RelOptUtil.InputFinder.bits(projects, null));
      }
      case Filter filter ->
          use(filter.getInput(), now.union(RelOptUtil.InputFinder.bits(filter.getCondition())));
      case Sort sort ->
          use(sort.getInput(), now.union(ImmutableBitSet.of(sort.getCollation().getKeys())));
      case Aggregate aggregate ->
          use(aggregate.getInput(), ImmutableBitSet.of(RelOptUtil.getAllFields(aggregate)));
      case Join join -> {
        int left = join.getLeft().getRowType().getFieldCount();
        ImmutableBitSet both = now.union(RelOptUtil.InputFinder.bits(join.getCondition()));
        use(join.getLeft(), both.intersect(ImmutableBitSet.range(left)));
        use(join.getRight(), both.except(ImmutableBitSet.range(left)).shift(-left));
      }
      case Union union when union.all -> union.getInputs().forEach(input -> use(input, now));
      default -> {
        // Of what compares whole rows, all is used.
        used.put(rel.getRelDigest(), all(rel));
        rel.getInputs().forEach(input -> use(input, all(input)));
      }
    }
  }
}

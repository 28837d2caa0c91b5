package io.scorebook.semantic.plan;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// How tools choose the best few of a dimension: the dataset joined to a grouped subquery by its
/// keys, of which nothing else is used. That is a filter by IN, which repeats no row.
final class SqlSemiJoin {
  private SqlSemiJoin() {}

  /// The same rows as a chain over a dataset; empty where they are not of that form.
  static Optional<RelNode> chain(RelNode rel) {
    return filtered(rel)
        .filter(chain -> {
          SqlChain all = SqlChain.of(chain);
          return Stream.concat(all.fields().stream(), all.filters().stream())
              .noneMatch(SqlSemiJoin::holdsOther);
        });
  }

  private static Optional<RelNode> filtered(RelNode rel) {
    if (SqlChain.is(rel)) {
      return Optional.of(rel);
    }
    return switch (rel) {
      case Project project ->
          filtered(project.getInput())
              .map(input ->
                  project.copy(
                      project.getTraitSet(), input, project.getProjects(), project.getRowType()));
      case Filter filter ->
          filtered(filter.getInput())
              .map(input -> LogicalFilter.create(input, filter.getCondition()));
      case Join join when join.getJoinType() == JoinRelType.INNER ->
          filtered(join.getLeft()).flatMap(left -> filtered(join, left));
      default -> Optional.empty();
    };
  }

  private static Optional<RelNode> filtered(Join join, RelNode left) {
    JoinInfo info = join.analyzeCondition();
    if (!info.isEqui()
        || info.leftKeys.isEmpty()
        || !isUnique(join.getRight(), new HashSet<>(info.rightKeys))) {
      return Optional.empty();
    }
    RexBuilder rex = join.getCluster().getRexBuilder();
    var keys = new ArrayList<RexNode>();
    info.leftKeys.forEach(key -> keys.add(rex.makeInputRef(left, key)));
    if (keys.stream().anyMatch(SqlChain::isMetric)) {
      return Optional.empty();
    }
    var among = new ArrayList<RexNode>();
    var compared = new ArrayList<RexNode>();
    for (int i = 0; i < keys.size(); i++) {
      RexNode right = rex.makeInputRef(join.getRight(), info.rightKeys.get(i));
      boolean nullIsFound = !info.nullExclusionFlags.get(i);
      among.addAll(nullIsFound ? withNull(rex, right, right) : List.of(right));
      compared.addAll(nullIsFound ? withNull(rex, keys.get(i), right) : List.of(keys.get(i)));
    }
    RelNode chosenKeys =
        LogicalProject.create(
            join.getRight(),
            List.of(),
            among,
            IntStream.range(0, among.size()).mapToObj(i -> "k" + i).toList(),
            Set.of());
    RelNode chosen =
        LogicalFilter.create(left, RexSubQuery.in(chosenKeys, ImmutableList.copyOf(compared)));
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(left.getRowType()));
    for (RelDataTypeField field : join.getRight().getRowType().getFieldList()) {
      int key = info.rightKeys.indexOf(field.getIndex());
      columns.add(
          key >= 0
              ? rex.ensureType(field.getType(), keys.get(key), false)
              : rex.makeDynamicParam(field.getType(), field.getIndex()));
    }
    return Optional.of(
        LogicalProject.create(
            chosen, List.of(), columns, join.getRowType().getFieldNames(), Set.of()));
  }

  /// What is equal where the values are not distinct: whether it is NULL, and a value that never
  /// is.
  private static List<RexNode> withNull(RexBuilder rex, RexNode value, RexNode like) {
    RexNode isNull = rex.makeCall(SqlStdOperatorTable.IS_NULL, value);
    RexNode some = rex.makeCast(value.getType(), rex.makeZeroValue(like.getType()));
    return List.of(isNull, rex.makeCall(SqlStdOperatorTable.COALESCE, value, some));
  }

  /// Stands for a column of the subquery that no filter can give.
  private static boolean holdsOther(RexNode node) {
    var found = new boolean[1];
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitDynamicParam(RexDynamicParam parameter) {
            found[0] = true;
            return parameter;
          }
        });
    return found[0];
  }

  /// Whether no two rows have the same values in these columns.
  private static boolean isUnique(RelNode rel, Set<Integer> columns) {
    return switch (rel) {
      case Sort sort -> isUnique(sort.getInput(), columns);
      case Filter filter -> isUnique(filter.getInput(), columns);
      case Project project -> {
        var below = new HashSet<Integer>();
        for (int column : columns) {
          if (project.getProjects().get(column) instanceof RexInputRef reference) {
            below.add(reference.getIndex());
          }
        }
        yield isUnique(project.getInput(), below);
      }
      case Aggregate aggregate ->
          aggregate.getGroupSets().size() == 1
              && !aggregate.getGroupSet().isEmpty()
              && IntStream.range(0, aggregate.getGroupCount()).allMatch(columns::contains);
      default -> false;
    };
  }
}

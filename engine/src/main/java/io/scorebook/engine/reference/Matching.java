package io.scorebook.engine.reference;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Watch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.jspecify.annotations.Nullable;

/// A join: candidates by the equal keys, then the whole condition on each pair.
final class Matching {
  private final Join join;
  private final Watch watch;
  private final List<Integer> leftKeys = new ArrayList<>();
  private final List<Integer> rightKeys = new ArrayList<>();
  private final int leftWidth;
  private final int rightWidth;
  private final Compiled condition;

  Matching(Join join, Watch watch) {
    this.join = join;
    this.watch = watch;
    this.leftWidth = join.getLeft().getRowType().getFieldCount();
    this.rightWidth = join.getRight().getRowType().getFieldCount();
    RelOptUtil.splitJoinCondition(
        join.getLeft(),
        join.getRight(),
        join.getCondition(),
        leftKeys,
        rightKeys,
        new ArrayList<>());
    RelDataTypeFactory.Builder both = join.getCluster().getTypeFactory().builder();
    both.addAll(join.getLeft().getRowType().getFieldList());
    both.addAll(join.getRight().getRowType().getFieldList());
    this.condition =
        new Compiled(
            List.of(join.getCondition()),
            both.uniquify().build(),
            join.getCluster().getRexBuilder());
  }

  /// The pairs, as they are asked for.
  RowSource match(RowSource left, List<@Nullable Object[]> right) {
    // A NULL key is looked up like any other; the condition then says whether it matches.
    Map<List<@Nullable Object>, List<@Nullable Object[]>> index = new HashMap<>();
    for (@Nullable Object[] row : right) {
      index.computeIfAbsent(Values.key(row, rightKeys), _ -> new ArrayList<>()).add(row);
    }
    return new Pairs(left, right, index);
  }

  private final class Pairs implements RowSource {
    private final RowSource left;
    private final Map<List<@Nullable Object>, List<@Nullable Object[]>> index;
    private final Set<Object> matchedRight = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Iterator<@Nullable Object[]> unmatchedRight;
    private Iterator<@Nullable Object[]> candidates = Collections.emptyIterator();
    private @Nullable Object @Nullable [] current;
    private boolean matched;

    Pairs(
        RowSource left,
        List<@Nullable Object[]> right,
        Map<List<@Nullable Object>, List<@Nullable Object[]>> index) {
      this.left = left;
      this.index = index;
      boolean keepsRight =
          join.getJoinType() == JoinRelType.RIGHT || join.getJoinType() == JoinRelType.FULL;
      this.unmatchedRight =
          keepsRight
              ? right.stream().filter(row -> !matchedRight.contains(row)).iterator()
              : Collections.emptyIterator();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      while (true) {
        while (current != null && candidates.hasNext()) {
          @Nullable Object[] candidate = candidates.next();
          @Nullable Object[] pair = pair(current, candidate);
          watch.check();
          if (condition.holds(pair)) {
            matched = true;
            matchedRight.add(candidate);
            if (join.getJoinType().projectsRight()) {
              return pair;
            }
            candidates = Collections.emptyIterator();
          }
        }
        @Nullable Object[] left = finish();
        if (left != null) {
          return left;
        }
        if (current == null) {
          return unmatchedRight.hasNext()
              ? pair(new @Nullable Object[leftWidth], unmatchedRight.next())
              : null;
        }
      }
    }

    /// Steps to the next row of the left side; gives what the last one yields as a whole.
    private @Nullable Object @Nullable [] finish() {
      @Nullable Object[] done = current;
      boolean doneMatched = matched;
      current = left.next();
      matched = false;
      if (current != null) {
        candidates = index.getOrDefault(Values.key(current, leftKeys), List.of()).iterator();
      }
      if (done == null) {
        return null;
      }
      return switch (join.getJoinType()) {
        case SEMI -> doneMatched ? done : null;
        case ANTI -> doneMatched ? null : done;
        case LEFT, FULL -> doneMatched ? null : pair(done, new @Nullable Object[rightWidth]);
        case INNER, RIGHT -> null;
        case ASOF, LEFT_ASOF, LEFT_MARK ->
            throw new EngineException(
                Kind.UNSUPPORTED, "Cannot run a join of type " + join.getJoinType(), null);
      };
    }

    @Override
    public void close() {
      left.close();
    }
  }

  private @Nullable Object[] pair(@Nullable Object[] left, @Nullable Object[] right) {
    @Nullable Object[] pair = new @Nullable Object[leftWidth + rightWidth];
    System.arraycopy(left, 0, pair, 0, leftWidth);
    System.arraycopy(right, 0, pair, leftWidth, rightWidth);
    return pair;
  }
}

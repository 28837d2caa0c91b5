package io.scorebook.engine.reference;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.jspecify.annotations.Nullable;

/// UNION, INTERSECT and EXCEPT of rows, each as often as ALL says; without ALL the caller keeps
/// every row once.
final class Sets {
  private Sets() {}

  static List<@Nullable Object[]> combine(
      SetOp setOp,
      List<@Nullable Object[]> left,
      List<@Nullable Object[]> right,
      List<Integer> columns) {
    return switch (setOp) {
      case Union _ -> {
        var rows = new ArrayList<>(left);
        rows.addAll(right);
        yield rows;
      }
      case Intersect _ -> keep(left, right, columns, setOp.all, true);
      case Minus _ -> keep(left, right, columns, setOp.all, false);
      default ->
          throw new EngineException(
              Kind.UNSUPPORTED, "Cannot run a plan with " + setOp.getRelTypeName(), null);
    };
  }

  private static List<@Nullable Object[]> keep(
      List<@Nullable Object[]> left,
      List<@Nullable Object[]> right,
      List<Integer> columns,
      boolean all,
      boolean present) {
    Map<List<@Nullable Object>, Integer> counts = new HashMap<>();
    right.forEach(row -> counts.merge(Values.key(row, columns), 1, Integer::sum));
    var rows = new ArrayList<@Nullable Object[]>();
    for (@Nullable Object[] row : left) {
      List<@Nullable Object> key = Values.key(row, columns);
      int count = counts.getOrDefault(key, 0);
      if (all && count > 0) {
        counts.put(key, count - 1);
      }
      if (count > 0 == present) {
        rows.add(row);
      }
    }
    return rows;
  }
}

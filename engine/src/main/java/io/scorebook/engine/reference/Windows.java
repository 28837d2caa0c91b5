package io.scorebook.engine.reference;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.engine.answer.Watch;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// One call over a window. Its arguments, partition and order keys are columns of the rows.
///
/// @param into the column that takes the value
record Windows(
    RexOver over,
    List<Integer> arguments,
    List<Integer> partition,
    List<Integer> order,
    int into,
    Watch watch) {

  private static final long MILLISECONDS = 86_400_000;

  Windows {
    RexWindow window = over.getWindow();
    if (window.getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
      throw new EngineException(Kind.UNSUPPORTED, "Cannot run the window " + over, null);
    }
  }

  /// Computes the call for all rows.
  void fill(List<@Nullable Object[]> rows) {
    Comparator<@Nullable Object[]> comparator = comparator();
    Map<List<@Nullable Object>, List<@Nullable Object[]>> partitions = new LinkedHashMap<>();
    for (@Nullable Object[] row : rows) {
      partitions.computeIfAbsent(Values.key(row, partition), _ -> new ArrayList<>()).add(row);
    }
    for (List<@Nullable Object[]> members : partitions.values()) {
      watch.check();
      members.sort(comparator);
      fillPartition(members, comparator);
    }
  }

  private Comparator<@Nullable Object[]> comparator() {
    Comparator<@Nullable Object[]> comparator = (_, _) -> 0;
    for (int i = 0; i < order.size(); i++) {
      RexFieldCollation key = over.getWindow().orderKeys.get(i);
      comparator =
          comparator.thenComparing(
              Ordering.by(order.get(i), key.getDirection(), key.getNullDirection()));
    }
    return comparator;
  }

  private void fillPartition(
      List<@Nullable Object[]> rows, Comparator<@Nullable Object[]> comparator) {
    SqlKind kind = over.getOperator().getKind();
    switch (kind) {
      case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE ->
          place(kind, rows, comparator);
      case LAG -> shift(rows, -1);
      case LEAD -> shift(rows, 1);
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE, COUNT, SUM, SUM0, MIN, MAX, AVG ->
          aggregate(kind, rows, comparator);
      default ->
          throw new EngineException(
              Kind.UNSUPPORTED, "Cannot run %s over a window".formatted(kind), null);
    }
  }

  private void put(@Nullable Object[] row, @Nullable Object value) {
    row[into] = Values.as(value, over.getType());
  }

  private void place(
      SqlKind kind, List<@Nullable Object[]> rows, Comparator<@Nullable Object[]> comparator) {
    int first = 0;
    int last = -1;
    long dense = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (i > last) {
        first = i;
        last = peer(i, rows, comparator, false);
        dense++;
      }
      put(rows.get(i), place(kind, rows.get(i), new Place(i, first, last, dense, rows.size())));
    }
  }

  /// A row among those of its partition, counted from 0.
  ///
  /// @param first the first of the rows of equal place
  /// @param last the last of them
  /// @param dense how many different places there are up to it
  private record Place(int row, int first, int last, long dense, int of) {}

  private @Nullable Object place(SqlKind kind, @Nullable Object[] row, Place at) {
    return switch (kind) {
      case ROW_NUMBER -> at.row() + 1L;
      case RANK -> at.first() + 1L;
      case DENSE_RANK -> at.dense();
      case PERCENT_RANK -> at.of() == 1 ? 0.0 : at.first() / (at.of() - 1.0);
      case CUME_DIST -> (at.last() + 1.0) / at.of();
      default -> bucket(row[arguments.getFirst()], at.row(), at.of());
    };
  }

  /// So many buckets of equal size; the first ones have one row more where it does not come out.
  private static @Nullable Object bucket(@Nullable Object buckets, int row, int of) {
    if (buckets == null) {
      return null;
    }
    long count = ((Number) buckets).longValue();
    if (count < 1) {
      throw new EngineException(
          Kind.DATA, "Cannot compute a value: NTILE of %d buckets".formatted(count), null);
    }
    long size = of / count;
    long larger = of % count;
    long inLarger = larger * (size + 1);
    return row < inLarger ? row / (size + 1) + 1 : larger + (row - inLarger) / size + 1;
  }

  private void shift(List<@Nullable Object[]> rows, int sign) {
    int argument = arguments.getFirst();
    for (int i = 0; i < rows.size(); i++) {
      @Nullable Object[] row = rows.get(i);
      Object by = arguments.size() > 1 ? row[arguments.get(1)] : Integer.valueOf(1);
      Object otherwise = arguments.size() > 2 ? row[arguments.get(2)] : null;
      if (by == null) {
        put(row, null);
        continue;
      }
      long remaining = ((Number) by).longValue();
      int at = i;
      if (over.ignoreNulls()) {
        while (remaining > 0) {
          at += sign;
          if (at < 0 || at >= rows.size()) {
            break;
          }
          remaining -= rows.get(at)[argument] == null ? 0 : 1;
        }
      } else {
        at = Math.toIntExact(Math.clamp(i + sign * remaining, -1L, rows.size()));
      }
      put(row, at < 0 || at >= rows.size() ? otherwise : rows.get(at)[argument]);
    }
  }

  private void aggregate(
      SqlKind kind, List<@Nullable Object[]> rows, Comparator<@Nullable Object[]> comparator) {
    RexWindow window = over.getWindow();
    boolean running = window.getLowerBound().isUnbounded() && !isOfOneRow(kind);
    Accumulator soFar = running ? newAccumulator(kind) : null;
    int taken = 0;
    for (int i = 0; i < rows.size(); i++) {
      int from = bound(window.getLowerBound(), i, rows, comparator, true);
      int to = bound(window.getUpperBound(), i, rows, comparator, false);
      if (soFar != null) {
        for (; taken <= to; taken++) {
          soFar.add(rows.get(taken));
        }
        put(rows.get(i), soFar.value());
      } else {
        put(rows.get(i), over(kind, rows, from, to));
      }
      if (i % 256 == 0) {
        watch.check();
      }
    }
  }

  private @Nullable Object over(SqlKind kind, List<@Nullable Object[]> rows, int from, int to) {
    if (isOfOneRow(kind)) {
      boolean forward = kind != SqlKind.LAST_VALUE;
      int argument = arguments.getFirst();
      long wanted = kind == SqlKind.NTH_VALUE && from <= to ? nth(rows.get(from)) : 1;
      for (int i = forward ? from : to; i >= from && i <= to; i += forward ? 1 : -1) {
        if ((!over.ignoreNulls() || rows.get(i)[argument] != null) && --wanted == 0) {
          return rows.get(i)[argument];
        }
      }
      return null;
    }
    Accumulator accumulator = newAccumulator(kind);
    for (int i = from; i <= to; i++) {
      accumulator.add(rows.get(i));
    }
    return accumulator.value();
  }

  private static boolean isOfOneRow(SqlKind kind) {
    return kind == SqlKind.FIRST_VALUE || kind == SqlKind.LAST_VALUE || kind == SqlKind.NTH_VALUE;
  }

  private long nth(@Nullable Object[] row) {
    if (!(row[arguments.get(1)] instanceof Number n) || n.longValue() < 1) {
      throw new EngineException(Kind.DATA, "Cannot compute a value: NTH_VALUE counts from 1", null);
    }
    return n.longValue();
  }

  private Accumulator newAccumulator(SqlKind kind) {
    RelDataType type = over.getType();
    Accumulator accumulator = Accumulator.of(kind, arguments, type);
    return over.isDistinct() ? Accumulator.distinct(accumulator, arguments) : accumulator;
  }

  /// The index of the frame's first or last row, within the partition.
  private int bound(
      RexWindowBound bound,
      int i,
      List<@Nullable Object[]> rows,
      Comparator<@Nullable Object[]> comparator,
      boolean lower) {
    int last = rows.size() - 1;
    if (bound.isUnbounded()) {
      return bound.isPreceding() ? 0 : last;
    }
    if (bound.isCurrentRow()) {
      return over.getWindow().isRows() ? i : peer(i, rows, comparator, lower);
    }
    if (!over.getWindow().isRows()
        && bound.getOffset() instanceof RexLiteral interval
        && SqlTypeName.DAY_INTERVAL_TYPES.contains(interval.getTypeName())
        && interval.getValueAs(Long.class) instanceof Long milliseconds) {
      return days(i, rows, (bound.isPreceding() ? -1 : 1) * milliseconds / MILLISECONDS, lower);
    }
    if (!over.getWindow().isRows()
        || !(bound.getOffset() instanceof RexLiteral literal)
        || !(literal.getValueAs(Long.class) instanceof Long offset)) {
      throw new EngineException(Kind.UNSUPPORTED, "Cannot run the window " + over, null);
    }
    long at = bound.isPreceding() ? i - offset : i + offset;
    // A frame outside the partition is empty: its first row lies behind its last.
    return Math.toIntExact(lower ? Math.clamp(at, 0L, rows.size()) : Math.clamp(at, -1L, last));
  }

  /// The first or last row whose day lies no further than that many days from the row's own. Rows
  /// without a day are among themselves.
  private int days(int i, List<@Nullable Object[]> rows, long days, boolean lower) {
    int column = order.getFirst();
    @Nullable Long own = day(rows.get(i)[column]);
    int at = i;
    int step = lower ? -1 : 1;
    while (at + step >= 0 && at + step < rows.size()) {
      @Nullable Long next = day(rows.get(at + step)[column]);
      boolean within =
          own == null || next == null
              ? own == null && next == null
              : lower ? next >= own + days : next <= own + days;
      if (!within) {
        break;
      }
      at += step;
    }
    return at;
  }

  private static @Nullable Long day(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case LocalDate date -> date.toEpochDay();
      case Number days -> days.longValue();
      default ->
          throw new EngineException(
              Kind.UNSUPPORTED, "Cannot run a window of days over " + value, null);
    };
  }

  private static int peer(
      int i,
      List<@Nullable Object[]> rows,
      Comparator<@Nullable Object[]> comparator,
      boolean lower) {
    int step = lower ? -1 : 1;
    int at = i;
    while (at + step >= 0
        && at + step < rows.size()
        && comparator.compare(rows.get(at + step), rows.get(i)) == 0) {
      at += step;
    }
    return at;
  }
}

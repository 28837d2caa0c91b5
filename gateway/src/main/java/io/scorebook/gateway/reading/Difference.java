package io.scorebook.gateway.reading;

import io.scorebook.engine.answer.Rows;
import io.scorebook.gateway.reading.PortQuery.Order;
import io.scorebook.gateway.session.OpenAnswer;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows by which one state differs from another, each with what became of it: first `delete`,
/// then `insert`, of the rows that are equal in the order. Rows count as often as they are there.
///
/// Both states come in the same order, so that no more is held than the different rows that are
/// equal in it.
final class Difference implements Rows {
  static final String INSERT = "insert";
  static final String DELETE = "delete";

  private final Side before;
  private final Side now;
  private final Deque<Object[]> ready = new ArrayDeque<>();
  private final Deque<Long> times = new ArrayDeque<>();
  private @Nullable Object[] row = {};

  /// How often the present row is given still.
  private long again;

  /// @param shown how many columns, of the first, are given
  Difference(OpenAnswer before, OpenAnswer now, PortQuery query, int shown) {
    this.before = new Side(before, query, shown);
    this.now = new Side(now, query, shown);
  }

  @Override
  public boolean next() {
    if (again > 0) {
      again--;
      return true;
    }
    while (ready.isEmpty()) {
      if (before.isDone() && now.isDone()) {
        return false;
      }
      int order = Side.compare(before, now);
      var counts = new LinkedHashMap<List<@Nullable Object>, Long>();
      if (order <= 0) {
        before.take(counts, -1);
      }
      if (order >= 0) {
        now.take(counts, 1);
      }
      add(counts, -1, DELETE);
      add(counts, 1, INSERT);
    }
    row = ready.remove();
    again = times.remove() - 1;
    return true;
  }

  private void add(Map<List<@Nullable Object>, Long> counts, int sign, String change) {
    counts.forEach((values, count) -> {
      if (count * sign > 0) {
        var changed = new ArrayList<@Nullable Object>();
        changed.add(change);
        changed.addAll(values);
        ready.add(changed.toArray());
        times.add(count * sign);
      }
    });
  }

  @Override
  public @Nullable Object value(int column) {
    return row[column];
  }

  @Override
  public void close() {
    try {
      before.answer.close();
    } finally {
      now.answer.close();
    }
  }

  /// One state, as it is read.
  private static final class Side {
    private final OpenAnswer answer;
    private final List<Order> order;
    private final int[] at;
    private final int shown;
    private @Nullable Object @Nullable [] key;
    private boolean begun;

    Side(OpenAnswer answer, PortQuery query, int shown) {
      this.answer = answer;
      this.order = query.order();
      this.at = query.orderedAt();
      this.shown = shown;
    }

    private void begin() {
      if (!begun) {
        begun = true;
        step();
      }
    }

    private void step() {
      @Nullable Object @Nullable [] last = key;
      if (!answer.next()) {
        key = null;
        return;
      }
      var values = new @Nullable Object[at.length];
      for (int i = 0; i < at.length; i++) {
        values[i] = answer.value(at[i]);
      }
      if (last != null && compare(last, values, order) > 0) {
        // Else rows would be told of that have not changed.
        throw new IllegalStateException("Cannot compare two states: rows are not in order");
      }
      key = values;
    }

    boolean isDone() {
      begin();
      return key == null;
    }

    /// Counts the rows that are equal in the order to the present one, and goes behind them.
    void take(Map<List<@Nullable Object>, Long> counts, long sign) {
      @Nullable Object @Nullable [] first = key;
      while (key != null && first != null && compare(first, key, order) == 0) {
        var values = new ArrayList<@Nullable Object>(shown);
        for (int i = 0; i < shown; i++) {
          values.add(answer.value(i));
        }
        counts.merge(values, sign, Long::sum);
        step();
      }
    }

    static int compare(Side one, Side other) {
      if (one.isDone() || other.isDone()) {
        return Boolean.compare(one.isDone(), other.isDone());
      }
      return one.key == null || other.key == null ? 0 : compare(one.key, other.key, one.order);
    }

    private static int compare(
        @Nullable Object[] one, @Nullable Object[] other, List<Order> order) {
      for (int i = 0; i < one.length; i++) {
        Object left = one[i];
        Object right = other[i];
        if (left == null || right == null) {
          if (left != right) {
            return left == null ? 1 : -1; // NULLs last, whatever the direction
          }
          continue;
        }
        int compared = compare(left, right);
        if (compared != 0) {
          return order.get(i).isDescending() ? -compared : compared;
        }
      }
      return 0;
    }

    /// As the engines order.
    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object other) {
      return switch (one) {
        case String text -> byCodePoints(text, (String) other);
        case Double number -> Double.compare(number + 0.0, (Double) other + 0.0);
        case Long number when other instanceof Long second -> Long.compare(number, second);
        case Long number -> BigInteger.valueOf(number).compareTo((BigInteger) other);
        case BigInteger number when other instanceof Long second ->
            number.compareTo(BigInteger.valueOf(second));
        case Comparable<?> value -> ((Comparable<Object>) value).compareTo(other);
        default -> throw new IllegalArgumentException("Invalid value of " + one.getClass());
      };
    }

    /// As the bytes of UTF-8 order, and not the halves of UTF-16.
    private static int byCodePoints(String one, String other) {
      int length = Math.min(one.length(), other.length());
      for (int i = 0; i < length; i++) {
        char left = one.charAt(i);
        char right = other.charAt(i);
        if (left != right) {
          boolean surrogates = Character.isSurrogate(left) == Character.isSurrogate(right);
          return surrogates
              ? Character.compare(left, right)
              : Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right));
        }
      }
      return Integer.compare(one.length(), other.length());
    }
  }
}

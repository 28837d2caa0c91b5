package io.scorebook.engine.reference;

import java.util.Comparator;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.jspecify.annotations.Nullable;

/// The order of rows by some of their columns.
final class Ordering {
  private Ordering() {}

  static Comparator<@Nullable Object[]> of(RelCollation collation) {
    Comparator<@Nullable Object[]> order = (_, _) -> 0;
    for (RelFieldCollation key : collation.getFieldCollations()) {
      order = order.thenComparing(by(key.getFieldIndex(), key.direction, key.nullDirection));
    }
    return order;
  }

  static Comparator<@Nullable Object[]> by(int column, Direction direction, NullDirection nulls) {
    NullDirection place =
        nulls == NullDirection.UNSPECIFIED ? direction.defaultNullDirection() : nulls;
    int nullSign = place == NullDirection.FIRST ? -1 : 1;
    int sign = direction.isDescending() ? -1 : 1;
    return (left, right) -> {
      Object a = left[column];
      Object b = right[column];
      if (a == null || b == null) {
        return a == b ? 0 : a == null ? nullSign : -nullSign;
      }
      return sign * Values.ORDER.compare(a, b);
    };
  }
}

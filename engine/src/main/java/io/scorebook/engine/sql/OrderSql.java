package io.scorebook.engine.sql;

import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;

/// Writes items of ORDER BY with the place of NULLs, which engines and plans default differently.
final class OrderSql {
  private OrderSql() {}

  static String item(String expression, Direction direction, NullDirection nulls) {
    NullDirection place =
        nulls == NullDirection.UNSPECIFIED ? direction.defaultNullDirection() : nulls;
    return "%s %s NULLS %s"
        .formatted(
            expression,
            direction.isDescending() ? "DESC" : "ASC",
            place == NullDirection.FIRST ? "FIRST" : "LAST");
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/// All days, or whole numbers, from one to another.
final class Numbers {
  private static final int BASE = 48;

  /// The most there can be: 302 years of days.
  static final int MAX = BASE * BASE * BASE;

  private final Expressions expressions;

  Numbers(Expressions expressions) {
    this.expressions = expressions;
  }

  /// From rows (first, last) rows (value, last): each value from the first to the last. Hundreds
  /// are made before ones, and those beyond the last left out at once, so that little is made in
  /// vain.
  RelBuilder between(RelBuilder builder) {
    for (int step = BASE * BASE; step > 0; step /= BASE) {
      RexBuilder rex = builder.getRexBuilder();
      builder.values(new String[] {"n"}, IntStream.range(0, BASE).boxed().toArray(Object[]::new));
      builder.join(JoinRelType.INNER, builder.literal(true));
      RexNode steps =
          builder.call(SqlStdOperatorTable.MULTIPLY, builder.field(2), builder.literal(step));
      builder.project(
          List.of(moved(rex, builder.field(0), steps), builder.field(1)),
          List.of("at", "last"),
          true);
      builder.filter(
          builder.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, builder.field(0), builder.field(1)));
    }
    return builder;
  }

  /// Whether more values lie between the first and the last than can be made.
  RexNode areTooMany(RexBuilder rex, RexNode first, RexNode last) {
    return rex.makeCall(
        SqlStdOperatorTable.LESS_THAN,
        moved(rex, first, rex.makeExactLiteral(BigDecimal.valueOf(MAX - 1))),
        last);
  }

  private RexNode moved(RexBuilder rex, RexNode value, RexNode steps) {
    RexNode moved =
        Grain.isOf(value.getType())
            ? new Days(expressions).later(value, Grain.DAY, steps)
            : rex.makeCall(SqlStdOperatorTable.PLUS, value, steps);
    return rex.ensureType(value.getType(), moved, true);
  }
}

package io.scorebook.semantic.plan;

import io.scorebook.semantic.expression.Expressions;
import io.scorebook.semantic.expression.Sql;
import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.type.SqlTypeName;

/// Days, and periods of them, as expressions.
final class Days {
  /// A day's last second, counted from its first.
  static final long LAST_SECOND = 86_399;

  private final Expressions expressions;

  Days(Expressions expressions) {
    this.expressions = expressions;
  }

  /// The day so many of a grain's periods later; a period's first day leads to another's.
  RexNode later(RexNode day, Grain grain, RexNode count) {
    return moved(grain.name(), day, count);
  }

  RexNode later(RexNode day, Grain grain, long count) {
    return later(day, grain, exact(count));
  }

  /// The last day of the period that a day lies in.
  RexNode last(RexNode day, Grain grain) {
    return grain == Grain.DAY ? day : later(later(grain.of(rex(), day), grain, 1), Grain.DAY, -1);
  }

  /// A day as a value of a time dimension: of a timestamp the moment so many seconds after its
  /// beginning.
  RexNode at(RexNode day, RelDataType type, long seconds) {
    RexNode moment = rex().ensureType(type, day, true);
    boolean isMoment = Grain.isOf(type) && type.getSqlTypeName() != SqlTypeName.DATE;
    return isMoment && seconds > 0 ? moved("SECOND", moment, exact(seconds)) : moment;
  }

  private RexNode moved(String unit, RexNode value, RexNode count) {
    RexNode moved =
        expressions.scalar(
            parse("DATEADD(" + unit + ", n, d)"),
            name -> name.getSimple().equalsIgnoreCase("n") ? count : value);
    return rex().ensureType(value.getType(), moved, true);
  }

  private RexNode exact(long count) {
    return rex()
        .makeExactLiteral(
            BigDecimal.valueOf(count),
            expressions.cluster().getTypeFactory().createSqlType(SqlTypeName.INTEGER));
  }

  private static SqlNode parse(String expression) {
    try {
      return Sql.parseExpression(expression);
    } catch (SqlParseException e) {
      throw new IllegalArgumentException(expression, e);
    }
  }

  private RexBuilder rex() {
    return expressions.cluster().getRexBuilder();
  }
}

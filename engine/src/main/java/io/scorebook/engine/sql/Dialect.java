package io.scorebook.engine.sql;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/// How an engine says what a plan means. Operands come written; a method that has no words for what
/// it is asked throws [#unsupported].
public interface Dialect {
  /// The engine's name, as people write it.
  String engine();

  /// What the engine calls a type.
  String type(RelDataType type);

  /// A literal, with the plan's type and no other.
  String literal(RexLiteral literal);

  /// A conversion that people wrote, or that the plan needs: CAST or TRY_CAST.
  String converted(String operand, RelDataType from, RexCall call);

  /// A function by its name.
  String function(RexCall call, List<String> arguments);

  /// CURRENT_DATE, CURRENT_TIME or CURRENT_TIMESTAMP, in UTC.
  String now(String name);

  /// IS TRUE, IS NOT TRUE, IS FALSE or IS NOT FALSE.
  String truth(SqlKind test, String operand);

  /// Division of integers, towards zero.
  String integerDivision();

  /// An interval that is added to a moment.
  String interval(RexLiteral literal);

  /// An interval taken a number of times.
  String interval(RexLiteral unit, String times);

  /// The beginning of the unit that a moment lies in; weeks begin on Monday.
  String beginning(TimeUnitRange unit, String moment, RelDataType type);

  /// A part of a moment; days of the week are counted from Sunday = 1.
  String part(TimeUnitRange unit, String moment, RelDataType type);

  String trimmed(SqlTrimFunction.Flag side, String text, String characters);

  /// The place of one text in another, from 1.
  String position(String text, String part);

  /// Any aggregate but COUNT and GROUPING.
  ///
  /// @param types of the arguments
  /// @param filtered puts the call's FILTER behind what is aggregated
  String aggregate(
      AggregateCall call,
      List<String> arguments,
      List<RelDataType> types,
      UnaryOperator<String> filtered);

  /// The function that adds up over a window.
  String windowSum(boolean approximate);

  /// A function over a window, of which NULLs may be left out.
  ///
  /// @param arguments all within the parentheses
  String overRows(String function, String arguments, boolean ignoreNulls, String window);

  /// Whether `count(DISTINCT x) OVER` is there.
  boolean hasDistinctOverRows();

  /// Whether a common table expression can be told not to be kept: ` NOT MATERIALIZED`, or nothing.
  String notKept();

  /// Whether there is SEMI JOIN and ANTI JOIN.
  boolean hasSemiJoin();

  /// Whether a FULL JOIN can be on IS NOT DISTINCT FROM.
  boolean hasFullJoinOnNulls();

  /// LIMIT and OFFSET, in the engine's order.
  String page(String limit, String offset);

  default String cast(String expression, RelDataType type) {
    return "CAST(%s AS %s)".formatted(expression, type(type));
  }

  default EngineException unsupported(String what) {
    return new EngineException(
        Kind.UNSUPPORTED, "Cannot run %s on %s".formatted(what, engine()), null);
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

package io.scorebook.semantic.expression;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// What takes the place of a value, of the value's own type. All of them fail for no value.
public final class Masks {
  /// The name by which an engine knows the function that needs its secret. No text that people
  /// write can call it: who could, would try all names until the pseudonyms are told.
  public static final String PSEUDONYM = "PSEUDONYM";

  private static final String STARS = "***";
  private static final SqlFunction HASHED =
      new OwnFunction(PSEUDONYM, ReturnTypes.ARG0, OperandTypes.ANY);

  private Masks() {}

  /// Whether there are pseudonyms of this type: texts, and the whole numbers that have room for
  /// them.
  public static boolean hasPseudonyms(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.VARCHAR
        || type.getSqlTypeName() == SqlTypeName.BIGINT;
  }

  public static RexNode pseudonym(RexBuilder rex, RexNode value) {
    return rex.makeCall(value.getType(), HASHED, List.of(value));
  }

  /// The first and last characters; of a text that is no longer than that, none.
  public static RexNode partial(RexBuilder rex, RexNode text, int first, int last) {
    RexNode kept = rex.makeExactLiteral(BigDecimal.valueOf((long) first + last));
    RexNode masked = text(rex, STARS);
    if (first > 0) {
      masked =
          rex.makeCall(SqlStdOperatorTable.CONCAT, end(rex, Scalars.LEFT, text, first), masked);
    }
    if (last > 0) {
      masked =
          rex.makeCall(SqlStdOperatorTable.CONCAT, masked, end(rex, Scalars.RIGHT, text, last));
    }
    return rex.makeCall(
        SqlStdOperatorTable.CASE,
        rex.makeCall(SqlStdOperatorTable.IS_NULL, text),
        rex.makeNullLiteral(masked.getType()),
        rex.makeCall(
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL, rex.makeCall(Scalars.LENGTH, text), kept),
        text(rex, STARS),
        masked);
  }

  private static RexNode end(RexBuilder rex, SqlFunction side, RexNode text, int characters) {
    return rex.makeCall(side, text, rex.makeExactLiteral(BigDecimal.valueOf(characters)));
  }

  private static RexNode text(RexBuilder rex, String value) {
    return rex.makeLiteral(value, rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), true);
  }

  /// The lower bound of the range that a number lies in; at the very end of a type, where there is
  /// none, NULL.
  ///
  /// @param size a whole number for whole numbers
  public static RexNode bucket(RexBuilder rex, RexNode number, BigDecimal size) {
    RelDataType type = number.getType();
    if (SqlTypeUtil.isApproximateNumeric(type)) {
      RelDataType real =
          rex.getTypeFactory()
              .createTypeWithNullability(
                  rex.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), type.isNullable());
      RexNode width = rex.makeApproxLiteral(size);
      RexNode value = rex.ensureType(real, number, true);
      RexNode ranges =
          rex.makeCall(
              real,
              SqlStdOperatorTable.FLOOR,
              List.of(rex.makeCall(real, SqlStdOperatorTable.DIVIDE, List.of(value, width))));
      return rex.ensureType(
          type, rex.makeCall(real, SqlStdOperatorTable.MULTIPLY, List.of(ranges, width)), true);
    }
    // With room for what lies beyond the type's own bounds.
    RelDataType wide =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 38, scale(type, size)),
                type.isNullable());
    RexNode value = rex.ensureType(wide, number, true);
    RexNode width = rex.ensureType(wide, rex.makeExactLiteral(size), true);
    RexNode rest = rex.makeCall(wide, SqlStdOperatorTable.MOD, List.of(value, width));
    RexNode lower = rex.makeCall(wide, SqlStdOperatorTable.MINUS, List.of(value, rest));
    RexNode below = rex.makeCall(wide, SqlStdOperatorTable.MINUS, List.of(lower, width));
    RexNode zero = rex.ensureType(wide, rex.makeExactLiteral(BigDecimal.ZERO), true);
    RexNode bound =
        rex.makeCall(
            SqlStdOperatorTable.CASE,
            rex.makeCall(SqlStdOperatorTable.LESS_THAN, rest, zero),
            below,
            lower);
    RexNode fits =
        rex.makeCall(
            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, bound, rex.makeExactLiteral(least(type)));
    return rex.makeCall(
        SqlStdOperatorTable.CASE,
        fits,
        rex.ensureType(type, bound, true),
        rex.makeNullLiteral(type));
  }

  private static int scale(RelDataType type, BigDecimal size) {
    return Math.max(
        type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getScale() : 0, size.scale());
  }

  private static BigDecimal least(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case INTEGER -> BigDecimal.valueOf(Integer.MIN_VALUE);
      case BIGINT -> BigDecimal.valueOf(Long.MIN_VALUE);
      default ->
          BigDecimal.ONE
              .movePointRight(type.getPrecision() - type.getScale())
              .subtract(BigDecimal.ONE.movePointLeft(type.getScale()))
              .negate();
    };
  }
}

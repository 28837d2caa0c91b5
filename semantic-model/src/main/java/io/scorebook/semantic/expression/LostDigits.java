package io.scorebook.semantic.expression;

import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;

/// Digits of a query's values that would be lost, or made up, without a word. Of casts that lose
/// digits databases differ: one rounds, another cuts off, a third rounds halves to even; so a query
/// says which it means.
final class LostDigits {
  private static final Set<String> WHOLE = Set.of("FLOOR", "CEIL");
  private static final Set<String> SHORTENED = Set.of("ROUND", "TRUNC");

  private LostDigits() {}

  /// @param valid a query that the validator knows
  /// @throws Misuse for what would be lost
  static void check(SqlNode valid, SqlValidator validator) {
    valid.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.CAST) {
              cast(call, validator);
            }
            return super.visit(call);
          }
        });
  }

  private static void cast(SqlCall call, SqlValidator validator) {
    SqlNode value = call.operand(0);
    RelDataType from = validator.getValidatedNodeTypeIfKnown(value);
    RelDataType to = validator.getValidatedNodeTypeIfKnown(call);
    if (from == null || to == null) {
      return;
    }
    refuseText(call, from, to);
    refuseTruth(call, from, to);
    boolean toWhole = SqlTypeName.INT_TYPES.contains(to.getSqlTypeName());
    boolean isDecimal = from.getSqlTypeName() == SqlTypeName.DECIMAL;
    boolean isDouble = SqlTypeName.APPROX_TYPES.contains(from.getSqlTypeName());
    int digits = toWhole ? 0 : to.getScale();
    boolean toDecimal = to.getSqlTypeName() == SqlTypeName.DECIMAL;
    boolean loses =
        (isDecimal && (toWhole || toDecimal) && from.getScale() > digits)
            || (isDouble && toWhole && !isWhole(value));
    if (loses) {
      String shorter = digits == 0 ? "ROUND(x)" : "ROUND(x, %d)".formatted(digits);
      throw new Misuse(
          call,
          "Cannot cast a %s to %s without a word about the digits that it loses: write CAST(%s AS %s), or TRUNC in place of ROUND"
              .formatted(isDecimal ? "decimal" : "double", type(to), shorter, type(to)));
    }
  }

  /// Each database writes a double with other digits.
  private static void refuseText(SqlCall call, RelDataType from, RelDataType to) {
    if (SqlTypeName.APPROX_TYPES.contains(from.getSqlTypeName())
        && SqlTypeName.CHAR_TYPES.contains(to.getSqlTypeName())) {
      throw new Misuse(
          call,
          "Cannot cast a double to VARCHAR without a word about its digits: write CAST(CAST(x AS DECIMAL(38, 2)) AS VARCHAR)");
    }
  }

  private static void refuseTruth(SqlCall call, RelDataType from, RelDataType to) {
    if (SqlTypeName.NUMERIC_TYPES.contains(from.getSqlTypeName())
        && to.getSqlTypeName() == SqlTypeName.BOOLEAN) {
      throw new Misuse(call, "Cannot cast a number to BOOLEAN; write x <> 0");
    }
  }

  private static String type(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL
        ? "DECIMAL(%d, %d)".formatted(type.getPrecision(), type.getScale())
        : type.getSqlTypeName().getName();
  }

  private static boolean isWhole(SqlNode value) {
    if (!(value instanceof SqlCall call)) {
      return false;
    }
    String name = call.getOperator().getName();
    return WHOLE.contains(name)
        || (SHORTENED.contains(name)
            && call.operandCount() == 2
            && call.operand(1) instanceof SqlLiteral digits
            && digits.getTypeName() == SqlTypeName.DECIMAL
            && digits.bigDecimalValue().signum() <= 0);
  }
}

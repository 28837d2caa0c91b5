package io.scorebook.semantic.expression;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;

/// Dates that are moved by hours: to Calcite they stay dates, so that the hours would be lost
/// without a word, in a query of a tool and in the expression of a model alike.
final class MovedDates {
  private MovedDates() {}

  /// @param valid what the validator knows
  /// @throws Misuse for a date that is moved by less than days
  static void check(SqlNode valid, SqlValidator validator) {
    valid.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (moves(call)) {
              boolean ofDate = false;
              boolean byHours = false;
              for (SqlNode operand : call.getOperandList()) {
                RelDataType type = validator.getValidatedNodeTypeIfKnown(operand);
                if (type != null) {
                  ofDate |= type.getSqlTypeName() == SqlTypeName.DATE;
                  byHours |= isOfHours(type.getSqlTypeName());
                }
              }
              if (ofDate && byHours) {
                throw new Misuse(
                    call,
                    "Cannot move a date by hours, minutes or seconds; write CAST(date AS TIMESTAMP) + INTERVAL '5' HOUR");
              }
            }
            return super.visit(call);
          }
        });
  }

  private static boolean moves(SqlCall call) {
    return call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS;
  }

  private static boolean isOfHours(SqlTypeName type) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(type) && type != SqlTypeName.INTERVAL_DAY;
  }
}

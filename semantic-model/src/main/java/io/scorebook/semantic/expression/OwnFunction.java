package io.scorebook.semantic.expression;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/// A function that is known by itself: Calcite looks none up by its name, and so takes no other.
final class OwnFunction extends SqlFunction {
  OwnFunction(String name, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        returns,
        InferTypes.FIRST_KNOWN,
        operands,
        SqlFunctionCategory.SYSTEM);
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    call.getOperandList().forEach(operand -> validator.deriveType(scope, operand));
    return validateOperands(validator, scope, call);
  }
}

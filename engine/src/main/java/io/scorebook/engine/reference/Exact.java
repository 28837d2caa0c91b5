package io.scorebook.engine.reference;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.TimestampString;

/// Rewrites expressions where Calcite's own functions would overflow silently, divide by zero to
/// infinity, or begin a week on Sunday.
final class Exact extends RexShuttle {
  private static final SqlOperator FLOOR_DATE = function("floorDate");
  private static final SqlOperator FLOOR_TIMESTAMP = function("floorTimestamp");
  private static final SqlOperator NON_ZERO = function("nonZero");

  private final RexBuilder rex;

  Exact(RexBuilder rex) {
    this.rex = rex;
  }

  private static SqlOperator function(String method) {
    var implementation = ScalarFunctionImpl.create(Calendar.class, method);
    if (implementation == null) {
      throw new IllegalStateException("Cannot find the method " + method);
    }
    return new SqlUserDefinedFunction(
        new SqlIdentifier(method, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        InferTypes.FIRST_KNOWN,
        OperandTypes.operandMetadata(
            List.of(SqlTypeFamily.ANY), _ -> List.of(), i -> "p" + i, _ -> false),
        implementation);
  }

  /// @throws EngineException for a time that is finer than what is computed with
  @Override
  public RexNode visitLiteral(RexLiteral literal) {
    if (literal.getTypeName() == SqlTypeName.TIMESTAMP
        && literal.getValueAs(TimestampString.class) instanceof TimestampString time) {
      Values.checkMillis(time);
    }
    return literal;
  }

  @Override
  public RexNode visitCall(RexCall original) {
    if (!(super.visitCall(original) instanceof RexCall call)) {
      throw new IllegalArgumentException("Invalid expression: " + original);
    }
    SqlTypeName type = call.getType().getSqlTypeName();
    boolean integer = SqlTypeName.INT_TYPES.contains(type);
    return switch (call.getKind()) {
      case PLUS -> integer ? as(SqlStdOperatorTable.CHECKED_PLUS, call) : bounded(call);
      case MINUS -> integer ? as(SqlStdOperatorTable.CHECKED_MINUS, call) : bounded(call);
      case TIMES -> integer ? as(SqlStdOperatorTable.CHECKED_MULTIPLY, call) : bounded(call);
      case MINUS_PREFIX ->
          integer ? as(SqlStdOperatorTable.CHECKED_UNARY_MINUS, call) : bounded(call);
      case DIVIDE -> divide(call, integer);
      case FLOOR -> call.getOperands().size() == 2 ? floor(call) : call;
      case CAST, SAFE_CAST -> new Natives(rex).cast(call);
      case OTHER_FUNCTION -> new Natives(rex).rewrite(call);
      default -> call;
    };
  }

  private RexNode as(SqlOperator operator, RexCall call) {
    // In the type of the result, so that it overflows where that does.
    List<RexNode> operands =
        call.getOperands().stream()
            .map(operand ->
                rex.ensureType(
                    rex.getTypeFactory()
                        .createTypeWithNullability(call.getType(), operand.getType().isNullable()),
                    operand,
                    false))
            .toList();
    return rex.makeCall(call.getType(), operator, operands);
  }

  /// A cast to the same type checks that a decimal fits.
  private RexNode bounded(RexCall call) {
    return call.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        ? rex.makeAbstractCast(call.getType(), call, false)
        : call;
  }

  private RexNode divide(RexCall call, boolean integer) {
    if (integer) {
      return as(SqlStdOperatorTable.CHECKED_DIVIDE, call);
    }
    if (!SqlTypeName.APPROX_TYPES.contains(call.getType().getSqlTypeName())) {
      throw new EngineException(
          Kind.UNSUPPORTED,
          "Cannot run the division %s (cast an operand to DOUBLE)".formatted(call.getType()),
          null);
    }
    RexNode divisor = call.getOperands().get(1);
    RelDataType real =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.DOUBLE),
                divisor.getType().isNullable());
    return rex.makeCall(
        call.getType(),
        SqlStdOperatorTable.DIVIDE,
        List.of(
            call.getOperands().get(0),
            rex.makeCall(real, NON_ZERO, List.of(rex.ensureType(real, divisor, false)))));
  }

  private RexNode floor(RexCall call) {
    RexNode unit = call.getOperands().get(1);
    if (!(unit instanceof RexLiteral literal)
        || !(literal.getValue() instanceof TimeUnitRange range)) {
      return call;
    }
    SqlOperator operator =
        call.getType().getSqlTypeName() == SqlTypeName.DATE ? FLOOR_DATE : FLOOR_TIMESTAMP;
    return rex.makeCall(
        call.getType(),
        operator,
        List.of(call.getOperands().get(0), rex.makeLiteral(range.name())));
  }
}

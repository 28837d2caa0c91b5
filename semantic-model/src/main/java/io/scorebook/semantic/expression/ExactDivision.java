package io.scorebook.semantic.expression;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Division that means the same on every engine: 7 / 2 is 3.5, and anything by zero is NULL.
///
/// Engines differ (Calcite and PostgreSQL divide integers to 3, DuckDB to 3.5; one raises, another
/// gives infinity for a zero), so `/` is replaced before it is validated, and afterwards written
/// out as a division of DOUBLEs whose divisor is never zero.
final class ExactDivision {
  static final SqlFunction DIVIDE =
      SqlBasicFunction.create(
          "EXACT_DIVIDE",
          ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
          OperandTypes.NUMERIC_NUMERIC);

  private ExactDivision() {}

  /// Replaces `/` in a parsed text.
  static SqlNode mark(SqlNode node) {
    SqlNode marked =
        node.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                SqlNode visited = super.visit(call);
                return visited instanceof SqlCall inner
                        && inner.getKind() == SqlKind.DIVIDE
                        && inner.getOperator() instanceof SqlBinaryOperator
                    ? DIVIDE.createCall(inner.getParserPosition(), inner.getOperandList())
                    : visited;
              }
            });
    if (marked == null) {
      throw new IllegalArgumentException("Invalid expression: " + node);
    }
    return marked;
  }

  /// Writes the marked divisions out, in whatever expression they stand.
  static Meaning expansion(RexBuilder rex) {
    return new Meaning() {
      @Override
      public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        return visited instanceof RexCall division && division.getOperator() == DIVIDE
            ? divide(rex, division.getOperands().get(0), division.getOperands().get(1))
            : visited;
      }
    };
  }

  private static RexNode divide(RexBuilder rex, RexNode dividend, RexNode divisor) {
    RelDataType real =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), true);
    RexNode by = rex.makeCast(real, divisor);
    RexNode nonZero =
        rex.makeCall(
            SqlStdOperatorTable.CASE,
            rex.makeCall(
                SqlStdOperatorTable.EQUALS, by, rex.makeApproxLiteral(java.math.BigDecimal.ZERO)),
            rex.makeNullLiteral(real),
            by);
    return rex.makeCall(
        real, SqlStdOperatorTable.DIVIDE, java.util.List.of(rex.makeCast(real, dividend), nonZero));
  }
}

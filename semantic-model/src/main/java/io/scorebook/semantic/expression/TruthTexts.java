package io.scorebook.semantic.expression;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/// A boolean as a text is `true` or `false`, as PostgreSQL and the engines have it, where the
/// standard has capitals: what compares it with `'true'` finds it.
final class TruthTexts {
  private TruthTexts() {}

  static Meaning expansion(RexBuilder rex) {
    return new Meaning() {
      @Override
      public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        if (!(visited instanceof RexCall cast)
            || cast.getKind() != SqlKind.CAST
            || !SqlTypeName.CHAR_TYPES.contains(cast.getType().getSqlTypeName())
            || cast.getOperands().getFirst().getType().getSqlTypeName() != SqlTypeName.BOOLEAN) {
          return visited;
        }
        RexNode truth = cast.getOperands().getFirst();
        RelDataType text =
            rex.getTypeFactory()
                .createTypeWithNullability(
                    rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), true);
        RexNode written =
            rex.makeCall(
                text,
                SqlStdOperatorTable.CASE,
                java.util.List.of(
                    truth,
                    rex.makeAbstractCast(text, rex.makeLiteral("true"), false),
                    rex.makeCall(SqlStdOperatorTable.NOT, truth),
                    rex.makeAbstractCast(text, rex.makeLiteral("false"), false),
                    rex.makeNullLiteral(text)));
        return rex.makeAbstractCast(cast.getType(), written, false);
      }
    };
  }
}

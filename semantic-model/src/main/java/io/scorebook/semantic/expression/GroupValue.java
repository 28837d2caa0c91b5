package io.scorebook.semantic.expression;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.MeasureSqlType;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/// The value that a column means over the rows of a group: `AGGREGATE(m)`, `MEASURE(m)`, `AGG(m)`.
///
/// Calcite's own AGGREGATE takes a column of measure type alone, which a column of a subquery is
/// not; this one takes any, and whoever expands it says which columns have such a value.
public final class GroupValue extends SqlAggFunction {
  public static final GroupValue INSTANCE = new GroupValue();

  private static final Set<String> NAMES = Set.of("AGGREGATE", "MEASURE", "AGG");

  private GroupValue() {
    super(
        "AGGREGATE_VALUE",
        null,
        SqlKind.OTHER_FUNCTION,
        binding -> nullable(binding.getTypeFactory(), withoutMeasure(binding.getOperandType(0))),
        null,
        OperandTypes.ANY,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.FORBIDDEN);
  }

  private static RelDataType nullable(RelDataTypeFactory types, RelDataType type) {
    return types.createTypeWithNullability(type, true);
  }

  /// The type of the values of a measure; another type as it is.
  public static RelDataType withoutMeasure(RelDataType type) {
    return type instanceof MeasureSqlType measure ? measure.getMeasureElementType() : type;
  }

  /// Whether a parsed call is one of the ways to write it.
  public static boolean is(SqlNode node) {
    return node instanceof SqlCall call
        && call.operandCount() == 1
        && NAMES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
  }

  /// Puts it in place of its names in a parsed text.
  static SqlNode mark(SqlNode node) {
    SqlNode marked =
        node.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                SqlNode visited = super.visit(call);
                return visited instanceof SqlCall inner && is(inner)
                    ? INSTANCE.createCall(
                        inner.getFunctionQuantifier(),
                        inner.getParserPosition(),
                        inner.getOperandList())
                    : visited;
              }
            });
    return marked == null ? node : marked;
  }
}

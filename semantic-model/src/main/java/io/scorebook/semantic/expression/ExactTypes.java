package io.scorebook.semantic.expression;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/// Types under which sums do not overflow silently and averages keep their fraction.
///
/// The sum of integers up to 32 bits is a BIGINT, of BIGINT a DECIMAL(38); decimals keep their
/// scale; an average is a DOUBLE (Calcite's own AVG of an INTEGER is an INTEGER).
public final class ExactTypes extends RelDataTypeSystemImpl {
  public static final ExactTypes INSTANCE = new ExactTypes();

  private static final int MAX_DECIMAL = 38;

  private ExactTypes() {}

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> MAX_DECIMAL;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> FineTimes.DIGITS;
      default -> super.getMaxPrecision(type);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? MAX_DECIMAL : super.getMaxScale(type);
  }

  /// A TIMESTAMP keeps its microseconds, also where none are asked for.
  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case TIME, TIMESTAMP -> getMaxPrecision(type);
      default -> super.getDefaultPrecision(type);
    };
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType summed) {
    RelDataType argument = GroupValue.withoutMeasure(summed);
    RelDataType sum =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER -> types.createSqlType(SqlTypeName.BIGINT);
          case BIGINT -> types.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL, 0);
          case DECIMAL ->
              types.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL, argument.getScale());
          case REAL, FLOAT, DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
          default -> argument;
        };
    return types.createTypeWithNullability(sum, argument.isNullable());
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
    return types.createTypeWithNullability(
        types.createSqlType(SqlTypeName.DOUBLE), argument.isNullable());
  }

  @Override
  public boolean isSchemaCaseSensitive() {
    return false;
  }

  /// A `'abc'` is as long as a VARCHAR may be: no blanks are padded or compared.
  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}

package io.scorebook.semantic.expression;

import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Brings values to a type that has all their decimal places.
///
/// Where a DECIMAL(38) meets a 2.5, as in a comparison, a CASE or a UNION, the type of both would
/// be DECIMAL(39, 1), which there is not; Calcite gives up the places, so that 2 is at least 2.5.
/// Here the digits before the point are given up: a number that has them all is an overflow, which
/// fails.
final class ExactTypeFactory extends JavaTypeFactoryImpl {
  ExactTypeFactory() {
    super(ExactTypes.INSTANCE);
  }

  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    RelDataType common = super.leastRestrictive(types, mappingRule);
    if (common == null || common.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return common;
    }
    int places =
        types.stream()
            .filter(type -> type.getSqlTypeName() == SqlTypeName.DECIMAL)
            .mapToInt(RelDataType::getScale)
            .max()
            .orElse(0);
    return places <= common.getScale()
        ? common
        : createTypeWithNullability(
            createSqlType(
                SqlTypeName.DECIMAL,
                ExactTypes.INSTANCE.getMaxPrecision(SqlTypeName.DECIMAL),
                places),
            common.isNullable());
  }
}

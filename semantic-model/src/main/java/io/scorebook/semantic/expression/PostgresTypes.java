package io.scorebook.semantic.expression;

import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's own names of types, as `x::text` and `CAST(x AS float8)` have them. A `numeric`
/// that says no digits is of any there; here it has 10 behind the point, where the standard's has
/// none.
final class PostgresTypes {
  private static final Map<String, SqlTypeName> NAMES =
      Map.ofEntries(
          Map.entry("TEXT", SqlTypeName.VARCHAR),
          Map.entry("STRING", SqlTypeName.VARCHAR),
          Map.entry("BPCHAR", SqlTypeName.VARCHAR),
          Map.entry("INT2", SqlTypeName.SMALLINT),
          Map.entry("INT4", SqlTypeName.INTEGER),
          Map.entry("INT8", SqlTypeName.BIGINT),
          Map.entry("FLOAT4", SqlTypeName.REAL),
          Map.entry("FLOAT8", SqlTypeName.DOUBLE),
          Map.entry("FLOAT64", SqlTypeName.DOUBLE),
          Map.entry("INT64", SqlTypeName.BIGINT),
          Map.entry("BOOL", SqlTypeName.BOOLEAN),
          Map.entry("DATETIME", SqlTypeName.TIMESTAMP));

  private static final int MAX_DIGITS = 38;
  private static final int OPEN_SCALE = 10;

  private PostgresTypes() {}

  /// Puts the standard's types in place of them in a parsed text.
  static SqlNode standard(SqlNode node) {
    SqlNode replaced =
        node.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlDataTypeSpec type) {
                if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
                    && basic.getTypeName().getSimple().equals("DECIMAL")
                    && basic.getPrecision() < 0) {
                  return new SqlDataTypeSpec(
                      new SqlBasicTypeNameSpec(
                          SqlTypeName.DECIMAL, MAX_DIGITS, OPEN_SCALE, type.getParserPosition()),
                      type.getParserPosition());
                }
                SqlTypeName known =
                    type.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec named
                            && named.getTypeName().isSimple()
                        ? NAMES.get(named.getTypeName().getSimple().toUpperCase(Locale.ROOT))
                        : null;
                return known == null
                    ? type
                    : new SqlDataTypeSpec(
                        new SqlBasicTypeNameSpec(known, type.getParserPosition()),
                        type.getParserPosition());
              }
            });
    return replaced == null ? node : replaced;
  }
}

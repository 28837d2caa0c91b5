package io.scorebook.semantic.expression;

import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/// Names of types that Ossie's language and PostgreSQL have (`x::text`, `CAST(x AS float8)`), and
/// Calcite's has not.
final class TypeNames {
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
          Map.entry("DATETIME", SqlTypeName.TIMESTAMP),
          Map.entry("TIMESTAMP_NTZ", SqlTypeName.TIMESTAMP));

  private TypeNames() {}

  /// @throws Misuse for a type of PostgreSQL that there is not
  static SqlDataTypeSpec known(SqlDataTypeSpec type) {
    if (type.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec
        && type.getTypeName().isSimple()
        && type.getTypeName().getSimple().equalsIgnoreCase("TIMESTAMPTZ")) {
      throw new Misuse(type, "Cannot cast to TIMESTAMPTZ; write TIMESTAMP, which is of UTC here");
    }
    SqlTypeName name =
        type.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec
            ? NAMES.get(type.getTypeName().getSimple().toUpperCase(Locale.ROOT))
            : null;
    SqlParserPos position = type.getParserPosition();
    return name == null
        ? type
        : new SqlDataTypeSpec(new SqlBasicTypeNameSpec(name, position), position);
  }
}

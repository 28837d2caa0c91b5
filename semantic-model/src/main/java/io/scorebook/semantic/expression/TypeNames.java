package io.scorebook.semantic.expression;

import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/// Names of types that Ossie's language has and Calcite's has not.
final class TypeNames {
  private static final Map<String, SqlTypeName> NAMES =
      Map.of(
          "STRING", SqlTypeName.VARCHAR,
          "TEXT", SqlTypeName.VARCHAR,
          "TIMESTAMP_NTZ", SqlTypeName.TIMESTAMP);

  private TypeNames() {}

  static SqlDataTypeSpec known(SqlDataTypeSpec type) {
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

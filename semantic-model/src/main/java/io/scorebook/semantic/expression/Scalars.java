package io.scorebook.semantic.expression;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/// The functions of one row whose meaning is said here and not left to an engine. An engine knows
/// them by their names; what each means is written in `docs/functions.md`.
final class Scalars {
  private static final SqlReturnTypeInference TEXT = ReturnTypes.VARCHAR_NULLABLE;
  private static final SqlReturnTypeInference INTEGER = ReturnTypes.INTEGER_NULLABLE;
  private static final SqlReturnTypeInference DOUBLE = ReturnTypes.DOUBLE_NULLABLE;
  private static final SqlReturnTypeInference BOOLEAN = ReturnTypes.BOOLEAN_NULLABLE;
  private static final int MAX_DECIMAL = 38;

  static final SqlFunction LENGTH = new OwnFunction("LENGTH", INTEGER, OperandTypes.CHARACTER);
  static final SqlFunction UPPER = new OwnFunction("UPPER", TEXT, OperandTypes.CHARACTER);
  static final SqlFunction LOWER = new OwnFunction("LOWER", TEXT, OperandTypes.CHARACTER);
  static final SqlFunction TRIM = new OwnFunction("TRIM", TEXT, texts(2));
  static final SqlFunction LTRIM = new OwnFunction("LTRIM", TEXT, texts(2));
  static final SqlFunction RTRIM = new OwnFunction("RTRIM", TEXT, texts(2));
  static final SqlFunction LEFT = new OwnFunction("LEFT", TEXT, textAndInteger());
  static final SqlFunction RIGHT = new OwnFunction("RIGHT", TEXT, textAndInteger());
  static final SqlFunction SUBSTRING =
      new OwnFunction(
          "SUBSTRING",
          TEXT,
          textAndInteger()
              .or(
                  OperandTypes.family(
                      SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER)));
  static final SqlFunction REPLACE = new OwnFunction("REPLACE", TEXT, texts(3));
  static final SqlFunction SPLIT_PART =
      new OwnFunction(
          "SPLIT_PART",
          TEXT,
          OperandTypes.family(
              SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER));

  /// Of the second text in the first: as `STRPOS` has them.
  static final SqlFunction POSITION = new OwnFunction("POSITION", INTEGER, texts(2));

  static final SqlFunction CONTAINS = new OwnFunction("CONTAINS", BOOLEAN, texts(2));
  static final SqlFunction STARTS_WITH = new OwnFunction("STARTS_WITH", BOOLEAN, texts(2));
  static final SqlFunction ENDS_WITH = new OwnFunction("ENDS_WITH", BOOLEAN, texts(2));
  static final SqlFunction REGEXP_LIKE = new OwnFunction("REGEXP_LIKE", BOOLEAN, texts(2));
  static final SqlFunction REGEXP_COUNT = new OwnFunction("REGEXP_COUNT", INTEGER, texts(2));
  static final SqlFunction REGEXP_EXTRACT =
      new OwnFunction("REGEXP_EXTRACT", TEXT.andThen(SqlTypeTransforms.FORCE_NULLABLE), texts(2));

  static final SqlFunction ABS =
      new OwnFunction("ABS", ReturnTypes.ARG0_NULLABLE, OperandTypes.NUMERIC);
  static final SqlFunction SIGN = new OwnFunction("SIGN", INTEGER, OperandTypes.NUMERIC);
  static final SqlFunction ROUND =
      new OwnFunction(
          "ROUND",
          binding -> shortened(binding, 1),
          OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.INTEGER));
  static final SqlFunction TRUNC =
      new OwnFunction(
          "TRUNC",
          binding -> shortened(binding, 0),
          OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.INTEGER));

  static final SqlFunction GREATEST =
      new OwnFunction(
          "GREATEST",
          ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE),
          OperandTypes.SAME_VARIADIC);
  static final SqlFunction LEAST =
      new OwnFunction(
          "LEAST",
          ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE),
          OperandTypes.SAME_VARIADIC);

  /// Unit as a literal, number of units, date or timestamp.
  static final SqlFunction DATEADD =
      new OwnFunction(
          "DATEADD",
          Scalars::moved,
          OperandTypes.family(
              SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER, SqlTypeFamily.DATETIME));

  /// Unit as a literal, from, to.
  static final SqlFunction DATEDIFF =
      new OwnFunction(
          "DATEDIFF",
          ReturnTypes.BIGINT_NULLABLE,
          OperandTypes.family(
              SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME));

  /// Seconds since 1970-01-01 00:00:00 UTC, to the microsecond.
  static final SqlFunction EPOCH = seconds("EPOCH", 20);

  /// Seconds of the minute, to the microsecond.
  static final SqlFunction SECONDS = seconds("SECONDS", 8);

  private Scalars() {}

  private static SqlFunction seconds(String name, int digits) {
    return new OwnFunction(
        name,
        binding ->
            binding
                .getTypeFactory()
                .createTypeWithNullability(
                    binding
                        .getTypeFactory()
                        .createSqlType(SqlTypeName.DECIMAL, digits, FineTimes.DIGITS),
                    binding.getOperandType(0).isNullable()),
        OperandTypes.family(SqlTypeFamily.DATE).or(OperandTypes.family(SqlTypeFamily.TIMESTAMP)));
  }

  /// A function of so many numbers that gives a DOUBLE.
  static SqlFunction real(String name, int operands) {
    return new OwnFunction(
        name,
        operands == 0 ? ReturnTypes.DOUBLE : DOUBLE,
        operands == 0
            ? OperandTypes.NILADIC
            : OperandTypes.family(java.util.Collections.nCopies(operands, SqlTypeFamily.NUMERIC)));
  }

  private static SqlOperandTypeChecker texts(int count) {
    return OperandTypes.family(java.util.Collections.nCopies(count, SqlTypeFamily.CHARACTER));
  }

  private static org.apache.calcite.sql.type.SqlSingleOperandTypeChecker textAndInteger() {
    return OperandTypes.family(List.of(SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER));
  }

  /// A decimal with no more digits behind the point than it is shortened to; one more before it
  /// where it may be rounded up. Of other numbers the same type.
  private static RelDataType shortened(SqlOperatorBinding binding, int more) {
    RelDataType type = binding.getOperandType(0);
    RelDataTypeFactory types = binding.getTypeFactory();
    RelDataType result = type;
    if (type.getSqlTypeName() == SqlTypeName.DECIMAL) {
      int scale = type.getScale();
      if (binding.isOperandLiteral(1, false)
          && binding.getOperandLiteralValue(1, BigDecimal.class) instanceof BigDecimal digits) {
        scale = Math.min(scale, Math.max(digits.intValue(), 0));
      }
      int whole = type.getPrecision() - type.getScale() + more;
      result =
          types.createSqlType(SqlTypeName.DECIMAL, Math.min(whole + scale, MAX_DECIMAL), scale);
    }
    return types.createTypeWithNullability(
        result, type.isNullable() || binding.getOperandType(1).isNullable());
  }

  /// A date moved by hours becomes a timestamp.
  private static RelDataType moved(SqlOperatorBinding binding) {
    String unit = binding.getOperandLiteralValue(0, String.class);
    RelDataType type = binding.getOperandType(2);
    RelDataTypeFactory types = binding.getTypeFactory();
    boolean toTime =
        type.getSqlTypeName() == SqlTypeName.DATE
            && List.of("HOUR", "MINUTE", "SECOND").contains(String.valueOf(unit));
    return types.createTypeWithNullability(
        toTime ? types.createSqlType(SqlTypeName.TIMESTAMP) : type,
        type.isNullable() || binding.getOperandType(1).isNullable());
  }
}

package io.scorebook.engine.trino;

import io.scorebook.engine.sql.Dialect;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes casts for Trino. A number loses its fraction towards zero, where Trino would round; a
/// text that is not written as it should be fails.
final class TrinoCasts {
  private static final Dialect TRINO = TrinoDialect.INSTANCE;
  private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final String TIME = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?";

  private TrinoCasts() {}

  static String render(String operand, RelDataType from, RexCall call) {
    RelDataType to = call.getType();
    boolean isTry = call.getKind() == SqlKind.SAFE_CAST;
    boolean fromText = SqlTypeFamily.CHARACTER.contains(from);
    boolean toText = SqlTypeFamily.CHARACTER.contains(to);
    if (fromText && !toText) {
      return parsed(operand, from, to, isTry);
    }
    if (isTry) {
      throw TRINO.unsupported("TRY_CAST but of a text");
    }
    if (from.getSqlTypeName() == SqlTypeName.NULL) {
      return TRINO.cast(operand, to);
    }
    if (toText) {
      return text(operand, from, to);
    }
    boolean same = from.getSqlTypeName() == to.getSqlTypeName();
    return switch (to.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> integer(operand, from, to);
      case DECIMAL ->
          same && from.getScale() > to.getScale()
              ? TRINO.cast("truncate(%s, %d)".formatted(operand, to.getScale()), to)
              : number(operand, from, to);
      case REAL, FLOAT, DOUBLE -> number(operand, from, to);
      case DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, BOOLEAN -> {
        boolean known =
            same
                || from.getSqlTypeName() == SqlTypeName.DATE
                    && to.getSqlTypeName() == SqlTypeName.TIMESTAMP
                || from.getSqlTypeName() == SqlTypeName.TIMESTAMP
                    && (to.getSqlTypeName() == SqlTypeName.DATE
                        || to.getSqlTypeName() == SqlTypeName.TIME);
        if (!known) {
          throw refused(from, to);
        }
        yield TRINO.cast(operand, to);
      }
      default -> throw refused(from, to);
    };
  }

  private static String integer(String operand, RelDataType from, RelDataType to) {
    return SqlTypeFamily.EXACT_NUMERIC.contains(from) && from.getScale() <= 0
        ? TRINO.cast(operand, to)
        : number("truncate(%s)".formatted(operand), from, to);
  }

  private static String number(String operand, RelDataType from, RelDataType to) {
    if (!SqlTypeFamily.NUMERIC.contains(from)) {
      throw refused(from, to);
    }
    return TRINO.cast(operand, to);
  }

  private static String text(String operand, RelDataType from, RelDataType to) {
    String text =
        switch (from.getSqlTypeName()) {
          case CHAR, VARCHAR -> operand;
          case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, DATE -> TRINO.cast(operand, to);
          case BOOLEAN -> "upper(%s)".formatted(TRINO.cast(operand, to));
          // Trino writes all digits of the second: of its fraction the last zeros go.
          case TIMESTAMP -> "regexp_replace(%s, '\\.?0+$', '')".formatted(TRINO.cast(operand, to));
          default -> throw refused(from, to);
        };
    if (to.getSqlTypeName() == SqlTypeName.CHAR) {
      return "rpad(%s, %d, ' ')".formatted(text, to.getPrecision());
    }
    return to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED
            || (SqlTypeFamily.CHARACTER.contains(from)
                && from.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED
                && from.getPrecision() <= to.getPrecision())
        ? text
        : "substr(%s, 1, %d)".formatted(text, to.getPrecision());
  }

  private static String parsed(String text, RelDataType from, RelDataType to, boolean isTry) {
    String form =
        switch (to.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT -> "\\s*[+-]?[0-9]+\\s*";
          case DECIMAL ->
              "\\s*[+-]?([0-9]+(\\.[0-9]{0,%1$d})?|0*\\.[0-9]{0,%1$d})\\s*"
                  .formatted(to.getScale());
          case REAL, FLOAT, DOUBLE -> "\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*";
          case BOOLEAN -> "\\s*(?i:true|false)\\s*";
          case DATE -> DATE;
          case TIME -> TIME;
          case TIMESTAMP -> DATE + "([ T]" + TIME + ")?";
          default -> throw refused(from, to);
        };
    String matches = "regexp_like(%s, %s)".formatted(text, Dialect.quoted("^(?:" + form + ")$"));
    String plain =
        switch (to.getSqlTypeName()) {
          case TIMESTAMP -> "replace(trim(%s), 'T', ' ')".formatted(text);
          default -> "trim(%s)".formatted(text);
        };
    String value = "%s(%s AS %s)".formatted(isTry ? "TRY_CAST" : "CAST", plain, TRINO.type(to));
    return isTry
        ? "CASE WHEN %s THEN %s END".formatted(matches, value)
        : "CASE WHEN NOT %s THEN fail(concat('''', %s, ''' is no %s')) ELSE %s END"
            .formatted(matches, text, TRINO.type(to), value);
  }

  private static RuntimeException refused(RelDataType from, RelDataType to) {
    return TRINO.unsupported(
        "the cast of %s to %s".formatted(from.getSqlTypeName(), to.getSqlTypeName()));
  }
}

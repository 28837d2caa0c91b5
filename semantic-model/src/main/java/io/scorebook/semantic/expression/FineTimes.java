package io.scorebook.semantic.expression;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;

/// Times as exact as tables keep them: to the microsecond. What is finer is refused, since cut off
/// it would be another time, which a row may have.
public final class FineTimes {
  /// Digits behind the seconds.
  public static final int DIGITS = 6;

  private static final Pattern FINER = Pattern.compile(".*\\.\\d{6}\\d*[1-9]\\d*");

  private FineTimes() {}

  /// @throws Misuse for a literal of a time that is finer
  static void check(SqlLiteral literal) {
    String text =
        switch (literal) {
          case SqlUnknownLiteral unknown -> unknown.getValue();
          case SqlAbstractDateTimeLiteral time -> time.toFormattedString();
          default -> "";
        };
    if (FINER.matcher(text).matches()) {
      throw new Misuse(
          literal,
          "Cannot use the time '%s', which is finer than a microsecond; write at most %d digits"
                  .formatted(text, DIGITS)
              + " behind its seconds");
    }
  }

  /// @throws Misuse for a type of times that has fewer digits, or more: no cast rounds a time
  static void check(SqlDataTypeSpec type) {
    if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
        && SqlTypeName.DATETIME_TYPES.contains(
            SqlTypeName.get(basic.getTypeName().getSimple().toUpperCase(Locale.ROOT)))
        && basic.getPrecision() >= 0
        && basic.getPrecision() != DIGITS) {
      throw new Misuse(
          type,
          "Cannot use %1$s(%2$d): a time has %3$d digits behind its seconds; write %1$s, and"
                  .formatted(
                      basic.getTypeName().getSimple().toUpperCase(Locale.ROOT),
                      basic.getPrecision(),
                      DIGITS)
              + " DATE_TRUNC('second', ...) for coarser times");
    }
  }

  /// Whether a table may have the time.
  public static boolean isKept(LocalDateTime time) {
    return time.getNano() % 1000 == 0;
  }

  /// The time as the value of a literal, with all of its digits.
  public static TimestampString literal(LocalDateTime time) {
    return TimestampString.fromMillisSinceEpoch(
            time.truncatedTo(ChronoUnit.SECONDS).toInstant(ZoneOffset.UTC).toEpochMilli())
        .withNanos(time.getNano());
  }
}

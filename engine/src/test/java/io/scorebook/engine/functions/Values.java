package io.scorebook.engine.functions;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// How expected values are written: `NULL`, `'text'`, `1`, `1.50` a decimal with its scale, `1.5d`
/// a double to twelve digits, dates and timestamps as ISO has them.
final class Values {
  private static final MathContext DIGITS = new MathContext(12);

  private Values() {}

  static String write(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case String text -> "'" + text.replace("\n", "\\n").replace("\t", "\\t") + "'";
      case Double number ->
          number == 0
              ? "0d"
              : new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString() + "d";
      case BigDecimal decimal -> decimal.toPlainString();
      default -> value.toString();
    };
  }
}

package io.scorebook.engine.agreement;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values as texts that are equal where the values are: whole numbers with all their digits,
/// numbers of binary floating point with fourteen, NULL for null.
public final class Texts {
  private static final MathContext DIGITS = new MathContext(14);

  private Texts() {}

  public static List<String> of(List<@Nullable Object> row) {
    return row.stream().map(Texts::of).toList();
  }

  private static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case Double number -> plain(new BigDecimal(number).round(DIGITS));
      case Float number -> plain(new BigDecimal(number).round(DIGITS));
      case Number number -> plain(new BigDecimal(number.toString()));
      case java.sql.Date date -> date.toLocalDate().toString();
      default -> value.toString();
    };
  }

  /// A text from a file as that of a value: `0.75` for `0.750`.
  static String written(String text) {
    return text.matches("-?\\d+(\\.\\d+)?") ? plain(new BigDecimal(text).round(DIGITS)) : text;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}

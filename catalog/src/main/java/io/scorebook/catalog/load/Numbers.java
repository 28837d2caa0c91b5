package io.scorebook.catalog.load;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Numbers out of texts, exactly or not at all.
final class Numbers {
  private static final int MAX_LENGTH = 400;
  private static final int MAX_SCALE = 400;
  private static final int SAFE_DIGITS = 18;

  private Numbers() {}

  /// The number that a value is, or null where it is none.
  static @Nullable BigDecimal decimal(Object value) {
    return switch (value) {
      case Integer number -> BigDecimal.valueOf(number);
      case Long number -> BigDecimal.valueOf(number);
      case Short number -> BigDecimal.valueOf(number);
      case Byte number -> BigDecimal.valueOf(number);
      case BigInteger number -> new BigDecimal(number);
      case BigDecimal number -> bounded(number);
      case Double number -> Double.isFinite(number) ? new BigDecimal(number.toString()) : null;
      case Float number -> Float.isFinite(number) ? new BigDecimal(number.toString()) : null;
      case String text -> parse(text.strip());
      default -> null;
    };
  }

  private static @Nullable BigDecimal parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !isNumberLike(text)) {
      return null;
    }
    try {
      return bounded(new BigDecimal(text));
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /// `1e999999999` is short to write and takes all memory to expand.
  private static @Nullable BigDecimal bounded(BigDecimal number) {
    return Math.abs((long) number.scale()) > MAX_SCALE ? null : number;
  }

  /// Whether the text is made of what numbers are made of: `NaN`, `0x1p3` and `1d` are not numbers
  /// here.
  static boolean isNumberLike(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /// Whether [#plainLong] reads the text.
  static boolean isPlainLong(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - start;
    if (digits < 1 || digits > SAFE_DIGITS) {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /// The number that a text of at most 18 digits is.
  static long plainLong(String text) {
    long value = 0;
    boolean negative = text.charAt(0) == '-';
    for (int i = negative ? 1 : 0; i < text.length(); i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return negative ? -value : value;
  }
}

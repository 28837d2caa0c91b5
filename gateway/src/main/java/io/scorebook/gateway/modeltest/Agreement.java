package io.scorebook.gateway.modeltest;

import io.scorebook.documents.Value.Scalar;
import io.scorebook.gateway.wire.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a value of an answer is the one that a test has written.
///
/// Integers, decimals, texts, dates and booleans agree exactly. A double agrees when nine
/// significant digits do, or all those written where there are at least four behind the point:
/// `0.6667` is two thirds, `0.67` is not.
final class Agreement {
  private static final MathContext SIGNIFICANT = new MathContext(9);
  private static final int ENOUGH_DECIMALS = 4;

  private Agreement() {}

  static boolean holds(List<Scalar> expected, List<@Nullable Object> answered) {
    for (int i = 0; i < answered.size(); i++) {
      if (!holds(expected.get(i), answered.get(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean holds(Scalar expected, @Nullable Object answered) {
    return switch (answered) {
      case null -> expected.isNull();
      case Object _ when expected.isNull() -> false;
      case Double number -> isNear(expected.text(), number);
      case Number number -> isEqual(expected.text(), number);
      case Boolean truth -> expected.text().toLowerCase(Locale.ROOT).equals(truth.toString());
      default -> expected.text().equals(Values.text(answered));
    };
  }

  private static boolean isEqual(String expected, Number answered) {
    BigDecimal number = number(expected);
    return number != null && number.compareTo(new BigDecimal(Values.text(answered))) == 0;
  }

  private static boolean isNear(String expected, double answered) {
    BigDecimal number = number(expected);
    if (number == null) {
      return false;
    }
    var exact = new BigDecimal(answered);
    return number.round(SIGNIFICANT).compareTo(exact.round(SIGNIFICANT)) == 0
        || (number.scale() >= ENOUGH_DECIMALS
            && exact.setScale(number.scale(), RoundingMode.HALF_EVEN).compareTo(number) == 0);
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }
}

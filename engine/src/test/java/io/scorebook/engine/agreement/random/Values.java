package io.scorebook.engine.agreement.random;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values in memory: exact numbers as BigDecimal, others as Double, texts, dates, truth values.
final class Values {
  private static final double CLOSE = 1e-9;

  /// The order of values, NULL last.
  static final Comparator<@Nullable Object> ORDER = Comparator.nullsLast(Values::compare);

  private Values() {}

  static @Nullable Object stored(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Integer number -> BigDecimal.valueOf(number);
      case Long number -> BigDecimal.valueOf(number);
      case BigDecimal number -> {
        BigDecimal stripped = number.stripTrailingZeros();
        yield stripped.scale() < 0 ? stripped.setScale(0) : stripped;
      }
      default -> value;
    };
  }

  static int compare(Object left, Object right) {
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return a.compareTo(b);
    }
    if (left instanceof Number a && right instanceof Number b) {
      // Adding nought makes one of the two zeros, which are equal to SQL.
      return Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
    }
    return switch (left) {
      case String text -> text.compareTo((String) right);
      case LocalDate date -> date.compareTo((LocalDate) right);
      case Boolean truth -> Boolean.compare(truth, (Boolean) right);
      default -> throw new IllegalArgumentException(left + " and " + right);
    };
  }

  static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Double || right instanceof Double) {
      if (left instanceof Number a && right instanceof Number b) {
        double x = a.doubleValue();
        double y = b.doubleValue();
        return Math.abs(x - y) <= CLOSE * Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
      }
      return false;
    }
    return Objects.equals(left, right);
  }

  static @Nullable Object arithmetic(char operator, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return null;
    }
    if (operator == '/') {
      double by = ((Number) right).doubleValue();
      return by == 0 ? null : ((Number) left).doubleValue() / by;
    }
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return stored(
          switch (operator) {
            case '+' -> a.add(b);
            case '-' -> a.subtract(b);
            default -> a.multiply(b);
          });
    }
    double a = ((Number) left).doubleValue();
    double b = ((Number) right).doubleValue();
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      default -> a * b;
    };
  }

  /// An aggregate of values, of which NULLs do not count.
  static @Nullable Object aggregate(String function, boolean distinct, List<@Nullable Object> all) {
    var values = new ArrayList<Object>();
    for (Object value : all) {
      if (value != null && !(distinct && values.contains(value))) {
        values.add(value);
      }
    }
    if (function.equals("APPROX_COUNT_DISTINCT")) {
      return BigDecimal.valueOf(values.stream().distinct().count());
    }
    if (function.equals("COUNT")) {
      return BigDecimal.valueOf(values.size());
    }
    if (values.isEmpty()) {
      return null;
    }
    values.sort(Values::compare);
    return switch (function) {
      case "MIN" -> values.getFirst();
      case "MAX" -> values.getLast();
      case "SUM" -> sum(values);
      case "AVG" -> ((Number) sum(values)).doubleValue() / values.size();
      case "MEDIAN" -> percentile(values, 0.5);
      case "PERCENTILE_CONT" -> percentile(values, 0.25);
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static Object sum(List<Object> values) {
    Object sum = BigDecimal.ZERO;
    for (Object value : values) {
      sum = Objects.requireNonNull(arithmetic('+', sum, value));
    }
    return sum;
  }

  /// Interpolated at the place p x (count - 1).
  private static Object percentile(List<Object> values, double p) {
    double place = p * (values.size() - 1);
    int below = (int) Math.floor(place);
    double low = ((Number) values.get(below)).doubleValue();
    double high = ((Number) values.get(Math.min(below + 1, values.size() - 1))).doubleValue();
    return low + (high - low) * (place - below);
  }
}

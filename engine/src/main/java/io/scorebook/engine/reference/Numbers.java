package io.scorebook.engine.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.linq4j.function.SemiStrict;

/// Functions of numbers; compiled expressions call them. NULL of any NULL; what has no value, or
/// none that is finite, fails.
@SemiStrict
public final class Numbers {
  private Numbers() {}

  public static Long absInteger(Long x) {
    return Math.absExact(x);
  }

  public static BigDecimal absDecimal(BigDecimal x) {
    return x.abs();
  }

  public static Double absDouble(Double x) {
    return Math.abs(x);
  }

  public static Long signInteger(Long x) {
    return (long) Long.signum(x);
  }

  public static Long signDecimal(BigDecimal x) {
    return (long) x.signum();
  }

  public static Long signDouble(Double x) {
    return x > 0 ? 1L : x < 0 ? -1L : 0L;
  }

  public static Long roundInteger(Long x, Long digits) {
    return digits >= 0 ? x : (Long) roundDecimal(BigDecimal.valueOf(x), digits).longValueExact();
  }

  public static BigDecimal roundDecimal(BigDecimal x, Long digits) {
    return shorten(x, digits, RoundingMode.HALF_UP);
  }

  public static Double roundDouble(Double x, Long digits) {
    return shortenDouble(x, digits, RoundingMode.HALF_UP);
  }

  public static Long truncInteger(Long x, Long digits) {
    return digits >= 0 ? x : (Long) truncDecimal(BigDecimal.valueOf(x), digits).longValueExact();
  }

  public static BigDecimal truncDecimal(BigDecimal x, Long digits) {
    return shorten(x, digits, RoundingMode.DOWN);
  }

  public static Double truncDouble(Double x, Long digits) {
    return shortenDouble(x, digits, RoundingMode.DOWN);
  }

  private static BigDecimal shorten(BigDecimal x, long digits, RoundingMode mode) {
    return digits >= x.scale()
        ? x
        : x.setScale(Math.toIntExact(Math.max(digits, -100)), mode)
            .setScale(Math.max(0, Math.toIntExact(Math.max(digits, -100))));
  }

  /// Of the binary number times ten to the power of the digits.
  private static double shortenDouble(double x, long digits, RoundingMode mode) {
    double power = Math.pow(10, Math.abs(digits));
    double moved = digits < 0 ? x / power : x * power;
    if (!Double.isFinite(moved)) {
      return x;
    }
    double whole = new BigDecimal(moved).setScale(0, mode).doubleValue();
    return digits < 0 ? whole * power : whole / power;
  }

  public static Double sqrt(Double x) {
    return x < 0 ? undefined("the root of a negative number") : (Double) Math.sqrt(x);
  }

  public static Double exp(Double x) {
    return finite(Math.exp(x));
  }

  public static Double ln(Double x) {
    return Math.log(positive(x));
  }

  public static Double log10(Double x) {
    return Math.log10(positive(x));
  }

  public static Double log(Double base, Double x) {
    return finite(Math.log10(positive(x)) / Math.log10(positive(base)));
  }

  public static Double power(Double x, Double y) {
    return finite(Math.pow(x, y));
  }

  public static Double sin(Double x) {
    return finite(Math.sin(x));
  }

  public static Double cos(Double x) {
    return finite(Math.cos(x));
  }

  public static Double tan(Double x) {
    return finite(Math.tan(x));
  }

  public static Double asin(Double x) {
    return finite(Math.asin(x));
  }

  public static Double acos(Double x) {
    return finite(Math.acos(x));
  }

  public static Double atan(Double x) {
    return Math.atan(x);
  }

  public static Double atan2(Double y, Double x) {
    return Math.atan2(y, x);
  }

  public static Double radians(Double degrees) {
    return degrees * (Math.PI / 180);
  }

  public static Double degrees(Double radians) {
    return radians * (180 / Math.PI);
  }

  public static Double pi() {
    return Math.PI;
  }

  private static double positive(double x) {
    return x <= 0 ? undefined("the logarithm of zero or a negative number") : x;
  }

  private static double finite(double x) {
    return Double.isFinite(x) ? x : undefined("a value that is no finite number");
  }

  private static double undefined(String what) {
    throw new ArithmeticException(what + " is out of range");
  }
}

package io.scorebook.engine.reference;

import io.scorebook.engine.answer.EngineException;
import io.scorebook.engine.answer.EngineException.Kind;
import io.scorebook.semantic.plan.Plan.OutputType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/// Values between three worlds: as Iceberg reads them, as Calcite computes with them, as an answer
/// gives them.
final class Values {
  private static final int MAX_DIGITS = 38;

  private Values() {}

  /// From Iceberg to Calcite.
  static @Nullable Object read(@Nullable Object stored, RelDataType type) {
    return switch (stored) {
      case null -> null;
      case LocalDate date -> Math.toIntExact(date.toEpochDay());
      case LocalTime time -> Math.toIntExact(whole(time.toNanoOfDay(), 1_000_000));
      case LocalDateTime moment -> millis(moment.toInstant(ZoneOffset.UTC));
      case OffsetDateTime moment -> millis(moment.toInstant());
      case CharSequence text -> text.toString();
      case java.util.UUID uuid -> uuid.toString();
      default -> as(stored, type);
    };
  }

  private static long millis(Instant instant) {
    whole(instant.getNano(), 1_000_000);
    return instant.toEpochMilli();
  }

  /// @throws EngineException for a time that is finer than a millisecond
  static void checkMillis(TimestampString literal) {
    millis(LocalDateTime.parse(literal.toString().replace(' ', 'T')).toInstant(ZoneOffset.UTC));
  }

  /// Calcite computes with milliseconds; what is finer is refused, not cut off.
  private static long whole(long value, long unit) {
    if (value % unit != 0) {
      throw new EngineException(
          Kind.UNSUPPORTED,
          "Cannot compute with times finer than a millisecond on the reference engine",
          null);
    }
    return value / unit;
  }

  /// The value as the class that Calcite has for a type; an integer or decimal that does not fit
  /// fails.
  static @Nullable Object as(@Nullable Object value, RelDataType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getSqlTypeName()) {
      case TINYINT -> exact(value).byteValueExact();
      case SMALLINT -> exact(value).shortValueExact();
      case INTEGER -> exact(value).intValueExact();
      case BIGINT -> exact(value).longValueExact();
      case DECIMAL -> decimal(value, type);
      case REAL -> ((Number) value).floatValue();
      case FLOAT, DOUBLE -> ((Number) value).doubleValue();
      default -> value;
    };
  }

  static BigDecimal exact(Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Double d -> new BigDecimal(d);
      case Float f -> new BigDecimal(f);
      case Number n -> BigDecimal.valueOf(n.longValue());
      default -> throw new IllegalArgumentException("Invalid number: " + value);
    };
  }

  private static BigDecimal decimal(Object value, RelDataType type) {
    BigDecimal decimal = exact(value).setScale(type.getScale(), RoundingMode.UNNECESSARY);
    if (decimal.precision() > Math.min(type.getPrecision(), MAX_DIGITS)) {
      throw new ArithmeticException("%s is out of range for %s".formatted(decimal, type));
    }
    return decimal;
  }

  /// From Calcite to an answer.
  static @Nullable Object give(@Nullable Object value, RelDataType type, OutputType output) {
    if (value == null) {
      return null;
    }
    return switch (type.getSqlTypeName()) {
      case DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
      case TIMESTAMP ->
          LocalDateTime.ofInstant(
              Instant.ofEpochMilli(((Number) value).longValue()), ZoneOffset.UTC);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          Instant.ofEpochMilli(((Number) value).longValue()).atOffset(ZoneOffset.UTC);
      case TINYINT, SMALLINT, INTEGER, BIGINT -> ((Number) value).longValue();
      case DECIMAL -> number((BigDecimal) value, type, output);
      case REAL, FLOAT, DOUBLE -> finite(((Number) value).doubleValue());
      case BOOLEAN, CHAR, VARCHAR -> value;
      default ->
          throw new EngineException(
              Kind.UNSUPPORTED, "Cannot give a value of type " + type + " in an answer", null);
    };
  }

  private static Object number(BigDecimal value, RelDataType type, OutputType output) {
    if (output != OutputType.INTEGER) {
      return value.setScale(type.getScale(), RoundingMode.UNNECESSARY);
    }
    BigInteger integer = value.toBigIntegerExact();
    return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new EngineException(
          Kind.DATA, "Cannot give %s as a value of an answer".formatted(value), null);
    }
    return value;
  }

  /// A value by which equal ones are found: 1.0 and 1.00 are, 0.0 and -0.0 are.
  static @Nullable Object key(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case BigDecimal decimal -> decimal.stripTrailingZeros();
      case Double d -> d == 0 ? (Object) 0.0d : d;
      case Float f -> f == 0 ? (Object) 0.0f : f;
      default -> value;
    };
  }

  static List<@Nullable Object> key(@Nullable Object[] row, List<Integer> columns) {
    var key = new ArrayList<@Nullable Object>(columns.size());
    for (int column : columns) {
      key.add(key(row[column]));
    }
    return key;
  }

  /// The order of values that are not NULL; texts by their code points.
  static final Comparator<Object> ORDER =
      (left, right) -> {
        if (left instanceof String a && right instanceof String b) {
          return compareCodePoints(a, b);
        }
        return compareSame(left, right);
      };

  @SuppressWarnings("unchecked") // the values of one column have one class
  private static int compareSame(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }

  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        boolean surrogates =
            Character.isSurrogate(a.charAt(i)) || Character.isSurrogate(b.charAt(i));
        return surrogates
            ? Integer.compare(surrogateLast(a.charAt(i)), surrogateLast(b.charAt(i)))
            : Character.compare(a.charAt(i), b.charAt(i));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /// Surrogates stand for code points above all others.
  private static int surrogateLast(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}

package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.ValueType;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// The values of answers as formats of fixed types store them. What would not be stored exactly is
/// refused.
final class StoredValues {
  private static final long MICROS = 1_000_000;
  private static final int NANOS_A_MICRO = 1000;

  private StoredValues() {}

  /// 64 bits.
  static long integer(Object value) {
    return switch (value) {
      case Long number -> number;
      case Integer number -> number;
      case BigInteger number when number.bitLength() < Long.SIZE -> number.longValue();
      case BigInteger _ ->
          throw refused("Cannot write an integer of more than 64 bits in this format");
      default -> throw invalid(value);
    };
  }

  /// The digits of a decimal, at the scale of its column.
  static BigInteger unscaled(Object value, ValueType.Decimal type) {
    BigDecimal exact = decimal(value, type);
    return exact.unscaledValue();
  }

  static BigDecimal decimal(Object value, ValueType.Decimal type) {
    BigDecimal number =
        switch (value) {
          case BigDecimal decimal -> decimal;
          case BigInteger integer -> new BigDecimal(integer);
          case Long integer -> BigDecimal.valueOf(integer);
          default -> throw invalid(value);
        };
    BigDecimal exact;
    try {
      exact = number.scale() == type.scale() ? number : number.setScale(type.scale());
    } catch (ArithmeticException _) {
      throw refused(
          "Cannot write a decimal of %d digits behind the point in a column of %d"
              .formatted(number.scale(), type.scale()));
    }
    if (exact.precision() > type.precision()) {
      throw refused(
          "Cannot write a decimal of %d digits in a column of %d"
              .formatted(exact.precision(), type.precision()));
    }
    return exact;
  }

  /// Days since 1970-01-01.
  static int days(Object value) {
    return Math.toIntExact(((LocalDate) value).toEpochDay());
  }

  /// Microseconds since 1970-01-01T00:00, of UTC where the value is a moment.
  static long micros(Object value) {
    Instant instant =
        switch (value) {
          case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
          case OffsetDateTime time -> time.toInstant();
          default -> throw invalid(value);
        };
    if (instant.getNano() % NANOS_A_MICRO != 0) {
      throw refused("Cannot write a time finer than a microsecond in this format");
    }
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / NANOS_A_MICRO);
  }

  private static ProblemException refused(String message) {
    return new ProblemException(
        ErrorCode.DATA, message + "; JSON, NDJSON and CSV write all of its digits");
  }

  private static IllegalArgumentException invalid(Object value) {
    return new IllegalArgumentException("Invalid value of " + value.getClass());
  }
}

package io.scorebook.engine.answer;

import io.scorebook.engine.answer.EngineException.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/// Single values of vectors as [Rows#value] has them, read and written. What a vector cannot hold
/// exactly is refused.
public final class Cells {
  private static final long MICROS = 1_000_000;
  private static final int NANOS_A_MICRO = 1000;

  private Cells() {}

  /// A value of a vector.
  ///
  /// @throws EngineException for a number or a time that is not finite
  public static @Nullable Object value(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector) {
      case BaseIntVector whole -> whole.getValueAsLong(row);
      case VarCharVector texts -> new String(texts.get(row), StandardCharsets.UTF_8);
      case Float8Vector numbers -> finite(numbers.get(row));
      case Float4Vector numbers -> finite(numbers.get(row));
      case BitVector truths -> truths.get(row) != 0;
      case DateDayVector dates -> LocalDate.ofEpochDay(days(dates.get(row)));
      case DecimalVector numbers -> numbers.getObject(row);
      case TimeStampMicroVector times -> moment(times.get(row));
      case TimeStampMicroTZVector times -> moment(times.get(row)).atOffset(ZoneOffset.UTC);
      default ->
          throw new IllegalArgumentException("Invalid vector of an answer: " + vector.getField());
    };
  }

  /// Writes a value, where there may be room for it or not.
  ///
  /// @return how many bytes it takes that no other value of its type has to take
  /// @throws EngineException for a value that the vector cannot hold
  public static int set(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      vector.setNull(row);
      return 0;
    }
    switch (vector) {
      case VarCharVector texts -> {
        byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
        texts.setSafe(row, text);
        return text.length;
      }
      case BigIntVector numbers -> numbers.setSafe(row, integer(value));
      case Float8Vector numbers -> numbers.setSafe(row, ((Double) value).doubleValue());
      case BitVector truths -> truths.setSafe(row, (Boolean) value ? 1 : 0);
      case DateDayVector dates ->
          dates.setSafe(row, Math.toIntExact(((LocalDate) value).toEpochDay()));
      case TimeStampVector times -> times.setSafe(row, micros(value));
      case DecimalVector numbers ->
          numbers.setSafe(row, decimal(value, numbers.getPrecision(), numbers.getScale()));
      default ->
          throw new IllegalArgumentException("Invalid vector of an answer: " + vector.getField());
    }
    return 0;
  }

  static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw refused("Cannot give %s as a value of an answer".formatted(number));
    }
    return number;
  }

  /// Days since 1970-01-01 that are a date: the outermost stand for the ends of time.
  static int days(int days) {
    if (Math.abs((long) days) == Integer.MAX_VALUE) {
      throw refused("Cannot give an infinite date as a value of an answer");
    }
    return days;
  }

  private static LocalDateTime moment(long micros) {
    micros(micros);
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS),
        (int) Math.floorMod(micros, MICROS) * NANOS_A_MICRO,
        ZoneOffset.UTC);
  }

  /// Microseconds since 1970 that are a time: the outermost stand for the ends of time.
  static long micros(long micros) {
    if (micros == Long.MAX_VALUE || micros == -Long.MAX_VALUE) {
      throw refused("Cannot give an infinite time as a value of an answer");
    }
    return micros;
  }

  /// 64 bits.
  ///
  /// @throws EngineException where they do not hold it
  public static long integer(Object value) {
    return switch (value) {
      case Long number -> number;
      case Integer number -> number;
      case BigInteger number when number.bitLength() < Long.SIZE -> number.longValue();
      case BigInteger number -> throw tooWide(number.toString());
      case BigDecimal number when number.scale() <= 0 -> integer(number.toBigIntegerExact());
      default -> throw invalid(value);
    };
  }

  static EngineException tooWide(String number) {
    return refused(
        "Cannot write the number %s as an integer of 64 bits; JSON, NDJSON and CSV write all digits, as does CAST(... AS DECIMAL(38, 1))"
            .formatted(number));
  }

  /// A number of the scale.
  ///
  /// @throws EngineException where so many digits do not hold it
  public static BigDecimal decimal(Object value, int precision, int scale) {
    BigDecimal number =
        switch (value) {
          case BigDecimal decimal -> decimal;
          case BigInteger integer -> new BigDecimal(integer);
          case Long integer -> BigDecimal.valueOf(integer);
          default -> throw invalid(value);
        };
    BigDecimal exact;
    try {
      exact = number.scale() == scale ? number : number.setScale(scale);
    } catch (ArithmeticException _) {
      throw tooFine(
          "Cannot write a decimal of %d digits behind the point in a column of %d"
              .formatted(number.scale(), scale));
    }
    if (exact.precision() > precision) {
      throw tooFine(
          "Cannot write a decimal of %d digits in a column of %d"
              .formatted(exact.precision(), precision));
    }
    return exact;
  }

  /// Microseconds since 1970-01-01T00:00, of UTC where the value is a moment.
  ///
  /// @throws EngineException where it is finer
  public static long micros(Object value) {
    Instant instant =
        switch (value) {
          case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
          case OffsetDateTime time -> time.toInstant();
          default -> throw invalid(value);
        };
    if (instant.getNano() % NANOS_A_MICRO != 0) {
      throw tooFine("Cannot write a time finer than a microsecond in this format");
    }
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / NANOS_A_MICRO);
  }

  private static EngineException tooFine(String message) {
    return refused(message + "; JSON, NDJSON and CSV write all of its digits");
  }

  private static EngineException refused(String message) {
    return new EngineException(Kind.DATA, message, null);
  }

  private static IllegalArgumentException invalid(Object value) {
    return new IllegalArgumentException("Invalid value of " + value.getClass());
  }
}

package io.scorebook.gateway.postgres;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;

/// Columns of batches as [BinaryForm] writes their values, without an object for each.
final class BinaryCells {
  private static final int EPOCH_DAYS = (int) BinaryForm.EPOCH.toEpochDay();
  private static final long EPOCH_MICROS =
      LocalDate.EPOCH.plusDays(EPOCH_DAYS).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;

  /// Powers of ten below the base of numerics.
  private static final int[] TENS = {1, 10, 100, 1000};

  /// More than the digits of 64 bits in the base of numerics, and their fraction filled up.
  private static final int MOST_DIGITS = 8;

  private BinaryCells() {}

  static Cell of(FieldVector vector, BatchSource at) {
    Cell there =
        switch (vector) {
          case BigIntVector numbers ->
              out -> {
                out.int64(numbers.getDataBuffer().getLong((long) at.row() * Long.BYTES));
                return true;
              };
          case Float8Vector numbers ->
              out -> {
                // The bits as they are, which is how PostgreSQL has them.
                out.int64(numbers.getDataBuffer().getLong((long) at.row() * Long.BYTES));
                return true;
              };
          case BitVector truths ->
              out -> {
                out.int8(truths.get(at.row()));
                return true;
              };
          case DateDayVector dates ->
              out -> {
                int days = dates.getDataBuffer().getInt((long) at.row() * Integer.BYTES);
                out.int32(Math.subtractExact(days, EPOCH_DAYS));
                return true;
              };
          case TimeStampVector times ->
              out -> {
                long micros = times.getDataBuffer().getLong((long) at.row() * Long.BYTES);
                out.int64(Math.subtractExact(micros, EPOCH_MICROS));
                return true;
              };
          case VarCharVector texts -> text(texts, at);
          case DecimalVector numbers -> numeric(numbers, at);
          default -> throw new IllegalArgumentException("Invalid column: " + vector.getField());
        };
    return out -> !vector.isNull(at.row()) && there.write(out);
  }

  /// UTF-8 is the same in text and in binary.
  static Cell text(VarCharVector texts, BatchSource at) {
    return out -> {
      ArrowBuf offsets = texts.getOffsetBuffer();
      int start = offsets.getInt((long) at.row() * Integer.BYTES);
      int end = offsets.getInt((at.row() + 1L) * Integer.BYTES);
      out.bytes(texts.getDataBuffer(), start, end - start);
      return true;
    };
  }

  private static Cell numeric(DecimalVector numbers, BatchSource at) {
    int scale = numbers.getScale();
    var digits = new short[MOST_DIGITS];
    return out -> {
      if (isLong(numbers, at.row())) {
        numeric(low(numbers, at.row()), scale, digits, out);
      } else {
        out.bytes(BinaryForm.numeric(numbers.getObject(at.row())));
      }
      return true;
    };
  }

  /// Whether the unscaled number has 64 bits, and is not the least of them.
  static boolean isLong(DecimalVector numbers, int row) {
    long high = numbers.getDataBuffer().getLong((long) row * DecimalVector.TYPE_WIDTH + Long.BYTES);
    long low = low(numbers, row);
    return high == low >> (Long.SIZE - 1) && low != Long.MIN_VALUE;
  }

  /// The lower 64 bits of the unscaled number.
  static long low(DecimalVector numbers, int row) {
    return numbers.getDataBuffer().getLong((long) row * DecimalVector.TYPE_WIDTH);
  }

  /// As [BinaryForm#numeric] writes them.
  private static void numeric(long unscaled, int scale, short[] digits, WireBytes out) {
    long rest = Math.abs(unscaled);
    int fraction = Math.ceilDiv(scale, BinaryForm.NUMERIC_DIGITS);
    int count = 0; // the last digit first
    int missing = fraction * BinaryForm.NUMERIC_DIGITS - scale;
    if (rest != 0 && missing > 0) {
      // The last digit of the base has only so many decimal ones.
      int part = TENS[BinaryForm.NUMERIC_DIGITS - missing];
      digits[count++] = (short) (rest % part * TENS[missing]);
      rest /= part;
    }
    while (rest != 0) {
      digits[count++] = (short) (rest % BinaryForm.NUMERIC_BASE);
      rest /= BinaryForm.NUMERIC_BASE;
    }
    while (count > 0 && digits[count - 1] == 0) {
      count--; // a zero before the point, where the fraction was all
    }
    int weight = count - 1 - fraction;
    int last = 0;
    while (last < count && digits[last] == 0) {
      last++;
    }
    out.int16(count - last);
    out.int16(count == last ? 0 : weight);
    out.int16(unscaled < 0 ? BinaryForm.NUMERIC_NEGATIVE : 0);
    out.int16(scale);
    for (int i = count - 1; i >= last; i--) {
      out.int16(digits[i]);
    }
  }
}

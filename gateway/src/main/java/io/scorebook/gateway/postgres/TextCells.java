package io.scorebook.gateway.postgres;

import io.scorebook.engine.answer.Cells;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;

/// Columns of batches as [TextForm] writes their values, without an object for each.
final class TextCells {
  private static final long MICROS = 1_000_000;
  private static final long DAY_MICROS = 86_400 * MICROS;

  /// 0001-01-01 and 9999-12-31: other years are written otherwise.
  private static final int FIRST_DAY = -719_162;

  private static final int LAST_DAY = 2_932_896;
  private static final byte[] UTC = "+00".getBytes(StandardCharsets.US_ASCII);

  private TextCells() {}

  static Cell of(FieldVector vector, BatchSource at) {
    Cell there =
        switch (vector) {
          case BigIntVector numbers ->
              out -> {
                out.digits(numbers.getDataBuffer().getLong((long) at.row() * Long.BYTES));
                return true;
              };
          case Float8Vector numbers ->
              out -> {
                number(numbers.get(at.row()), out);
                return true;
              };
          case BitVector truths ->
              out -> {
                out.int8(truths.get(at.row()) == 0 ? 'f' : 't');
                return true;
              };
          case DateDayVector dates ->
              out -> {
                int days = dates.getDataBuffer().getInt((long) at.row() * Integer.BYTES);
                if (isPlain(days)) {
                  date(days, out);
                } else {
                  slowly(dates, at, out);
                }
                return true;
              };
          case TimeStampVector times ->
              out -> {
                time(times, at, out);
                return true;
              };
          case VarCharVector texts -> BinaryCells.text(texts, at);
          case DecimalVector numbers ->
              out -> {
                if (BinaryCells.isLong(numbers, at.row())) {
                  decimal(BinaryCells.low(numbers, at.row()), numbers.getScale(), out);
                } else {
                  slowly(numbers, at, out);
                }
                return true;
              };
          default -> throw new IllegalArgumentException("Invalid column: " + vector.getField());
        };
    return out -> !vector.isNull(at.row()) && there.write(out);
  }

  private static void slowly(FieldVector vector, BatchSource at, WireBytes out) {
    out.utf8(TextForm.of(Objects.requireNonNull(Cells.value(vector, at.row()))));
  }

  private static boolean isPlain(long days) {
    return days >= FIRST_DAY && days <= LAST_DAY;
  }

  private static void time(TimeStampVector times, BatchSource at, WireBytes out) {
    long micros = times.getDataBuffer().getLong((long) at.row() * Long.BYTES);
    long days = Math.floorDiv(micros, DAY_MICROS);
    if (!isPlain(days)) {
      slowly(times, at, out);
      return;
    }
    date((int) days, out);
    long ofDay = micros - days * DAY_MICROS;
    int seconds = (int) (ofDay / MICROS);
    out.int8(' ').digits(seconds / 3600, 2);
    out.int8(':').digits(seconds / 60 % 60, 2);
    out.int8(':').digits(seconds % 60, 2);
    int fraction = (int) (ofDay % MICROS);
    if (fraction != 0) {
      int digits = 6;
      while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
      }
      out.int8('.').digits(fraction, digits);
    }
    if (times instanceof TimeStampMicroTZVector) {
      out.bytes(UTC);
    }
  }

  /// A day of the years 1 to 9999, counted in eras of 400 years that begin in March.
  private static void date(int days, WireBytes out) {
    int shifted = days + 719_468;
    int era = Math.floorDiv(shifted, 146_097);
    int ofEra = shifted - era * 146_097;
    int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int fromMarch = (5 * ofYear + 2) / 153;
    int day = ofYear - (153 * fromMarch + 2) / 5 + 1;
    int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    out.digits(year, 4).int8('-').digits(month, 2).int8('-').digits(day, 2);
  }

  private static void decimal(long unscaled, int scale, WireBytes out) {
    if (scale == 0) {
      out.digits(unscaled);
      return;
    }
    if (unscaled < 0) {
      out.int8('-');
    }
    int from = out.end();
    out.digits(Math.abs(unscaled));
    int digits = out.end() - from;
    if (digits <= scale) {
      // Zeros before it, at least one in front of the point.
      out.cut(from);
      out.digits(0, scale + 1 - digits).digits(Math.abs(unscaled));
    }
    out.point(scale);
  }

  /// Java's shortest digits, written out as [TextForm] writes them.
  private static void number(double number, WireBytes out) {
    String text = Double.toString(number);
    if (text.indexOf('E') < 0 && number != 0) {
      int length = text.endsWith(".0") ? text.length() - 2 : text.length();
      out.ascii(text, length);
    } else {
      out.utf8(TextForm.of(number));
    }
  }
}

package io.scorebook.gateway.postgres;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values as PostgreSQL writes them in binary: numbers with the highest byte first, days and
/// microseconds since 2000.
final class BinaryForm {
  static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
  static final LocalDateTime EPOCH_TIME = EPOCH.atStartOfDay();
  static final int NUMERIC_BASE = 10_000;
  static final int NUMERIC_DIGITS = 4;
  static final int NUMERIC_NEGATIVE = 0x4000;

  private BinaryForm() {}

  static byte[] of(Object value, Field field) {
    if (!field.isArray() && !(value instanceof List<?>)) {
      return of(value, field.type());
    }
    List<?> elements = (List<?>) value;
    PgType element =
        switch (field.type()) {
          case INT2VECTOR -> PgType.INT2;
          case OIDVECTOR -> PgType.OID;
          default -> field.type();
        };
    return written(out -> {
      out.writeInt(elements.isEmpty() ? 0 : 1);
      out.writeInt(elements.stream().anyMatch(java.util.Objects::isNull) ? 1 : 0);
      out.writeInt(element.oid());
      if (!elements.isEmpty()) {
        out.writeInt(elements.size());
        out.writeInt(field.isArray() ? 1 : 0);
      }
      for (Object each : elements) {
        writeElement(out, each, element);
      }
    });
  }

  private static void writeElement(DataOutputStream out, @Nullable Object value, PgType type)
      throws IOException {
    if (value == null) {
      out.writeInt(-1);
    } else {
      byte[] bytes = of(value, type);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static byte[] of(Object value, PgType type) {
    return switch (type) {
      case BOOL -> new byte[] {(byte) ((Boolean) value ? 1 : 0)};
      case INT2 -> written(out -> out.writeShort((short) within(value, Short.MAX_VALUE)));
      case INT4 -> written(out -> out.writeInt((int) within(value, Integer.MAX_VALUE)));
      case OID -> written(out -> out.writeInt((int) within(value, 0xFFFF_FFFFL)));
      case INT8 -> written(out -> out.writeLong(within(value, Long.MAX_VALUE)));
      case FLOAT4 -> written(out -> out.writeFloat(((Number) value).floatValue()));
      case FLOAT8 -> written(out -> out.writeDouble(((Number) value).doubleValue()));
      case NUMERIC -> numeric(exact(value));
      case DATE ->
          written(out -> out.writeInt((int) ChronoUnit.DAYS.between(EPOCH, (LocalDate) value)));
      case TIMESTAMP -> written(out -> out.writeLong(micros((LocalDateTime) value)));
      case TIMESTAMPTZ ->
          written(out ->
              out.writeLong(
                  micros(
                      ((OffsetDateTime) value)
                          .withOffsetSameInstant(ZoneOffset.UTC)
                          .toLocalDateTime())));
      case CHAR, NAME, TEXT, VARCHAR, INT2VECTOR, OIDVECTOR ->
          TextForm.of(value).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static long micros(LocalDateTime time) {
    return ChronoUnit.MICROS.between(EPOCH_TIME, time);
  }

  /// A whole number that its type holds.
  static long within(Object value, long most) {
    BigInteger whole =
        switch (value) {
          case BigInteger big -> big;
          case BigDecimal exact -> exact.toBigIntegerExact();
          case Number number -> BigInteger.valueOf(number.longValue());
          case String digits -> new BigInteger(digits);
          default -> throw new IllegalArgumentException("Invalid whole number: " + value);
        };
    if (whole.compareTo(BigInteger.valueOf(most)) > 0
        || whole.compareTo(BigInteger.valueOf(-most - 1)) < 0) {
      throw new ProblemException(
          ErrorCode.DATA,
          "Cannot give the number %s as an integer of 64 bits; ask for CAST(... AS DECIMAL(38, 1))"
              .formatted(whole));
    }
    return whole.longValueExact();
  }

  private static BigDecimal exact(Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal;
      case BigInteger whole -> new BigDecimal(whole);
      default -> new BigDecimal(value.toString());
    };
  }

  /// Digits in base 10,000 with the weight of the first, as `numeric_send` has them.
  static byte[] numeric(BigDecimal number) {
    int scale = Math.max(0, number.scale());
    // So many decimal places that they fill digits of the base.
    int padded = Math.ceilDiv(scale, NUMERIC_DIGITS) * NUMERIC_DIGITS;
    BigInteger rest = number.setScale(padded).unscaledValue().abs();
    var digits = new ArrayList<Integer>(); // the last first
    while (rest.signum() != 0) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(NUMERIC_BASE));
      digits.add(parts[1].intValue());
      rest = parts[0];
    }
    int weight = digits.size() - 1 - padded / NUMERIC_DIGITS;
    List<Integer> ordered = digits.reversed();
    int end = ordered.size();
    while (end > 0 && ordered.get(end - 1) == 0) {
      end--;
    }
    List<Integer> kept = ordered.subList(0, end);
    return written(out -> {
      out.writeShort(kept.size());
      out.writeShort(kept.isEmpty() ? 0 : weight);
      out.writeShort(number.signum() < 0 ? NUMERIC_NEGATIVE : 0);
      out.writeShort(scale);
      for (int digit : kept) {
        out.writeShort(digit);
      }
    });
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}

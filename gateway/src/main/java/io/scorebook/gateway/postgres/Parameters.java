package io.scorebook.gateway.postgres;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The values of `$1`, `$2` ... as a client sends them: in text or binary, of a type that he names,
/// or as text without one.
final class Parameters {
  private static final int UNKNOWN = 705;
  private static final int NUMERIC_NAN = 0xC000;
  private static final int MOST_DIGITS = 1000;
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd[' ']['T']HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX][X]")
          .toFormatter(Locale.ROOT);

  private static final Pattern DATE_ZONE = Pattern.compile("(?<=^.{10}) ?[+-]\\d\\d(:\\d\\d)?$");

  private Parameters() {}

  /// @param count of the parameters that the statement has
  /// @throws ProblemException where there are more or fewer, or one cannot be read
  static List<@Nullable Object> read(Inbound.Message.Bind bind, List<Integer> types, int count) {
    if (bind.values().size() != count) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "Cannot run the query: it has %d parameters, and %d values are given"
              .formatted(count, bind.values().size()));
    }
    if (!bind.given().fits(count)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "Invalid format codes: not one for each parameter");
    }
    var values = new ArrayList<@Nullable Object>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = bind.values().get(i);
      int type = i < types.size() ? types.get(i) : 0;
      values.add(bytes == null ? null : value(bytes, type, bind.given().isBinary(i), i + 1));
    }
    return values;
  }

  private static Object value(byte[] bytes, int oid, boolean binary, int number) {
    Optional<PgType> elements = PgType.ofArrayOid(oid);
    if (elements.isPresent()) {
      return read(
          elements.get(),
          number,
          () -> binary ? ArrayForm.text(bytes, elements.get()) : text(bytes));
    }
    Optional<PgType> type =
        oid == 0 || oid == UNKNOWN ? Optional.of(PgType.TEXT) : PgType.ofOid(oid);
    if (type.isEmpty()) {
      throw new ProblemException(
          ErrorCode.UNSUPPORTED,
          "Cannot take parameter %d: its type (OID %d) is not known here; send it as text"
              .formatted(number, oid));
    }
    return read(
        type.get(),
        number,
        () -> binary ? ofBinary(bytes, type.get()) : ofText(text(bytes), type.get()));
  }

  private static Object read(PgType type, int number, Supplier<Object> value) {
    try {
      return value.get();
    } catch (DateTimeException
        | IllegalArgumentException
        | java.nio.BufferUnderflowException
        | ArithmeticException e) {
      throw new ProblemException(
          io.scorebook.gateway.session.Problem.of(
              ErrorCode.INVALID_VALUE,
              "Cannot read parameter %d as %s"
                  .formatted(number, type.name().toLowerCase(Locale.ROOT))),
          e);
    }
  }

  private static String text(byte[] bytes) {
    try {
      return Inbound.utf8(ByteBuffer.wrap(bytes));
    } catch (Inbound.Invalid e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Object ofText(String text, PgType type) {
    return switch (type) {
      case BOOL ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "t", "true", "1", "on", "yes", "y" -> true;
            case "f", "false", "0", "off", "no", "n" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
          };
      case INT2, INT4, INT8, OID -> new BigInteger(digits(text)).longValueExact();
      case FLOAT4, FLOAT8 -> Double.valueOf(digits(text));
      case NUMERIC -> written(new BigDecimal(digits(text)));
      // Drivers append a zone to a date, in which it means nothing.
      case DATE -> LocalDate.parse(DATE_ZONE.matcher(text.strip()).replaceFirst(""));
      // As PostgreSQL has it: of a time without a zone a zone that is written says nothing.
      case TIMESTAMP -> timestamp(text.strip(), OffsetDateTime::toLocalDateTime);
      case TIMESTAMPTZ ->
          timestamp(
              text.strip(),
              moment -> moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
      case CHAR, NAME, TEXT, VARCHAR, INT2VECTOR, OIDVECTOR -> text;
    };
  }

  /// Reading many digits takes long, and no column holds them.
  private static String digits(String text) {
    String digits = text.strip();
    if (digits.length() > MOST_DIGITS) {
      throw new IllegalArgumentException("too many digits");
    }
    return digits;
  }

  private static BigDecimal written(BigDecimal number) {
    if (Math.abs((long) number.scale()) > MOST_DIGITS) {
      throw new IllegalArgumentException("too many digits");
    }
    return number;
  }

  private static LocalDateTime timestamp(
      String text, Function<OffsetDateTime, LocalDateTime> withZone) {
    if (text.length() == 10) {
      return LocalDate.parse(text).atStartOfDay();
    }
    return switch (TIMESTAMP.parseBest(text, OffsetDateTime::from, LocalDateTime::from)) {
      case OffsetDateTime moment -> withZone.apply(moment);
      case LocalDateTime time -> time;
      default -> throw new IllegalArgumentException("not a time");
    };
  }

  static Object ofBinary(byte[] bytes, PgType type) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Object value =
        switch (type) {
          case BOOL -> in.get() != 0;
          case INT2 -> (long) in.getShort();
          case INT4 -> (long) in.getInt();
          case OID -> Integer.toUnsignedLong(in.getInt());
          case INT8 -> in.getLong();
          case FLOAT4 -> Double.valueOf(Float.toString(in.getFloat()));
          case FLOAT8 -> in.getDouble();
          case NUMERIC -> numeric(in);
          case DATE -> BinaryForm.EPOCH.plusDays(in.getInt());
          case TIMESTAMP, TIMESTAMPTZ ->
              BinaryForm.EPOCH_TIME.plus(in.getLong(), java.time.temporal.ChronoUnit.MICROS);
          case CHAR, NAME, TEXT, VARCHAR, INT2VECTOR, OIDVECTOR -> {
            in.position(in.limit());
            yield text(bytes);
          }
        };
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("too long");
    }
    return value;
  }

  private static BigDecimal numeric(ByteBuffer in) {
    int digits = Short.toUnsignedInt(in.getShort());
    int weight = in.getShort();
    int sign = Short.toUnsignedInt(in.getShort());
    int scale = Short.toUnsignedInt(in.getShort());
    if (sign >= NUMERIC_NAN) {
      throw new IllegalArgumentException("not a number");
    }
    if (digits * BinaryForm.NUMERIC_DIGITS > MOST_DIGITS) {
      throw new IllegalArgumentException("too many digits");
    }
    BigInteger whole = BigInteger.ZERO;
    for (int i = 0; i < digits; i++) {
      int digit = Short.toUnsignedInt(in.getShort());
      if (digit >= BinaryForm.NUMERIC_BASE) {
        throw new IllegalArgumentException("not a digit");
      }
      whole =
          whole
              .multiply(BigInteger.valueOf(BinaryForm.NUMERIC_BASE))
              .add(BigInteger.valueOf(digit));
    }
    BigDecimal number =
        new BigDecimal(whole)
            .scaleByPowerOfTen((weight - digits + 1) * BinaryForm.NUMERIC_DIGITS)
            .setScale(scale);
    return sign == BinaryForm.NUMERIC_NEGATIVE ? number.negate() : number;
  }
}

package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.answer.ValueType.Decimal;
import io.scorebook.engine.answer.ValueType.Simple;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/// Rows of an answer as Parquet's columns, each of them optional.
final class ParquetRows extends WriteSupport<IntFunction<@Nullable Object>> {
  private static final int LONG_DIGITS = 18;

  private final List<String> names;
  private final List<ValueType> types;
  private final String provenance;
  private @Nullable RecordConsumer consumer;

  ParquetRows(Heading heading) {
    this.names = heading.names();
    this.types = heading.types();
    this.provenance = Json.text(Values.provenanceInBrief(heading.provenance()));
  }

  @Override
  public String getName() {
    return "scorebook";
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    var message = Types.buildMessage();
    for (int i = 0; i < types.size(); i++) {
      message.addField(column(names.get(i), types.get(i)));
    }
    MessageType schema = message.named("row");
    return new WriteContext(schema, Map.of(Values.PROVENANCE_KEY, provenance));
  }

  @Override
  public WriteContext init(Configuration configuration) {
    throw new IllegalArgumentException("Invalid configuration: Hadoop's is not used");
  }

  private static PrimitiveType column(String name, ValueType type) {
    return switch (type) {
      case Simple.STRING ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case Simple.INTEGER -> Types.optional(PrimitiveTypeName.INT64).named(name);
      case Simple.DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case Simple.BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
      case Simple.DATE ->
          Types.optional(PrimitiveTypeName.INT32).as(LogicalTypeAnnotation.dateType()).named(name);
      case Simple.TIMESTAMP, Simple.INSTANT ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(type == Simple.INSTANT, TimeUnit.MICROS))
              .named(name);
      case Decimal(int precision, int scale) when precision <= LONG_DIGITS ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.decimalType(scale, precision))
              .named(name);
      case Decimal(int precision, int scale) ->
          Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
              .length(bytes(precision))
              .as(LogicalTypeAnnotation.decimalType(scale, precision))
              .named(name);
    };
  }

  /// How many bytes hold so many digits and a sign.
  private static int bytes(int precision) {
    return BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public void write(IntFunction<@Nullable Object> row) {
    RecordConsumer to = consumer;
    if (to == null) {
      throw new IllegalStateException("nothing has begun");
    }
    to.startMessage();
    for (int i = 0; i < types.size(); i++) {
      Object value = row.apply(i);
      if (value != null) {
        to.startField(names.get(i), i);
        write(types.get(i), value, to);
        to.endField(names.get(i), i);
      }
    }
    to.endMessage();
  }

  private static void write(ValueType type, Object value, RecordConsumer to) {
    switch (type) {
      case Simple.STRING -> to.addBinary(Binary.fromString((String) value));
      case Simple.INTEGER -> to.addLong(StoredValues.integer(value));
      case Simple.DOUBLE -> to.addDouble((Double) value);
      case Simple.BOOLEAN -> to.addBoolean((Boolean) value);
      case Simple.DATE -> to.addInteger(StoredValues.days(value));
      case Simple.TIMESTAMP, Simple.INSTANT -> to.addLong(StoredValues.micros(value));
      case Decimal decimal when decimal.precision() <= LONG_DIGITS ->
          to.addLong(StoredValues.unscaled(value, decimal).longValueExact());
      case Decimal decimal ->
          to.addBinary(
              Binary.fromConstantByteArray(
                  fixed(StoredValues.unscaled(value, decimal), bytes(decimal.precision()))));
    }
  }

  /// Two's complement, the sign stretched to the left.
  private static byte[] fixed(BigInteger number, int length) {
    byte[] digits = number.toByteArray();
    byte[] fixed = new byte[length];
    java.util.Arrays.fill(fixed, 0, length - digits.length, (byte) (number.signum() < 0 ? -1 : 0));
    System.arraycopy(digits, 0, fixed, length - digits.length, digits.length);
    return fixed;
  }
}

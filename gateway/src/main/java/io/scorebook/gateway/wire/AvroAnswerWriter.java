package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.answer.ValueType.Decimal;
import io.scorebook.engine.answer.ValueType.Simple;
import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/// An Avro object container file: a record `row`, each field a union with null, blocks of about 64
/// KB, deflated. The provenance is in the file's metadata.
final class AvroAnswerWriter implements AnswerWriter {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int NULL = 0;
  private static final int VALUE = 1;

  private final OutputStream out;
  private @Nullable DataFileWriter<IntFunction<@Nullable Object>> file;

  AvroAnswerWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin(Heading heading) throws IOException {
    heading.checkNamesDiffer(Format.AVRO);
    Schema schema = schema(heading);
    file =
        new DataFileWriter<>(new RowWriter(heading.types()))
            .setCodec(CodecFactory.deflateCodec(1))
            .setSyncInterval(BLOCK_BYTES)
            .setMeta(
                Values.PROVENANCE_KEY, Json.text(Values.provenanceInBrief(heading.provenance())));
    file.create(schema, out);
  }

  private static Schema schema(Heading heading) {
    var fields = new ArrayList<Schema.Field>();
    for (int i = 0; i < heading.types().size(); i++) {
      String name = heading.columns().get(i).name();
      Schema type =
          Schema.createUnion(Schema.create(Schema.Type.NULL), type(heading.types().get(i)));
      try {
        fields.add(new Schema.Field(name, type, null, Schema.Field.NULL_DEFAULT_VALUE));
      } catch (SchemaParseException e) {
        throw new ProblemException(
            ErrorCode.NOT_ACCEPTABLE,
            ("Cannot write the column '%s' in avro, whose names are of letters, digits and _;"
                    + " rename it with AS")
                .formatted(name));
      }
    }
    return Schema.createRecord("row", null, "scorebook", false, fields);
  }

  private static Schema type(ValueType type) {
    Schema bytes = Schema.create(Schema.Type.BYTES);
    Schema micros = Schema.create(Schema.Type.LONG);
    return switch (type) {
      case Simple.STRING -> Schema.create(Schema.Type.STRING);
      case Simple.INTEGER -> Schema.create(Schema.Type.LONG);
      case Simple.DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case Simple.BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case Simple.DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case Simple.TIMESTAMP -> LogicalTypes.localTimestampMicros().addToSchema(micros);
      case Simple.INSTANT -> LogicalTypes.timestampMicros().addToSchema(micros);
      case Decimal(int precision, int scale) ->
          LogicalTypes.decimal(precision, scale).addToSchema(bytes);
    };
  }

  /// Writes a row without making a record of it.
  private record RowWriter(List<ValueType> types)
      implements DatumWriter<IntFunction<@Nullable Object>> {
    @Override
    public void setSchema(Schema schema) {
      // it was made from the types
    }

    @Override
    public void write(IntFunction<@Nullable Object> row, Encoder encoder) throws IOException {
      for (int i = 0; i < types.size(); i++) {
        Object value = row.apply(i);
        if (value == null) {
          encoder.writeIndex(NULL);
          encoder.writeNull();
        } else {
          encoder.writeIndex(VALUE);
          write(types.get(i), value, encoder);
        }
      }
    }

    private static void write(ValueType type, Object value, Encoder encoder) throws IOException {
      switch (type) {
        case Simple.STRING -> encoder.writeString((String) value);
        case Simple.INTEGER -> encoder.writeLong(StoredValues.integer(value));
        case Simple.DOUBLE -> encoder.writeDouble((Double) value);
        case Simple.BOOLEAN -> encoder.writeBoolean((Boolean) value);
        case Simple.DATE -> encoder.writeInt(StoredValues.days(value));
        case Simple.TIMESTAMP, Simple.INSTANT -> encoder.writeLong(StoredValues.micros(value));
        case Decimal decimal ->
            encoder.writeBytes(
                ByteBuffer.wrap(StoredValues.unscaled(value, decimal).toByteArray()));
      }
    }
  }

  @Override
  public void row(IntFunction<@Nullable Object> values) throws IOException {
    try {
      begun().append(values);
    } catch (DataFileWriter.AppendWriteException e) {
      if (e.getCause() instanceof ProblemException refused) {
        throw refused;
      }
      throw e;
    }
  }

  @Override
  public void end(Ending ending) throws IOException {
    begun().flush();
  }

  private DataFileWriter<IntFunction<@Nullable Object>> begun() {
    if (file == null) {
      throw new IllegalStateException("nothing has begun");
    }
    return file;
  }

  @Override
  public void flush() {
    // a block is written when it is full
  }
}

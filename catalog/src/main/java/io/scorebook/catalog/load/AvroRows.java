package io.scorebook.catalog.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scorebook.catalog.contract.Contract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/// Rows of an Avro file; lines are the numbers of the rows.
final class AvroRows implements RowReader {
  private final Path file;
  private final SourceStream stream;
  private final DataFileStream<GenericRecord> records;
  private final ColumnMatch match;
  private final @Nullable Object[] values;
  private @Nullable GenericRecord record;
  private long line;

  private AvroRows(
      Path file,
      SourceStream stream,
      DataFileStream<GenericRecord> records,
      ColumnMatch match,
      int fields) {
    this.file = file;
    this.stream = stream;
    this.records = records;
    this.match = match;
    this.values = new @Nullable Object[fields];
  }

  static AvroRows open(Path file, Contract contract) {
    SourceStream stream = SourceStream.open(file);
    try {
      var records =
          new DataFileStream<>(
              stream.content(), new GenericDatumReader<GenericRecord>(null, null, data()));
      if (records.getSchema().getType() != Schema.Type.RECORD) {
        throw new UnreadableSource("Cannot read %s: it holds no records".formatted(file));
      }
      List<String> columns =
          records.getSchema().getFields().stream().map(Schema.Field::name).toList();
      var match = ColumnMatch.of(contract, file.toString(), columns);
      return new AvroRows(file, stream, records, match, contract.fields().size());
    } catch (IOException | AvroRuntimeException e) {
      stream.close();
      throw SourceStream.failure(file, 0, e);
    } catch (UnreadableSource e) {
      stream.close();
      throw e;
    }
  }

  private static GenericData data() {
    var data = new GenericData();
    data.addLogicalTypeConversion(new TimeConversions.DateConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    return data;
  }

  @Override
  public boolean next() {
    try {
      if (!records.hasNext()) {
        return false;
      }
      record = records.next(record);
      line++;
      for (int i = 0; i < match.fieldOfColumn().length; i++) {
        if (match.fieldOfColumn()[i] >= 0) {
          Object value = record.get(i);
          values[match.fieldOfColumn()[i]] =
              switch (value) {
                case CharSequence text -> text.toString();
                case GenericEnumSymbol<?> symbol -> symbol.toString();
                case null, default -> value;
              };
        }
      }
      return true;
    } catch (IOException | AvroRuntimeException e) {
      throw SourceStream.failure(file, line, e);
    }
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public @Nullable String malformed() {
    return null;
  }

  @Override
  public @Nullable Object value(int field) {
    return values[field];
  }

  @Override
  public String raw() {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    if (record != null) {
      for (Schema.Field field : record.getSchema().getFields()) {
        RawValues.put(row, field.name(), record.get(field.pos()));
      }
    }
    return row.toString();
  }

  @Override
  public Set<String> ignored() {
    return match.ignored();
  }

  @Override
  public String sha256() {
    return stream.sha256();
  }

  @Override
  public void close() {
    stream.close();
  }
}

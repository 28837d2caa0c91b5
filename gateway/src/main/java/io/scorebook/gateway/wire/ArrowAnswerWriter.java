package io.scorebook.gateway.wire;

import io.scorebook.engine.answer.ValueType;
import io.scorebook.engine.answer.ValueType.Decimal;
import io.scorebook.engine.answer.ValueType.Simple;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.jspecify.annotations.Nullable;

/// Record batches of Arrow's stream format, each of some thousand rows. The memory of one batch is
/// held, outside of the heap, until [#close]. What a column is, is in its metadata; the provenance
/// is in the schema's.
final class ArrowAnswerWriter implements AnswerWriter.OfBatches {
  private static final int BATCH_ROWS = 8192;
  private static final int BATCH_BYTES = 4 << 20;

  private final OutputStream out;
  private final List<Column> columns = new ArrayList<>();
  private @Nullable RootAllocator allocator;
  private @Nullable VectorSchemaRoot root;
  private @Nullable ArrowStreamWriter writer;
  private int rows;
  private long bytes;

  /// Puts the values of a column into its vector.
  private interface Column {
    /// @return how many bytes the value takes that no other value of its type has to take
    int set(int row, @Nullable Object value);
  }

  ArrowAnswerWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin(Heading heading) throws IOException {
    allocator = new RootAllocator();
    root = VectorSchemaRoot.create(ArrowSchema.of(heading), allocator);
    for (int i = 0; i < heading.types().size(); i++) {
      columns.add(column(root.getVector(i), heading.types().get(i)));
    }
    writer = new ArrowStreamWriter(root, null, Channels.newChannel(out));
    writer.start();
  }

  @Override
  public void beginBatches(VectorSchemaRoot batches) throws IOException {
    writer = new ArrowStreamWriter(batches, null, Channels.newChannel(out));
    writer.start();
  }

  @Override
  public void batch() throws IOException {
    if (writer != null) {
      writer.writeBatch();
    }
  }

  private static Column column(FieldVector vector, ValueType type) {
    return switch (type) {
      case Simple.STRING -> {
        var texts = (VarCharVector) vector;
        yield (row, value) -> {
          if (value == null) {
            texts.setNull(row);
            return 0;
          }
          byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
          texts.setSafe(row, text);
          return text.length;
        };
      }
      case Simple.INTEGER -> {
        var numbers = (BigIntVector) vector;
        yield (row, value) -> {
          if (value == null) {
            numbers.setNull(row);
          } else {
            numbers.setSafe(row, StoredValues.integer(value));
          }
          return 0;
        };
      }
      case Simple.DOUBLE -> {
        var numbers = (Float8Vector) vector;
        yield (row, value) -> {
          if (value == null) {
            numbers.setNull(row);
          } else {
            numbers.setSafe(row, ((Double) value).doubleValue());
          }
          return 0;
        };
      }
      case Simple.BOOLEAN -> {
        var truths = (BitVector) vector;
        yield (row, value) -> {
          if (value == null) {
            truths.setNull(row);
          } else {
            truths.setSafe(row, (Boolean) value ? 1 : 0);
          }
          return 0;
        };
      }
      case Simple.DATE -> {
        var dates = (DateDayVector) vector;
        yield (row, value) -> {
          if (value == null) {
            dates.setNull(row);
          } else {
            dates.setSafe(row, StoredValues.days(value));
          }
          return 0;
        };
      }
      case Simple.TIMESTAMP, Simple.INSTANT -> {
        var times = (TimeStampVector) vector;
        yield (row, value) -> {
          if (value == null) {
            times.setNull(row);
          } else {
            times.setSafe(row, StoredValues.micros(value));
          }
          return 0;
        };
      }
      case Decimal decimal -> {
        var numbers = (DecimalVector) vector;
        yield (row, value) -> {
          if (value == null) {
            numbers.setNull(row);
          } else {
            numbers.setSafe(row, StoredValues.decimal(value, decimal));
          }
          return 0;
        };
      }
    };
  }

  @Override
  public void row(IntFunction<@Nullable Object> values) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      bytes += columns.get(i).set(rows, values.apply(i));
    }
    rows++;
    if (rows == BATCH_ROWS || bytes > BATCH_BYTES) {
      writeBatch();
    }
  }

  private void writeBatch() throws IOException {
    if (root != null && writer != null && rows > 0) {
      root.setRowCount(rows);
      writer.writeBatch();
      // Not clear(): the next batch is as large, and finds its memory here.
      root.getFieldVectors().forEach(FieldVector::reset);
      rows = 0;
      bytes = 0;
    }
  }

  @Override
  public void end(Ending ending) throws IOException {
    writeBatch();
    if (writer != null) {
      writer.end();
    }
  }

  @Override
  public void flush() {
    // a batch is written when it is full
  }

  @Override
  public void close() {
    // Not the stream writer's close, which would write the end of a whole stream.
    if (root != null) {
      root.close();
      root = null;
    }
    if (allocator != null) {
      allocator.close();
      allocator = null;
    }
  }
}

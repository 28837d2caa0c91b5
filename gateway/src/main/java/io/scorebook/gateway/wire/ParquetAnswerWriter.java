package io.scorebook.gateway.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/// A Parquet file, Zstandard, in row groups of about eight megabytes: no more than one is held. The
/// provenance is in the file's metadata.
final class ParquetAnswerWriter implements AnswerWriter {
  private static final long ROW_GROUP_BYTES = 8L << 20;
  private static final int PAGE_BYTES = 256 << 10;

  private final OutputStream out;
  private @Nullable ParquetWriter<IntFunction<@Nullable Object>> file;

  ParquetAnswerWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin(Heading heading) throws IOException {
    heading.checkNamesDiffer(Format.PARQUET);
    file =
        new Builder(new Stream(out), new ParquetRows(heading))
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withPageSize(PAGE_BYTES)
            .withDictionaryPageSize(PAGE_BYTES)
            .build();
  }

  @Override
  public void row(IntFunction<@Nullable Object> values) throws IOException {
    if (file != null) {
      file.write(values);
    }
  }

  /// Parquet ends with what is where in it, so that half a file is none.
  @Override
  public void end(Ending ending) throws IOException {
    if (file != null) {
      file.close();
    }
  }

  @Override
  public void flush() {
    // a row group is written when it is full
  }

  private static final class Builder
      extends ParquetWriter.Builder<IntFunction<@Nullable Object>, Builder> {
    private final WriteSupport<IntFunction<@Nullable Object>> rows;

    Builder(OutputFile file, WriteSupport<IntFunction<@Nullable Object>> rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<IntFunction<@Nullable Object>> getWriteSupport(
        ParquetConfiguration configuration) {
      return rows;
    }

    @Override
    protected WriteSupport<IntFunction<@Nullable Object>> getWriteSupport(
        Configuration configuration) {
      return rows;
    }
  }

  /// A file that is only ever written on.
  private record Stream(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        private long position;

        @Override
        public long getPos() {
          return position;
        }

        @Override
        public void write(int b) throws IOException {
          out.write(b);
          position++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          out.write(bytes, from, length);
          position += length;
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}

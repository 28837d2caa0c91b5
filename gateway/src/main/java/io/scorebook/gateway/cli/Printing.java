package io.scorebook.gateway.cli;

import io.scorebook.gateway.session.OpenAnswer;
import io.scorebook.gateway.wire.AnswerWriter;
import io.scorebook.gateway.wire.CsvAnswerWriter;
import io.scorebook.gateway.wire.Ending;
import io.scorebook.gateway.wire.Format;
import io.scorebook.gateway.wire.Heading;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Writes an answer to stdout.
final class Printing {
  private Printing() {}

  /// What `--format` may be.
  enum Form {
    TABLE,
    CSV,
    JSON,
    NDJSON
  }

  /// @return how many rows there were
  static long print(OpenAnswer answer, Form form, PrintWriter out) throws IOException {
    AnswerWriter writer = writer(form, out);
    long rows = 0;
    try (answer) {
      writer.begin(Heading.of(answer));
      while (answer.next()) {
        writer.row(answer::value);
        rows++;
      }
      writer.end(Ending.of(answer.provenance()));
    } finally {
      writer.flush();
      out.flush();
    }
    return rows;
  }

  private static AnswerWriter writer(Form form, PrintWriter out) {
    return switch (form) {
      case TABLE -> new TableWriter(out);
      case CSV -> new CsvAnswerWriter(stream(out), "\n");
      case JSON -> Format.JSON.writer(stream(out));
      case NDJSON -> Format.NDJSON.writer(stream(out));
    };
  }

  /// The bytes of a format as the characters of a writer; formats flush whole characters only at
  /// the end of a row, so that none is cut.
  private static OutputStream stream(PrintWriter to) {
    return new OutputStream() {
      private final java.io.ByteArrayOutputStream held = new java.io.ByteArrayOutputStream();

      @Override
      public void write(int b) {
        held.write(b);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        held.write(bytes, from, length);
        if (held.size() > 1 << 16) {
          drain();
        }
      }

      /// Leaves the bytes after the last line's end for later.
      private void drain() {
        byte[] bytes = held.toByteArray();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
          end--;
        }
        to.write(new String(bytes, 0, end, StandardCharsets.UTF_8));
        held.reset();
        held.write(bytes, end, bytes.length - end);
      }

      @Override
      public void flush() {
        to.write(held.toString(StandardCharsets.UTF_8));
        held.reset();
        to.flush();
      }
    };
  }
}

package io.scorebook.gateway.wire;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// RFC 4180: a header line, quotes only where they are needed. NULL is nothing, the empty text is
/// `""`.
public final class CsvAnswerWriter implements AnswerWriter {
  private final Writer out;
  private final String lineEnd;
  private int columns;

  /// @param lineEnd what the standard wants (CR LF), or what a terminal does
  public CsvAnswerWriter(OutputStream out, String lineEnd) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.lineEnd = lineEnd;
  }

  @Override
  public void begin(Heading heading) throws IOException {
    columns = heading.columns().size();
    List<String> names = heading.names();
    record(names::get);
  }

  @Override
  public void row(IntFunction<@Nullable Object> values) throws IOException {
    record(values);
  }

  private void record(IntFunction<@Nullable Object> values) throws IOException {
    for (int i = 0; i < columns; i++) {
      if (i > 0) {
        out.write(',');
      }
      Object value = values.apply(i);
      if (value != null) {
        String text = Values.text(value);
        out.write(mustQuote(text) ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
      }
    }
    out.write(lineEnd);
  }

  /// An empty text, which would be NULL, and what would end the field or the line; also spaces at
  /// an end, which readers drop.
  private static boolean mustQuote(String text) {
    if (text.isEmpty() || text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == ',' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  @Override
  public void end(Ending ending) {}

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}

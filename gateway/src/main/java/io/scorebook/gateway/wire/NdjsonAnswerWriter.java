package io.scorebook.gateway.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// `{"player":"...","points":18816}`, a line for each row, and nothing else.
final class NdjsonAnswerWriter implements AnswerWriter {
  private final JsonGenerator json;
  private List<String> names = List.of();

  NdjsonAnswerWriter(OutputStream out) {
    try {
      this.json = Json.MAPPER.createGenerator(out);
      json.setPrettyPrinter(new MinimalPrettyPrinter("")); // the line's end is written by hand
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void begin(Heading heading) {
    names = heading.names();
  }

  @Override
  public void row(IntFunction<@Nullable Object> values) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < names.size(); i++) {
      json.writeFieldName(names.get(i));
      Values.write(json, values.apply(i));
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void end(Ending ending) {}

  @Override
  public void flush() throws IOException {
    json.flush();
  }
}

package io.scorebook.gateway.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// `{"columns":[...],"rows":[[...],...],"provenance":{...}}`, a line for each row; a page that has
/// a next one ends with its cursor, `"next":"..."`.
final class JsonAnswerWriter implements AnswerWriter {
  private final JsonGenerator json;
  private int columns;

  JsonAnswerWriter(OutputStream out) {
    try {
      this.json = Json.MAPPER.createGenerator(out);
      json.setPrettyPrinter(new RowLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void begin(Heading heading) throws IOException {
    this.columns = heading.columns().size();
    json.writeStartObject();
    json.writePOJOField("columns", Values.columns(heading.columns()));
    json.writeArrayFieldStart("rows");
  }

  @Override
  public void row(IntFunction<@Nullable Object> values) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < columns; i++) {
      Values.write(json, values.apply(i));
    }
    json.writeEndArray();
  }

  @Override
  public void end(Ending ending) throws IOException {
    json.writeEndArray();
    json.writePOJOField("provenance", Values.provenance(ending.provenance()));
    if (ending.next().isPresent()) {
      json.writeStringField("next", ending.next().get());
    }
    if (ending.since().isPresent()) {
      json.writeStringField("since", ending.since().get());
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }
}

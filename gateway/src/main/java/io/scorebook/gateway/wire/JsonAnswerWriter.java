package io.scorebook.gateway.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.scorebook.engine.answer.Provenance;
import io.scorebook.semantic.plan.Plan.OutputColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// `{"columns":[...],"rows":[[...],...],"provenance":{...}}`, a line for each row.
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
  public void begin(List<OutputColumn> columns) throws IOException {
    this.columns = columns.size();
    json.writeStartObject();
    json.writePOJOField("columns", Values.columns(columns));
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
  public void end(Provenance provenance) throws IOException {
    json.writeEndArray();
    json.writePOJOField("provenance", Values.provenance(provenance));
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }
}

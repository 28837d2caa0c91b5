package io.scorebook.gateway.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;

/// Puts each key of an answer and each of its rows on a line, and everything else as close as it
/// goes: to be read by people, and by tools that go line by line.
final class RowLines extends MinimalPrettyPrinter {
  private static final long serialVersionUID = 1L;

  @Override
  public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
    super.writeObjectEntrySeparator(json);
    if (json.getOutputContext().getParent().inRoot()) {
      json.writeRaw('\n');
    }
  }

  @Override
  public void beforeArrayValues(JsonGenerator json) throws IOException {
    if (isRows(json)) {
      json.writeRaw('\n');
    }
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
    super.writeArrayValueSeparator(json);
    if (isRows(json)) {
      json.writeRaw('\n');
    }
  }

  @Override
  public void writeEndArray(JsonGenerator json, int values) throws IOException {
    if (isRows(json)) {
      json.writeRaw('\n');
    }
    super.writeEndArray(json, values);
  }

  private static boolean isRows(JsonGenerator json) {
    JsonStreamContext parent = json.getOutputContext().getParent();
    return parent != null && "rows".equals(parent.getCurrentName()) && parent.getParent().inRoot();
  }
}

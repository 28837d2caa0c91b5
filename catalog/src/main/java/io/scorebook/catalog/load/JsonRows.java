package io.scorebook.catalog.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows of a file with one JSON object a line. A key that a row lacks is NULL there; one that no
/// row has is a missing column.
final class JsonRows implements RowReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final List<Field> fields;
  private final Map<String, Integer> names;
  private final SourceStream stream;
  private final BufferedReader lines;
  private final boolean[] seen;
  private final Set<String> ignored = new LinkedHashSet<>();
  private final @Nullable Object[] values;
  private String text = "";
  private long line;
  private boolean anyRow;
  private @Nullable String malformed;

  JsonRows(Path file, Contract contract) {
    this.file = file;
    this.fields = contract.fields();
    this.names = ColumnMatch.names(contract);
    this.stream = SourceStream.open(file);
    this.lines = new BufferedReader(stream.text());
    this.seen = new boolean[fields.size()];
    this.values = new @Nullable Object[fields.size()];
  }

  @Override
  public boolean next() {
    try {
      String next = lines.readLine();
      while (next != null && next.isBlank()) {
        line++;
        next = lines.readLine();
      }
      if (next == null) {
        checkColumns();
        return false;
      }
      line++;
      anyRow = true;
      text = next;
      parse();
      return true;
    } catch (IOException e) {
      throw SourceStream.failure(file, line, e);
    }
  }

  private void checkColumns() {
    var problems = new ArrayList<String>();
    for (int i = 0; anyRow && i < seen.length; i++) {
      if (!seen[i] && !fields.get(i).mayBeMissing()) {
        problems.add(ColumnMatch.missing(fields.get(i), ignored));
      }
    }
    if (!problems.isEmpty()) {
      throw new UnreadableSource("Cannot read %s: %s".formatted(file, String.join("; ", problems)));
    }
  }

  private void parse() {
    Arrays.fill(values, null);
    malformed = null;
    try {
      if (JSON.readTree(text) instanceof ObjectNode row) {
        row.properties().forEach(entry -> take(entry.getKey(), entry.getValue()));
      } else {
        malformed = "is no JSON object";
      }
    } catch (JsonProcessingException e) {
      malformed = "is no JSON object: " + e.getOriginalMessage();
    }
  }

  private void take(String key, JsonNode value) {
    Integer field = names.get(key.toLowerCase(Locale.ROOT));
    if (field == null) {
      ignored.add(key);
      return;
    }
    if (values[field] != null) {
      malformed = "has the field '%s' under two names".formatted(fields.get(field).name());
    }
    seen[field] = true;
    values[field] =
        switch (value.getNodeType()) {
          case NULL, MISSING -> null;
          case BOOLEAN -> value.booleanValue();
          case NUMBER -> value.isIntegralNumber() ? value.bigIntegerValue() : value.decimalValue();
          case STRING -> value.textValue();
          case ARRAY, OBJECT, BINARY, POJO -> value; // no field takes it
        };
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public @Nullable String malformed() {
    return malformed;
  }

  @Override
  public @Nullable Object value(int field) {
    return values[field];
  }

  @Override
  public String raw() {
    return malformed == null ? text : JSON.getNodeFactory().textNode(text).toString();
  }

  @Override
  public Set<String> ignored() {
    return ignored;
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

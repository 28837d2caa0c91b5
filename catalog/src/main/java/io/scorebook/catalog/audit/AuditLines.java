package io.scorebook.catalog.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scorebook.catalog.audit.AuditRecord.Outcome;
import io.scorebook.catalog.audit.AuditRecord.Source;
import io.scorebook.catalog.audit.AuditRecord.Who;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Records as lines of JSON. A line is whole or it is not there: what a crash left of one at the
/// end of a file was never acknowledged.
final class AuditLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditLines() {}

  /// What a segment holds, in its order.
  ///
  /// @param begun by id: answers of which the first row may have been given
  record Segment(Map<String, AuditRecord> begun, List<AuditRecord> ended) {}

  static byte[] begun(AuditRecord entry) {
    return line("begun", entry);
  }

  static byte[] ended(AuditRecord entry) {
    return line("ended", entry);
  }

  private static byte[] line(String kind, AuditRecord entry) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("kind", kind);
    plain.put("id", entry.id());
    plain.put("at", entry.at().toString());
    plain.put("door", entry.door());
    plain.put("caller", entry.who().name());
    plain.put("groups", entry.who().groups());
    entry.who().purpose().ifPresent(purpose -> plain.put("purpose", purpose));
    plain.put("asked", entry.asked());
    plain.put("question", entry.question());
    entry
        .source()
        .ifPresent(source -> {
          plain.put("model", source.model());
          plain.put("modelVersion", source.modelVersion());
          plain.put("modelHash", source.modelHash());
          plain.put("products", source.products());
          plain.put("snapshots", source.snapshots());
          plain.put("policies", source.policies());
          plain.put("access", source.access());
          plain.put("engine", source.engine());
        });
    plain.put("rows", entry.rows());
    plain.put("micros", entry.took().toNanos() / 1000);
    plain.put("outcome", entry.outcome().word());
    entry.error().ifPresent(error -> plain.put("error", error));
    try {
      return (JSON.writeValueAsString(plain) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write the audit record", e);
    }
  }

  static Segment read(Path file) {
    var begun = new LinkedHashMap<String, AuditRecord>();
    var ended = new ArrayList<AuditRecord>();
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      int from = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        JsonNode line = JSON.readTree(text.substring(from, end));
        AuditRecord entry = entry(line);
        if (line.path("kind").asText().equals("begun")) {
          begun.put(entry.id(), entry);
        } else {
          ended.add(entry);
        }
        from = end + 1;
      }
      return new Segment(begun, ended);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the audit log " + file, e);
    }
  }

  private static AuditRecord entry(JsonNode line) {
    return new AuditRecord(
        line.path("id").asText(),
        Instant.parse(line.path("at").asText()),
        line.path("door").asText(),
        new Who(line.path("caller").asText(), texts(line.path("groups")), find(line, "purpose")),
        line.path("asked").asText(),
        line.path("question").asText(),
        find(line, "model")
            .map(model ->
                new Source(
                    model,
                    line.path("modelVersion").asText(),
                    line.path("modelHash").asText(),
                    texts(line.path("products")),
                    snapshots(line.path("snapshots")),
                    texts(line.path("policies")),
                    line.path("access").asText(),
                    line.path("engine").asText())),
        line.path("rows").asLong(),
        Duration.ofNanos(line.path("micros").asLong() * 1000),
        Outcome.of(line.path("outcome").asText()),
        find(line, "error"));
  }

  private static Optional<String> find(JsonNode line, String key) {
    return Optional.ofNullable(line.get(key)).map(JsonNode::asText);
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static SortedMap<String, Long> snapshots(JsonNode mapping) {
    var snapshots = new TreeMap<String, Long>();
    mapping.properties().forEach(entry -> snapshots.put(entry.getKey(), entry.getValue().asLong()));
    return snapshots;
  }
}

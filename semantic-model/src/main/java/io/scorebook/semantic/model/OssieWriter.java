package io.scorebook.semantic.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.scorebook.documents.YamlText;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a model as an Ossie document of the newest form, which [OssieReader] reads back as it
/// was.
public final class OssieWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private OssieWriter() {}

  public static String write(SemanticModel model) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("version", OssieReader.OSSIE_VERSION);
    plain.put("name", model.name());
    model.description().ifPresent(text -> plain.put("description", text));
    var extension = new LinkedHashMap<String, Object>();
    extension.put("version", model.version());
    if (!model.conformed().isEmpty()) {
      extension.put("conformed", List.copyOf(model.conformed()));
    }
    if (!model.calendars().isEmpty()) {
      extension.put("calendars", model.calendars());
    }
    putExtension(plain, extension);
    plain.put("datasets", model.datasets().stream().map(OssieWriter::plain).toList());
    if (!model.relationships().isEmpty()) {
      plain.put("relationships", model.relationships().stream().map(OssieWriter::plain).toList());
    }
    if (!model.metrics().isEmpty()) {
      plain.put("metrics", model.metrics().stream().map(OssieWriter::plain).toList());
    }
    return YamlText.of(plain);
  }

  private static Map<String, Object> plain(Dataset dataset) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", dataset.name());
    putWords(plain, dataset.description(), dataset.synonyms());
    plain.put(
        "source",
        switch (dataset.source()) {
          case Dataset.Source.Table(String namespace, String name) -> namespace + "." + name;
          case Dataset.Source.Query(String sql, _) -> sql;
        });
    if (!dataset.primaryKey().isEmpty()) {
      plain.put("primary_key", dataset.primaryKey());
    }
    if (!dataset.uniqueKeys().isEmpty()) {
      plain.put("unique_keys", dataset.uniqueKeys());
    }
    plain.put("fields", dataset.fields().stream().map(OssieWriter::plain).toList());
    return plain;
  }

  private static Map<String, Object> plain(Field field) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", field.name());
    putWords(plain, field.description(), field.synonyms());
    field.label().ifPresent(label -> plain.put("label", label));
    field.datatype().ifPresent(type -> plain.put("datatype", type.ossieName()));
    if (field.isDimension()) {
      plain.put("dimension", Map.of("is_time", field.isTime()));
    }
    plain.put("expression", expression(field.expression()));
    return plain;
  }

  private static Map<String, Object> plain(Relationship relationship) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", relationship.name());
    plain.put("from", relationship.from());
    plain.put("to", relationship.to());
    plain.put("from_columns", relationship.fromColumns());
    plain.put("to_columns", relationship.toColumns());
    relationship.exposes().ifPresent(names -> putExtension(plain, Map.of("exposes", names)));
    return plain;
  }

  private static Map<String, Object> plain(Metric metric) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("name", metric.name());
    putWords(plain, metric.description(), metric.synonyms());
    metric.datatype().ifPresent(type -> plain.put("datatype", type.ossieName()));
    plain.put("expression", expression(metric.expression()));
    Map<String, Object> extension = ExtensionForm.of(metric);
    if (!extension.isEmpty()) {
      putExtension(plain, extension);
    }
    return plain;
  }

  private static Map<String, Object> expression(String sql) {
    return Map.of("dialects", List.of(dialect(sql)));
  }

  private static Map<String, Object> dialect(String sql) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("dialect", "ANSI_SQL");
    plain.put("expression", sql);
    return plain;
  }

  private static void putWords(
      Map<String, Object> plain, Optional<String> description, List<String> synonyms) {
    description.ifPresent(text -> plain.put("description", text));
    if (!synonyms.isEmpty()) {
      plain.put("ai_context", Map.of("synonyms", synonyms));
    }
  }

  private static void putExtension(Map<String, Object> plain, Map<String, ?> data) {
    try {
      var extension = new LinkedHashMap<String, Object>();
      extension.put("vendor_name", Extension.VENDOR);
      extension.put("data", JSON.writeValueAsString(data));
      plain.put("custom_extensions", List.of(extension));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("maps, lists, texts and numbers", e);
    }
  }
}
